from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles import editing, publishing, reviewing
from articles.editing import NothingToSave, NotOpenForEditing, StaleSave
from articles.models import Activity, Article, Author, Edition, Revision, WorkingCopy
from articles.models.append_only import Immutable
from articles.recording import Draft, propose_slug
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_facts,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db


def verbs(article: Article) -> list[str]:
    return list(article.activities.order_by("pk").values_list("verb", flat=True))


def test_a_story_starts_with_one_edition_per_language_and_a_draft_in_its_own(ani):
    article = make_article(by=ani)

    assert list(article.editions.order_by("pk").values_list("language", "visibility")) == [
        ("id", "public"),
        ("en", "public"),
    ]
    assert article.editions.get(language="id").working_copy.state == "draft"
    assert not WorkingCopy.objects.filter(edition__language="en").exists()
    assert verbs(article) == ["started", "saved"]


def test_a_russian_story_is_a_reference_that_is_never_public(ani):
    article = make_article(language="ru", by=ani)

    assert list(article.editions.order_by("pk").values_list("language", "visibility")) == [
        ("ru", "reference"),
        ("id", "public"),
        ("en", "public"),
    ]


def test_what_is_typed_is_stored_normalised(ani):
    draft = make_draft(headline="  Dua   kata\n", body="<p>Isi <b>tebal</b><script>x</script></p>")

    copy = edition_of(make_article(draft=draft, by=ani)).working_copy

    assert copy.headline == "Dua kata"
    assert "<strong>tebal</strong>" in copy.body
    assert "script" not in copy.body


def test_saving_moves_the_version_and_autosaves_are_one_line_of_activity(ani):
    article = make_article(by=ani)
    edition = edition_of(article)
    for words in ("satu", "dua", "tiga"):
        copy = edition_of(article).working_copy
        editing.save_working_copy(
            edition, make_draft(headline=words), based_on=copy.version, by=ani, at=NOW
        )

    copy = edition_of(article).working_copy
    assert (copy.headline, copy.version) == ("tiga", 5)
    assert verbs(article) == ["started", "saved"]
    assert list(copy.contributors.all()) == [ani]


def test_saving_the_same_words_changes_nothing(ani, dewi):
    article = make_article(by=ani)
    copy = edition_of(article).working_copy

    editing.save_working_copy(copy.edition, Draft.of(copy), based_on=1, by=dewi, at=NOW)

    assert edition_of(article).working_copy.version == copy.version
    assert list(copy.contributors.all()) == [ani]


def test_a_stale_save_is_refused_and_both_texts_are_kept(ani, dewi):
    article = make_article(by=ani)
    edition = edition_of(article)
    opened = edition.working_copy.version
    hers = make_draft(headline="Judul Ani")
    his = make_draft(headline="Judul Dewi")
    editing.save_working_copy(edition, hers, based_on=opened, by=ani, at=NOW)

    with pytest.raises(StaleSave) as refusal:
        editing.save_working_copy(edition, his, based_on=opened, by=dewi, at=NOW)

    assert edition_of(article).working_copy.headline == "Judul Ani"
    kept = Revision.objects.get(edition=edition)
    assert (kept.headline, kept.occasion) == ("Judul Dewi", "set_aside")
    assert list(kept.authors.all()) == [dewi]
    assert refusal.value.kept == kept
    assert refusal.value.opened == opened


def test_saving_a_text_in_review_is_refused_and_the_words_are_kept(ani):
    article = make_article(by=ani)
    edition = edition_of(article)
    reviewing.submit(edition, by=ani, at=NOW)
    draft = make_draft(headline="Terlambat")

    with pytest.raises(NotOpenForEditing) as refusal:
        editing.save_working_copy(
            edition, draft, based_on=edition.working_copy.version, by=ani, at=NOW
        )

    assert refusal.value.kept is not None
    assert refusal.value.kept.headline == "Terlambat"
    assert edition_of(article).working_copy.headline != "Terlambat"


def test_saving_without_a_working_copy_is_refused(ani):
    article = publish_article(make_article(by=ani))

    with pytest.raises(NothingToSave):
        editing.save_working_copy(edition_of(article), make_draft(), based_on=1, by=ani, at=NOW)


def test_a_working_copy_of_a_live_text_starts_from_it_and_readers_see_nothing(ani):
    article = publish_article(make_article(by=ani))
    before = article.headline_ind

    edition = change_article(article, headline="Judul lain")

    assert edition.working_copy.body == edition.live_revision.body
    assert Article.objects.get(pk=article.pk).headline_ind == before


def test_opening_a_second_working_copy_gives_the_first(ani, dewi):
    edition = edition_of(publish_article(make_article(by=ani)))

    first = editing.open_working_copy(edition, by=ani, at=NOW)

    assert editing.open_working_copy(edition, by=dewi, at=NOW) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingCopy.objects.create(edition=edition, started_at=NOW, saved_at=NOW)


def test_an_earlier_text_is_restored_and_the_unsaved_draft_stays_readable(ani):
    article = publish_article(make_article(draft=make_draft(headline="Pertama"), by=ani))
    change_article(article, headline="Kedua")
    first = Revision.objects.get(edition__article=article, number=1)

    editing.restore_revision(first, by=ani, at=NOW)

    assert edition_of(article).working_copy.headline == "Pertama"
    assert list(
        Revision.objects.filter(edition__article=article)
        .order_by("number")
        .values_list("headline", "occasion")
    ) == [("Pertama", "submitted"), ("Kedua", "discarded")]


def test_restoring_over_an_approved_text_is_refused(ani):
    edition = approve_article(make_article(by=ani))

    with pytest.raises(NotOpenForEditing):
        editing.restore_revision(edition.revisions.get(), by=ani, at=NOW)


def test_a_discarded_draft_stays_readable_as_a_revision(ani):
    article = publish_article(make_article(by=ani))
    edition = change_article(article, headline="Jadi tidak")

    editing.discard_working_copy(edition, by=ani, at=NOW)

    assert not WorkingCopy.objects.filter(edition=edition).exists()
    assert edition.revisions.order_by("-number").first().headline == "Jadi tidak"


def test_facts_are_written_once_and_recorded_once(ani):
    article = make_article(by=ani)
    names = [Author.objects.create(name=n, slug=n.lower()) for n in ("Rina", "Bayu")]
    facts = make_facts(authors=names, original_title="Оригинал")

    editing.save_facts(article, facts, by=ani, at=NOW)
    editing.save_facts(article, facts, by=ani, at=NOW)

    assert [b.author for b in article.bylines.order_by("position")] == names
    assert article.attributions.get().original_title == "Оригинал"
    assert verbs(article) == ["started", "saved", "changed_facts"]


def test_setting_an_embargo_is_recorded_with_its_reason(ani):
    article = make_article(by=ani)
    until = NOW + timedelta(days=1)

    editing.set_embargo(article, until=until, reason="Pidato pukul 10.00", by=ani, at=NOW)

    assert Article.objects.get(pk=article.pk).embargo_until == until
    assert article.activities.latest("pk").reason == "Pidato pukul 10.00"


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Kapal Baru Tiba", "kapal-baru-tiba"),
        ("Dubes: “AS & Rusia” 50%", "dubes-as-rusia-50"),
        ("Moskow–Sankt Peterburg", "moskow-sankt-peterburg"),
        ("kata " * 60, ("kata-" * 20).strip("-")),
    ],
)
def test_an_address_is_made_from_the_headline(ani, headline, slug):
    assert propose_slug(edition_of(make_article(by=ani)), headline) == slug


def test_an_address_without_latin_letters_is_the_storys_number(ani):
    edition = edition_of(make_article(by=ani))

    assert propose_slug(edition, "Привет!") == str(edition.article_id)


def test_two_stories_with_one_headline_get_two_addresses(ani):
    draft = make_draft(headline="Sama persis")

    paths = [publish_article(make_article(draft=draft, by=ani)).path("id") for _ in range(3)]

    assert [path.split("/")[-2] for path in paths] == [
        "sama-persis",
        "sama-persis-2",
        "sama-persis-3",
    ]


def test_what_happened_is_never_rewritten(ani):
    article = make_article(by=ani)
    activity = Activity.objects.filter(article=article).first()
    activity.reason = "lain"

    with pytest.raises(Immutable):
        activity.save()
    with pytest.raises(Immutable):
        activity.delete()


def test_one_edition_per_language(ani):
    article = make_article(by=ani)

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(article=article, language="id")


def test_a_reference_edition_cannot_be_live(ani):
    article = make_article(language="ru", by=ani)
    edition = edition_of(article, "ru")
    revision = reviewing.submit(edition, by=ani, at=NOW)

    with pytest.raises(IntegrityError, match="reference_edition_is_never_live"):
        Edition.objects.filter(pk=edition.pk).update(live_revision=revision)


def test_publishing_a_reference_edition_is_refused(ani):
    edition = approve_article(make_article(language="ru", by=ani), "ru")

    with pytest.raises(publishing.CannotPublish) as refusal:
        publishing.publish(edition, by=ani, at=NOW)

    assert refusal.value.obstacles == [publishing.Obstacle.REFERENCE_ONLY]


def test_make_person_is_nobody_by_default():
    assert make_person().roles == frozenset()
