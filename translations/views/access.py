"""Who is asking, what they may know about, and how a refusal is told."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Edition
from articles.permissions import may_enter, may_keep_labels
from translations import queue
from translations.models import Assignment, Unit
from translations.permissions import Pair, is_desk, may_enter_desk

if TYPE_CHECKING:
    from newsroom.models import User

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


def at_the_desk(view: View[Parameters]) -> View[Parameters]:
    """
    Let in who translates, reviews or edits; others are told whom to ask.

    A script is told that nobody is signed in, where a browser is sent to the login page.
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponse:
        if not request.user.is_authenticated:
            if wants_json(request):
                return refused(request, _("You are signed out."), status=401)
            return login_required(view)(request, *args, **kwargs)
        if may_enter_desk(request.user):
            response = view(request, *args, **kwargs)
        else:
            response = refused(
                request,
                _(
                    "The translation desk is for translators, reviewers and editors."
                    " Ask an administrator for one of these roles."
                ),
            )
        add_never_cache_headers(response)
        return response

    return guarded


def person_of(request: HttpRequest) -> "User":
    """Return who is signed in; ``at_the_desk`` has seen to it that somebody is."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def visible_assignment(request: HttpRequest, pk: int) -> Assignment:
    """
    Return an assignment with its story, or 404 where this person may not know of it.

    What ``rebasing.is_behind`` asks is fetched along. Two queries, one more for translators.
    """
    editions = Edition.objects.select_related("live_revision", "working_copy__revision")
    found = (
        queue.visible_to(person_of(request), at=timezone.now())
        .select_related("edition__article__section", "source_revision", "translator")
        .prefetch_related(Prefetch("edition__article__editions", queryset=editions))
    )
    return get_object_or_404(found, pk=pk)


def visible_unit(request: HttpRequest, pk: int) -> Unit:
    """Return a unit with its assignment, or 404 where this person may not know of it."""
    found = Unit.objects.select_related("assignment__edition__article", "assignment__translator")
    unit = get_object_or_404(found, pk=pk)
    get_object_or_404(
        queue.visible_to(person_of(request), at=timezone.now()), pk=unit.assignment_id
    )
    return unit


def pair_of(assignment: Assignment) -> Pair:
    return (assignment.edition.source_language, assignment.edition.language)


def head_of_screen(request: HttpRequest) -> dict[str, object]:
    """Return what the head of every desk screen shows."""
    person = person_of(request)
    return {
        "site_name": settings.SITE_NAME,
        "person": person,
        "may_enter": may_enter(person),
        "may_keep_labels": may_keep_labels(person),
        "is_desk": is_desk(person),
    }


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def refused(request: HttpRequest, words: str | Promise, *, status: int = 403) -> HttpResponse:
    """Tell somebody what they cannot do and why, in the form they asked for."""
    if wants_json(request):
        return JsonResponse({"refusal": str(words)}, status=status)
    context = {**head_of_screen(request), "words": words}
    return render(request, "translations/refused.html", context, status=status)
