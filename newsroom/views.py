"""The start page: what needs this person now; and their choice of language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import languages, origins, permissions, takedowns, waiting
from articles.admin.marks import headline_of
from articles.admin.stories import Deadline, DeadlineFilter
from articles.models import Article, Edition, WorkingCopy
from articles.public import views as public_views
from articles.standing import open_copy
from articles.waiting import State
from newsroom.language import is_newsroom_screen
from newsroom.models import User
from translations import queue
from translations.models import Assignment, Side, WorkingPair
from translations.permissions import may_enter_desk

ROWS = 8


@dataclass(frozen=True)
class Row:
    """One text, or somebody, that needs this person; ``facts`` are said after it."""

    address: str
    headline: str
    language: str
    facts: Sequence[str]
    at: datetime | None = None
    due_at: datetime | None = None
    is_late: bool = False
    is_returned: bool = False


@dataclass(frozen=True)
class List:
    """What needs this person in one way: how much of it, the first of it, and where all is."""

    title: Promise
    hint: Promise
    # Said where there is nothing; empty of a list that is left out then.
    empty: Promise | str
    total: int
    rows: Sequence[Row]
    address: str

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


@never_cache
@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Answer “what needs me now?”."""
    person, at = person_of(request), timezone.now()
    lists = lists_for(person, at=at)
    desk = queue.counts(person, at=at) if may_enter_desk(person) else None
    context = {
        **admin.site.each_context(request),
        "title": _("Start"),
        "person": person,
        "lists": lists,
        "is_quiet": not any(part.total for part in lists)
        and not (desk and any(vars(desk).values())),
        "rights_ending": waiting.rights_ending(at=at) if permissions.may_publish(person) else [],
        "desk": desk,
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
    """Return what needs this person, the most pressing first. One query a list, two of stories."""
    lists = _lists_with_a_deadline(person, at=at)
    if may_enter_desk(person):
        lists += _lists_of_translations(person, at=at)
    if permissions.may_approve_origins(person) or permissions.REVIEWER in person.roles:
        lists.append(
            _editions(
                _("Texts to review"),
                _("Others wrote them. Read them and decide."),
                _("Nothing waits for your review."),
                waiting.for_review_by(person, at=at),
                query={f"state_{code}": State.IN_REVIEW for code in languages.PUBLIC[:1]},
            )
        )
    if permissions.may_start_articles(person):
        questions = _questions(person, at=at)
        # Few ask: a list that is mostly empty would stand in the way of the others.
        lists += [questions] if questions.total else []
    if permissions.may_publish(person):
        lists += _lists_of_the_desk()
    if permissions.may_withdraw(person):
        lists.append(_uncorrected(at=at))
    if permissions.may_release_hold(person):
        lists.append(_held())
    if permissions.may_start_articles(person):
        lists.append(
            _editions(
                _("Your drafts"),
                _("What you started or wrote on and have yet to hand on."),
                _("You have no open draft."),
                waiting.drafts_of(person),
                query={f"state_{code}": State.DRAFT for code in languages.PUBLIC[:1]},
            )
        )
    if permissions.may_keep_people(person):
        lists.append(_people_to_look_after())
    return lists


def _lists_with_a_deadline(person: User, *, at: datetime) -> list[List]:
    """What somebody outside waits for, or did; left out on the many days when there is nothing."""
    lists = []
    if permissions.may_answer_takedowns(person):
        lists.append(_takedowns(at=at))
    if permissions.may_find_nothing_to_correct(person):
        lists.append(_changed_originals(at=at))
    return [part for part in lists if part.total]


def _takedowns(*, at: datetime) -> List:
    """What must be answered, the most urgent first."""
    found = takedowns.open_requests().prefetch_related(
        Prefetch("article", queryset=waiting.with_editions(Article.objects.all()))
    )
    requests = list(found.annotate(total=Window(Count("pk")))[:ROWS])
    rows = [
        Row(
            address=f"{_address_of_story(request.article_id, request.scope[0])}#takedowns",
            headline=headline,
            language=language,
            facts=_said(
                request.get_basis_display(), *(languages.name_of(code) for code in request.scope)
            ),
            due_at=request.due_at,
            is_late=request.due_at <= at,
        )
        for request in requests
        for headline, language in [headline_of(request.article)]
    ]
    return List(
        _("Takedown requests"),
        _("Somebody wants these stories taken down. Withdraw, take offline, or decline."),
        "",
        _total(requests),
        rows,
        _with_deadline(Deadline.TAKEDOWN),
    )


def _changed_originals(*, at: datetime) -> List:
    """What readers get although its source corrected or withdrew the original."""
    found = origins.to_follow(at=at).select_related("article", "live_revision")
    editions = list(found.annotate(total=Window(Count("pk")))[:ROWS])
    rows = []
    for edition in editions:
        # Annotated by the query, which the types of querysets do not tell.
        became = vars(edition)
        assert edition.live_revision is not None  # or readers would not have it  # noqa: S101
        rows.append(
            Row(
                address=_address_of_story(edition.article_id, edition.language),
                headline=edition.live_revision.headline,
                language=edition.language,
                facts=_said(
                    origins.OriginStatus(became["origin_status"]).label,
                    languages.name_of(edition.language),
                ),
                due_at=became["origin_due_at"],
                is_late=became["origin_due_at"] <= at,
            )
        )
    return List(
        _("Originals that changed"),
        _("Their source corrected or withdrew them; readers have our text still."),
        "",
        _total(editions),
        rows,
        _with_deadline(Deadline.ORIGIN),
    )


def _with_deadline(wanted: Deadline) -> str:
    query = {DeadlineFilter.parameter_name: wanted.value}
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(query)}"


def _lists_of_translations(person: User, *, at: datetime) -> list[List]:
    """What somebody translates or reviews themselves; the desk's numbers stand above the lists."""
    lists = []
    if permissions.TRANSLATOR in person.roles:
        lists.append(
            _assignments(
                _("Your translations"),
                _("You have taken them on. What was sent back comes first."),
                _("You are translating nothing now."),
                queue.mine(person),
                chosen="mine",
                page="editor",
                at=at,
            )
        )
        lists.append(_waiting(person, at=at))
    if permissions.REVIEWER in person.roles:
        lists.append(
            _assignments(
                _("Translations to review"),
                _("Others translated them. Read them beside their source and decide."),
                _("No translation waits for your review."),
                _to_review(person, at=at),
                chosen="in_review",
                page="review",
                at=at,
            )
        )
    return lists


def _to_review(person: User, *, at: datetime) -> QuerySet[Assignment]:
    pairs = queue.pairs_for(person)
    known = queue.in_review(pairs).filter(queue.known_to(person, pairs, at=at))
    return known.exclude(translator_id=person.pk)


def _lists_of_the_desk() -> list[List]:
    return [
        _editions(
            _("Ready to publish"),
            _("Approved, and not with readers yet."),
            _("Nothing approved waits to be published."),
            waiting.approved(),
            query={f"state_{code}": State.APPROVED for code in languages.PUBLIC[:1]},
        ),
        _editions(
            _("Needs a second look"),
            _("Published without review. Somebody else must still approve it."),
            _("Everything that was published has been approved by a second person."),
            waiting.needing_second_look(),
            query={"second_look": "yes"},
        ),
        _editions(
            _("Behind their source"),
            _("The source text has changed since these translations were made."),
            _("Every translation says what its source says."),
            waiting.behind_their_source(),
            query={f"state_{code}": State.BEHIND for code in languages.PUBLIC[1:2]},
        ),
    ]


def _editions(
    title: Promise,
    hint: Promise,
    empty: Promise,
    found: QuerySet[Edition],
    *,
    query: dict[str, str],
) -> List:
    editions = list(found.annotate(total=Window(Count("pk")))[:ROWS])
    address = f"{reverse('admin:articles_article_changelist')}?{urlencode(query)}"
    return List(
        title, hint, empty, _total(editions), [_row_of_edition(e) for e in editions], address
    )


def _uncorrected(*, at: datetime) -> List:
    """What only a publisher is asked to take offline; each line leads to doing so."""
    found = _editions(
        _("To be taken offline"),
        _("Their source was corrected hours ago, and their readers still get what was wrong."),
        _("Every live translation says what its source corrected."),
        waiting.to_take_offline(at=at),
        query={f"state_{code}": State.BEHIND for code in languages.PUBLIC[1:2]},
    )
    rows = [replace(row, address=f"{row.address}#act-take-offline") for row in found.rows]
    return replace(found, rows=rows)


def _row_of_edition(edition: Edition) -> Row:
    copy = open_copy(edition)
    text = copy or edition.live_revision
    handed_on = copy.revision if copy is not None else edition.live_revision
    by = handed_on.created_by if handed_on is not None else copy.saved_by if copy else None
    return Row(
        address=_address_of_story(edition.article_id, edition.language),
        headline=text.headline if text is not None else "",
        language=edition.language,
        facts=_said(languages.name_of(edition.language), edition.article.section.name, by),
        at=handed_on.created_at if handed_on is not None else copy.saved_at if copy else None,
        is_returned=copy is not None and copy.state == WorkingCopy.State.CHANGES_REQUESTED,
    )


def _assignments(
    title: Promise,
    hint: Promise,
    empty: Promise,
    found: QuerySet[Assignment],
    *,
    chosen: str,
    page: str,
    at: datetime,
) -> List:
    assignments = list(found.annotate(total=Window(Count("pk")))[:ROWS])
    rows = [
        Row(
            address=reverse(f"translations:{page}", args=[assignment.pk]),
            headline=assignment.source_revision.headline,
            language=assignment.edition.source_language,
            facts=_said(
                _("into %(language)s")
                % {"language": languages.name_of(assignment.edition.language)},
                assignment.edition.article.section.name,
                assignment.translator if page == "review" else None,
            ),
            at=assignment.submitted_at if page == "review" else assignment.claimed_at,
            due_at=assignment.due_at,
            is_late=assignment.due_at is not None and assignment.due_at < at,
            is_returned=assignment.state == Assignment.State.RETURNED,
        )
        for assignment in assignments
    ]
    address = f"{reverse('translations:queue')}?{urlencode({'list': chosen})}"
    return List(title, hint, empty, _total(assignments), rows, address)


def _waiting(person: User, *, at: datetime) -> List:
    """What a translator may take on, the longest waiting first."""
    found = queue.waiting(queue.pairs_for(person), at=at).select_related("article__section")
    editions = list(found.annotate(total=Window(Count("pk")))[:ROWS])
    address = f"{reverse('translations:queue')}?{urlencode({'list': 'waiting'})}"
    return List(
        _("Waiting to be translated"),
        _("Approved or published, and taken on by nobody. Take one on in the desk."),
        _("Nothing waits to be translated."),
        _total(editions),
        [_row_of_waiting(edition, address) for edition in editions],
        address,
    )


def _row_of_waiting(edition: Edition, address: str) -> Row:
    # Annotated by the queue, which the types of querysets do not tell.
    found = vars(edition)
    words = ngettext("%(number)s word", "%(number)s words", found["words"])
    return Row(
        address=address,
        headline=found["source_headline"],
        language=edition.source_language,
        facts=_said(
            _("into %(language)s") % {"language": languages.name_of(edition.language)},
            edition.article.section.name,
            words % {"number": found["words"]},
        ),
        at=found["waiting_since"],
    )


def _questions(person: User, *, at: datetime) -> List:
    """What translators ask about source texts that this person may write."""
    threads = list(queue.questions(person, at=at).annotate(total=Window(Count("pk")))[:ROWS])
    rows = [
        Row(
            address=f"{_address_of_story(article.pk, thread.edition.source_language)}#questions",
            headline=thread.quote,
            language=(
                thread.edition.source_language
                if thread.side == Side.SOURCE
                else thread.edition.language
            ),
            facts=_said(
                _("into %(language)s") % {"language": languages.name_of(thread.edition.language)},
                article.section.name,
                thread.opened_by,
            ),
            at=thread.opened_at,
        )
        for thread in threads
        for article in [thread.edition.article]
    ]
    return List(
        _("Questions from translators"),
        _("About texts that you may write. Answer them on the page of the text."),
        _("No question waits for your answer."),
        _total(threads),
        rows,
        rows[0].address if rows else "",
    )


def _held() -> List:
    """What only a publisher can let go on, the longest held first."""
    held = Article.objects.filter(status=Article.Status.ON_HOLD).select_related("section")
    stories = list(
        waiting.with_editions(held)
        .annotate(total=Window(Count("pk")))
        .order_by("held_at", "pk")[:ROWS]
    )
    rows = [
        Row(
            address=_address_of_story(story.pk, language),
            headline=headline,
            language=language,
            facts=_said(story.section.name),
            at=story.held_at,
        )
        for story in stories
        for headline, language in [headline_of(story)]
    ]
    query = {"status__exact": Article.Status.ON_HOLD.value}
    address = f"{reverse('admin:articles_article_changelist')}?{urlencode(query)}"
    return List(
        _("On hold"),
        _("Nothing of these stories goes out until a publisher releases the hold."),
        _("No story is on hold."),
        _total(stories),
        rows,
        address,
    )


def _people_to_look_after() -> List:
    """Logins that something is missing from: a role, a direction to work in, an address."""
    in_desk = Q(groups__name__in=[permissions.TRANSLATOR, permissions.REVIEWER])
    pairs = WorkingPair.objects.filter(person=OuterRef("pk"))
    workers = User.objects.filter(in_desk, pk=OuterRef("pk"))
    found = (
        User.objects.filter(is_active=True)
        .annotate(
            has_role=Exists(Group.objects.filter(user=OuterRef("pk"))) | Q(is_superuser=True),
            lacks_pair=Exists(workers) & ~Exists(pairs),
        )
        .filter(Q(has_role=False) | Q(lacks_pair=True) | Q(email=""))
        .annotate(total=Window(Count("pk")))
        .order_by("has_role", "username")
    )
    people = list(found[:ROWS])
    rows = [
        Row(
            address=reverse("admin:newsroom_user_change", args=[person.pk]),
            headline=str(person),
            language="",
            facts=_said(
                "" if person.has_role else _("no role"),
                _("no language pair") if person.lacks_pair else "",
                "" if person.email else _("no e-mail address"),
            ),
        )
        for person in people
    ]
    return List(
        _("People to look after"),
        _("Without a role they can do nothing, without a pair not translate or review."),
        _("Everybody has a role, a language pair where they need one, and an e-mail address."),
        _total(people),
        rows,
        reverse("admin:newsroom_user_changelist"),
    )


def _said(*facts: object) -> list[str]:
    return [str(fact) for fact in facts if fact]


def _total(rows: Sequence[Any]) -> int:
    """Return how many there are in all, as the database annotated each of the first."""
    return rows[0].total if rows else 0


def _address_of_story(pk: int, language: str) -> str:
    story = reverse("admin:articles_article_change", args=[pk])
    return f"{story}?{urlencode({'lang': language})}"
