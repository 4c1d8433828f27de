"""Translating: source and target side by side, saved unit by unit."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles import languages, reading
from articles.editing import StoryClosed
from articles.models import Article, WorkingCopy
from articles.permissions import may_see_article
from translations import assigning, queue, rebasing, translating, wording
from translations.forms import Act, Due, HandBack
from translations.laying import assemble
from translations.models import Assignment, KeptText, Unit
from translations.permissions import is_desk, may_ask, may_review, may_write, pairs_of
from translations.views import conversations, units
from translations.views.access import (
    at_the_desk,
    head_of_screen,
    pair_of,
    person_of,
    refused,
    visible_assignment,
    wants_json,
)

REFUSALS = (
    translating.NothingWritten,
    translating.NotWithTranslator,
    translating.StaleUnit,
    translating.TooLong,
)


@require_GET
@at_the_desk
def editor(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a translation to whoever writes it, or how far it is to others."""
    assignment = visible_assignment(request, pk)
    if not assignment.is_open:
        messages.info(request, units.state_words(assignment))
        return redirect("translations:queue")
    return _page(request, assignment, at=timezone.now())


@require_POST
@at_the_desk
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save one unit as a draft, mark it ready, or fill it with its source."""
    person, at = person_of(request), timezone.now()
    found = get_object_or_404(
        Unit.objects.select_related("assignment__edition__article", "assignment__translator"),
        pk=pk,
    )
    if not may_write(person, found.assignment):
        get_object_or_404(queue.visible_to(person, at=at), pk=found.assignment_id)
        return refused(request, _not_yours(found.assignment))
    form = Act(request.POST)
    if not form.is_valid():
        return refused(request, _("The page is not complete. Load it again."), status=400)
    act, based_on = form.cleaned_data["act"], form.cleaned_data["based_on"]
    html = form.cleaned_data["target"]
    if act == Act.COPY and not html.strip():
        html = found.source_html
    elif act == Act.COPY:
        messages.warning(request, _("Empty the translation before you copy the source into it."))
    save = translating.finish_unit if act == Act.READY else translating.save_unit
    try:
        saved = save(found, html, based_on=based_on, by=person, at=at)
    except Unit.DoesNotExist:
        raise Http404 from None
    except REFUSALS as refusal:
        return _unit_refused(request, found, refusal, at=at)
    if wants_json(request):
        return JsonResponse(_answer(request, saved, at=at))
    return _back_to(saved)


@require_POST
@at_the_desk
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the whole translation to review."""
    at = timezone.now()
    assignment = visible_assignment(request, pk)
    if not may_write(person_of(request), assignment):
        return refused(request, _not_yours(assignment))
    try:
        translating.submit(assignment, by=person_of(request), at=at)
    except translating.Incomplete as incomplete:
        missing = {missing.pk for missing in incomplete.units}
        return _page(request, assignment, at=at, missing=missing, status=409)
    except translating.SourceMoved:
        messages.warning(request, _("The source has changed. Bring in its changes first."))
        return redirect("translations:editor", pk=pk)
    except translating.NotWithTranslator as closed:
        messages.info(request, units.state_words(closed.assignment))
        return redirect("translations:queue")
    except StoryClosed:
        messages.warning(request, units.stopped_words())
        return redirect("translations:queue")
    messages.success(request, _("The translation was handed to review."))
    return redirect("translations:queue")


@require_POST
@at_the_desk
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a translation up for others to take on."""
    assignment = visible_assignment(request, pk)
    person = person_of(request)
    if not may_write(person, assignment):
        return refused(request, _not_yours(assignment))
    if assignment.state == Assignment.State.IN_REVIEW and not is_desk(person):
        return refused(request, units.state_words(assignment), status=409)
    form = HandBack(request.POST)
    if not form.is_valid():
        return _page(request, assignment, at=timezone.now(), hand_back_form=form, status=400)
    reason = form.cleaned_data["reason"]
    assigning.hand_back(assignment, by=person, at=timezone.now(), reason=reason)
    messages.success(
        request, _("The translation waits for somebody again, with all that was written.")
    )
    return redirect("translations:queue")


@require_POST
@at_the_desk
def due(request: HttpRequest, pk: int) -> HttpResponse:
    """Set by when a translation must be ready."""
    assignment = visible_assignment(request, pk)
    if not is_desk(person_of(request)):
        return refused(request, _("Only editors set the time by which a translation is due."))
    form = Due(request.POST)
    if not form.is_valid():
        return _page(request, assignment, at=timezone.now(), due_form=form, status=400)
    assigning.set_due(assignment, form.cleaned_data["due_at"])
    return redirect("translations:editor", pk=pk)


@require_POST
@at_the_desk
def bring_in_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the translation on the newest text of its source."""
    person = person_of(request)
    assignment = visible_assignment(request, pk)
    if not may_write(person, assignment) and not may_review(
        person, pair_of(assignment), pairs_of(person)
    ):
        return refused(request, _not_yours(assignment))
    try:
        rebasing.rebase(assignment, by=person, at=timezone.now())
    except rebasing.NotOpen:
        messages.info(request, units.state_words(assignment))
        return redirect("translations:queue")
    messages.success(
        request, _("The source's changes are here. Look at the units marked “Source changed”.")
    )
    return redirect("translations:editor", pk=pk)


@require_GET
@at_the_desk
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole translation as its page would show it, private to the newsroom."""
    assignment = visible_assignment(request, pk)
    if not assignment.is_open:
        messages.info(request, units.state_words(assignment))
        return redirect("translations:queue")
    edition = assignment.edition
    targets = dict(assignment.units.values_list("bid", "target_html"))
    # Never saved: the working copy's own text is written when the translation is delivered.
    copy = WorkingCopy.objects.get(edition=edition)
    for name, value in vars(assemble(assignment.source_revision, targets)).items():
        setattr(copy, name, value)
    page = reading.preview_page(edition, copy, at=timezone.now())
    with translation.override(edition.language):
        response = render(request, "public/article.html", {"page": page})
        response["Content-Language"] = edition.language
    response["X-Robots-Tag"] = "noindex"
    return response


@dataclass(frozen=True)
class Rights:
    """What the person on this page may do."""

    write: bool
    review: bool
    set_due: bool
    hand_back: bool
    bring_in: bool
    ask: bool


def _page(
    request: HttpRequest,
    assignment: Assignment,
    *,
    at: datetime,
    missing: frozenset[int] | set[int] = frozenset(),
    due_form: Due | None = None,
    hand_back_form: HandBack | None = None,
    status: int = 200,
) -> HttpResponse:
    source, target = pair_of(assignment)
    kept = KeptText.objects.filter(unit__assignment=assignment).select_related("by")
    rows = units.rows_of(
        list(assignment.units.order_by("position")),
        kept.order_by("at", "pk"),
        language=target,
        at=at,
    )
    talks = conversations.conversations_of(assignment.edition, at=at)
    edits = conversations.edits_of(assignment, at=at)
    lost = conversations.elsewhere(talks, [row.unit for row in rows])
    rows = conversations.with_talk(rows, talks, edits)
    rights = _rights(request, assignment)
    article = assignment.edition.article
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
        "due": wording.moment(assignment.due_at, at=at) if assignment.due_at else "",
        "is_late": assignment.due_at is not None and assignment.due_at < at,
        "is_early": assignment.is_open and rebasing.is_early(assignment),
        "is_embargoed": article.is_embargoed(at=at),
        "brief": assigning.brief_of(assignment),
        "rows": rows,
        "missing": [row for row in rows if row.unit.pk in missing],
        "progress": units.progress_of(rows),
        "statuses": sorted({row.status for row in rows}),
        "media": units.MEDIA,
        "script_words": {name: str(words) for name, words in units.SCRIPT_WORDS.items()},
        "lost_talks": lost,
        "is_behind": rebasing.is_behind(assignment),
        "rights": rights,
        "why_not": "" if rights.write else _why_not(request, assignment),
        "due_form": due_form or Due(initial={"due_at": assignment.due_at}),
        "hand_back_form": hand_back_form or HandBack(),
        "source_path": article.path(source) if _is_live(article, source, at=at) else "",
        "may_see_article": may_see_article(person_of(request), article, at=at),
    }
    return render(request, "translations/editor.html", context, status=status)


def _rights(request: HttpRequest, assignment: Assignment) -> Rights:
    person = person_of(request)
    may = may_write(person, assignment)
    desk = is_desk(person)
    pairs = pairs_of(person)
    return Rights(
        write=may and assignment.is_with_translator,
        review=desk or may_review(person, pair_of(assignment), pairs),
        set_due=desk,
        hand_back=desk or (may and assignment.is_with_translator),
        bring_in=may,
        ask=may_ask(person, assignment, pair_of(assignment), pairs),
    )


def _why_not(request: HttpRequest, assignment: Assignment) -> str:
    """Say why the person on this page cannot write in it."""
    if may_write(person_of(request), assignment):
        return units.state_words(assignment)
    return _not_yours(assignment)


def _not_yours(assignment: Assignment) -> str:
    words = _("%(name)s has taken this on. Only they and the desk change it.")
    return words % {"name": assignment.translator}


def _is_live(article: Article, language: str, *, at: datetime) -> bool:
    return language in languages.PUBLIC and article.is_live(language, at=at)


def _back_to(unit: Unit) -> HttpResponse:
    address = reverse("translations:editor", args=[unit.assignment_id])
    return HttpResponseRedirect(f"{address}#unit-{unit.pk}")


def _answer(request: HttpRequest, unit: Unit, *, at: datetime) -> dict[str, object]:
    """What a script needs to show a unit as it is stored now."""
    # Neither the number nor the field is on this answer, so what they need is not fetched.
    row = units.Row(unit, number=0, language="", at=at)
    source = render_to_string("translations/_source.html", {"row": row}, request)
    return {
        "version": unit.version,
        "target": unit.target_html,
        "status": row.status,
        "status_words": row.status_words,
        "is_done": row.is_done,
        "saved": row.saved,
        "source": source,
    }


def _unit_refused(
    request: HttpRequest, unit: Unit, refusal: Exception, *, at: datetime
) -> HttpResponse:
    """Say why a unit was not saved as asked; what was typed is stored, kept or still there."""
    match refusal:
        case translating.StaleUnit():
            return _conflict(request, refusal, at=at)
        case translating.NotWithTranslator():
            stopped = refusal.assignment.edition.article.is_closed
            words = units.stopped_words() if stopped else units.state_words(refusal.assignment)
            if refusal.kept:
                kept = _("What you wrote was kept beside the unit.")
                words = f"{words} {kept}"
            return refused(request, words, status=409)
        case translating.TooLong():
            unit = refusal.unit
            words = _(
                "This is longer than %(limit)d characters. It was saved as a draft; shorten it."
            ) % {"limit": refusal.limit}
        case _:
            words = _("There is no translation yet. Write one before you mark it ready.")
    if wants_json(request):
        return JsonResponse({**_answer(request, unit, at=at), "refusal": words}, status=422)
    messages.warning(request, words)
    return _back_to(unit)


def _conflict(request: HttpRequest, stale: translating.StaleUnit, *, at: datetime) -> HttpResponse:
    """Show both texts, the stored one and the one that came too late, to choose from."""
    unit = stale.unit
    target = unit.assignment.edition.language
    context: dict[str, object] = {
        "row": units.row_of(unit, language=target, at=at),
        "saved_by": unit.saved_by,
        "mine": stale.kept.html,
        "difference": units.marked(unit.target_html, stale.kept.html),
        "target": target,
    }
    if wants_json(request):
        panel = render_to_string("translations/_conflict.html", context, request)
        return JsonResponse({**_answer(request, unit, at=at), "conflict": panel}, status=409)
    context |= head_of_screen(request)
    return render(request, "translations/conflict.html", context, status=409)
