from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation

from articles import editing, publishing, reviewing, withdrawing
from articles.correcting import Kind, Told
from articles.models import Address, Article, Attribution, Author, Image, Notice, Source
from articles.publishing import (
    CannotPublish,
    LeadsNowhere,
    LeadsToItself,
    NotLive,
    Obstacle,
    ReasonMissing,
)
from articles.standing import standings
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_facts,
    make_licence,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db


def label(article: Article, language: str = "id", *, at=NOW) -> str:
    with translation.override("en"):
        found = standings(Article.objects.with_standing().get(pk=article.pk), at=at)
        return found[language].label


def translate(article: Article, by) -> None:
    """Write and approve an English version in the admin."""
    edition = edition_of(article, "en")
    copy = editing.open_working_copy(edition, by=by, at=NOW)
    draft = make_draft(headline="A new ship", standfirst="Welcome", body="<p>It came.</p>")
    editing.save_working_copy(edition, draft, based_on=copy.version, by=by, at=NOW)
    approve_article(article, "en")


def test_publishing_writes_the_published_copy_and_closes_the_working_copy(ani):
    article = publish_article(make_article(draft=make_draft(headline="Kapal"), by=ani))

    revision = edition_of(article).live_revision
    assert article.headline_ind == article.published("headline", "id") == "Kapal"
    assert article.body_ind == revision.body
    assert (article.live_from_ind, article.first_published_at_ind) == (NOW, NOW)
    assert (article.live_until_ind, article.updated_at_ind) == (None, None)
    assert article.headline_en in (None, "")
    assert article.path("id") == "/id/2026/11/24/kapal/"
    assert label(article) == "Live"


def test_the_plain_columns_are_indonesians_twins(ani):
    article = publish_article(make_article(by=ani))
    translate(article, ani)
    publishing.publish(edition_of(article, "en"), by=ani, at=NOW)

    plain = Article.objects.rewrite(mode=False)
    assert plain.filter(headline=F("headline_ind"), body=F("body_ind")).count() == 1
    assert plain.get().published("headline", "en") == "A new ship"


def test_the_credit_is_frozen_at_publish(ani):
    rina = Author.objects.create(name="Rina Wijaya", slug="rina-wijaya")
    article = publish_article(make_article(facts=make_facts(authors=[rina]), by=ani))

    Source.objects.filter(code="rossiyskaya-gazeta").update(notice_ind="Lain")
    Author.objects.filter(pk=rina.pk).update(name="Lain")

    credit = Article.objects.get(pk=article.pk).credit_ind
    assert credit["source"]["notice"] == "Hak cipta milik Rossiyskaya Gazeta."
    assert credit["byline"] == [{"name": "Rina Wijaya", "slug": "rina-wijaya"}]
    assert credit["translators"] == []


def test_an_unapproved_text_is_not_published(ani):
    edition = edition_of(make_article(by=ani))

    with pytest.raises(CannotPublish) as refusal:
        publishing.publish(edition, by=ani, at=NOW)

    assert refusal.value.obstacles == [Obstacle.NOT_APPROVED]
    assert not Article.objects.live(at=NOW, language="id").exists()


@pytest.mark.parametrize(
    ("draft", "facts", "missing"),
    [
        ({"headline": ""}, {}, Obstacle.NO_HEADLINE),
        ({"standfirst": ""}, {}, Obstacle.NO_STANDFIRST),
        ({"body": "<p> </p>"}, {}, Obstacle.EMPTY_BODY),
        ({}, {"source": None}, Obstacle.NO_ATTRIBUTION),
    ],
)
def test_what_is_missing_is_said_before_it_is_refused(ani, draft, facts, missing):
    article = make_article(draft=make_draft(**draft), facts=make_facts(**facts), by=ani)

    found = publishing.obstacles(edition_of(article), at=NOW)

    assert found == [missing, Obstacle.NOT_APPROVED]


def test_a_source_without_a_notice_in_the_language_stands_in_the_way(ani):
    source = Source.objects.create(code="lain", name_ind="Lain", name_en="Other", notice_en="©")
    make_licence(source)
    edition = approve_article(make_article(facts=make_facts(source=source), by=ani))

    assert publishing.obstacles(edition, at=NOW) == [Obstacle.NO_NOTICE]


@pytest.mark.parametrize(
    ("image", "alt", "found"),
    [
        ({"credit": ""}, "Kapal", [Obstacle.IMAGE_WITHOUT_CREDIT]),
        ({"credit": "Foto: Rina"}, "", [Obstacle.IMAGE_WITHOUT_ALT]),
        ({"credit": "Foto: Rina", "decorative": True}, "", []),
        ({"credit": "Foto: Rina"}, "Kapal", []),
    ],
)
def test_a_picture_needs_a_credit_and_alternative_text(ani, image, alt, found):
    picture = Image(
        file="pictures/a.jpg", width=3, height=2, sha256="a" * 64, uploaded_at=NOW, **image
    )
    Image.objects.bulk_create([picture])
    article = make_article(draft=make_draft(image_alt=alt), facts=make_facts(image=picture), by=ani)

    assert publishing.obstacles(approve_article(article), at=NOW) == found


def test_an_address_of_another_story_is_refused(ani):
    publish_article(make_article(draft=make_draft(slug="pelabuhan"), by=ani))

    edition = approve_article(make_article(draft=make_draft(slug="pelabuhan"), by=ani))

    assert publishing.obstacles(edition, at=NOW) == [Obstacle.SLUG_TAKEN]


def test_a_changed_address_keeps_the_old_one_for_ever(ani):
    article = publish_article(make_article(draft=make_draft(slug="lama"), by=ani))
    change_article(article, slug="baru")

    article = publish_article(article)

    assert article.slug_ind == "baru"
    assert set(Address.objects.values_list("slug", "article_id")) == {
        ("lama", article.pk),
        ("baru", article.pk),
    }


def test_an_embargoed_story_is_neither_published_nor_live(ani):
    until = NOW + timedelta(hours=2)
    article = make_article(by=ani)
    editing.set_embargo(article, until=until, reason="", by=ani, at=NOW)
    edition = approve_article(article)

    assert publishing.obstacles(edition, at=NOW) == [Obstacle.UNDER_EMBARGO]
    assert publishing.obstacles(edition, at=until) == []


def test_an_embargo_holds_over_what_was_published_and_taken_offline(ani):
    article = publish_article(make_article(by=ani))
    until = NOW + timedelta(hours=1)
    with pytest.raises(editing.AlreadyLive):
        editing.set_embargo(article, until=until, reason="", by=ani, at=NOW)
    publishing.take_offline(edition_of(article), reason="Embargo", by=ani, at=NOW)

    editing.set_embargo(article, until=until, reason="", by=ani, at=NOW)

    with pytest.raises(CannotPublish) as refusal:
        publishing.bring_back(edition_of(article), by=ani, at=NOW)
    assert refusal.value.obstacles == [Obstacle.UNDER_EMBARGO]
    assert not Article.objects.live(at=until, language="id").exists()


def test_republishing_keeps_the_first_publication_time(ani):
    article = publish_article(make_article(by=ani))
    change_article(article, headline="Judul baru")

    later = NOW + timedelta(days=2)
    article = publish_article(article, at=later)

    assert article.headline_ind == "Judul baru"
    assert article.first_published_at_ind == article.live_from_ind == NOW
    assert article.updated_at_ind == later
    assert article.path("id").startswith("/id/2026/11/24/")


def test_a_change_may_tell_readers_what_was_wrong(ani):
    article = publish_article(make_article(by=ani))
    change_article(article, headline="Benar")
    told = Told(Kind.CORRECTION, "Judul semula salah.")

    publishing.publish(approve_article(article), by=ani, at=NOW, told=told)

    notice = Notice.objects.get()
    assert (notice.language, notice.kind, notice.text) == ("id", "correction", told.text)


def test_forcing_needs_a_reason_and_is_flagged_until_a_second_look(ani, dewi):
    edition = edition_of(make_article(by=ani))
    with pytest.raises(ReasonMissing):
        publishing.force_publish(edition, reason=" ", by=dewi, at=NOW)

    edition = publishing.force_publish(edition, reason="Gempa", by=dewi, at=NOW)

    assert edition.article.is_live("id", at=NOW)
    assert publishing.awaits_second_look(edition)
    assert edition.article.activities.latest("pk").reason == "Gempa"


def test_a_second_look_by_somebody_else_lifts_the_flag_and_changes_nothing_for_readers(ani, dewi):
    edition = edition_of(make_article(by=ani))
    edition = publishing.force_publish(edition, reason="Gempa", by=dewi, at=NOW)
    before = edition.article.updated_at_ind
    with pytest.raises(reviewing.OwnWork):
        reviewing.second_look(edition, revision=edition.live_revision, by=ani, at=NOW)

    citra = make_person("citra", "Editor")
    reviewing.second_look(edition, revision=edition.live_revision, by=citra, at=NOW)

    assert not publishing.awaits_second_look(edition_of(edition.article))
    assert Article.objects.get(pk=edition.article_id).updated_at_ind == before
    with pytest.raises(reviewing.NothingInReview):
        reviewing.second_look(edition, revision=edition.live_revision, by=dewi, at=NOW)


def test_an_approved_text_awaits_no_second_look(ani):
    article = publish_article(make_article(by=ani))

    assert not publishing.awaits_second_look(edition_of(article))


def test_forcing_overrides_nothing_but_the_missing_approval(ani, dewi):
    article = make_article(by=ani)
    editing.set_embargo(article, until=NOW + timedelta(hours=1), reason="", by=ani, at=NOW)

    with pytest.raises(CannotPublish) as refusal:
        publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)

    assert refusal.value.obstacles == [Obstacle.UNDER_EMBARGO]


def test_taking_offline_and_bringing_back(ani):
    article = publish_article(make_article(by=ani))
    edition = edition_of(article)

    with pytest.raises(ReasonMissing):
        publishing.take_offline(edition, reason="", by=ani, at=NOW)
    publishing.take_offline(edition, reason="Dicek ulang", by=ani, at=NOW)

    assert not Article.objects.live(at=NOW, language="id").exists()
    assert label(article) == "Offline"
    with pytest.raises(NotLive):
        publishing.take_offline(edition, reason="Lagi", by=ani, at=NOW)


def test_an_address_leads_to_another_live_story_or_the_text_stays(ani):
    article, other = publish_article(make_article()), publish_article(make_article())
    edition, draft = edition_of(article), make_article()

    with pytest.raises(LeadsToItself):
        publishing.take_offline(edition, reason="Ganda", leads_to=article, by=ani, at=NOW)
    with pytest.raises(LeadsNowhere):
        publishing.take_offline(edition, reason="Ganda", leads_to=draft, by=ani, at=NOW)
    assert Article.objects.get(pk=article.pk).is_live("id", at=NOW)

    publishing.take_offline(edition, reason="Ganda", leads_to=other, by=ani, at=NOW)

    assert edition_of(article).article.leads_to("id", at=NOW) == other.path("id")
    with pytest.raises(LeadsNowhere):  # there and back again
        publishing.take_offline(edition_of(other), reason="Ganda", leads_to=article, by=ani, at=NOW)


def test_an_address_leads_in_every_language_that_goes_or_in_none(ani):
    article, other = publish_article(make_article()), publish_article(make_article())
    change_article(article, "en", headline="A ship", standfirst="Here.", body="<p>It came.</p>")
    publish_article(article, "en")

    with pytest.raises(LeadsNowhere) as refusal:
        publishing.take_offline(
            edition_of(article), reason="Ganda", others=["en"], leads_to=other, by=ani, at=NOW
        )

    assert refusal.value.language == "en"
    fresh = Article.objects.get(pk=article.pk)
    assert [fresh.is_live(code, at=NOW) for code in ("id", "en")] == [True, True]


def test_what_an_address_was_to_answer_ends_with_the_text_being_offline(ani):
    other = publish_article(make_article())

    def gone_offline(**answer: object):
        article = publish_article(make_article())
        publishing.take_offline(edition_of(article), reason="Dicek", by=ani, at=NOW, **answer)
        return edition_of(article)

    back, again = gone_offline(is_gone=True), gone_offline(leads_to=other)
    publishing.bring_back(back, by=ani, at=NOW)
    change_article(again.article, headline="Kapal lain")
    publish_article(again.article)
    withdrawn = gone_offline(leads_to=other)
    withdrawing.withdraw(withdrawn, notices={"id": "Salah."}, by=ani, at=NOW)

    for edition in (back, again, withdrawn):
        fresh = Article.objects.get(pk=edition.article_id)
        assert fresh.published("offline_answer", "id") == ""
        assert fresh.published("offline_leads_to", "id") is None


def test_only_an_address_that_redirects_leads_somewhere(ani):
    article, other = make_article(), make_article()

    with (
        pytest.raises(IntegrityError, match="indonesian_leads_where_it_redirects"),
        transaction.atomic(),
    ):
        Article.objects.filter(pk=article.pk).update(offline_leads_to_ind=other)
    with pytest.raises(IntegrityError, match="english_leads_where_it_redirects"):
        Article.objects.filter(pk=article.pk).update(offline_answer_en="redirect")


def test_the_other_language_goes_offline_with_it_or_neither_does(ani):
    article = publish_article(make_article())
    change_article(article, "en", headline="A ship", standfirst="Here.", body="<p>It came.</p>")
    edition = edition_of(article)
    with pytest.raises(NotLive):
        publishing.take_offline(edition, reason="Salah", others=["en"], by=ani, at=NOW)
    assert article.is_live("id", at=NOW)
    publish_article(article, "en")

    publishing.take_offline(edition, reason="Salah", others=["en"], by=ani, at=NOW)

    fresh = Article.objects.get(pk=article.pk)
    assert [fresh.is_live(code, at=NOW) for code in ("id", "en")] == [False, False]
    went = article.activities.filter(verb="took_offline").order_by("language")
    assert list(went.values_list("language", "reason")) == [("en", "Salah"), ("id", "Salah")]

    publishing.bring_back(edition, by=ani, at=NOW)

    assert list(Article.objects.live(at=NOW, language="id")) == [article]
    with pytest.raises(NotLive):
        publishing.bring_back(edition, by=ani, at=NOW)


def test_a_translation_goes_out_once_its_source_is_live(ani):
    article = make_article(by=ani)
    approve_article(article)
    translate(article, ani)

    english = edition_of(article, "en")
    assert publishing.obstacles(english, at=NOW) == []

    publishing.publish(edition_of(article), by=ani, at=NOW)
    article = Article.objects.get(pk=article.pk)
    publishing.publish(edition_of(article, "en"), by=ani, at=NOW)

    assert label(article, "en") == "Live"
    assert Article.objects.get(pk=article.pk).path("en") == "/en/2026/11/24/a-new-ship/"


def test_a_translation_of_an_unapproved_source_is_not_ready(ani):
    article = make_article(by=ani)
    english = edition_of(article, "en")
    editing.open_working_copy(english, by=ani, at=NOW)

    assert Obstacle.SOURCE_NOT_READY in publishing.obstacles(edition_of(article, "en"), at=NOW)


def test_a_translation_does_not_run_ahead_of_its_source(ani):
    article = publish_article(make_article(by=ani))
    change_article(article, body="<p>Ralat yang belum terbit.</p>")
    approve_article(article)
    translate(article, ani)

    english = edition_of(article, "en")
    assert publishing.obstacles(english, at=NOW) == [Obstacle.SOURCE_NOT_PUBLIC]

    told = Told(Kind.CORRECTION, "Yang semula salah.")
    publishing.publish(edition_of(article), by=ani, at=NOW, told=told)
    assert publishing.obstacles(edition_of(article, "en"), at=NOW) == []


def test_a_source_is_not_brought_back_under_a_newer_translation(ani):
    article = publish_article(make_article(by=ani))
    publishing.take_offline(edition_of(article), reason="Dicek", by=ani, at=NOW)
    change_article(article, body="<p>Teks baru.</p>")
    approve_article(article)
    translate(article, ani)
    publishing.publish(edition_of(article, "en"), by=ani, at=NOW)

    with pytest.raises(CannotPublish) as refusal:
        publishing.bring_back(edition_of(article), by=ani, at=NOW)

    assert refusal.value.obstacles == [Obstacle.OVERTAKEN]


def test_an_approved_translation_is_held_when_its_source_changes(ani):
    article = publish_article(make_article(by=ani))
    translate(article, ani)
    change_article(article, body="<p>Diralat.</p>")
    publish_article(article)

    english = edition_of(article, "en")
    assert publishing.obstacles(english, at=NOW) == [Obstacle.BEHIND_SOURCE]
    assert label(article, "en") == "Approved · behind its source: update"


def test_a_story_owes_one_primary_source(ani):
    article = make_article(by=ani)
    other = Source.objects.get(code="redaksi")

    with (
        pytest.raises(IntegrityError, match=r"one_primary_attribution|UNIQUE"),
        transaction.atomic(),
    ):
        Attribution.objects.create(article=article, source=other, relation="ours", primary=True)


def test_a_process_killed_in_the_middle_of_publish_leaves_the_old_state(ani):
    edition = approve_article(make_article(by=ani))

    class Killed(BaseException):
        pass

    def publish_and_die() -> None:
        with transaction.atomic():
            publishing.publish(edition, by=ani, at=NOW)
            raise Killed

    with pytest.raises(Killed):
        publish_and_die()

    article = Article.objects.get(pk=edition.article_id)
    assert article.live_from_ind is None
    assert edition_of(article).working_copy.state == "approved"
    assert reviewing.open_copy(edition_of(article)) is not None
