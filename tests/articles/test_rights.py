from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from articles import ingesting, licensing, newspage, publishing, reviewing, rights
from articles.models import Article, Attribution, Lease, Licence, Section, Source
from articles.publishing import CannotPublish, Obstacle
from tests.articles.public_builders import make_image, own_newsroom
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_facts,
    make_licence,
    publish_article,
)
from tests.conftest import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

RULES = ["R1", "R2", "R3", "R4", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R14", "R15"]


def make_source(code="kabar", **facts) -> Source:
    defaults = {
        "name_ind": "Kabar Jauh",
        "name_en": "Distant News",
        "notice_ind": "Hak cipta Kabar Jauh.",
        "notice_en": "Copyright Distant News.",
        "default_language": "id",
        "home_url": "https://kabar.test/",
    }
    return Source.objects.create(code=code, **{**defaults, **facts})


def story_under(licence: Licence | None = None, *, draft=None, **facts) -> Article:
    """Approve a story from a source of its own, under this licence."""
    source = facts.pop("source", None) or (licence.source if licence else make_source())
    facts = make_facts(source=source, licence=licence, **facts)
    article = make_article(facts=facts, draft=draft)
    approve_article(article)
    return article


def found_in(article: Article, language: str = "id", *, at=NOW) -> list[tuple[str, str, str]]:
    edition = edition_of(article, language)
    return [
        (finding.rule, finding.words, finding.field)
        for finding in publishing.obstacles(edition, at=at)
        if isinstance(finding, rights.Finding)
    ]


def codes(article: Article, language: str = "id", *, at=NOW) -> list[str]:
    return [rule for rule, _words, _field in found_in(article, language, at=at)]


def test_every_rule_has_a_number_of_the_rule_book_once():
    assert [rule.code for rule in rights.RULES] == [*RULES, "R17", "R18"]


def test_nothing_is_found_in_a_story_that_may_go_out(ani):
    article = story_under(make_licence(make_source()))

    assert publishing.obstacles(edition_of(article), at=NOW) == []


def test_what_is_not_ours_needs_a_licence():
    article = story_under()

    assert found_in(article) == [
        ("R1", "Say under which licence of Kabar Jauh this story stands here.", "licence")
    ]
    with pytest.raises(CannotPublish, match="R1"):
        publishing.publish(edition_of(article), by=None, at=NOW)


def test_our_own_story_needs_none():
    article = story_under(source=own_newsroom(), relation="ours")

    assert (found_in(article), article.attributions.get().licence) == ([], None)


def test_a_source_that_is_not_in_use_is_refused():
    article = story_under(make_licence(make_source(active=False)))

    assert found_in(article) == [
        ("R1", "Kabar Jauh is a source we do not use any more. Choose another one.", "source")
    ]


def test_a_story_takes_the_newest_licence_in_force():
    source = make_source()
    make_licence(source)
    wanted = make_licence(source)
    make_licence(source, valid_until=date(2026, 1, 31))
    make_licence(make_source("lain"))

    article = make_article(facts=make_facts(source=source))

    assert article.attributions.get().licence == wanted


# Days


def test_a_licence_ends_at_midnight_in_the_holders_zone():
    licence = make_licence(make_source(), valid_until=date(2026, 11, 30), zone="Europe/Moscow")
    article = story_under(licence)
    midnight = datetime(2026, 12, 1, tzinfo=ZoneInfo("Europe/Moscow"))

    assert licence.ends_at == midnight
    assert codes(article, at=midnight - timedelta(seconds=1)) == []
    assert found_in(article, at=midnight) == [
        (
            "R2",
            (
                "The licence of Kabar Jauh ended on 30 November 2026."
                " Extend it, or choose another one."
            ),
            "",
        )
    ]


def test_a_licence_begins_at_midnight_in_the_holders_zone():
    licence = make_licence(make_source(), valid_from=date(2026, 11, 25), zone="Asia/Jayapura")
    article = story_under(licence)
    midnight = datetime(2026, 11, 25, tzinfo=ZoneInfo("Asia/Jayapura"))

    assert codes(article, at=midnight - timedelta(seconds=1)) == ["R2"]
    assert codes(article, at=midnight) == []


def test_what_was_agreed_for_a_story_is_narrower_than_the_licence():
    licence = make_licence(make_source(), valid_until=date(2026, 12, 31))
    article = story_under(licence, rights_until=date(2026, 11, 24))
    midnight = datetime(2026, 11, 25, tzinfo=ZoneInfo("Asia/Jakarta"))

    assert codes(article, at=midnight - timedelta(seconds=1)) == []
    assert found_in(article, at=midnight) == [
        (
            "R2",
            "The rights to this story ended on 24 November 2026. Extend them here.",
            "rights_until",
        )
    ]


@pytest.mark.parametrize(
    ("permission", "reference", "found"),
    [
        ("not_needed", "", ["R3"]),
        ("requested", "", ["R3"]),
        ("refused", "", ["R3"]),
        ("granted", "", ["R3"]),
        ("granted", "Surat 12", []),
    ],
)
def test_consent_story_by_story_must_have_been_given(permission, reference, found):
    licence = make_licence(make_source(), type=Licence.Type.WRITTEN_CONSENT)
    article = story_under(licence, permission=permission, permission_ref=reference)

    assert codes(article) == found


# What may be done


def test_a_licence_without_translation_refuses_the_english_edition():
    article = story_under(make_licence(make_source(), may_translate=False))
    publish_article_in(article, "en")

    assert found_in(article, "en") == [
        (
            "R4",
            (
                "The licence of Distant News does not allow translation. Ask for it, or choose"
                " another licence."
            ),
            "licence",
        )
    ]
    assert codes(article) == []


def publish_article_in(article: Article, language: str) -> None:
    """Write and approve another language."""
    change_article(article, language, headline="New ship", standfirst="S", body="<p>B</p>")
    approve_article(article, language)


@pytest.mark.parametrize(
    ("facts", "relation", "found"),
    [
        ({"may_republish": False}, "republished", ["R4"]),
        ({"may_republish": False}, "quoted", []),
        ({"languages": "en"}, "republished", ["R4"]),
        ({"languages": "id en"}, "republished", []),
        ({"edits": "style"}, "adapted", ["R4"]),
        ({"edits": "free"}, "adapted", []),
    ],
)
def test_the_licence_says_what_may_be_done(facts, relation, found):
    article = story_under(make_licence(make_source(), **facts), relation=relation)

    assert codes(article) == found


# How far a text may be changed


def test_a_paragraph_edited_under_cc_by_nd_stops_the_story_until_a_publisher_decides(dewi):
    licence = make_licence(
        make_source(), type=Licence.Type.CC_BY_ND, may_translate=False, edits="none"
    )
    body = "<p>Kapal itu tiba pada Selasa pagi.</p><p>Muatannya kopi.</p>"
    text = "Kapal itu tiba pada Selasa pagi.\n\nMuatannya kopi."
    article = story_under(licence, draft=make_draft(body=body), reference_text=text)
    assert codes(article) == []

    change = {"body": body.replace("Selasa pagi", "Rabu pagi")}
    reviewing.take_back(edition_of(article), by=dewi, at=NOW)
    change_article(article, **change)
    approve_article(article)

    assert found_in(article) == [
        (
            "R9",
            (
                "The licence of Kabar Jauh allows no changes, and this body differs from the"
                " original. Put its words back."
            ),
            "body",
        )
    ]
    waive(article, "R9", by=dewi, reason="Disetujui lewat surel.")
    assert codes(article) == []


def test_no_derivatives_means_no_translation_also_for_the_database():
    with pytest.raises(IntegrityError, match="no_derivatives_means_no_translation"):  # noqa: SIM117
        with transaction.atomic():
            make_licence(make_source(), type=Licence.Type.CC_BY_ND, edits="none")


def test_a_text_that_differs_much_is_told_of_and_approved_only_when_read(ani, dewi):
    licence = make_licence(make_source(), edits="style")
    facts = make_facts(
        source=licence.source, licence=licence, reference_text="Sama sekali lain dari ini."
    )
    article = make_article(facts=facts)
    revision = reviewing.submit(edition_of(article), by=ani, at=NOW)
    (warning,) = rights.findings(edition_of(article), edition_of(article).working_copy, at=NOW)

    assert (warning.rule, warning.is_warning) == ("R9", True)
    with pytest.raises(reviewing.WarningsUnread, match="R9"):
        reviewing.approve(edition_of(article), revision=revision, by=dewi, at=NOW)
    licensing.waive(edition_of(article), key=warning.key, reason="", by=dewi, at=NOW)
    reviewing.approve(edition_of(article), revision=revision, by=dewi, at=NOW)
    assert publishing.obstacles(edition_of(article), at=NOW) == []


@pytest.mark.parametrize(
    ("facts", "story", "field"),
    [
        ({"owes_byline": True}, {}, "original_byline"),
        ({"owes_title": True}, {}, "original_title"),
        ({"owes_date": True}, {}, "original_published_on"),
        ({"link": "article"}, {}, "original_url"),
    ],
)
def test_what_is_owed_and_not_known_is_asked_for(facts, story, field):
    article = story_under(make_licence(make_source(), **facts), **story)

    assert [(rule, asked) for rule, _words, asked in found_in(article)] == [("R6", field)]


def test_the_page_shows_all_that_is_owed():
    licence = make_licence(
        make_source(),
        owes_byline=True,
        owes_title=True,
        owes_date=True,
        link="article",
        credit_line_ind="Kabar Jauh & Mitra",
        copyright_notice_ind="© Kabar <Jauh>",
        usage_terms_ind="Tidak untuk dijual.",
    )
    article = story_under(
        licence,
        original_title="Kapal",
        original_byline="Rina",
        original_url="https://kabar.test/1?a=1&b=2",
        original_published_on=date(2026, 11, 20),
    )

    assert found_in(article) == []


def test_a_slip_of_the_template_is_caught(settings, tmp_path):
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "_origin.html").write_text("{{ origin.credit.name|upper }}")
    article = story_under(make_licence(make_source()), relation="paid")

    assert codes(article) == ["R7"]


def test_a_translation_names_its_translator(dewi):
    article = story_in_both()

    assert codes(article, "en") == []
    edition = edition_of(article, "en")
    edition.working_copy.contributors.clear()
    assert codes(article, "en") == ["R8"]


def story_in_both() -> Article:
    article = make_article(facts=make_facts(licence=None))
    change_article(article, "en", headline="New ship", standfirst="S", body="<p>B</p>")
    return article


def test_a_month_is_full_when_the_licence_says_so(dewi):
    licence = make_licence(make_source(), max_stories_a_month=2)
    publish_article(make_article(facts=make_facts(source=licence.source, licence=licence)))
    article = story_under(licence)
    assert codes(article) == []

    publish_article(make_article(facts=make_facts(source=licence.source, licence=licence)))

    assert [words for _rule, words, _field in found_in(article)] == [
        (
            "2 of the 2 stories a month of Kabar Jauh are used. Wait for the next month, or agree"
            " on more."
        )
    ]
    assert codes(article, at=NOW + timedelta(days=8)) == []
    waive(article, "R10", by=dewi, reason="Disepakati.")
    assert codes(article) == []


def test_four_of_five_stories_of_a_month_are_told_of():
    licence = make_licence(make_source(), max_stories_a_month=5)
    for _number in range(4):
        publish_article(make_article(facts=make_facts(source=licence.source, licence=licence)))
    article = make_article(facts=make_facts(source=licence.source, licence=licence))

    (warning,) = [
        finding
        for finding in publishing.obstacles(edition_of(article), at=NOW)
        if isinstance(finding, rights.Finding)
    ]

    assert (warning.words, warning.is_warning) == (
        "4 of the 5 stories a month of Kabar Jauh are used.",
        True,
    )


def test_readers_are_told_of_a_state_behind_a_source():
    source = make_source(state_link="funded", disclosure_en="Paid by a state.")
    article = story_under(make_licence(source))

    assert codes(article) == ["R11"]
    Source.objects.filter(pk=source.pk).update(disclosure_ind="Dibiayai negara.")
    assert codes(article) == []


def test_advice_to_editors_is_read_before_approval_and_again_when_it_changes(ani):
    source = make_source(advisory_internal="Periksa angka.")
    make_licence(source)
    article = make_article(facts=make_facts(source=source))
    assert found_in(article) == [("R11", "Periksa angka.", "")]

    waive(article, "R11", by=ani)
    assert found_in(article) == []

    Source.objects.filter(pk=source.pk).update(advisory_internal="Periksa nama.")
    assert found_in(article) == [("R11", "Periksa nama.", "")]


@pytest.mark.parametrize(
    ("leases", "found"),
    [
        ([], []),
        ([("allow", None, None)], []),
        ([("allow", None, date(2026, 11, 24))], []),
        ([("allow", None, date(2026, 11, 23))], ["R12"]),
        ([("allow", date(2026, 11, 25), None)], ["R12"]),
        ([("allow", None, date(2026, 11, 23)), ("allow", date(2026, 11, 24), None)], []),
        ([("deny", None, None)], ["R12"]),
        ([("deny", date(2026, 11, 25), None)], []),
        ([("deny", None, date(2026, 11, 23))], []),
        ([("allow", None, None), ("deny", None, None)], ["R12"]),
    ],
)
def test_a_picture_is_used_in_the_days_of_its_leases(leases, found):
    image = make_image(decorative=True)
    for kind, first_day, last_day in leases:
        Lease.objects.create(image=image, kind=kind, first_day=first_day, last_day=last_day, at=NOW)
    article = story_under(make_licence(make_source()), image=image)

    assert codes(article) == found


def test_a_restricted_picture_is_the_publishers_decision(ani, dewi):
    image = make_image(decorative=True, restriction="Bukan untuk iklan")
    article = story_under(make_licence(make_source()), image=image)
    (finding,) = publishing.obstacles(edition_of(article), at=NOW)

    assert finding.words == "The picture's use is restricted: Bukan untuk iklan"
    assert [rights.may_waive(person, finding) for person in (ani, dewi)] == [False, True]


@pytest.mark.parametrize("status", ["withdrawn", "corrected"])
def test_what_became_of_the_original_stops_a_story_a_day_at_a_time(status, dewi):
    article = story_under(make_licence(make_source()), origin_status=status)
    assert codes(article) == ["R14"]

    waive(article, "R14", by=dewi, reason="Sudah diperbaiki.")

    assert codes(article) == []
    assert codes(article, at=NOW + timedelta(hours=24)) == ["R14"]


def test_the_sources_own_readers_come_first():
    licence = make_licence(make_source(), wait_days=2, zone="Europe/Moscow")
    article = story_under(licence, original_published_on=date(2026, 11, 24))
    begins = datetime(2026, 11, 26, tzinfo=ZoneInfo("Europe/Moscow"))

    assert found_in(article) == [
        (
            "R18",
            "Kabar Jauh wants its own readers to have this first: wait until 26 November 2026.",
            "original_published_on",
        )
    ]
    assert codes(article, at=begins) == []


# Waiving


def waive(article: Article, rule: str, *, by, reason: str = "", at=NOW) -> None:
    edition = edition_of(article)
    (finding,) = [
        found
        for found in rights.findings(edition, edition.working_copy, at=at)
        if found.rule == rule
    ]
    licensing.waive(edition, key=finding.key, reason=reason, by=by, at=at)


def test_who_lets_a_story_pass_says_why_and_it_is_kept(dewi):
    article = story_under(make_licence(make_source()), permission="requested")
    with pytest.raises(publishing.ReasonMissing):
        waive(article, "R3", by=dewi, reason=" ")

    waive(article, "R3", by=dewi, reason="Telepon redaksi mereka.")

    line = article.activities.get(verb="waived")
    assert (line.actor, line.reason) == (
        dewi,
        (
            "R3: Kabar Jauh has been asked for this story and has not answered yet. –"
            " Telepon redaksi mereka."
        ),
    )
    assert codes(article) == []
    assert codes(article, at=NOW + timedelta(hours=24)) == ["R3"]


def test_some_rules_nobody_waives(dewi):
    article = story_under()

    with pytest.raises(licensing.NobodyMayWaive):
        waive(article, "R1", by=dewi, reason="Tidak apa-apa.")
    with pytest.raises(licensing.NotFound):
        licensing.waive(edition_of(article), key="R3-00000000", reason="x", by=dewi, at=NOW)


def test_a_publish_without_review_passes_no_rule(dewi):
    article = make_article(facts=make_facts(source=make_source()))

    with pytest.raises(CannotPublish, match="R1"):
        publishing.force_publish(edition_of(article), reason="Mendesak", by=dewi, at=NOW)


def test_a_text_that_is_only_translated_from_owes_readers_nothing(ani, dewi):
    article = make_article(language="ru")
    revision = reviewing.submit(edition_of(article, "ru"), by=ani, at=NOW)

    reviewing.approve(edition_of(article, "ru"), revision=revision, by=dewi, at=NOW)

    assert publishing.obstacles(edition_of(article, "ru"), at=NOW) == [Obstacle.REFERENCE_ONLY]


# The seed


def test_the_seed_comes_with_its_licence_flags_its_days_and_is_published_as_agreed(ani, client):
    page = newspage.read_page((ROOT / "newsroom/demo/seed_article.txt").read_bytes(), language="id")
    article = ingesting.ingest(
        page,
        source=Source.objects.get(code="rossiyskaya-gazeta"),
        section=Section.objects.get(slug_ind="politik"),
        published_on=date(2016, 2, 26),
        by=ani,
        at=NOW,
    )
    owed = article.attributions.get()
    assert (owed.relation, owed.licence.type, owed.licence.rights_holder) == (
        Attribution.Relation.REPUBLISHED,
        Licence.Type.CONTRACT,
        "Rossiyskaya Gazeta",
    )
    assert [words for _rule, words, _field in found_in(article)] == [
        (
            "“Kamis (25/1)”: 25 January 2016 is a Monday. Write “Kamis (25/2)” or “Senin (25/1)”,"
            " or confirm that the original says so too."
        ),
        (
            "“Senin (21/2)”: 21 February 2016 is a Sunday. Write “Senin (22/2)” or “Minggu (21/2)”,"
            " or confirm that the original says so too."
        ),
    ]

    edition = edition_of(article)
    for finding in rights.findings(edition, edition.working_copy, at=NOW):
        licensing.waive(edition, key=finding.key, reason="", by=ani, at=NOW)
    article = publish_article(article)

    credit = article.credit_ind
    assert credit["as_in_original"] == ["Kamis (25/1)", "Senin (21/2)"]
    assert (credit["version"], credit["listed"], credit["canonical"]) == (2, False, "")
    assert credit["source"]["notice"] == "Hak cipta milik Rossiyskaya Gazeta."
    with translation.override("id"):
        html = publishing.rights.Case(edition_of(article), edition.working_copy, at=NOW).html
    assert "“Kamis (25/1)”, “Senin (21/2)”" in html
