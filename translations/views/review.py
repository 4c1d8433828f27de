"""Reviewing: the whole translation beside its source, to approve or to send back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.db.models import Max
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles import languages
from articles.editing import StoryClosed
from articles.models import Activity, Edition, Revision
from articles.models import Verdict as Verdicts
from articles.permissions import may_see_article
from translations import rebasing, reviewing, translating, wording
from translations.forms import Verdict
from translations.laying import source_blocks
from translations.models import Assignment, Unit
from translations.permissions import is_desk, may_review, may_write, pairs_of
from translations.views import units
from translations.views.access import (
    at_the_desk,
    head_of_screen,
    pair_of,
    person_of,
    refused,
    visible_assignment,
)


@dataclass(frozen=True)
class Reviewed:
    """One unit as a reviewer reads it."""

    row: units.Row
    note: BoundField | None
    source_diff: str
    target_diff: str
    is_new: bool
    is_mended: bool

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what was approved last."""
        return bool(self.is_new or self.source_diff or self.target_diff)


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


@require_POST
@at_the_desk
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the text on the page: an editor can publish it then."""
    person, at = person_of(request), timezone.now()
    assignment = visible_assignment(request, pk)
    if not may_review(person, pair_of(assignment), pairs_of(person)):
        return refused(request, _not_reviewer(assignment))
    form = Verdict(request.POST, units=assignment.units.all())
    form.is_valid()
    approve_text = reviewing.approve_own if settings.SOLO else reviewing.approve
    try:
        approve_text(assignment, seen=form.cleaned_data.get("seen", ""), by=person, at=at)
    except reviewing.OwnWork:
        return _page(request, assignment, at=at, form=form, problem=_own_work(), status=409)
    except reviewing.TextMoved:
        words = _("The translation changed while you read it. Here is the text as it is now.")
        return _page(request, assignment, at=at, form=form, problem=words, status=409)
    except (translating.SourceMoved, reviewing.SourceUnapproved, StoryClosed) as refusal:
        words = _held_up(refusal)
        return _page(request, assignment, at=at, form=form, problem=words, status=409)
    except reviewing.NotInReview:
        assignment.refresh_from_db()
        return _not_in_review(request, assignment)
    messages.success(request, _approved(request, assignment, at=at))
    return redirect("translations:queue")


def _held_up(refusal: Exception) -> str:
    """Say what keeps a story's translation from being approved now."""
    if isinstance(refusal, StoryClosed):
        return units.stopped_words()
    if isinstance(refusal, reviewing.SourceUnapproved):
        return _("The source is not approved yet. Approve the translation after it.")
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
        return refused(request, _not_reviewer(assignment))
    form = Verdict(request.POST, units=assignment.units.all())
    if not form.is_valid():
        words = _("Nothing was sent back yet. Look at the notes marked below.")
        return _page(request, assignment, at=at, form=form, problem=words, status=400)
    note, unit_notes = form.cleaned_data["note"], form.unit_notes
    try:
        reviewing.send_back(assignment, note=note, unit_notes=unit_notes, by=person, at=at)
    except reviewing.NoteMissing:
        words = _("Say what is wrong, with a unit or with the whole, before you send it back.")
        return _page(request, assignment, at=at, form=form, problem=words, status=400)
    except reviewing.NotInReview:
        assignment.refresh_from_db()
        return _not_in_review(request, assignment)
    words = _("The translation went back to %(name)s.") % {"name": assignment.translator}
    messages.success(request, words)
    return redirect("translations:queue")


def _page(
    request: HttpRequest,
    assignment: Assignment,
    *,
    at: datetime,
    form: Verdict | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    person, article = person_of(request), assignment.edition.article
    source, target = pair_of(assignment)
    found = list(assignment.units.order_by("position"))
    seen = reviewing.version_of(assignment)
    reviews = may_review(person, (source, target), pairs_of(person))
    form = form or Verdict(units=found, initial={"seen": seen})
    before = _before(assignment.edition)
    rows = _reviewed(assignment, found, before, form if reviews else None, at=at)
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
        "words": sum(row.row.words for row in rows),
        "before": before.revision if before else None,
        "changed": [row for row in rows if before and row.is_changed],
        "mended": [row for row in rows if row.is_mended],
        "form": form,
        "seen": seen,
        "problem": problem,
        "may_review": reviews,
        "may_bring_in": reviews or may_write(person, assignment),
        "why_not_approve": _why_not_approve(request, assignment, found, reviews=reviews),
        "own_approval": _own_approval(request, assignment, found),
        "is_behind": rebasing.is_behind(assignment),
        "may_see_article": may_see_article(person, article, at=at),
    }
    return render(request, "translations/review.html", context, status=status)


def _reviewed(
    assignment: Assignment,
    found: Sequence[Unit],
    before: Before | None,
    form: Verdict | None,
    *,
    at: datetime,
) -> list[Reviewed]:
    sent_back_at = assignment.edition.article.activities.filter(
        verb=Activity.Verb.SENT_BACK,
        language=assignment.edition.language,
        at__gte=assignment.claimed_at,
    ).aggregate(latest=Max("at"))["latest"]
    reviewed = []
    for row in units.rows_of(found, language=assignment.edition.language, at=at):
        unit = row.unit
        old_source = before.source.get(unit.bid, "") if before else ""
        old_target = before.target.get(unit.bid, "") if before else ""
        saved_at = unit.saved_at
        reviewed.append(
            Reviewed(
                row=row,
                note=form[form.names[unit.pk]] if form and unit.pk in form.names else None,
                source_diff=_difference(old_source, unit.source_html),
                target_diff=_difference(old_target, unit.target_html),
                is_new=before is not None and not old_target,
                is_mended=bool(sent_back_at and saved_at and saved_at > sent_back_at),
            )
        )
    return reviewed


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


def _why_not_approve(
    request: HttpRequest, assignment: Assignment, found: Sequence[Unit], *, reviews: bool
) -> str:
    """Say why the person on this page cannot approve; empty if they can."""
    if not reviews:
        return _not_reviewer(assignment)
    is_own = _wrote_on(request, assignment, found)
    return _own_work() if is_own and not settings.SOLO else ""


def _own_approval(request: HttpRequest, assignment: Assignment, found: Sequence[Unit]) -> str:
    """Say what it means to approve one's own work, where that is allowed."""
    if not settings.SOLO or not _wrote_on(request, assignment, found):
        return ""
    return _(
        "You wrote on this translation. If you approve it, it is marked as published without"
        " review until somebody else has approved it."
    )


def _wrote_on(request: HttpRequest, assignment: Assignment, found: Sequence[Unit]) -> bool:
    writers = {assignment.translator_id, *(unit.saved_by_id for unit in found)}
    return person_of(request).pk in writers


def _own_work() -> str:
    return _("You wrote on this translation. Somebody else must approve it.")


def _not_reviewer(assignment: Assignment) -> str:
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
