"""What kind of change a publish is, and what readers are told of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles import correcting, publishing
from articles.change_kinds import NoTypo
from articles.correcting import (
    Kind,
    KindMissing,
    NothingChanges,
    NothingTold,
    NoTypingError,
    Told,
)
from articles.models import Activity, Article, Notice, Publication
from articles.models.append_only import Immutable
from articles.publishing import ReasonMissing
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=3)
BODY = "<p>Kapal itu tiba di dermaga lama pada 25/1 dan tidak memuat kopi.</p>"


@pytest.fixture
def changed():
    """A live story, with the body of its approved change to be given."""
    article = publish_article(make_article(draft=make_draft(body=BODY)))

    def change(body: str):
        change_article(article, body=body)
        return approve_article(article)

    return change


def kinds(edition) -> list[tuple]:
    rows = edition.publications.order_by("pk")
    return [(row.kind, row.revision.number, row.notice and row.notice.text) for row in rows]


def test_every_publish_is_recorded_with_its_kind_and_its_notice(changed):
    edition = changed(BODY.replace("25/1", "25/2"))
    told = Told(Kind.CORRECTION, " Semula 25/1; yang benar 25/2. ")

    publishing.publish(edition, by=make_person(), at=LATER, told=told)

    assert kinds(edition) == [
        ("first", 1, None),
        ("correction", 2, "Semula 25/1; yang benar 25/2."),
    ]
    notice = Notice.objects.get()
    assert (notice.kind, notice.language, notice.at) == ("correction", "id", LATER)
    assert Article.objects.get().updated_at_ind == LATER


def test_a_mended_typing_error_is_silent_and_leaves_the_date_alone(changed):
    edition = changed(BODY.replace("dermaga", "dermagga"))
    publishing.publish(edition, by=make_person(), at=LATER, told=Told(Kind.TYPO))
    article = Article.objects.get()

    assert "dermagga" in article.body_ind
    assert article.updated_at_ind is None
    assert kinds(edition) == [("first", 1, None), ("typo", 2, None)]
    assert list(Notice.objects.all()) == []


def test_a_typing_error_after_an_update_keeps_the_updates_date(changed):
    edition = changed(BODY.replace("kopi", "teh"))
    publishing.publish(edition, by=make_person(), at=NOW, told=Told(Kind.UPDATE, "Teh."))
    edition = changed(BODY.replace("kopi", "te"))
    publishing.publish(edition, by=make_person(), at=LATER, told=Told(Kind.TYPO))

    assert Article.objects.get().updated_at_ind == NOW


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [("25/1", "25/2", NoTypo.FIGURES), ("tidak ", "", NoTypo.NEGATION)],
)
def test_more_than_spelling_is_no_typing_error(changed, old, new, reason):
    edition = changed(BODY.replace(old, new))

    with pytest.raises(NoTypingError) as refusal:
        publishing.publish(edition, by=make_person(), at=LATER, told=Told(Kind.TYPO))

    assert refusal.value.verdict.reasons == [reason]
    assert kinds(edition) == [("first", 1, None)]
    assert Article.objects.get().body_ind == edition_of(edition.article).live_revision.body


def test_somebody_may_answer_for_a_silent_change_with_a_reason(changed, dewi):
    edition = changed(BODY.replace("25/1", "25/2"))

    with pytest.raises(ReasonMissing):
        publishing.publish_silently(edition, reason=" ", by=dewi, at=LATER)
    publishing.publish_silently(edition, reason="Baru satu menit tayang.", by=dewi, at=LATER)

    assert kinds(edition) == [("first", 1, None), ("typo", 2, None)]
    line = Activity.objects.latest("pk")
    assert (line.verb, line.actor, line.reason) == ("silently", dewi, "Baru satu menit tayang.")
    assert Article.objects.get().updated_at_ind is None


def test_a_change_without_a_kind_is_refused(changed):
    edition = changed(BODY.replace("kopi", "teh"))

    with pytest.raises(KindMissing):
        publishing.publish(edition, by=make_person(), at=LATER)


@pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE, Kind.NOTE])
def test_readers_must_be_told_something_of_every_other_kind(changed, kind):
    edition = changed(BODY.replace("kopi", "teh"))

    with pytest.raises(NothingTold):
        publishing.publish(edition, by=make_person(), at=LATER, told=Told(kind, " "))

    publishing.publish(edition, by=make_person(), at=LATER, told=Told(kind, "Teh."))
    assert kinds(edition) == [("first", 1, None), (kind, 2, "Teh.")]


def test_what_was_taken_offline_still_needs_a_kind_when_it_comes_back_changed(changed, ani):
    edition = changed(BODY.replace("kopi", "teh"))
    publishing.take_offline(edition, reason="Diperiksa.", by=ani, at=NOW)

    with pytest.raises(KindMissing):
        publishing.publish(edition, by=ani, at=LATER)


def test_a_change_that_nobody_approved_says_its_kind_as_well(dewi):
    article = publish_article(make_article())
    edition = change_article(article, headline="Kapal lain")

    with pytest.raises(KindMissing):
        publishing.force_publish(edition, reason="Gempa.", by=dewi, at=LATER)

    told = Told(Kind.UPDATE, "Gempa susulan.")
    publishing.force_publish(edition, reason="Gempa.", by=dewi, at=LATER, told=told)
    assert kinds(edition)[-1] == ("update", 2, "Gempa susulan.")


def test_a_first_publication_is_no_change(ani):
    edition = approve_article(make_article())

    with pytest.raises(NothingChanges):
        publishing.publish(edition, by=ani, at=NOW, told=Told(Kind.UPDATE, "Baru."))
    with pytest.raises(NothingChanges):
        publishing.publish_silently(edition, reason="Karena.", by=ani, at=NOW)


def test_only_a_note_leads_somewhere(changed):
    edition = changed(BODY.replace("kopi", "teh"))
    told = Told(Kind.NOTE, "Tanggapan perusahaan.", link="https://example.com/hak-jawab")
    publishing.publish(edition, by=make_person(), at=LATER, told=told)
    assert Notice.objects.get().link == "https://example.com/hak-jawab"

    with pytest.raises(IntegrityError, match="only_notes_link"), transaction.atomic():
        Notice.objects.create(
            article=edition.article,
            language="id",
            kind="update",
            text="Baru.",
            link="https://example.com",
            at=NOW,
        )


@pytest.mark.parametrize("kind", ["correction", "clarification", "update", "note", "other"])
def test_the_database_wants_a_notice_of_every_kind_but_two(kind):
    edition = approve_article(make_article())
    revision = edition.working_copy.revision

    with (
        pytest.raises(IntegrityError, match="publication_tells_what_its_kind_owes"),
        transaction.atomic(),
    ):
        Publication.objects.create(edition=edition, revision=revision, kind=kind, at=NOW)


def test_the_database_knows_one_first_publication(changed):
    edition = changed(BODY.replace("kopi", "teh"))
    revision = edition.working_copy.revision

    with (
        pytest.raises(IntegrityError, match=r"first_publication_is_once|UNIQUE"),
        transaction.atomic(),
    ):
        Publication.objects.create(edition=edition, revision=revision, kind="first", at=NOW)


def test_a_publication_is_never_rewritten(changed):
    row = edition_of(Article.objects.get()).publications.get()

    row.kind = Kind.TYPO
    with pytest.raises(Immutable):
        row.save()


def test_nothing_speaks_against_a_first_text():
    edition = approve_article(make_article())

    assert correcting.verdict(edition, edition.working_copy).reasons == []
    assert not correcting.was_shown(edition)
