"""Reviewing: the whole translation beside its source, to approve or to send back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from articles import languages
from articles.editing import StoryClosed
from articles.models import Activity, Edition, Revision
from articles.models import Verdict as Verdicts
from articles.permissions import Person, may_see_article
from translations import rebasing, reviewing, translating, wording
from translations.forms import Fault, Verdict
from translations.laying import source_blocks
from translations.models import Assignment, Unit
from translations.permissions import (
    is_desk,
    may_ask,
    may_review,
    may_write,
    pairs_of,
    reviewers_of,
)
from translations.views import conversations, units
from translations.views.access import (
    at_the_desk,
    head_of_screen,
    pair_of,
    person_of,
    refused,
    visible_assignment,
)

if TYPE_CHECKING:
    from newsroom.models import User

REFUSALS = (
    StoryClosed,
    reviewing.OwnWork,
    reviewing.SourceUnapproved,
    reviewing.StillFaulty,
    reviewing.TextMoved,
    translating.SourceMoved,
)
# How many people are named who may approve instead.
MOST_NAMES = 6
# What review.js says when the server cannot.
SCRIPT_WORDS: dict[str, Promise] = {
    "offline": gettext_lazy("No connection. Nothing was decided; try again."),
    "signed_out": gettext_lazy("You are signed out. Sign in in another tab, then try again."),
    "failed": gettext_lazy("The server did not take this. Try again."),
    "gone": gettext_lazy("This unit is not there any more. Load the page again."),
    "all": gettext_lazy("Every unit has been looked at. Approve the whole, or send it back."),
    "saving": gettext_lazy("Saving …"),
}


@dataclass(frozen=True)
class Reviewed:
    """One unit as a reviewer reads it; ``fault`` is the form to say what is wrong with it."""

    row: units.Row
    fault: Fault | None
    source_diff: str
    target_diff: str
    is_new: bool
    is_mended: bool
    is_known: bool
    approved: str
    is_own: bool

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what was approved last."""
        return bool(self.is_new or self.source_diff or self.target_diff)

    @property
    def is_approved(self) -> bool:
        return self.row.unit.state == Unit.State.APPROVED

    @property
    def is_returned(self) -> bool:
        return self.row.unit.state == Unit.State.RETURNED

    @property
    def is_left(self) -> bool:
        """Whether it must be looked at: it says something new, and nobody has decided on it."""
        is_same = self.is_known and not self.is_changed
        return not (is_same or self.is_approved or self.is_returned)


@dataclass(frozen=True)
class Before:
    """What was approved last: source and target by the ids of units."""

    revision: Revision
    source: dict[str, str]
    target: dict[str, str]


@require_GET
@at_the_desk
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a translation for review."""
    assignment = visible_assignment(request, pk)
    if assignment.state != Assignment.State.IN_REVIEW:
        return _not_in_review(request, assignment)
    return _page(request, assignment, at=timezone.now())


@require_GET
@at_the_desk
def mended(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what reviewers changed in a translation: their words beside the translator's."""
    assignment, at = visible_assignment(request, pk), timezone.now()
    source, target = pair_of(assignment)
    rows = units.rows_of(list(assignment.units.order_by("position")), language=target, at=at)
    edits = conversations.edits_of(assignment, at=at)
    context = {
        **head_of_screen(request),
        "assignment": assignment,
        "headline": assignment.source_revision.headline,
        "source": source,
        "target": target,
        "direction": wording.direction((source, target)),
        "rows": [row for row in conversations.with_talk(rows, {}, edits) if row.edits],
    }
    return render(request, "translations/mended.html", context)


@require_POST
@at_the_desk
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """
    Approve the text on the page: an editor can publish it then.

    What was not approved unit by unit is listed first, to be confirmed.
    """
    person, at = person_of(request), timezone.now()
    assignment = visible_assignment(request, pk)
    if not may_review(person, pair_of(assignment), pairs_of(person)):
        return refused(request, not_reviewer(assignment))
    if assignment.state != Assignment.State.IN_REVIEW:
        return _not_in_review(request, assignment)
    form = Verdict(request.POST)
    form.is_valid()
    reading = _reading(assignment, person, at=at)
    unseen = [item for item in reading.rows if item.is_left]
    if not reading.is_own(person) and not {i.row.unit.pk for i in unseen} <= form.confirmed_units:
        return _page(request, assignment, at=at, form=form, unseen=unseen, status=409)
    approve_text = reviewing.approve_own if settings.SOLO else reviewing.approve
    try:
        approve_text(assignment, seen=form.cleaned_data.get("seen", ""), by=person, at=at)
    except reviewing.NotInReview:
        assignment.refresh_from_db()
        return _not_in_review(request, assignment)
    except REFUSALS as refusal:
        words = _words_for(refusal, assignment)
        return _page(request, assignment, at=at, form=form, problem=words, status=409)
    messages.success(request, _approved(request, assignment, at=at))
    return redirect("translations:queue")


def _words_for(refusal: Exception, assignment: Assignment) -> str:
    match refusal:
        case reviewing.OwnWork():
            return own_work(assignment)
        case reviewing.TextMoved():
            return _("The translation changed while you read it. Here is the text as it is now.")
        case reviewing.StillFaulty():
            return _(
                "Units are marked to be sent back. Send the translation back, or take the marks"
                " away before you approve it."
            )
        case StoryClosed():
            return units.stopped_words()
        case reviewing.SourceUnapproved():
            return _("The source is not approved yet. Approve the translation after it.")
        case _:
            return _(
                "The source has changed since this was translated. Bring in its changes;"
                " the translation goes back to its translator with them."
            )


@require_POST
@at_the_desk
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a translation to its translator, with words about what is wrong."""
    person, at = person_of(request), timezone.now()
    assignment = visible_assignment(request, pk)
    if not may_review(person, pair_of(assignment), pairs_of(person)):
        return refused(request, not_reviewer(assignment))
    form = Verdict(request.POST)
    if not form.is_valid():
        words = _("Nothing was sent back yet. Look at your word on the whole.")
        return _page(request, assignment, at=at, form=form, problem=words, status=400)
    try:
        reviewing.send_back(assignment, note=form.cleaned_data["note"], by=person, at=at)
    except reviewing.NoteMissing:
        words = _("Say what is wrong, with a unit or with the whole, before you send it back.")
        return _page(request, assignment, at=at, form=form, problem=words, status=400)
    except reviewing.NotInReview:
        assignment.refresh_from_db()
        return _not_in_review(request, assignment)
    words = _("The translation went back to %(name)s.") % {"name": assignment.translator}
    messages.success(request, words)
    return redirect("translations:queue")


def faulty_page(request: HttpRequest, unit: Unit, form: Fault) -> HttpResponse:
    """Show the review with a form about one unit that does not say enough."""
    assignment = visible_assignment(request, unit.assignment_id)
    if assignment.state != Assignment.State.IN_REVIEW:
        return _not_in_review(request, assignment)
    words = _("Nothing was marked yet. Say what is wrong with the unit.")
    faults = {unit.pk: form}
    return _page(request, assignment, at=timezone.now(), problem=words, faults=faults, status=400)


@dataclass(frozen=True)
class Reading:
    """A translation as it is read: its units, what was approved before, and who wrote on it."""

    rows: Sequence[Reviewed]
    before: Before | None
    lost: Sequence[conversations.Conversation]
    writers: frozenset[int]

    def is_own(self, person: Person) -> bool:
        return person.pk in self.writers


def _page(
    request: HttpRequest,
    assignment: Assignment,
    *,
    at: datetime,
    form: Verdict | None = None,
    faults: Mapping[int, Fault] | None = None,
    unseen: Sequence[Reviewed] = (),
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    person, article = person_of(request), assignment.edition.article
    source, target = pair_of(assignment)
    seen = reviewing.version_of(assignment)
    pairs = pairs_of(person)
    reviews = may_review(person, (source, target), pairs)
    reading = _reading(assignment, person, at=at, faults=faults, may_review=reviews)
    rows, before = reading.rows, reading.before
    why_not = _why_not_approve(assignment, is_own=reading.is_own(person), reviews=reviews)
    context = {
        **head_of_screen(request),
        "assignment": assignment,
        "article": article,
        "headline": assignment.source_revision.headline,
        "source": source,
        "target": target,
        "source_name": languages.name_of(source),
        "target_name": languages.name_of(target),
        "direction": wording.direction((source, target)),
        "submitted": wording.moment(assignment.submitted_at or assignment.claimed_at, at=at),
        "due": wording.moment(assignment.due_at, at=at) if assignment.due_at else "",
        "is_late": assignment.due_at is not None and assignment.due_at < at,
        "rows": rows,
        "words": sum(item.row.words for item in rows),
        "approved": sum(item.is_approved for item in rows),
        "left": sum(item.is_left for item in rows),
        "returned": [item for item in rows if item.is_returned],
        "questions": [item for item in rows if item.row.questions],
        "lost_talks": reading.lost,
        "before": before.revision if before else None,
        "changed": [item for item in rows if before and item.is_changed],
        "mended": [item for item in rows if item.is_mended],
        "form": form or Verdict(),
        "unseen": unseen,
        "seen": seen,
        "problem": problem,
        "may_review": reviews,
        "may_ask": may_ask(person, assignment, (source, target), pairs),
        "may_bring_in": reviews or may_write(person, assignment),
        "why_not_approve": why_not,
        "own_approval": _own_approval() if settings.SOLO and reading.is_own(person) else "",
        "is_behind": rebasing.is_behind(assignment),
        "may_see_article": may_see_article(person, article, at=at),
        "media": units.MEDIA,
        "script_words": {name: str(words) for name, words in SCRIPT_WORDS.items()},
    }
    return render(request, "translations/review.html", context, status=status)


def _reading(
    assignment: Assignment,
    person: "User",
    *,
    at: datetime,
    faults: Mapping[int, Fault] | None = None,
    may_review: bool = False,
) -> Reading:
    edition = assignment.edition
    found = list(assignment.units.select_related("approved_by").order_by("position"))
    before = _before(edition)
    talks = conversations.conversations_of(edition, at=at)
    edits = conversations.edits_of(assignment, at=at)
    rows = conversations.with_talk(
        units.rows_of(found, language=edition.language, at=at), talks, edits
    )
    sent_back_at = edition.article.activities.filter(
        verb=Activity.Verb.SENT_BACK, language=edition.language, at__gte=assignment.claimed_at
    ).aggregate(latest=Max("at"))["latest"]
    asked = faults or {}
    return Reading(
        rows=[
            _reviewed(
                row,
                before=before,
                fault=asked.get(row.unit.pk, Fault(auto_id=f"fault-{row.unit.pk}-%s")),
                reviewer=person if may_review else None,
                assignment=assignment,
                sent_back_at=sent_back_at,
            )
            for row in rows
        ],
        before=before,
        lost=conversations.elsewhere(talks, found),
        writers=frozenset(
            {
                assignment.translator_id,
                *(unit.saved_by_id for unit in found if unit.saved_by_id is not None),
                *(edit.by_pk for unit_edits in edits.values() for edit in unit_edits),
            }
        ),
    )


def _reviewed(
    row: units.Row,
    *,
    before: Before | None,
    fault: Fault,
    reviewer: "User | None",
    assignment: Assignment,
    sent_back_at: datetime | None,
) -> Reviewed:
    unit = row.unit
    old_source = before.source.get(unit.bid, "") if before else ""
    old_target = before.target.get(unit.bid, "") if before else ""
    writers = {assignment.translator_id, unit.saved_by_id, *(edit.by_pk for edit in row.edits)}
    return Reviewed(
        row=row,
        fault=fault if reviewer is not None else None,
        source_diff=_difference(old_source, unit.source_html),
        target_diff=_difference(old_target, unit.target_html),
        is_new=before is not None and not old_target,
        is_mended=bool(sent_back_at and unit.saved_at and unit.saved_at > sent_back_at),
        is_known=bool(old_target),
        approved=approved_words(unit, at=row.at),
        is_own=reviewer is not None and not settings.SOLO and reviewer.pk in writers,
    )


def _difference(old: str, new: str) -> str:
    return units.marked(old, new) if old and old != new else ""


def _before(edition: Edition) -> Before | None:
    """Return what was approved last of an edition, published or not. At most one query."""
    approved = edition.revisions.filter(reviews__verdict=Verdicts.APPROVED)
    revision = approved.select_related("source_revision").order_by("-number").first()
    if revision is None or revision.source_revision is None:
        return None
    return Before(
        revision=revision,
        source={block.bid: block.html for block in source_blocks(revision.source_revision)},
        target={block.bid: block.html for block in source_blocks(revision)},
    )


def _why_not_approve(assignment: Assignment, *, is_own: bool, reviews: bool) -> str:
    """Say why the person on this page cannot approve; empty if they can."""
    if not reviews:
        return not_reviewer(assignment)
    return own_work(assignment) if is_own and not settings.SOLO else ""


def _own_approval() -> str:
    """Say what it means to approve one's own work, where that is allowed."""
    return _(
        "You wrote on this translation. If you approve it, it is marked as published without"
        " review until somebody else has approved it."
    )


def own_work(assignment: Assignment) -> str:
    """Say that somebody else must approve a translation, and who may. Three queries."""
    words = _("You wrote on this translation. Somebody else must approve it.")
    return f"{words} {who}" if (who := who_may(assignment)) else words


def who_may(assignment: Assignment) -> str:
    """Name who may approve a translation; empty if nobody is left. Three queries."""
    writers = reviewing.writers_of(assignment)
    others = [p for p in reviewers_of(pair_of(assignment)) if p.pk not in writers]
    names = ", ".join(str(person) for person in others[:MOST_NAMES])
    return _("Who may: %(names)s.") % {"names": names} if names else ""


def approved_words(unit: Unit, *, at: datetime) -> str:
    """“Approved by Dewi, 14:05”; empty if the unit is not approved."""
    if unit.state != Unit.State.APPROVED or unit.approved_at is None:
        return ""
    when = wording.short_moment(unit.approved_at, at=at)
    return _("%(name)s, %(when)s") % {"name": unit.approved_by or "–", "when": when}


def not_reviewer(assignment: Assignment) -> str:
    pair = wording.direction(pair_of(assignment))
    return _("Only reviewers of %(pair)s can decide. Ask the desk to add you.") % {"pair": pair}


def _not_in_review(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    if assignment.is_open:
        words = _("This translation is not in review now: it is with its translator.")
    else:
        words = units.state_words(assignment)
    messages.info(request, words)
    return redirect("translations:queue")


def _approved(request: HttpRequest, assignment: Assignment, *, at: datetime) -> str:
    words = _("The translation was approved. An editor can publish it now.")
    person, article = person_of(request), assignment.edition.article
    if not is_desk(person) or not may_see_article(person, article, at=at):
        return words
    address = reverse("admin:articles_article_change", args=[article.pk])
    return format_html('{} <a href="{}">{}</a>', words, address, _("Open the article"))
