"""Deciding on one unit in review: approve it, mark what is wrong, or mend it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from translations import queue, reviewing, translating, wording
from translations.forms import Fault, Mending, Seen
from translations.models import Assignment, Side, Unit
from translations.permissions import may_review, pairs_of
from translations.views import review, units
from translations.views.access import (
    at_the_desk,
    head_of_screen,
    pair_of,
    person_of,
    refused,
    wants_json,
)


@require_POST
@at_the_desk
def approve_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve one unit; a script is told in JSON where it stands now."""
    unit = _unit(request, pk)
    if not _may_decide(request, unit):
        return _not_reviewer(request, unit)
    person, at = person_of(request), timezone.now()
    form = Seen(request.POST)
    if not form.is_valid():
        return refused(request, _("The page is not complete. Load it again."), status=400)
    try:
        based_on = form.cleaned_data["based_on"]
        approved = reviewing.approve_unit(unit, based_on=based_on, by=person, at=at)
    except (reviewing.NotInReview, reviewing.OwnWork, reviewing.TextMoved) as refusal:
        return _not_approved(request, unit, refusal)
    if wants_json(request):
        approved.approved_by = person
        return JsonResponse(
            {
                "status": approved.state,
                "status_words": wording.status_words(wording.status_of(approved)),
                "approved": review.approved_words(approved, at=at),
            }
        )
    return _back(approved)


@require_POST
@at_the_desk
def unapprove_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the approval of one unit back."""
    unit = _unit(request, pk)
    if not _may_decide(request, unit):
        return _not_reviewer(request, unit)
    try:
        return _back(reviewing.withdraw_approval(unit))
    except reviewing.NotInReview:
        return _over(request, unit)


@require_POST
@at_the_desk
def return_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one unit to be sent back, with a reason and a note."""
    unit = _unit(request, pk)
    if not _may_decide(request, unit):
        return _not_reviewer(request, unit)
    form = Fault(request.POST, auto_id=f"fault-{pk}-%s")
    if not form.is_valid():
        return review.faulty_page(request, unit, form)
    said = form.cleaned_data
    fault = reviewing.Fault(
        reason=Unit.Reason(said["reason"]),
        note=said["note"],
        side=Side(said["side"] or Side.TARGET),
        quote=said["quote"],
        near=said["near"],
    )
    try:
        return _back(reviewing.return_unit(unit, fault))
    except reviewing.NoteMissing:
        form.add_error("note", _("Write what is wrong: “Other” alone says nothing."))
        return review.faulty_page(request, unit, form)
    except reviewing.NotInReview:
        return _over(request, unit)


@require_POST
@at_the_desk
def keep_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that one unit is to be sent back."""
    unit = _unit(request, pk)
    if not _may_decide(request, unit):
        return _not_reviewer(request, unit)
    try:
        return _back(reviewing.keep_unit(unit))
    except reviewing.NotInReview:
        return _over(request, unit)


@require_http_methods(["GET", "POST"])
@at_the_desk
def mend_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one unit's translation in review; the translator is told and shown what changed."""
    unit = _unit(request, pk)
    if not _may_decide(request, unit):
        return _not_reviewer(request, unit)
    if request.method != "POST":
        return _mending(request, unit)
    form = Mending(request.POST)
    if not form.is_valid():
        return refused(request, _("The page is not complete. Load it again."), status=400)
    html, based_on = form.cleaned_data["target"], form.cleaned_data["based_on"]
    person, at = person_of(request), timezone.now()
    try:
        return _back(reviewing.edit_unit(unit, html, based_on=based_on, by=person, at=at))
    except reviewing.NotInReview:
        return _over(request, unit)
    except (translating.NothingWritten, translating.StaleUnit, translating.TooLong) as refusal:
        return _not_mended(request, unit, refusal, html)


def _not_approved(request: HttpRequest, unit: Unit, refusal: Exception) -> HttpResponse:
    match refusal:
        case reviewing.NotInReview():
            return _over(request, unit)
        case reviewing.OwnWork():
            return refused(request, _own_unit(unit), status=409)
        case _:
            words = _("This unit changed while you read it. Load the page again and read it.")
            return refused(request, words, status=409)


def _not_mended(request: HttpRequest, unit: Unit, refusal: Exception, typed: str) -> HttpResponse:
    """Show the form once more, with what was typed and why it was not stored."""
    match refusal:
        case translating.StaleUnit():
            words = _(
                "%(name)s saved this unit while you were writing. Your text is kept beside it; see"
                " how they differ, then save what is right."
            ) % {"name": refusal.unit.saved_by or _("Somebody")}
            return _mending(request, refusal.unit, typed=typed, problem=words, status=409)
        case translating.TooLong():
            words = _("This is longer than %(limit)d characters. Shorten it.")
            words %= {"limit": refusal.limit}
        case _:
            words = _("Write the translation: a unit in review cannot be empty.")
    return _mending(request, unit, typed=typed, problem=words, status=422)


def _mending(
    request: HttpRequest,
    unit: Unit,
    *,
    typed: str | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    source, target = pair_of(unit.assignment)
    stored = unit.target_html
    row = units.row_of(unit, language=target, at=timezone.now())
    if typed is not None:
        # Never saved: what was typed stands in the field once more.
        unit.target_html = typed
    context = {
        **head_of_screen(request),
        "row": row,
        "source": source,
        "target": target,
        "problem": problem,
        "difference": units.marked(stored, typed) if typed and status == 409 else "",
        "media": units.MEDIA,
    }
    return render(request, "translations/mend.html", context, status=status)


def _unit(request: HttpRequest, pk: int) -> Unit:
    found = Unit.objects.select_related("assignment__edition__article", "assignment__translator")
    return get_object_or_404(found, pk=pk)


def _may_decide(request: HttpRequest, unit: Unit) -> bool:
    person = person_of(request)
    return may_review(person, pair_of(unit.assignment), pairs_of(person))


def _not_reviewer(request: HttpRequest, unit: Unit) -> HttpResponse:
    visible = queue.visible_to(person_of(request), at=timezone.now()).filter(pk=unit.assignment_id)
    if not visible.exists():
        raise Http404
    return refused(request, review.not_reviewer(unit.assignment))


def _own_unit(unit: Unit) -> str:
    words = _("You wrote this unit. Somebody else must approve it.")
    return f"{words} {who}" if (who := review.who_may(unit.assignment)) else words


def _over(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Say that there is nothing to decide any more."""
    assignment = Assignment.objects.get(pk=unit.assignment_id)
    is_stopped = unit.assignment.edition.article.is_closed
    if is_stopped:
        words = units.stopped_words()
    elif assignment.is_open:
        words = _("This translation is not in review now: it is with its translator.")
    else:
        words = units.state_words(assignment)
    if wants_json(request):
        return JsonResponse({"refusal": words}, status=409)
    messages.info(request, words)
    return redirect("translations:queue")


def _back(unit: Unit) -> HttpResponse:
    address = reverse("translations:review", args=[unit.assignment_id])
    return HttpResponseRedirect(f"{address}#unit-{unit.pk}")
