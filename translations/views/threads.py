"""Talking beside the units: comments, questions, and closing what has been settled."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.editing import StoryClosed
from articles.permissions import Person, may_edit, may_see_article
from articles.standing import source_edition
from translations import discussing, queue
from translations.forms import Remark
from translations.models import Assignment, Comment, Thread, Unit
from translations.permissions import may_ask, pairs_of
from translations.views import units
from translations.views.access import at_the_desk, pair_of, person_of, refused, visible_unit

REFUSALS = (StoryClosed, discussing.Closed, discussing.NothingSaid)


@require_POST
@at_the_desk
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something beside a unit."""
    unit = visible_unit(request, pk)
    return _said(request, unit.assignment, unit.bid, lambda form: _comment(request, unit, form))


@require_POST
@at_the_desk
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the source's editor about a unit."""
    unit, person = visible_unit(request, pk), person_of(request)
    assignment = unit.assignment
    if not may_ask(person, assignment, pair_of(assignment), pairs_of(person)):
        words = _("Whoever translates or reviews this asks about its source. Write a comment.")
        return refused(request, words)
    return _said(request, assignment, unit.bid, lambda form: _ask(request, unit, form))


@require_POST
@at_the_desk
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a conversation; whoever may write the source answers its question."""
    thread = get_object_or_404(_THREADS, pk=pk)
    assignment = _visible_assignment(request, thread)
    return _said(request, assignment, thread.bid, lambda form: _reply(request, thread, form))


@require_POST
@at_the_desk
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a conversation."""
    thread = get_object_or_404(_THREADS, pk=pk)
    assignment = _visible_assignment(request, thread)
    discussing.resolve(thread, by=person_of(request), at=timezone.now())
    return _back(assignment, thread.bid)


@require_POST
@at_the_desk
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a closed conversation up again."""
    thread = get_object_or_404(_THREADS, pk=pk)
    assignment = _visible_assignment(request, thread)
    discussing.reopen(thread, by=person_of(request), at=timezone.now())
    return _back(assignment, thread.bid)


_THREADS = Thread.objects.select_related("edition__article")


def may_answer(person: Person, thread: Thread) -> bool:
    """Whether somebody may write the source text that a question is about."""
    source = source_edition(thread.edition)
    at = timezone.now()
    return (
        source is not None
        and may_see_article(person, thread.edition.article, at=at)
        and may_edit(person, source)
    )


def told_words(said: Comment) -> str:
    """Say who of those named is not told; empty if all are."""
    names = discussing.unheard(said)
    if not names:
        return ""
    words = _("Nobody who may see this story is called %(names)s: they are not told.")
    return words % {"names": ", ".join(f"@{name}" for name in names)}


def refusal_words(refusal: Exception) -> str:
    match refusal:
        case StoryClosed():
            return units.stopped_words()
        case discussing.Closed():
            return _("This conversation was closed. Take it up again to go on with it.")
        case _:
            return _("Write something before you send it.")


def _comment(request: HttpRequest, unit: Unit, form: Remark) -> Comment:
    return discussing.comment(
        unit, form.cleaned_data["text"], by=person_of(request), at=timezone.now(), **form.about
    )


def _ask(request: HttpRequest, unit: Unit, form: Remark) -> Comment:
    return discussing.ask(
        unit, form.cleaned_data["text"], by=person_of(request), at=timezone.now(), **form.about
    )


def _reply(request: HttpRequest, thread: Thread, form: Remark) -> Comment:
    person = person_of(request)
    is_answer = thread.is_question and may_answer(person, thread)
    say = discussing.answer if is_answer else discussing.reply
    return say(thread, form.cleaned_data["text"], by=person, at=timezone.now())


def _said(
    request: HttpRequest, assignment: Assignment, bid: str, say: Callable[[Remark], Comment]
) -> HttpResponse:
    """Store what was said and lead back to its unit, with a word on who is not told."""
    form = Remark(request.POST)
    if not form.is_valid():
        is_long = bool(request.POST.get("text", "").strip())
        words = _("Write it in 5,000 characters at most.") if is_long else ""
        return refused(request, words or refusal_words(discussing.NothingSaid()), status=400)
    try:
        said = say(form)
    except REFUSALS as refusal:
        messages.warning(request, refusal_words(refusal))
    else:
        if words := told_words(said):
            messages.warning(request, words)
    return _back(assignment, bid)


def _visible_assignment(request: HttpRequest, thread: Thread) -> Assignment:
    """Return the latest assignment of a conversation's edition, or 404."""
    found = queue.visible_to(person_of(request), at=timezone.now()).filter(
        edition=thread.edition_id
    )
    assignment = found.order_by("-claimed_at", "-pk").first()
    if assignment is None:
        raise Http404
    return assignment


def _back(assignment: Assignment, bid: str) -> HttpResponse:
    """Lead to the unit, on the page where the translation is worked on now."""
    if not assignment.is_open:
        return redirect("translations:queue")
    page = "review" if assignment.state == Assignment.State.IN_REVIEW else "editor"
    address = reverse(f"translations:{page}", args=[assignment.pk])
    unit = assignment.units.filter(bid=bid).values_list("pk", flat=True).first()
    return HttpResponseRedirect(f"{address}#unit-{unit}" if unit is not None else address)
