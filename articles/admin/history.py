"""What became of a story: its texts, who reviewed them, and who did what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import editing, permissions, richtext
from articles.admin.access import person_of
from articles.admin.comparing import compare
from articles.admin.marks import headline_of
from articles.admin.refusals import REFUSALS, words_for
from articles.admin.screens import Screen, address, look_at, story_for, tabs
from articles.models import Activity, Review, Revision, WorkingCopy
from articles.receipts import Receipt

LINES_PER_PAGE = 50
COPY = "copy"


@dataclass(frozen=True)
class Side:
    """One of the two texts that are compared."""

    key: str
    name: str
    text: Revision | WorkingCopy


@runtime_checkable
class KnowsWhoWasTold(Protocol):
    """An admin site of a newsroom that tells people what was done."""

    def receipts(self, activities: Sequence[Activity]) -> Mapping[int, Receipt]:
        """Return who was told, by the keys of the activities that somebody was told of."""


@require_safe
def history(request: HttpRequest, pk: int, language: str, *, site: AdminSite) -> HttpResponse:
    """Show every text that was handed on, and two of them beside each other."""
    screen = look_at(request, pk, language, site=site)
    revisions = list(_revisions(screen))
    sides = _sides(screen, revisions)
    new = _chosen(sides, request.GET.get("to"), place=0)
    old = _chosen(sides, request.GET.get("from"), place=1)
    context = {
        **_context(screen, _("History")),
        "revisions": revisions,
        "sides": sides,
        "old": old,
        "new": new,
        "comparison": compare(old.text, new.text) if old is not None and new is not None else None,
        "may_restore": _may_restore(screen),
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


@require_POST
def restore(
    request: HttpRequest, pk: int, language: str, number: int, *, site: AdminSite
) -> HttpResponse:
    """Put an earlier text back into the working copy; what is there now stays in the history."""
    screen = look_at(request, pk, language, site=site)
    if not permissions.may_edit(screen.situation.person, screen.edition):
        raise PermissionDenied
    revision = get_object_or_404(Revision, edition=screen.edition, number=number)
    try:
        editing.restore_revision(revision, by=screen.situation.person, at=screen.situation.at)
    except REFUSALS as refusal:
        messages.error(request, words_for(refusal))
        return redirect(address("history", pk, language))
    messages.success(
        request,
        _("Text %(number)s is in the working copy. What was there is in the history.")
        % {"number": number},
    )
    return redirect(address("change", pk, lang=language))


@require_safe
def kept(
    request: HttpRequest, pk: int, language: str, number: int, *, site: AdminSite
) -> HttpResponse:
    """Show a text that came too late beside the one that was saved before it."""
    screen = look_at(request, pk, language, site=site)
    if not permissions.may_edit(screen.situation.person, screen.edition):
        raise PermissionDenied
    mine = get_object_or_404(
        Revision.objects.select_related("created_by"),
        edition=screen.edition,
        number=number,
        occasion=Revision.Occasion.SET_ASIDE,
    )
    newer = screen.text
    if newer is None:
        raise Http404
    copy = screen.situation.copy
    context = {
        **_context(screen, _("Two texts")),
        "mine": mine,
        "newer": newer,
        "is_mine": mine.created_by_id == screen.situation.person.pk,
        "newer_by": copy.saved_by if copy is not None else None,
        "newer_at": copy.saved_at if copy is not None else None,
        "mine_body": richtext.public_html(mine.body),
        "newer_body": richtext.public_html(newer.body),
        "comparison": compare(mine, newer),
        "may_restore": _may_restore(screen),
    }
    return TemplateResponse(request, "admin/articles/article/kept.html", context)


@require_safe
def activity(request: HttpRequest, pk: int, *, site: AdminSite) -> HttpResponse:
    """Show who did what to a story, the newest first."""
    story = story_for(person_of(request), pk, at=timezone.now())
    done = (
        Activity.objects.filter(article=story)
        .select_related("actor", "revision")
        .order_by("-at", "-pk")
    )
    headline, headline_language = headline_of(story)
    page = Paginator(done, LINES_PER_PAGE).get_page(request.GET.get("page"))
    receipts = site.receipts(list(page)) if isinstance(site, KnowsWhoWasTold) else {}
    context = {
        **site.each_context(request),
        "title": _("Activity"),
        "article": story,
        "headline": headline,
        "headline_language": headline_language,
        "page": page,
        "lines": [(line, receipts.get(line.pk)) for line in page],
    }
    return TemplateResponse(request, "admin/articles/article/activity.html", context)


def _revisions(screen: Screen) -> QuerySet[Revision]:
    reviews = Review.objects.select_related("by").order_by("at", "pk")
    return (
        screen.edition.revisions.select_related("created_by", "publication__notice")
        .prefetch_related(Prefetch("reviews", queryset=reviews))
        .order_by("-number")
    )


def _sides(screen: Screen, revisions: list[Revision]) -> list[Side]:
    """Return all texts that can be compared, the newest first."""
    sides = [
        Side(
            key=str(revision.number),
            name=_("Text %(number)s: %(occasion)s")
            % {"number": revision.number, "occasion": revision.get_occasion_display()},
            text=revision,
        )
        for revision in revisions
    ]
    copy = screen.situation.copy
    if copy is not None:
        sides.insert(0, Side(key=COPY, name=_("Working copy"), text=copy))
    return sides


def _chosen(sides: list[Side], key: str | None, *, place: int) -> Side | None:
    """Return the side somebody asked for, else the one at a place from the newest."""
    asked = next((side for side in sides if side.key == key), None)
    if asked is not None:
        return asked
    return sides[place] if len(sides) > place else None


def _may_restore(screen: Screen) -> bool:
    """Whether this person may write here, and nobody has the text in hand elsewhere."""
    copy = screen.situation.copy
    is_free = copy is None or copy.is_open_for_editing
    return is_free and permissions.may_edit(screen.situation.person, screen.edition)


def _context(screen: Screen, title: str) -> dict[str, object]:
    headline, headline_language = headline_of(screen.article)
    return {
        **screen.site.each_context(screen.request),
        "title": title,
        "article": screen.article,
        "edition": screen.edition,
        "language": screen.language,
        "headline": headline,
        "headline_language": headline_language,
        "tabs": tabs(screen, page="history"),
    }
