"""Who translates what: commissioned, taken on, given to somebody, handed over or back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from articles import following, releasing
from articles.credit import primary_attribution
from articles.editing import open_locked, refuse_closed
from articles.models import Activity, Article, Edition, Revision, WorkingCopy
from articles.permissions import Person
from articles.recording import lock, record
from articles.rights import translation_refusal
from articles.standing import open_copy, releasable, source_edition
from translations.laying import Pairing, carry_over, pairings, source_blocks
from translations.models import Assignment, Commission, Team, Unit
from translations.permissions import is_desk, may_translate, pairs_of
from translations.rebasing import NotOpen

# A translation is wanted so long before its story goes out: somebody has yet to review it.
REVIEWING = timedelta(hours=1)
_IN_REVIEW = WorkingCopy.State.IN_REVIEW


class AlreadyTaken(Exception):
    """Somebody is translating this edition."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        super().__init__(f"assignment {assignment.pk} is open")


class WrittenInAdmin(Exception):
    """An editor is writing this edition in the admin."""


class NothingToTranslate(Exception):
    """The source has no approved or published text, or this translation is up to date."""


class NotLicensed(Exception):
    """The source does not let this story be translated into this language; ``words`` say why."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


class ForATeam(Exception):
    """The desk gave this translation to a team, ``team``."""

    def __init__(self, team: Team) -> None:
        self.team = team
        super().__init__(f"for team {team.pk}")


class NotTheirDirection(Exception):
    """``person`` does not translate in this direction."""

    def __init__(self, person: Person) -> None:
        self.person = person
        super().__init__(f"person {person.pk} does not translate in this direction")


class NoSource(Exception):
    """This language of the story cannot be translated from: it is missing or made from ours."""


class Begun(Exception):
    """Its translation has begun from another language."""


def sources_for(edition: Edition) -> list[str]:
    """Return the languages that a story's edition can be translated from, the first one first."""
    article = edition.article
    found = [article.origin_language]
    for other in article.editions.all():
        is_known = other.language in found or other.language == edition.language
        if not is_known and not _is_made_from(other, edition, article):
            found.append(other.language)
    return found


@transaction.atomic
def translate_from(edition: Edition, language: str, *, by: Person, at: datetime) -> Edition:
    """
    Choose which language of the story an edition is translated from, before anybody begins.

    A relay if that is itself a translation: its readers are told. Raises ``NoSource``,
    ``Begun``, ``StoryClosed``, ``NotLicensed``, ``AlreadyTaken``.
    """
    edition = _locked(edition)
    if not edition.is_translation or language not in sources_for(edition):
        raise NoSource
    if edition.source_language == language:
        return edition
    if open_copy(edition) is not None or edition.live_revision_id is not None:
        raise Begun
    edition.source_language = language
    edition.save(update_fields=["source_language"])
    record(
        edition.article,
        Activity.Verb.SET_SOURCE,
        by=by,
        at=at,
        language=edition.language,
        reason=language,
    )
    return edition


@transaction.atomic
def commission(
    edition: Edition,
    *,
    team: Team | None,
    due_at: datetime | None,
    note: str,
    by: Person,
    at: datetime,
) -> Commission:
    """
    Ask for an edition's translation: of a team, or of anybody in its direction.

    May be asked before the source is approved; it can be taken on once it is. A second
    commission takes the place of the first. Raises ``AlreadyTaken``, ``NothingToTranslate``
    when the edition is no translation or says what its source says, ``StoryClosed``,
    ``NotLicensed``.
    """
    edition = _locked(edition)
    source = source_edition(edition)
    revision = releasable(source) if source is not None else None
    if source is None or (revision is not None and _says(_said_last(edition), revision)):
        raise NothingToTranslate
    commission = _commission(edition, team=team, due_at=due_at, note=note, by=by, at=at)
    record(
        edition.article,
        Activity.Verb.COMMISSIONED,
        by=by,
        at=at,
        language=edition.language,
        reason=": ".join(part for part in (team.name if team else "", commission.note) if part),
    )
    return commission


@transaction.atomic
def claim(edition: Edition, *, by: Person, at: datetime) -> Assignment:
    """
    Take an edition's translation on, from the source text that may be released now.

    What was translated before comes along: blocks whose source did not change are ready, also
    where they were moved; changed ones keep their old translation to work from. It is due when
    the desk or readers must have it. Raises ``AlreadyTaken``, ``WrittenInAdmin``,
    ``NothingToTranslate``, ``StoryClosed``, ``NotLicensed``, ``ForATeam``.
    """
    edition = _locked(edition)
    asked = commission_of(edition)
    team = asked.team if asked is not None else None
    if team is not None and not (is_desk(by) or team.members.filter(pk=by.pk).exists()):
        raise ForATeam(team)
    source = source_edition(edition)
    revision = releasable(source) if source is not None else None
    assignment = _take_on(edition, revision, translator=by, by=by, at=at)
    record(edition.article, Activity.Verb.CLAIMED, by=by, at=at, language=edition.language)
    return assignment


@transaction.atomic
def assign(
    edition: Edition,
    *,
    to: Person,
    due_at: datetime | None,
    note: str,
    by: Person,
    at: datetime,
) -> Assignment:
    """
    Give an edition's translation to somebody.

    An early start: a source that waits for its review will do, and one under embargo, which
    nobody else in the direction sees. Raises ``NotTheirDirection``, and what ``claim`` does
    but for ``ForATeam``.
    """
    edition = _locked(edition)
    _refuse_others(to, edition)
    _commission(edition, team=None, due_at=due_at, note=note, by=by, at=at)
    source = source_edition(edition)
    revision = _newest(source) if source is not None else None
    assignment = _take_on(edition, revision, translator=to, by=by, at=at)
    record(
        edition.article,
        Activity.Verb.ASSIGNED,
        by=by,
        at=at,
        language=edition.language,
        reason=_to_whom(to, note),
    )
    return assignment


@transaction.atomic
def hand_over(
    assignment: Assignment, *, to: Person, note: str, by: Person, at: datetime
) -> Assignment:
    """
    Let somebody else go on with an open translation, with all that was written and said of it.

    Raises ``NotOpen`` and ``NotTheirDirection``. Whoever has it already may be named: nothing
    happens then.
    """
    edition = lock(assignment.edition)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    assignment.edition = edition
    if not assignment.is_open:
        raise NotOpen
    _refuse_others(to, edition)
    if assignment.translator_id == to.pk:
        return assignment
    assignment.had_by_id = assignment.translator_id
    assignment.translator_id = to.pk
    assignment.save(update_fields=["had_by", "translator"])
    record(
        edition.article,
        Activity.Verb.HANDED_OVER,
        by=by,
        at=at,
        language=edition.language,
        reason=_to_whom(to, note),
    )
    return assignment


@transaction.atomic
def hand_back(assignment: Assignment, *, by: Person, at: datetime, reason: str = "") -> None:
    """
    Give a translation up; it waits for somebody again, with what was written so far.

    Handing back twice changes nothing.
    """
    edition = lock(assignment.edition)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not assignment.is_open:
        return
    assignment.state = Assignment.State.HANDED_BACK
    assignment.closed_at = at
    assignment.save(update_fields=["state", "closed_at"])
    copy = open_copy(edition)
    if copy is not None:
        copy.delete()
    record(
        edition.article,
        Activity.Verb.HANDED_BACK,
        by=by,
        at=at,
        language=edition.language,
        reason=reason.strip(),
    )


def commission_of(edition: Edition) -> Commission | None:
    """Return what the desk asks of an edition's translator; None if nothing. One query."""
    return Commission.objects.filter(edition=edition).select_related("team").first()


def brief_of(assignment: Assignment) -> str:
    """Return what the desk asked to mind; empty if nothing. One query."""
    asked = Commission.objects.filter(edition=assignment.edition_id).first()
    return asked.note if asked is not None else ""


def wanted_by(edition: Edition, *, at: datetime) -> datetime | None:
    """
    Return by when a translation is wanted so that it goes out in time; None if no time is set.

    An hour, ``REVIEWING``, before its release, its source's publication, or the embargo's end,
    whichever is set, in this order.
    """
    article = edition.article
    release = releasing.release_of(article, at=at)
    source = source_edition(edition)
    begins = article.published("live_from", source.language) if source is not None else None
    moments = (release.release_at if release is not None else None, begins, article.embargo_until)
    goes_out = next((moment for moment in moments if moment is not None and moment > at), None)
    return max(goes_out - REVIEWING, at) if goes_out is not None else None


def set_due(assignment: Assignment, due_at: datetime | None) -> None:
    """Say when a translation must be ready; None takes the date away."""
    Assignment.objects.filter(pk=assignment.pk).update(due_at=due_at)


def lay_units(
    assignment: Assignment, revision: Revision, earlier: Sequence[Pairing]
) -> Sequence[Unit]:
    """Make an assignment's units from a source text, earlier translations filled in."""
    blocks = source_blocks(revision)
    offers = carry_over(blocks, earlier)
    units = []
    for position, block in enumerate(blocks):
        unit = Unit(
            assignment=assignment,
            position=position,
            bid=block.bid,
            kind=block.kind,
            source_html=block.html,
        )
        offer = offers[block.bid]
        if offer.target_html:
            unit.target_html = offer.target_html
            unit.made_from_html = offer.source_html
        if earlier:
            unit.mark(offer.kind)
        if offer.target_html:
            holds = offer.is_done and not unit.is_out_of_date
            unit.state = Unit.State.READY if holds else Unit.State.DRAFT
        units.append(unit)
    return Unit.objects.bulk_create(units)


def _locked(edition: Edition) -> Edition:
    """Lock an edition that may be translated and is not being so."""
    edition = lock(edition)
    refuse_closed(edition.article)
    if words := translation_refusal(primary_attribution(edition.article), edition.language):
        raise NotLicensed(words)
    taken = Assignment.objects.open().filter(edition=edition).select_related("translator").first()
    if taken is not None:
        raise AlreadyTaken(taken)
    return edition


def _take_on(
    edition: Edition, revision: Revision | None, *, translator: Person, by: Person, at: datetime
) -> Assignment:
    copy = open_copy(edition)
    if copy is not None and copy.state != WorkingCopy.State.APPROVED:
        raise WrittenInAdmin
    before = _said_last(edition)
    source = source_edition(edition)
    if source is None or revision is None or _says(before, revision):
        raise NothingToTranslate
    asked = commission_of(edition)
    wanted = asked.due_at if asked is not None and asked.due_at else wanted_by(edition, at=at)
    must = following.due_for(edition, source, at=at)
    assignment = Assignment.objects.create(
        edition=edition,
        source_revision=revision,
        translator_id=translator.pk,
        due_at=min((moment for moment in (wanted, must) if moment is not None), default=None),
        claimed_at=at,
    )
    _take_into_desk(copy or open_locked(edition, by=by, at=at), revision)
    lay_units(assignment, revision, _earlier(edition, before))
    return assignment


def _commission(
    edition: Edition,
    *,
    team: Team | None,
    due_at: datetime | None,
    note: str,
    by: Person,
    at: datetime,
) -> Commission:
    asked, _created = Commission.objects.update_or_create(
        edition=edition,
        defaults={"team": team, "due_at": due_at, "note": note.strip(), "by_id": by.pk, "at": at},
    )
    return asked


def _is_made_from(edition: Edition, other: Edition, article: Article) -> bool:
    """Whether an edition is translated from another, through however many languages."""
    sources = {one.language: one.source_language for one in article.editions.all()}
    found = edition.source_language
    while found:
        if found == other.language:
            return True
        found = sources.get(found, "")
    return False


def _refuse_others(person: Person, edition: Edition) -> None:
    pair = (edition.source_language, edition.language)
    if not may_translate(person, pair, pairs_of(person)):
        raise NotTheirDirection(person)


def _newest(source: Edition) -> Revision | None:
    """The text to release, or the first one while it waits for its review."""
    copy = open_copy(source)
    submitted = copy.revision if copy is not None and copy.state == _IN_REVIEW else None
    return releasable(source) or submitted


def _said_last(edition: Edition) -> Revision | None:
    copy = open_copy(edition)
    return copy.revision if copy is not None else edition.live_revision


def _to_whom(person: Person, note: str) -> str:
    return ": ".join(part for part in (str(person), note.strip()) if part)


def _says(before: Revision | None, revision: Revision) -> bool:
    pinned = before.source_revision if before is not None else None
    return pinned is not None and pinned.text_hash == revision.text_hash


def _take_into_desk(copy: WorkingCopy, revision: Revision) -> None:
    copy.in_desk = True
    copy.state = WorkingCopy.State.DRAFT
    copy.revision = None
    copy.source_revision = revision
    copy.version += 1
    copy.save(update_fields=["in_desk", "state", "revision", "source_revision", "version"])


def _earlier(edition: Edition, before: Revision | None) -> list[Pairing]:
    """What was translated before: the text published or approved, and work handed back."""
    found: dict[str, Pairing] = {}
    if before is not None and before.source_revision is not None:
        found.update((p.bid, p) for p in pairings(before.source_revision, before))
    latest = edition.assignments.order_by("-claimed_at", "-pk").exclude(state__in=Assignment.OPEN)
    abandoned = latest.first()
    if abandoned is None or abandoned.state != Assignment.State.HANDED_BACK:
        return list(found.values())
    units = abandoned.units.order_by("position")
    taken = [found.pop(u.bid, _pairing(u)) if not u.target_html else _pairing(u) for u in units]
    for pairing in taken:
        found.pop(pairing.bid, None)
    # What only the older text has comes last: where it would stand now is not known.
    return [*taken, *found.values()]


def _pairing(unit: Unit) -> Pairing:
    source = unit.made_from_html if unit.target_html else unit.source_html
    return Pairing(unit.bid, source, unit.target_html, unit.state in Unit.DONE)
