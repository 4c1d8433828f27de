"""What a message says and where it leads, in the language that is active."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import languages, permissions, waiting
from articles.admin.marks import headline_of
from articles.models import Activity, Article
from articles.standing import edition_in, open_copy
from newsroom.models import Notification
from newsroom.rules import Subject, line_for
from translations import queue
from translations.models import Assignment, Comment
from translations.permissions import may_enter_desk

_Why = Notification.Why


@dataclass(frozen=True)
class Message:
    """A notification in words; ``headline`` is in ``headline_language``."""

    notification: Notification
    who: str
    did: str
    headline: str
    headline_language: str
    edition: str
    reason: str
    to_do: str
    why: str

    @property
    def sentence(self) -> str:
        """Who did what, for a mail's subject: “Ani approved the text: Kapal baru tiba”."""
        return _("%(who)s %(did)s: %(headline)s") % vars(self)


def with_words(messages: QuerySet[Notification]) -> QuerySet[Notification]:
    """Fetch what ``message_of`` reads: three queries for any number of messages."""
    stories = waiting.with_editions(Article.objects.all())
    return messages.select_related("activity__actor").prefetch_related(
        Prefetch("activity__article", queryset=stories)
    )


def message_of(notification: Notification) -> Message:
    """Return what a notification says; no query on one from ``with_words``."""
    activity = notification.activity
    line = line_for(activity, notification.why)
    headline, language = _headline(activity)
    return Message(
        notification=notification,
        who=str(activity.actor or _("The newsroom")),
        did=str(activity.get_verb_display()),
        headline=headline or _("Without a headline"),
        headline_language=language if headline else "",
        edition=languages.name_of(activity.language) if activity.language else "",
        reason=activity.reason,
        to_do=str(line.to_do) if line is not None else "",
        why=str(notification.get_why_display()),
    )


def address_for(notification: Notification, *, at: datetime) -> str:
    """Return where the person does what the message asks for, without the host."""
    activity, person = notification.activity, notification.person
    line = line_for(activity, notification.why)
    is_work = line is not None and line.subject is not Subject.STORY
    may_see = permissions.may_see_article(person, activity.article, at=at)
    if (is_work or not may_see) and may_enter_desk(person):
        found = _desk_address(notification, at=at)
        if found or not may_see:
            return found or reverse("translations:queue")
    story = reverse("admin:articles_article_change", args=[activity.article_id])
    return f"{story}?{urlencode({'lang': activity.language})}" if activity.language else story


def _headline(activity: Activity) -> tuple[str, str]:
    """Return the headline of the edition that this is about, else the story's."""
    edition = edition_in(activity.article, activity.language)
    text = (open_copy(edition) or edition.live_revision) if edition is not None else None
    if text is not None and text.headline:
        return text.headline, activity.language
    return headline_of(activity.article)


def _desk_address(notification: Notification, *, at: datetime) -> str:
    """Return the desk's page for what is to be done; empty if the story's own page is."""
    activity, person = notification.activity, notification.person
    if activity.verb == Activity.Verb.MENDED:
        return _address_of_edits(notification, at=at)
    is_of_source = notification.why in {_Why.CORRECTED, _Why.DEPENDANT}
    found = queue.visible_to(person, at=at).filter(
        edition__article=activity.article_id, state__in=Assignment.OPEN
    )
    if is_of_source:
        found = found.filter(translator=person)
    elif activity.language:
        found = found.filter(edition__language=activity.language)
    assignment = found.order_by("pk").first()
    if assignment is not None:
        is_to_read = assignment.state == Assignment.State.IN_REVIEW
        is_own = assignment.translator_id == person.pk
        page = "review" if is_to_read and not is_own else "editor"
        address = reverse(f"translations:{page}", args=[assignment.pk])
        return f"{address}{_place_of_what_was_said(activity, assignment)}"
    lists = {
        _Why.TRANSLATOR: "waiting",
        _Why.CORRECTED: "out_of_date",
        _Why.DEPENDANT: "out_of_date",
    }
    chosen = lists.get(_Why(notification.why))
    return f"{reverse('translations:queue')}?{urlencode({'list': chosen})}" if chosen else ""


def _address_of_edits(notification: Notification, *, at: datetime) -> str:
    """Return the page of what was changed in review, also when the translation is delivered."""
    activity = notification.activity
    found = queue.visible_to(notification.person, at=at).filter(
        edition__article=activity.article_id,
        edition__language=activity.language,
        claimed_at__lte=activity.at,
    )
    assignment = found.order_by("-claimed_at", "-pk").first()
    return reverse("translations:mended", args=[assignment.pk]) if assignment is not None else ""


def _place_of_what_was_said(activity: Activity, assignment: Assignment) -> str:
    """Return the place on the desk's page of the unit that a comment is about; else empty."""
    said = Comment.objects.filter(activity=activity).values("thread__bid")
    unit = assignment.units.filter(bid__in=said).values_list("pk", flat=True).first()
    return f"#unit-{unit}" if unit is not None else ""
