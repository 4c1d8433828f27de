"""Writing: starting a story, saving its working copies and its shared facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from articles import languages
from articles.licensing import follow
from articles.models import (
    Activity,
    Article,
    Attribution,
    Author,
    Byline,
    Edition,
    Image,
    Licence,
    Revision,
    Section,
    Source,
    Topic,
    WorkingCopy,
)
from articles.permissions import Person
from articles.recording import Draft, add_revision, lock, record, snapshot
from articles.standing import open_copy, releasable, source_edition


@dataclass(frozen=True)
class Facts:
    """What every edition of a story shares."""

    section: Section
    authors: Sequence[Author] = ()
    topics: Sequence[Topic] = ()
    image: Image | None = None
    source: Source | None = None
    relation: str = Attribution.Relation.REPUBLISHED
    original_title: str = ""
    original_url: str = ""
    original_language: str = ""
    original_published_on: date | None = None
    original_byline: str = ""
    reference_text: str = ""
    # None takes the source's newest licence that is in force.
    licence: Licence | None = None
    permission: str = Attribution.Permission.NOT_NEEDED
    permission_ref: str = ""
    rights_from: date | None = None
    rights_until: date | None = None
    origin_status: str = Attribution.OriginStatus.CURRENT
    origin_ref: str = ""


_ORIGIN_VERBS = {
    Attribution.OriginStatus.CURRENT: Activity.Verb.ORIGIN_CURRENT,
    Attribution.OriginStatus.CORRECTED: Activity.Verb.ORIGIN_CORRECTED,
    Attribution.OriginStatus.WITHDRAWN: Activity.Verb.ORIGIN_WITHDRAWN,
}


class StaleSave(Exception):
    """
    Somebody saved this working copy after the form was opened.

    The words that came too late are kept: ``kept`` is the revision they were set aside in.
    """

    def __init__(self, *, opened: int, copy: WorkingCopy, kept: Revision) -> None:
        self.opened = opened
        self.copy = copy
        self.kept = kept
        super().__init__(f"version {copy.version} came after version {opened}")


class NotOpenForEditing(Exception):
    """The text is in review, approved, or in the translation desk: take it back first."""

    def __init__(self, copy: WorkingCopy, kept: Revision | None = None) -> None:
        self.copy = copy
        self.kept = kept
        super().__init__(f"working copy {copy.pk} is {copy.state}")


class StoryClosed(Exception):
    """Work on this story has been stopped; ``status`` says how. ``kept`` holds the words."""

    def __init__(self, status: str, kept: Revision | None = None) -> None:
        self.status = status
        self.kept = kept
        super().__init__(status)


class IsScheduled(Exception):
    """The text waits to go out: take it off the schedule before changing it."""


class AlreadyLive(Exception):
    """Readers of some language have this story."""


class NothingToSave(Exception):
    """There is no working copy: it was published or discarded meanwhile."""


@transaction.atomic
def start_article(
    *,
    language: str,
    facts: Facts,
    by: Person | None,
    at: datetime,
    draft: Draft | None = None,
    verb: str = Activity.Verb.STARTED,
) -> Article:
    """
    Start a story in a language and return it, its first working copy open.

    A language no reader is shown makes a reference edition: translated from, never public.
    """
    article = Article.objects.create(
        section=facts.section,
        origin_language=language,
        created_by_id=by.pk if by is not None else None,
        created_at=at,
    )
    for code in dict.fromkeys((language, *languages.PUBLIC)):
        public = code in languages.PUBLIC
        Edition.objects.create(
            article=article,
            language=code,
            source_language="" if code == language else language,
            visibility=Edition.Visibility.PUBLIC if public else Edition.Visibility.REFERENCE,
        )
    record(article, Activity.Verb(verb), by=by, at=at, language=language)
    _write_facts(article, facts, at=at)
    edition = article.editions.get(language=language)
    copy = open_locked(edition, by=by, at=at)
    if draft is not None:
        _write(copy, draft.normalised(), by=by, at=at)
    return article


@transaction.atomic
def save_facts(article: Article, facts: Facts, *, by: Person, at: datetime) -> None:
    """
    Change what every edition shares.

    Section and topics hold at once. Byline, picture and source reach readers with the next
    publish of each edition: a page keeps the credit it was published with. The days that the
    source agreed on hold at once.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    before = _origin_of(article)
    if _write_facts(article, facts, at=at):
        record(article, Activity.Verb.CHANGED_FACTS, by=by, at=at)
        _record_origin(article, before, by=by, at=at)
        follow(article, by=by, at=at)


@transaction.atomic
def open_working_copy(edition: Edition, *, by: Person | None, at: datetime) -> WorkingCopy:
    """
    Return the edition's working copy, opening one on its live text if there is none.

    Readers keep what they have until a publish. A translation's new copy says which source
    text it is made from: the one that may be released now.
    """
    edition = lock(edition)
    copy = open_copy(edition)
    if copy is not None:
        return copy
    copy = open_locked(edition, by=by, at=at)
    record(edition.article, Activity.Verb.OPENED, by=by, at=at, language=edition.language)
    return copy


def save_working_copy(
    edition: Edition, draft: Draft, *, based_on: int, by: Person, at: datetime
) -> WorkingCopy:
    """
    Store what somebody typed and return the working copy.

    ``based_on`` is the version the form was opened with. Raises ``StaleSave`` if a newer one
    was saved, ``NotOpenForEditing`` if the text has left the writer's hands meanwhile, and
    ``StoryClosed``; all keep what was typed as a revision of its own. Saving unchanged words
    changes nothing.
    """
    draft = draft.normalised()
    with transaction.atomic():
        edition = lock(edition)
        copy = open_copy(edition)
        if copy is None:
            raise NothingToSave
        changed = draft != Draft.of(copy)
        if not changed:
            return copy
        is_open = copy.is_open_for_editing and not edition.article.is_closed
        if is_open and not is_stale(copy, based_on):
            _write(copy, draft, by=by, at=at)
            return copy
        kept = _set_aside(edition, draft, by=by, at=at)
    # Outside the transaction, so that the words set aside stay.
    if edition.article.is_closed:
        raise StoryClosed(edition.article.status, kept)
    if not copy.is_open_for_editing:
        raise NotOpenForEditing(copy, kept)
    raise StaleSave(opened=based_on, copy=copy, kept=kept)


@transaction.atomic
def restore_revision(revision: Revision, *, by: Person, at: datetime) -> WorkingCopy:
    """
    Put an earlier text back into the working copy, opening one if need be.

    What the working copy said is kept as a revision. Raises ``NotOpenForEditing`` while the
    text is in review, approved or in the desk.
    """
    edition = lock(revision.edition)
    copy = open_copy(edition) or open_locked(edition, by=by, at=at)
    if not copy.is_open_for_editing:
        raise NotOpenForEditing(copy)
    before = Draft.of(copy)
    restored = Draft.of(revision)
    if before != restored:
        if before not in (Draft(), *_latest_texts(edition)):
            snapshot(copy, Revision.Occasion.DISCARDED, by=by, at=at)
        _write(copy, restored, by=by, at=at, verb=Activity.Verb.RESTORED, revision=revision)
    return copy


@transaction.atomic
def discard_working_copy(edition: Edition, *, by: Person, at: datetime) -> None:
    """Give up the changes to a text; they stay readable as a revision."""
    edition = lock(edition)
    copy = open_copy(edition)
    if copy is None:
        return
    if not copy.is_open_for_editing:
        raise NotOpenForEditing(copy)
    kept = snapshot(copy, Revision.Occasion.DISCARDED, by=by, at=at)
    copy.delete()
    record(
        edition.article,
        Activity.Verb.DISCARDED,
        by=by,
        at=at,
        language=edition.language,
        revision=kept,
    )


@transaction.atomic
def set_embargo(
    article: Article,
    *,
    until: datetime | None,
    reason: str,
    by: Person | None,
    at: datetime,
    zone: str = "",
) -> None:
    """
    Keep the story from every reader, in every language, until a moment; None lifts it.

    ``zone`` is the IANA name of the zone in which the moment was agreed.
    Raises ``AlreadyLive`` when readers of a language have it: an embargo cannot unsay it.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    if until is not None and any(article.is_live(code, at=at) for code in languages.PUBLIC):
        raise AlreadyLive
    if article.embargo_until != until:
        Article.objects.filter(pk=article.pk).update(
            embargo_until=until, embargo_zone=zone if until else ""
        )
        record(article, Activity.Verb.SET_EMBARGO, by=by, at=at, reason=reason)


def is_stale(copy: WorkingCopy, based_on: int) -> bool:
    return copy.version != based_on


def refuse_closed(article: Article) -> None:
    """Raise ``StoryClosed`` for a story that was spiked or killed."""
    if article.is_closed:
        raise StoryClosed(article.status)


def open_locked(edition: Edition, *, by: Person | None, at: datetime) -> WorkingCopy:
    """
    Open a working copy on the live text; called under the story's lock when there is none.

    Raises ``StoryClosed``, and ``IsScheduled`` for a text that waits for its time.
    """
    refuse_closed(edition.article)
    if edition.article.is_scheduled(edition.language, at=at):
        raise IsScheduled
    live = edition.live_revision
    source_revision = live.source_revision if live is not None else None
    source = source_edition(edition)
    if source_revision is None and source is not None:
        source_revision = releasable(source)
    draft = Draft.of(live) if live is not None else _first_draft(edition)
    copy = WorkingCopy(
        edition=edition,
        source_revision=source_revision,
        started_at=at,
        saved_by_id=by.pk if by is not None else None,
        saved_at=at,
        **vars(draft),
    )
    copy.save(force_insert=True)
    return copy


def _first_draft(edition: Edition) -> Draft:
    """A new text starts from what the picture's own record says in its language."""
    image = edition.article.image
    if image is None or edition.language not in languages.PUBLIC:
        return Draft()
    return Draft(
        image_caption=getattr(image, languages.column("caption", edition.language)) or "",
        image_alt=getattr(image, languages.column("alt", edition.language)) or "",
    )


def _write(
    copy: WorkingCopy,
    draft: Draft,
    *,
    by: Person | None,
    at: datetime,
    verb: Activity.Verb = Activity.Verb.SAVED,
    revision: Revision | None = None,
) -> None:
    for name, value in vars(draft).items():
        setattr(copy, name, value)
    copy.version += 1
    copy.state = WorkingCopy.State.DRAFT
    copy.revision = None
    copy.saved_by_id = by.pk if by is not None else None
    copy.saved_at = at
    copy.save(update_fields=[*vars(draft), "version", "state", "revision", "saved_by", "saved_at"])
    if by is not None:
        copy.contributors.add(by.pk)
    edition = copy.edition
    if verb == Activity.Verb.SAVED and _was_saving(edition, by):
        return
    record(edition.article, verb, by=by, at=at, language=edition.language, revision=revision)


def _was_saving(edition: Edition, by: Person | None) -> bool:
    """Whether the story's newest line already says so: autosaves are one act, not fifty."""
    newest = edition.article.activities.order_by("-at", "-pk").first()
    return (
        newest is not None
        and newest.verb == Activity.Verb.SAVED
        and newest.language == edition.language
        and newest.actor_id == (by.pk if by is not None else None)
    )


def _set_aside(edition: Edition, draft: Draft, *, by: Person, at: datetime) -> Revision:
    kept = add_revision(
        edition,
        draft,
        occasion=Revision.Occasion.SET_ASIDE,
        source_revision=None,
        by=by,
        at=at,
    )
    kept.authors.add(by.pk)
    record(
        edition.article,
        Activity.Verb.SET_ASIDE,
        by=by,
        at=at,
        language=edition.language,
        revision=kept,
    )
    return kept


def _latest_texts(edition: Edition) -> Iterable[Draft]:
    return (Draft.of(revision) for revision in edition.revisions.order_by("-number")[:1])


def _write_facts(article: Article, facts: Facts, *, at: datetime) -> bool:
    """Write the facts that differ and say whether any did."""
    changed = False
    if (article.section_id, article.image_id) != (
        facts.section.pk,
        facts.image.pk if facts.image else None,
    ):
        changed = True
        Article.objects.filter(pk=article.pk).update(section=facts.section, image=facts.image)
        article.section, article.image = facts.section, facts.image
    if {topic.pk for topic in article.topics.all()} != {topic.pk for topic in facts.topics}:
        changed = True
        article.topics.set(facts.topics)
    names = list(article.bylines.order_by("position", "pk").values_list("author_id", flat=True))
    if names != [author.pk for author in facts.authors]:
        changed = True
        article.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(article=article, author=author, position=position)
            for position, author in enumerate(facts.authors, start=1)
        )
    return _write_attribution(article, facts, at=at) or changed


def _write_attribution(article: Article, facts: Facts, *, at: datetime) -> bool:
    primary = article.attributions.filter(primary=True).first()
    if facts.source is None:
        if primary is not None:
            primary.delete()
        return primary is not None
    wanted = {
        "source_id": facts.source.pk,
        "relation": facts.relation,
        "original_title": facts.original_title.strip(),
        "original_url": facts.original_url.strip(),
        "original_language": facts.original_language,
        "original_published_on": facts.original_published_on,
        "original_byline": facts.original_byline.strip(),
        "reference_text": facts.reference_text.strip(),
        "licence_id": _licence_for(facts, facts.source, at=at),
        "permission": facts.permission,
        "permission_ref": facts.permission_ref.strip(),
        "rights_from": facts.rights_from,
        "rights_until": facts.rights_until,
        "origin_status": facts.origin_status,
        "origin_ref": facts.origin_ref.strip(),
    }
    if primary is None:
        wanted["origin_at"] = _known_since(None, facts, at=at)
        Attribution.objects.create(article=article, primary=True, **wanted)
        return True
    if all(getattr(primary, name) == value for name, value in wanted.items()):
        return False
    wanted["origin_at"] = _known_since(primary, facts, at=at)
    Attribution.objects.filter(pk=primary.pk).update(**wanted)
    return True


def _known_since(before: Attribution | None, facts: Facts, *, at: datetime) -> datetime | None:
    """Since when we know what became of the original: another place that says so is news too."""
    if facts.origin_status == Attribution.OriginStatus.CURRENT:
        return None
    if before is None:
        return at
    known = (before.origin_status, before.origin_ref)
    return before.origin_at if known == (facts.origin_status, facts.origin_ref.strip()) else at


def _origin_of(article: Article) -> Attribution | None:
    return article.attributions.filter(primary=True).first()


def _record_origin(
    article: Article, before: Attribution | None, *, by: Person, at: datetime
) -> None:
    """Write down what became of the original, when that is news."""
    now = _origin_of(article)
    if now is None:
        return
    was, known_since = (before.origin_status, before.origin_at) if before else ("current", None)
    if (was, known_since) != (now.origin_status, now.origin_at):
        record(
            article,
            _ORIGIN_VERBS[Attribution.OriginStatus(now.origin_status)],
            by=by,
            at=at,
            reason=now.origin_ref,
        )


def _licence_for(facts: Facts, source: Source, *, at: datetime) -> int | None:
    """The licence that was chosen, else the source's newest one in force, else its newest."""
    if facts.relation == Attribution.Relation.OURS:
        return None
    if facts.licence is not None and facts.licence.source_id == source.pk:
        return facts.licence.pk
    newest = list(source.licences.order_by("-pk"))
    in_force = [licence for licence in newest if licence.ends_at is None or licence.ends_at > at]
    return next((licence.pk for licence in (*in_force, *newest)), None)
