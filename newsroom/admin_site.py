"""The newsroom's admin: entered by anybody with a role, with one login for all screens."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from articles import languages, permissions
from articles.models import Activity, Edition
from articles.questions import Question, Said
from articles.receipts import Receipt, Told
from newsroom.models import Notification
from translations.models import Assignment, Comment, Side, Thread
from translations.permissions import may_enter_desk


class NewsroomAdminSite(AdminSite):
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("Settings")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and permissions.may_enter(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """
        Send people to the newsroom's one login page, and from there to where they wanted.

        Whoever is signed in and still not let in has no role; the start page says so.
        """
        if request.user.is_authenticated:
            return redirect("start")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, reverse("start")))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the list of everything kept here, made only where a page shows it."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add what the head of every newsroom screen shows."""
        return super().each_context(request) | head_of_screen(request)

    def desk_address(self, edition: Edition) -> str:
        """Return the translation desk's page of an edition; empty if nobody translates it."""
        assignment = Assignment.objects.open().filter(edition=edition).first()
        if assignment is None:
            return ""
        page = "review" if assignment.state == Assignment.State.IN_REVIEW else "editor"
        return reverse(f"translations:{page}", args=[assignment.pk])

    def assign_address(self, edition: Edition) -> str:
        """Return where it is said who translates an edition."""
        return reverse("translations:assign", args=[edition.pk])

    def questions(self, edition: Edition) -> Sequence[Question]:
        """Return what translators ask about a source text and is not settled. One query."""
        found = Comment.objects.filter(
            thread__edition__article=edition.article_id,
            thread__edition__source_language=edition.language,
            thread__kind=Thread.Kind.QUESTION,
            thread__resolved_at=None,
        )
        people = found.select_related("thread__edition", "by")
        talks: dict[Thread, list[Said]] = {}
        for one in people.order_by("thread__opened_at", "thread", "at", "pk"):
            said = Said(str(one.by), one.at, one.text)
            talks.setdefault(one.thread, []).append(said)
        return [
            Question(
                quote=thread.quote,
                quote_language=(
                    edition.language if thread.side == Side.SOURCE else thread.edition.language
                ),
                target=languages.name_of(thread.edition.language),
                said=said,
                is_answered=thread.answered_at is not None,
                answer_address=reverse("translations:answer", args=[thread.pk]),
            )
            for thread, said in talks.items()
        ]

    def receipts(self, activities: Sequence[Activity]) -> Mapping[int, Receipt]:
        """Return who was told of activities, those who read it first. One query."""
        told = (
            Notification.objects.filter(activity__in=activities)
            .select_related("person")
            .order_by(F("read_at").asc(nulls_last=True), "pk")
        )
        people = defaultdict(list)
        for row in told:
            one = Told(name=str(row.person), read_at=row.read_at, mailed_at=row.mailed_at)
            people[row.activity_id].append(one)
        return {activity: Receipt(found) for activity, found in people.items()}


def head_of_screen(request: HttpRequest) -> dict[str, Any]:
    """Return where this person may go, for ``newsroom/_masthead.html``. One query."""
    person = request.user
    return {
        "may_enter": person.is_authenticated and permissions.may_enter(person),
        "may_enter_desk": person.is_authenticated and may_enter_desk(person),
        "may_keep_labels": person.is_authenticated and permissions.may_keep_labels(person),
    }
