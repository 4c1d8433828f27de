from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.translation import gettext

from articles import editing, licensing, publishing, reading, rights, scheduling
from articles.credit import Credit
from articles.forms import facts_of
from articles.models import Activity, Article, Lease, Licence, Source
from articles.publishing import CannotPublish, NotLive
from articles.standing import Public, standings
from tests.articles.public_builders import (
    FAR_AHEAD,
    LONG_AGO,
    change,
    make_image,
    tell,
    translate,
)
from tests.articles.test_rights import make_source
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_facts,
    make_licence,
    told_of,
)

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
MIDNIGHT = datetime(2026, 12, 1, tzinfo=MOSCOW)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def licence() -> Licence:
    """One that ends with November in Moscow."""
    return make_licence(make_source(), valid_until=date(2026, 11, 30), zone="Europe/Moscow")


@pytest.fixture
def story(licence) -> Article:
    """A story under it, live in both languages."""
    return translate(tell(source=licence.source, licence=licence))


def fresh(article: Article) -> Article:
    return Article.objects.with_standing().get(pk=article.pk)


def public(article: Article, *, at) -> dict[str, Public]:
    return {code: found.public for code, found in standings(fresh(article), at=at).items()}


def window(article: Article, language: str = "id"):
    article = fresh(article)
    return tuple(article.published(name, language) for name in ("rights_from", "rights_until"))


def live(*, at) -> list[Article]:
    return list(Article.objects.live(at=at, language="id").order_by("pk"))


def extend(licence: Licence, day: date | None, *, by=None, at=NOW) -> None:
    licence = Licence.objects.get(pk=licence.pk)
    licence.valid_until = day
    licensing.save_licence(licence, changed=["valid_until"], by=by, at=at)


# The window


def test_readers_have_a_story_until_midnight_in_the_holders_zone_and_no_longer(story):
    assert window(story) == window(story, "en") == (None, MIDNIGHT)
    assert live(at=MIDNIGHT - A_SECOND) == [story]
    assert live(at=MIDNIGHT) == []
    assert [fresh(story).is_live("id", at=at) for at in (MIDNIGHT - A_SECOND, MIDNIGHT)] == [
        True,
        False,
    ]
    assert reading.frame("id", at=NOW).next_change == MIDNIGHT


def test_no_list_feed_sitemap_or_search_shows_a_story_whose_rights_ended(story):
    assert reading.newest("id", at=MIDNIGHT) == []
    assert reading.feed("id", at=MIDNIGHT).pages == []
    assert reading.months("en", at=MIDNIGHT) == []
    assert reading.search_page("kapal", language="id", number=1, at=MIDNIGHT).cards == []
    assert reading.source_page("kabar", language="id", number=1, at=MIDNIGHT) is None


@pytest.mark.parametrize(
    ("facts", "story", "ends"),
    [
        ({}, {}, None),
        ({"max_live_days": 3}, {}, NOW + timedelta(days=3)),
        ({"valid_until": date(2026, 12, 1)}, {}, datetime(2026, 12, 2, tzinfo=MOSCOW)),
        (
            {"valid_until": date(2026, 12, 1)},
            {"rights_until": date(2026, 11, 25)},
            datetime(2026, 11, 26, tzinfo=MOSCOW),
        ),
        (
            {"valid_until": date(2026, 11, 25), "max_live_days": 30},
            {"rights_until": date(2026, 12, 25)},
            datetime(2026, 11, 26, tzinfo=MOSCOW),
        ),
    ],
)
def test_the_earliest_end_counts(facts, story, ends):
    licence = make_licence(make_source(), zone="Europe/Moscow", **facts)
    article = tell(source=licence.source, licence=licence, at=NOW, **story)

    assert window(article) == (None, ends)


def test_a_lease_of_the_picture_ends_the_page(dewi):
    image = make_image(decorative=True)
    article = tell(image=image, at=NOW)
    lease = Lease(kind="allow", last_day=date(2026, 11, 26))

    licensing.save_leases(image, kept=[lease], by=dewi, at=NOW)

    ends = datetime(2026, 11, 27, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert window(article) == (None, ends)
    assert (lease.by, lease.at) == (dewi, NOW)
    licensing.save_leases(image, kept=[], dropped=[lease], by=dewi, at=NOW)
    assert window(article) == (None, None)


def test_the_picture_that_was_published_counts_not_the_one_chosen_since(ani, dewi):
    image = make_image(decorative=True)
    article = tell(image=image, at=NOW)
    another = make_image(decorative=True)
    editing.save_facts(article, make_facts(image=another), by=ani, at=NOW)

    licensing.save_leases(another, kept=[Lease(kind="deny")], by=dewi, at=NOW)
    assert live(at=NOW) == [article]
    licensing.save_leases(image, kept=[Lease(kind="deny")], by=dewi, at=NOW)

    assert live(at=NOW) == []


def test_a_licence_that_is_changed_moves_the_end_of_its_stories_at_once(story, licence, dewi):
    other = tell(at=NOW)

    extend(licence, date(2026, 12, 31), by=dewi)

    later = datetime(2027, 1, 1, tzinfo=MOSCOW)
    assert window(story) == window(story, "en") == (None, later)
    assert window(other) == (None, None)
    lines = story.activities.filter(verb="changed_rights").order_by("pk")
    assert [(line.language, line.actor, line.reason) for line in lines] == [
        (code, dewi, "2026-12-31 21:00 UTC") for code in ("id", "en")
    ]
    assert Licence.objects.get(pk=licence.pk).version == 2


def test_what_was_agreed_for_a_story_holds_at_once(story, ani):
    shorter = editing.Facts(**{**vars(facts_of(story)), "rights_until": date(2026, 11, 25)})

    editing.save_facts(story, shorter, by=ani, at=NOW)

    assert window(story) == (None, datetime(2026, 11, 26, tzinfo=MOSCOW))


def test_another_licence_of_the_source_holds_at_once(story, licence, ani):
    endless = make_licence(licence.source)

    editing.save_facts(
        story, editing.Facts(**{**vars(facts_of(story)), "licence": endless}), by=ani, at=NOW
    )

    assert window(story) == (None, None)


# The end


def test_the_clock_writes_the_end_down_once(story):
    late = MIDNIGHT + timedelta(minutes=5)

    assert scheduling.tick(at=MIDNIGHT - A_SECOND) == scheduling.Ticked()
    assert scheduling.tick(at=late) == scheduling.Ticked(rights_ended=2)
    assert scheduling.tick(at=late) == scheduling.Ticked()

    assert public(story, at=late) == {"id": Public.RIGHTS_ENDED, "en": Public.RIGHTS_ENDED}
    lines = story.activities.filter(verb="rights_ended").order_by("pk")
    assert [(line.language, line.actor, line.at) for line in lines] == [
        ("id", None, late),
        ("en", None, late),
    ]
    assert fresh(story).live_until_ind == MIDNIGHT


def test_renewed_rights_bring_nothing_back_by_themselves(story, licence, dewi):
    late = MIDNIGHT + timedelta(minutes=5)
    shown = fresh(story)

    # Whether or not a clock has run since.
    extend(licence, date(2026, 12, 31), by=dewi, at=late)

    assert live(at=late) == []
    publishing.bring_back(edition_of(story), by=dewi, at=late)
    assert live(at=late) == [story]
    again = fresh(story)
    assert (again.headline_ind, again.body_ind, again.credit_ind) == (
        shown.headline_ind,
        shown.body_ind,
        shown.credit_ind,
    )
    assert window(story) == (None, datetime(2027, 1, 1, tzinfo=MOSCOW))


def test_what_has_no_rights_is_not_brought_back(story, dewi):
    with pytest.raises(CannotPublish, match="R2"):
        publishing.bring_back(edition_of(story), by=dewi, at=MIDNIGHT)

    assert live(at=MIDNIGHT) == []


def test_a_text_cannot_be_scheduled_beyond_its_rights(licence, dewi):
    article = make_article(facts=make_facts(source=licence.source, licence=licence))
    edition = approve_article(article)

    with pytest.raises(CannotPublish, match="R2"):
        scheduling.schedule(edition, goes_live_at=MIDNIGHT, zone="UTC", by=dewi, at=NOW)


def test_what_is_scheduled_comes_off_the_schedule_when_its_rights_end(licence, dewi):
    article = make_article(facts=make_facts(source=licence.source, licence=licence))
    edition = approve_article(article)
    moment = MIDNIGHT - timedelta(days=2)
    scheduling.schedule(edition, goes_live_at=moment, zone="UTC", by=dewi, at=NOW)
    extend(licence, date(2026, 11, 25), by=dewi)

    at = datetime(2026, 11, 26, tzinfo=MOSCOW)
    assert scheduling.tick(at=at) == scheduling.Ticked(rights_ended=1)

    assert (public(article, at=at)["id"], edition_of(article).working_copy.state) == (
        Public.NEVER,
        "approved",
    )
    assert scheduling.tick(at=moment) == scheduling.Ticked()
    assert live(at=moment) == []


def test_a_change_that_is_scheduled_comes_off_too(story, licence, dewi):
    change_article(story, headline="Baru")
    edition = approve_article(story)
    moment = MIDNIGHT - timedelta(hours=2)
    scheduling.schedule(
        edition, goes_live_at=moment, zone="UTC", told=told_of(edition), by=dewi, at=NOW
    )
    extend(licence, date(2026, 11, 25), by=dewi)

    at = datetime(2026, 11, 26, tzinfo=MOSCOW)
    scheduling.tick(at=at)

    assert edition_of(story).working_copy.goes_live_at is None
    assert scheduling.tick(at=moment) == scheduling.Ticked()


def test_a_change_that_is_due_after_the_end_does_not_go_out(story, licence, dewi):
    change_article(story, headline="Baru")
    edition = approve_article(story)
    scheduling.schedule(
        edition,
        goes_live_at=MIDNIGHT - A_SECOND,
        zone="UTC",
        told=told_of(edition),
        by=dewi,
        at=NOW,
    )

    scheduling.tick(at=MIDNIGHT)

    assert live(at=MIDNIGHT) == []
    assert edition_of(story).working_copy.state == "approved"


# What readers get


def gone(**facts) -> Article:
    """A story whose rights ended long ago."""
    licence = make_licence(make_source(), valid_until=date(2016, 2, 29))
    return translate(
        tell(at=LONG_AGO, source=licence.source, licence=licence, **facts), at=LONG_AGO
    )


def test_the_page_says_that_it_may_not_be_shown_and_nothing_of_the_story(client):
    article = gone(
        draft={"headline": "Kapal merapat", "body": "<p>Rahasia.</p>", "slug": "alamat-lama"}
    )

    response = client.get(article.path("id"))

    assert response.status_code == 410
    html = response.content.decode()
    assert "1 Maret 2016" in html
    assert [word for word in ("merapat", "Rahasia", "Kabar Jauh") if word in html] == []
    assert 'content="noindex"' in html


def test_the_page_of_another_language_is_gone_too_and_lists_are_silent(client):
    article = gone()

    assert client.get(article.path("en")).status_code == 410
    for path in ("/id/", "/id/rss.xml", "/sitemap.xml", "/id/cari/?q=kapal", "/en/"):
        assert fresh(article).headline_ind not in client.get(path).content.decode()
    assert client.get("/id/sumber/kabar/").status_code == 404


# The snapshot


def test_a_source_that_is_renamed_leaves_old_pages_unchanged(client, licence):
    article = tell(at=LONG_AGO, source=licence.source, licence=licence)
    before = client.get(article.path("id")).content

    Source.objects.filter(pk=licence.source_id).update(name_ind="Lain", notice_ind="Lain.")
    Licence.objects.filter(pk=licence.pk).update(
        rights_holder="Lain", credit_line_ind="Lain", robots="noindex", canonical="origin"
    )

    assert client.get(article.path("id")).content == before


def test_everything_owed_is_frozen():
    licence = make_licence(
        make_source(legal_name="PT Kabar Jauh"),
        valid_until=date(2116, 11, 30),
        zone="Europe/Moscow",
        credit_line_ind="Kabar Jauh/Mitra",
        usage_terms_ind="Tidak untuk dijual.",
        licence_url="https://kabar.test/l",
        acquire_url="https://kabar.test/a",
        link="article",
        link_follow=False,
        canonical="origin",
        robots="noindex",
    )
    article = tell(
        source=licence.source,
        licence=licence,
        original_url="https://kabar.test/1",
        original_byline="Rina",
        original_language="id",
    )

    assert article.credit_ind["version"] == 2
    assert (article.credit_ind["listed"], article.credit_ind["canonical"]) == (
        False,
        "https://kabar.test/1",
    )
    assert article.credit_ind["source"] == {
        "code": "kabar",
        "name": "Kabar Jauh",
        "relation": "republished",
        "notice": "Hak cipta Kabar Jauh.",
        "disclosure": "",
        "home_url": "https://kabar.test/",
        "original_title": "",
        "original_url": "https://kabar.test/1",
        "original_language": "id",
        "original_published_on": "",
        "original_byline": "Rina",
        "holder": "Kabar Jauh",
        "legal_name": "PT Kabar Jauh",
        "terms": {
            "licence": licence.pk,
            "version": 1,
            "kind": "contract",
            "credit_line": "Kabar Jauh/Mitra",
            "usage_terms": "Tidak untuk dijual.",
            "licence_url": "https://kabar.test/l",
            "acquire_url": "https://kabar.test/a",
            "link": "article",
            "link_follow": False,
            "full_text_in_feeds": True,
            "begins": "",
            "ends": "2116-11-30T21:00:00+00:00",
        },
    }


def test_what_was_frozen_before_there_were_licences_is_read_still():
    stored = {
        "version": 1,
        "byline": [],
        "translators": [],
        "translated_from": "",
        "source": {"code": "kabar", "name": "Kabar Jauh", "relation": "republished"},
        "image": None,
    }

    credit = Credit.of_json(stored)

    assert (credit.source.name, credit.source.terms, credit.listed) == ("Kabar Jauh", None, True)


def test_search_engines_leave_out_a_republication_and_take_its_translation(client, licence):
    extend(licence, None)
    article = translate(
        tell(at=LONG_AGO, source=licence.source, licence=licence, original_language="id"),
        at=LONG_AGO,
    )

    robots = {
        code: 'name="robots" content="noindex"' in client.get(article.path(code)).content.decode()
        for code in ("id", "en")
    }

    assert robots == {"id": True, "en": False}
    assert [reading.months(code, at=NOW) != [] for code in ("id", "en")] == [False, True]


def test_machines_are_told_of_the_terms(client):
    licence = make_licence(
        make_source(),
        valid_until=date(2116, 11, 30),
        zone="Europe/Moscow",
        rights_holder="PT Pemilik",
        credit_line_ind="Kabar Jauh/Mitra",
        usage_terms_ind="Tidak untuk dijual.",
        licence_url="https://kabar.test/l",
    )
    article = tell(at=LONG_AGO, source=licence.source, licence=licence)

    html = client.get(article.path("id")).content.decode()

    for words in (
        '"copyrightHolder": {"@type": "Organization", "name": "PT Pemilik"}',
        '"creditText": "Kabar Jauh/Mitra"',
        '"license": "https://kabar.test/l"',
        '"usageInfo": {"@type": "CreativeWork", "text": "Tidak untuk dijual."}',
        '"expires": "2116-11-30T21:00:00Z"',
    ):
        assert words in html


def test_a_licence_may_keep_the_whole_text_out_of_feeds(client):
    licence = make_licence(make_source(), full_text_in_feeds=False)
    article = tell(
        at=LONG_AGO,
        draft={"body": "<p>Muatannya kopi.</p>"},
        source=licence.source,
        licence=licence,
    )

    feed = client.get("/id/rss.xml").content.decode()

    assert ("Muatannya kopi" in feed, article.path("id") in feed) == (False, True)


def test_paid_content_says_so_on_its_page_and_in_feeds(client):
    licence = make_licence(make_source())
    article = tell(at=LONG_AGO, source=licence.source, licence=licence, relation="paid")

    with translation.override("id"):
        label = gettext("Paid content of %(source)s") % {"source": "Kabar Jauh"}
    page = client.get(article.path("id")).content.decode()
    assert f'<p class="story__paid">{label}</p>' in page
    assert f"&lt;strong&gt;{label}&lt;/strong&gt;" in client.get("/id/rss.xml").content.decode()


# Printing the credit anew


def test_a_credit_is_printed_anew_on_purpose_alone(story, licence, dewi):
    Source.objects.filter(pk=licence.source_id).update(name_ind="Kabar Dekat")
    before = fresh(story)

    licensing.restamp(story, by=dewi, at=NOW)

    after = fresh(story)
    assert after.credit_ind["source"]["name"] == "Kabar Dekat"
    assert after.credit_en["source"]["name"] == "Distant News"
    assert after.credit_ind == {
        **before.credit_ind,
        "source": {**before.credit_ind["source"], "name": "Kabar Dekat"},
    }
    lines = story.activities.filter(verb="restamped").order_by("pk")
    assert [(line.language, line.actor) for line in lines] == [("id", dewi), ("en", dewi)]


def test_a_credit_that_would_lack_something_is_left_as_it_is(story, licence, dewi):
    Licence.objects.filter(pk=licence.pk).update(owes_byline=True)
    before = fresh(story).credit_ind

    with pytest.raises(CannotPublish, match="R6"):
        licensing.restamp(story, by=dewi, at=NOW)

    assert fresh(story).credit_ind == before


def test_what_nobody_reads_is_not_printed(dewi):
    with pytest.raises(NotLive):
        licensing.restamp(make_article(), by=dewi, at=NOW)


def test_all_stories_of_a_source_are_printed_anew_at_once(story, licence, dewi):
    tell()
    owed = tell(source=licence.source, licence=licence)
    Article.objects.get(pk=owed.pk).attributions.update(licence=None)
    Source.objects.filter(pk=licence.source_id).update(name_ind="Kabar Dekat")

    assert licensing.restamp_source(licence.source, by=dewi, at=NOW) == (1, 1)

    assert Activity.objects.filter(verb="restamped").count() == 2


def test_a_change_is_published_under_todays_licence(story, licence):
    extend(licence, date(2026, 12, 31))

    article = change(story, headline="Lain")

    assert article.credit_ind["source"]["terms"]["version"] == 2
    assert article.credit_en["source"]["terms"]["version"] == 1
    assert rights.findings(edition_of(article), edition_of(article).live_revision, at=NOW) == []
    assert live(at=FAR_AHEAD) == []
