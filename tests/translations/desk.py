"""Builders for the desk: stories that wait, assignments on their way."""

from datetime import datetime

from articles import reviewing as articles_reviewing
from articles.models import Article, Edition
from articles.recording import Draft
from newsroom.models import User
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
)
from translations import assigning, reviewing, translating
from translations.models import Assignment, Unit


def make_waiting(draft: Draft | None = None, *, at: datetime = NOW) -> Edition:
    """Make a story whose Indonesian text is approved; return its English edition."""
    article = make_article(draft=draft, at=at)
    approve_article(article, at=at)
    return edition_of(article, "en")


def make_assignment(by: User, draft: Draft | None = None, *, at: datetime = NOW) -> Assignment:
    """Make a story and let somebody take its English on."""
    return assigning.claim(make_waiting(draft, at=at), by=by, at=at)


def unit_of(assignment: Assignment, bid: str = "@headline") -> Unit:
    """Fetch a unit afresh."""
    return assignment.units.get(bid=bid)


def body_units(assignment: Assignment) -> list[Unit]:
    return [unit for unit in assignment.units.order_by("position") if not unit.is_plain]


def translate(assignment: Assignment, *, by: User, at: datetime = NOW) -> Assignment:
    """Mark every unit ready, with what it says in English if it says nothing yet."""
    for unit in assignment.units.order_by("position"):
        words = unit.target_html or f"English {unit.position}"
        translating.finish_unit(unit, words, based_on=unit.version, by=by, at=at)
    return fresh(assignment)


def submit(assignment: Assignment, *, by: User, at: datetime = NOW) -> Assignment:
    """Translate everything and hand it to review."""
    translate(assignment, by=by, at=at)
    return translating.submit(assignment, by=by, at=at)


def send_back(
    assignment: Assignment, unit: Unit, note: str, *, by: User, whole: str = "", at: datetime = NOW
) -> None:
    """Send a translation back for what is wrong with one unit."""
    reviewing.return_unit(unit, reviewing.Fault(Unit.Reason.STYLE, note))
    reviewing.send_back(assignment, note=whole, by=by, at=at)


def approve(assignment: Assignment, *, by: User | None = None, at: datetime = NOW) -> Edition:
    """Approve what is in review; return the edition."""
    seen = reviewing.version_of(assignment)
    reviewing.approve(assignment, seen=seen, by=by or make_person(), at=at)
    return edition_of(assignment.edition.article, "en")


def change_source(article: Article, *, at: datetime = NOW, **changes: str) -> None:
    """Give the Indonesian text other words and have them approved."""
    edition = edition_of(article)
    copy = getattr(edition, "working_copy", None)
    if copy is not None and not copy.is_open_for_editing:
        articles_reviewing.take_back(edition, by=make_person(), at=at)
    change_article(article, at=at, **changes)
    approve_article(article, at=at)


def fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_related("edition__article", "source_revision").get(
        pk=assignment.pk
    )


def words(**changes: str) -> Draft:
    """A source of two lines and two paragraphs, the same at every call but for what is said."""
    body = '<p data-bid="aaaaaaaa">Satu.</p><p data-bid="bbbbbbbb">Dua.</p>'
    return make_draft(**{"headline": "Judul", "standfirst": "Teras.", "body": body, **changes})
