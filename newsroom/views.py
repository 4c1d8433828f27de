"""The start page: what needs this person now; and their choice of language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import languages, permissions, waiting
from articles.models import Edition, WorkingCopy
from articles.public import views as public_views
from articles.standing import open_copy
from articles.waiting import State
from newsroom.language import is_newsroom_screen
from newsroom.models import User
from translations import queue
from translations.permissions import may_enter_desk

ROWS = 8


@dataclass(frozen=True)
class Row:
    """One text that needs somebody."""

    address: str
    headline: str
    language: str
    language_name: str
    section: str
    by: User | None
    at: datetime | None
    is_returned: bool


@dataclass(frozen=True)
class List:
    """Some of the texts that need somebody, with where all of them are."""

    title: Promise
    hint: Promise
    empty: Promise
    rows: Sequence[Row]
    more: str


@never_cache
@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Answer “what needs me now?”."""
    person, at = person_of(request), timezone.now()
    context = {
        **admin.site.each_context(request),
        "title": _("Start"),
        "person": person,
        "lists": lists_for(person, at=at),
        "rights_ending": waiting.rights_ending(at=at) if permissions.may_publish(person) else [],
        "desk": queue.counts(person, at=at) if may_enter_desk(person) else None,
        "may_start_articles": permissions.may_start_articles(person),
        "now": at,
    }
    return TemplateResponse(request, "newsroom/start.html", context)


@require_POST
@login_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Let the newsroom's screens speak another language to this person from now on."""
    person = person_of(request)
    form = LanguageForm(request.POST)
    if form.is_valid():
        person.language = form.cleaned_data["language"]
        person.save(update_fields=["language"])
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if is_ours else "start")


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a person's role does not include what they asked for."""
    context = {**admin.site.each_context(request), "title": _("Not allowed")}
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is at an address: to readers in their paper, to us among our screens."""
    if not is_newsroom_screen(request.path_info) or not request.user.is_authenticated:
        return public_views.not_found(request, exception)
    context = {**admin.site.each_context(request), "title": _("There is nothing at this address.")}
    return render(request, "newsroom/not_found.html", context, status=404)


class LoginForm(AuthenticationForm):
    """Django's, in our words."""

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(
            _(
                "No login has this user name and this password. Try again; an administrator can"
                " give you a new password."
            ),
            code="invalid_login",
        )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; ``login_required`` has sent everybody else to sign in."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def lists_for(person: User, *, at: datetime) -> list[List]:
    """Return what needs this person, the most pressing first. One query a list."""
    lists = []
    if permissions.may_approve_origins(person) or permissions.REVIEWER in person.roles:
        lists.append(
            _list(
                _("Texts to review"),
                _("Others wrote them. Read them and decide."),
                _("Nothing waits for your review."),
                waiting.for_review_by(person, at=at),
                more={f"state_{code}": State.IN_REVIEW for code in languages.PUBLIC[:1]},
            )
        )
    if permissions.may_publish(person):
        lists += _lists_of_the_desk()
    if permissions.may_start_articles(person):
        lists.append(
            _list(
                _("Your drafts"),
                _("What you started or wrote on and have yet to hand on."),
                _("You have no open draft."),
                waiting.drafts_of(person),
                more={f"state_{code}": State.DRAFT for code in languages.PUBLIC[:1]},
            )
        )
    return lists


def _lists_of_the_desk() -> list[List]:
    return [
        _list(
            _("Ready to publish"),
            _("Approved, and not with readers yet."),
            _("Nothing approved waits to be published."),
            waiting.approved(),
            more={f"state_{code}": State.APPROVED for code in languages.PUBLIC[:1]},
        ),
        _list(
            _("Needs a second look"),
            _("Published without review. Somebody else must still approve it."),
            _("Everything that was published has been approved by a second person."),
            waiting.needing_second_look(),
            more={"second_look": "yes"},
        ),
        _list(
            _("Behind their source"),
            _("The source text has changed since these translations were made."),
            _("Every translation says what its source says."),
            waiting.behind_their_source(),
            more={f"state_{code}": State.BEHIND for code in languages.PUBLIC[1:2]},
        ),
    ]


def _list(
    title: Promise,
    hint: Promise,
    empty: Promise,
    editions: QuerySet[Edition],
    *,
    more: dict[str, str],
) -> List:
    """Return a list with one row looked ahead, to know whether there are more."""
    found = list(editions[: ROWS + 1])
    address = f"{reverse('admin:articles_article_changelist')}?{urlencode(more)}"
    return List(
        title, hint, empty, [_row(e) for e in found[:ROWS]], address if len(found) > ROWS else ""
    )


def _row(edition: Edition) -> Row:
    copy = open_copy(edition)
    text = copy or edition.live_revision
    handed_on = copy.revision if copy is not None else edition.live_revision
    story = reverse("admin:articles_article_change", args=[edition.article_id])
    return Row(
        address=f"{story}?{urlencode({'lang': edition.language})}",
        headline=text.headline if text is not None else "",
        language=edition.language,
        language_name=languages.name_of(edition.language),
        section=edition.article.section.name,
        by=handed_on.created_by if handed_on is not None else copy.saved_by if copy else None,
        at=handed_on.created_at if handed_on is not None else copy.saved_at if copy else None,
        is_returned=copy is not None and copy.state == WorkingCopy.State.CHANGES_REQUESTED,
    )
