"""The queue: what waits for whom, and taking a translation on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from articles import rights
from articles.following import Severity
from articles.models import Edition, Section
from articles.permissions import REVIEWER
from translations import assigning, wording
from translations import queue as lists
from translations.forms import Filters
from translations.models import Assignment
from translations.permissions import Pair, is_desk, may_assign, may_review, may_translate
from translations.views.access import at_the_desk, head_of_screen, person_of, refused

if TYPE_CHECKING:
    from newsroom.models import User

ROWS = 50
Rows = TypeVar("Rows", Edition, Assignment)

NAMES: dict[str, Promise] = {
    "mine": _("Mine"),
    "waiting": _("Waiting"),
    "in_review": _("In review"),
    "returned": _("Sent back"),
    "out_of_date": _("Out of date"),
}
# What to do when a list is empty.
EMPTY: dict[str, Promise] = {
    "mine": _("You have taken on no translation. Take one from the list “Waiting”."),
    "waiting": _("Nothing waits. A story comes here when its first text is approved or published."),
    "in_review": _("Nothing waits for review. Translations come here when they are submitted."),
    "returned": _("Nothing was sent back. What a reviewer returns comes here until it is mended."),
    "out_of_date": _(
        "Every translation says what its source says. When a source changes, it comes here."
    ),
}
UNPAIRED = _("You have no language pair yet. Ask an administrator to give you one.")


@dataclass(frozen=True)
class Tab:
    """One list's name and number."""

    code: str
    name: str
    number: int


@dataclass(frozen=True)
class Row:
    """One line of a list: an edition to take on, or an assignment somebody has."""

    headline: str
    section: str
    pair: Pair
    words: int
    since: datetime
    credit: str
    at: datetime
    edition_pk: int
    assignment: Assignment | None = None
    due_at: datetime | None = None
    severity: Severity | None = None
    may_claim: bool = False
    # What the desk asks of whoever takes it on.
    team: str = ""
    note: str = ""
    may_assign: bool = False
    # Why its source lets nobody translate it; empty if it may be.
    refusal: str = ""
    may_review: bool = False
    is_own: bool = False
    questions: int = 0

    @property
    def direction(self) -> str:
        return wording.direction(self.pair)

    @property
    def age(self) -> str:
        return wording.age(self.since, at=self.at)

    @property
    def due(self) -> str:
        return wording.moment(self.due_at, at=self.at) if self.due_at else ""

    @property
    def severity_words(self) -> str:
        return wording.severity(self.severity) if self.severity is not None else ""

    @property
    def is_corrected(self) -> bool:
        return self.severity is Severity.CORRECTION

    @property
    def is_sent_back(self) -> bool:
        return self.assignment is not None and self.assignment.state == Assignment.State.RETURNED

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < self.at


@require_GET
@at_the_desk
def queue(request: HttpRequest) -> HttpResponse:
    """Show one list of the queue."""
    person, at = person_of(request), timezone.now()
    pairs = lists.pairs_for(person)
    counts = lists.counts(person, at=at, pairs=pairs)
    tabs = [Tab(code, str(name), getattr(counts, code)) for code, name in NAMES.items()]
    chosen = request.GET.get("list", "")
    if chosen not in NAMES:
        chosen = _first_list(person, tabs)
    filters = Filters(
        request.GET,
        pairs=sorted(pairs),
        sections=Section.objects.order_by("position", "pk"),
        people=_translators(pairs) if is_desk(person) else (),
    )
    page = max(int(number), 1) if (number := request.GET.get("page", "1")[:6]).isdecimal() else 1
    start = (page - 1) * ROWS
    part = slice(start, start + ROWS + 1)
    rows = _rows(chosen, person, pairs, filters, at=at, part=part)
    kept = {name: value for name in filters.fields if (value := filters.chosen(name))}
    context = {
        **head_of_screen(request),
        "tabs": tabs,
        "chosen": chosen,
        "chosen_name": NAMES[chosen],
        "filters": filters,
        "is_filtered": bool(kept),
        "kept": urlencode(kept),
        "rows": rows[:ROWS],
        "page": page,
        "has_more": len(rows) > ROWS,
        "empty": EMPTY[chosen] if pairs else UNPAIRED,
    }
    return render(request, "translations/queue.html", context)


@require_POST
@at_the_desk
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a translation on."""
    person, at = person_of(request), timezone.now()
    pairs = lists.pairs_for(person)
    known = lists.editions(pairs, at=at).select_related("article")
    edition = get_object_or_404(known, pk=pk)
    pair = (edition.source_language, edition.language)
    if not may_translate(person, pair, pairs):
        words = _("Only translators of %(pair)s can take this on. Ask the desk to add you.")
        return refused(request, words % {"pair": wording.direction(pair)})
    try:
        assignment = assigning.claim(edition, by=person, at=at)
    except assigning.AlreadyTaken as taken:
        return _already_taken(request, taken.assignment, at=at)
    except assigning.WrittenInAdmin:
        words = _("An editor is writing this translation in the admin. Ask the desk who goes on.")
        messages.warning(request, words)
    except assigning.NotLicensed as refusal:
        messages.warning(request, refusal.words)
    except assigning.ForATeam as given:
        words = _("The desk gave this to the team “%(team)s”. Take another one, or ask the desk.")
        messages.warning(request, words % {"team": given.team})
    except assigning.NothingToTranslate:
        words = _("There is nothing to translate in this story now: its source says nothing new.")
        messages.warning(request, words)
    else:
        return redirect("translations:editor", pk=assignment.pk)
    return _back_to_list(request)


def _already_taken(request: HttpRequest, taken: Assignment, *, at: datetime) -> HttpResponse:
    if taken.translator_id == person_of(request).pk:
        return redirect("translations:editor", pk=taken.pk)
    words = _("%(name)s took this on (%(moment)s). Take another one, or ask them to hand it back.")
    moment = wording.moment(taken.claimed_at, at=at)
    messages.warning(request, words % {"name": taken.translator, "moment": moment})
    return _back_to_list(request)


def _back_to_list(request: HttpRequest) -> HttpResponse:
    """Lead to the list whose button was pressed."""
    wanted = request.POST.get("list", "")
    chosen = wanted if wanted in NAMES else "waiting"
    return redirect(f"{reverse('translations:queue')}?list={chosen}")


def _first_list(person: "User", tabs: Iterable[Tab]) -> str:
    """The list a person most likely came for: the first with something in it."""
    numbers = {tab.code: tab.number for tab in tabs}
    order = ["mine", "waiting", "out_of_date", "returned"]
    order.insert(1 if REVIEWER in person.roles or is_desk(person) else 4, "in_review")
    return next((code for code in order if numbers[code]), "waiting")


def _translators(pairs: Iterable[Pair]) -> list[tuple[int, str]]:
    busy = lists.assignments(pairs).order_by().values("translator")
    people = get_user_model().objects.filter(pk__in=busy).order_by("username", "pk")
    return [(person.pk, str(person)) for person in people]


def _rows(
    chosen: str,
    person: "User",
    pairs: frozenset[Pair],
    filters: Filters,
    *,
    at: datetime,
    part: slice,
) -> list[Row]:
    if chosen in {"waiting", "out_of_date"}:
        found = lists.waiting if chosen == "waiting" else lists.out_of_date
        editions = _narrowed(found(pairs, at=at), filters, "", "source_headline")
        editions = editions.annotate(is_for_them=lists.is_for(person))
        shown = list(editions[part])
        refusals = rights.translation_refusals(shown)
        return [
            replace(
                _edition_row(edition, person, pairs, at=at), refusal=refusals.get(edition.pk, "")
            )
            for edition in shown
        ]
    if chosen == "mine":
        taken = lists.mine(person)
    else:
        taken = lists.in_review(pairs) if chosen == "in_review" else lists.returned(pairs)
    taken = taken.filter(lists.known_to(person, pairs, at=at))
    if translator := filters.chosen("translator"):
        taken = taken.filter(translator=int(translator))
    assignments = _narrowed(taken, filters, "edition__", "source_revision__headline")
    return [_assignment_row(taken, person, pairs, at=at) for taken in assignments[part]]


def _narrowed(
    rows: QuerySet[Rows], filters: Filters, edition: str, headline: str
) -> QuerySet[Rows]:
    """Keep what the filters ask for; ``edition`` is the path from a row to its edition."""
    wanted = Q()
    if words := filters.chosen("q").strip():
        wanted &= Q(**{f"{headline}__icontains": words})
    if pair := filters.pair:
        wanted &= Q(**{f"{edition}source_language": pair[0], f"{edition}language": pair[1]})
    if section := filters.chosen("section"):
        wanted &= Q(**{f"{edition}article__section": section})
    language = get_language() or settings.LANGUAGE_CODE
    return rows.filter(wanted).annotate(credit=lists.credit(f"{edition}article", language=language))


def _edition_row(edition: Edition, person: "User", pairs: frozenset[Pair], *, at: datetime) -> Row:
    article = edition.article
    pair = (edition.source_language, edition.language)
    # Annotated by the queue, which the types of querysets do not tell.
    found = vars(edition)
    asked = edition.commission if hasattr(edition, "commission") else None
    return Row(
        headline=found["source_headline"],
        section=article.section.name,
        pair=pair,
        words=found["words"],
        since=found["waiting_since"],
        credit=found["credit"],
        at=at,
        edition_pk=edition.pk,
        due_at=_soonest(found.get("due_at"), asked.due_at if asked is not None else None),
        severity=Severity(found["severity"]) if "severity" in found else None,
        may_claim=found["is_for_them"] and may_translate(person, pair, pairs),
        team=str(asked.team) if asked is not None and asked.team is not None else "",
        note=asked.note if asked is not None else "",
        may_assign=may_assign(person),
    )


def _soonest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _assignment_row(
    assignment: Assignment, person: "User", pairs: frozenset[Pair], *, at: datetime
) -> Row:
    edition = assignment.edition
    pair = (edition.source_language, edition.language)
    in_review = assignment.state == Assignment.State.IN_REVIEW
    submitted_at = assignment.submitted_at if in_review else None
    return Row(
        headline=assignment.source_revision.headline,
        section=edition.article.section.name,
        pair=pair,
        words=assignment.source_revision.words,
        since=submitted_at or assignment.claimed_at,
        credit=vars(assignment)["credit"],
        at=at,
        edition_pk=edition.pk,
        assignment=assignment,
        due_at=assignment.due_at,
        is_own=assignment.translator_id == person.pk,
        may_assign=may_assign(person),
        may_review=in_review and may_review(person, pair, pairs),
        questions=vars(assignment)["open_questions"],
    )
