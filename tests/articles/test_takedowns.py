"""Requests to take a story down, and originals that were corrected or withdrawn."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles import editing, licensing, origins, publishing, scheduling, takedowns, withdrawing
from articles.correcting import Kind, Told
from articles.forms import facts_of
from articles.models import Activity, Article, Notice, Takedown, TakedownAnswer
from articles.models.append_only import Immutable
from articles.publishing import NotLive, ReasonMissing
from articles.standing import Public, standings
from articles.takedowns import (
    AlreadyAnswered,
    Asked,
    NothingToFollow,
    RequestIncomplete,
    StillReadable,
    TimesImpossible,
)
from articles.withdrawing import NoticeMissing
from tests.articles.test_rights import make_source
from tests.builders import (
    NOW,
    change_article,
    edition_of,
    make_article,
    make_facts,
    make_licence,
    make_person,
    publish_article,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

Verb = Activity.Verb
HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
LATER = NOW + HOUR
NOTICES = {"id": "Dicabut atas permintaan.", "en": "Withdrawn on request."}


def in_two_languages(by, **facts: object) -> Article:
    article = publish_article(make_article(by=by, facts=make_facts(**facts)))
    change_article(article, "en", headline="Ship", standfirst="S", body="<p>B</p>")
    return publish_article(article, "en")


def asked(**changes: object) -> Asked:
    facts = {
        "from_name": "PT Kabar",
        "contact": "hukum@kabar.example",
        "basis": Takedown.Basis.RIGHTS_HOLDER,
        "words": "Mohon diturunkan.",
        "languages": ["id", "en"],
        "received_at": NOW,
    }
    return Asked(**{**facts, **changes})


def request_for(article: Article, by, *, at=NOW, **changes: object) -> Takedown:
    return takedowns.record_request(article, asked(**changes), hours=24, by=by, at=at)


def publics(article: Article, *, at=LATER) -> dict[str, Public]:
    found = standings(Article.objects.with_standing().get(pk=article.pk), at=at)
    return {language: standing.public for language, standing in found.items()}


def said(article: Article, *verbs: str) -> list[tuple[str, str, str]]:
    found = Activity.objects.filter(article=article, verb__in=verbs).order_by("pk")
    return [(line.verb, line.language, line.reason) for line in found]


def answer_of(request: Takedown) -> tuple[str, list[str], str, int, object]:
    answer = TakedownAnswer.objects.get(takedown=request)
    return answer.outcome, answer.taken, answer.reason, answer.by_id, answer.at


# Requests


def test_a_request_is_recorded_with_who_asks_for_what_and_until_when(ani):
    article = in_two_languages(ani)

    request = request_for(article, ani, at=LATER)

    kept = Takedown.objects.get()
    assert kept == request
    assert (kept.from_name, kept.contact, kept.basis, kept.words, kept.scope, kept.by_id) == (
        "PT Kabar",
        "hukum@kabar.example",
        "rights_holder",
        "Mohon diturunkan.",
        ["id", "en"],
        ani.pk,
    )
    assert (kept.received_at, kept.due_at, kept.at) == (NOW, NOW + DAY, LATER)
    assert list(takedowns.open_requests()) == [request]
    # Who asks is not told to everybody who may read the story's activity.
    assert said(article, Verb.ASKED_DOWN) == [
        ("asked_down", "", "holder of the rights (id en) → 2026-11-25 03:00 UTC")
    ]


def test_the_licence_says_within_how_many_hours_and_the_request_outranks_it(ani):
    licence = make_licence(make_source(), takedown_hours=6)
    article = in_two_languages(ani, source=licence.source, licence=licence)

    assert request_for(article, ani).due_at == NOW + 6 * HOUR
    assert request_for(article, ani, due_at=NOW + 2 * HOUR).due_at == NOW + 2 * HOUR


@pytest.mark.parametrize(
    "missing",
    [{"from_name": " "}, {"words": " "}, {"languages": []}, {"languages": ["id", "ru"]}],
)
def test_a_request_without_who_what_or_where_is_refused(missing, ani):
    article = in_two_languages(ani)

    with pytest.raises(RequestIncomplete):
        request_for(article, ani, **missing)

    assert Takedown.objects.count() == 0
    assert said(article, Verb.ASKED_DOWN) == []


@pytest.mark.parametrize("times", [{"received_at": LATER}, {"due_at": NOW}])
def test_a_request_from_the_future_or_due_before_it_came_is_refused(times, ani):
    article = in_two_languages(ani)

    with pytest.raises(TimesImpossible):
        request_for(article, ani, **times)

    assert Takedown.objects.count() == 0


def test_withdrawing_takes_what_readers_have_of_its_languages_and_answers(ani, dewi):
    article = in_two_languages(ani)
    request = request_for(article, ani)

    takedowns.answer_by_withdrawing(
        request, notices=NOTICES, reason="Haknya berakhir.", by=dewi, at=LATER
    )

    assert publics(article) == {"id": Public.WITHDRAWN, "en": Public.WITHDRAWN}
    assert answer_of(request) == (
        "withdrawn",
        ["id", "en"],
        "Haknya berakhir.",
        dewi.pk,
        LATER,
    )
    assert set(Notice.objects.values_list("language", "text")) == set(NOTICES.items())
    assert sorted(said(article, Verb.WITHDREW, Verb.ANSWERED_DOWN)) == [
        ("answered_down", "", "withdrawn: Haknya berakhir."),
        ("withdrew", "en", NOTICES["en"]),
        ("withdrew", "id", NOTICES["id"]),
    ]
    assert list(takedowns.open_requests()) == []


def test_only_the_languages_of_the_request_are_taken(ani, dewi):
    article = in_two_languages(ani)
    request = request_for(article, ani, languages=["en"])

    takedowns.answer_by_taking_offline(request, reason="Dicek.", by=dewi, at=LATER)

    assert publics(article) == {"id": Public.LIVE, "en": Public.OFFLINE}
    assert answer_of(request)[:2] == ("offline", ["en"])


@pytest.mark.parametrize("how", ["withdraw", "offline"])
def test_what_readers_do_not_have_is_left_and_not_said_to_be_taken(how, ani, dewi):
    article = in_two_languages(ani)
    request = request_for(article, ani)
    publishing.take_offline(edition_of(article, "en"), reason="Cek.", by=ani, at=NOW)

    if how == "withdraw":
        takedowns.answer_by_withdrawing(
            request, notices={"id": "Dicabut."}, reason="Ya.", by=dewi, at=LATER
        )
    else:
        takedowns.answer_by_taking_offline(request, reason="Ya.", by=dewi, at=LATER)

    assert publics(article)["en"] is Public.OFFLINE
    assert answer_of(request)[1] == ["id"]


def test_an_answer_that_cannot_be_given_changes_nothing(ani, dewi):
    article = in_two_languages(ani)
    request = request_for(article, ani)

    for refusal, attempt in (
        (
            NoticeMissing,
            lambda: takedowns.answer_by_withdrawing(
                request, notices={"id": "Dicabut."}, reason="Ya.", by=dewi, at=LATER
            ),
        ),
        (
            ReasonMissing,
            lambda: takedowns.answer_by_withdrawing(
                request, notices=NOTICES, reason=" ", by=dewi, at=LATER
            ),
        ),
        (
            ReasonMissing,
            lambda: takedowns.answer_by_taking_offline(request, reason="", by=dewi, at=LATER),
        ),
        (ReasonMissing, lambda: takedowns.decline(request, reason=" ", by=dewi, at=LATER)),
        (StillReadable, lambda: takedowns.close(request, by=dewi, at=LATER)),
    ):
        with pytest.raises(refusal):
            attempt()

    assert publics(article) == {"id": Public.LIVE, "en": Public.LIVE}
    assert TakedownAnswer.objects.count() == Notice.objects.count() == 0


def test_declining_leaves_readers_what_they_have(ani, dewi):
    article = in_two_languages(ani)
    request = request_for(article, ani)

    takedowns.decline(request, reason="Kami berhak.", by=dewi, at=LATER)

    assert publics(article) == {"id": Public.LIVE, "en": Public.LIVE}
    assert answer_of(request) == ("declined", [], "Kami berhak.", dewi.pk, LATER)


def test_a_request_is_answered_once(ani, dewi):
    article = in_two_languages(ani)
    request = request_for(article, ani)
    takedowns.decline(request, reason="Kami berhak.", by=dewi, at=LATER)

    for attempt in (
        lambda: takedowns.decline(request, reason="Lagi.", by=dewi, at=LATER),
        lambda: takedowns.answer_by_taking_offline(request, reason="Ya.", by=dewi, at=LATER),
        lambda: takedowns.answer_by_withdrawing(
            request, notices=NOTICES, reason="Ya.", by=dewi, at=LATER
        ),
        lambda: takedowns.close(request, by=dewi, at=LATER),
    ):
        with pytest.raises(AlreadyAnswered) as refused:
            attempt()
        assert refused.value.answer.outcome == "declined"

    assert publics(article) == {"id": Public.LIVE, "en": Public.LIVE}
    assert len(said(article, Verb.ANSWERED_DOWN)) == 1


def test_what_was_taken_down_on_another_way_is_closed_as_done(ani, dewi):
    article = in_two_languages(ani)
    request = request_for(article, ani)
    assert takedowns.readable(request, at=NOW) == ["id", "en"]
    withdrawing.kill(article, notices=NOTICES, reason="Palsu.", by=dewi, at=LATER)
    request = Takedown.objects.select_related("article").get()

    assert takedowns.readable(request, at=LATER) == []
    with pytest.raises(NotLive):
        takedowns.answer_by_withdrawing(
            request, notices=NOTICES, reason="Ya.", by=dewi, at=LATER + HOUR
        )
    with pytest.raises(NotLive):
        takedowns.answer_by_taking_offline(request, reason="Ya.", by=dewi, at=LATER + HOUR)
    takedowns.close(request, by=dewi, at=LATER + HOUR)

    assert answer_of(request) == ("gone", [], "", dewi.pk, LATER + HOUR)
    assert said(article, Verb.ANSWERED_DOWN) == [("answered_down", "", "already taken down")]


def test_publishers_hear_once_that_a_request_was_not_answered_in_time(ani, dewi):
    article = in_two_languages(ani)
    request_for(article, ani)
    answered = request_for(article, ani)
    takedowns.decline(answered, reason="Tidak.", by=dewi, at=LATER)

    assert takedowns.tell_overdue(at=NOW + DAY - HOUR) == 0
    assert takedowns.tell_overdue(at=NOW + DAY + HOUR) == 1
    assert takedowns.tell_overdue(at=NOW + DAY + 2 * HOUR) == 0

    assert said(article, Verb.DOWN_LATE) == [
        (
            "down_late",
            "",
            # Told an hour late, and it says so.
            "holder of the rights (id en) → 2026-11-25 03:00 UTC (+60 min)",
        )
    ]


def test_requests_and_answers_are_kept_as_they_were(ani, dewi):
    request = request_for(in_two_languages(ani), ani)
    answer = takedowns.decline(request, reason="Tidak.", by=dewi, at=LATER)

    for row in (request, answer):
        with pytest.raises(Immutable):
            row.save()
        with pytest.raises(Immutable):
            row.delete()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"words": ""}, "takedown_says_who_what_where"),
        ({"languages": ""}, "takedown_says_who_what_where"),
        ({"due_at": NOW}, "takedown_due_after_received"),
    ],
)
def test_the_database_holds_what_a_request_says(changes, name, ani):
    facts = {
        "article": in_two_languages(ani),
        "from_name": "PT Kabar",
        "basis": "other",
        "words": "Mohon.",
        "languages": "id",
        "received_at": NOW,
        "due_at": LATER,
        "at": NOW,
    }

    with pytest.raises(IntegrityError, match=name):
        Takedown.objects.create(**{**facts, **changes})


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"outcome": "declined"}, "takedown_answer_says_why"),
        ({"outcome": "withdrawn", "reason": "Ya."}, "takedown_answer_takes_what_it_says"),
        (
            {"outcome": "declined", "reason": "Tidak.", "languages": "id"},
            "takedown_answer_takes_what_it_says",
        ),
    ],
)
def test_the_database_holds_what_an_answer_says(facts, name, ani):
    request = request_for(in_two_languages(ani), ani)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TakedownAnswer.objects.create(takedown=request, at=LATER, **facts)


# Originals


def note_origin(article: Article, status: str, by, *, ref: str = "", at=LATER) -> None:
    article = Article.objects.get(pk=article.pk)
    facts = {**vars(facts_of(article)), "origin_status": status, "origin_ref": ref}
    editing.save_facts(article, editing.Facts(**facts), by=by, at=at)


def left(*, at) -> list[tuple[str, str, object]]:
    """What is left to follow: language, what became of the original, until when."""
    found = origins.to_follow(at=at)
    return [(row.language, row.origin_status, row.origin_due_at) for row in found]


SOON = LATER + HOUR / 2
BY_THEN = LATER + 2 * HOUR


def test_a_corrected_original_is_followed_in_each_live_language_within_two_hours(ani):
    article = in_two_languages(ani)
    publish_article(make_article())

    note_origin(article, "corrected", ani, ref="https://rg.ru/koreksi")

    assert left(at=SOON) == [("id", "corrected", BY_THEN), ("en", "corrected", BY_THEN)]
    assert said(article, Verb.ORIGIN_CORRECTED) == [
        ("origin_corrected", "", "https://rg.ru/koreksi")
    ]


def republish(article: Article, language: str, kind: Kind, *, at) -> None:
    words = {"body": f"<p>Muatannya teh {kind}.</p>"}
    if kind is Kind.TYPO:
        words = {"standfirst": "Warga menyambut di darmaga."}
    change_article(article, language, at=at, **words)
    told = Told(kind, "" if kind is Kind.TYPO else "Yang benar teh.")
    edition = edition_of(article, language)
    for finding in publishing.obstacles(edition, at=at):
        if str(finding) == "R14":
            licensing.waive(edition, key=finding.key, reason="", by=make_person(), at=at)
    publish_article(article, language, at=at, told=told)


@pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE])
def test_a_language_that_is_published_anew_has_followed(kind, ani):
    article = in_two_languages(ani)
    note_origin(article, "corrected", ani)

    republish(article, "id", kind, at=SOON)

    assert left(at=SOON + HOUR / 4) == [("en", "corrected", BY_THEN)]


def test_a_typing_error_is_not_what_the_original_corrected(ani):
    article = in_two_languages(ani)
    note_origin(article, "corrected", ani)

    republish(article, "id", Kind.TYPO, at=SOON)

    assert [language for language, *_rest in left(at=SOON + HOUR / 4)] == ["id", "en"]


def test_an_editor_finds_nothing_to_correct_in_one_language(ani):
    article = in_two_languages(ani)
    edition = edition_of(article, "en")
    with pytest.raises(NothingToFollow):
        takedowns.find_nothing_to_correct(edition, reason="Tak ada.", by=ani, at=LATER)
    note_origin(article, "corrected", ani)
    with pytest.raises(ReasonMissing):
        takedowns.find_nothing_to_correct(edition, reason=" ", by=ani, at=SOON)
    with pytest.raises(NothingToFollow):
        takedowns.keep(edition, reason="Tetap.", by=ani, at=SOON)

    takedowns.find_nothing_to_correct(edition, reason="Tak memuatnya.", by=ani, at=SOON)

    assert [language for language, *_rest in left(at=BY_THEN)] == ["id"]
    assert said(article, Verb.NOTHING_WRONG) == [("nothing_wrong", "en", "Tak memuatnya.")]
    with pytest.raises(NothingToFollow):
        takedowns.find_nothing_to_correct(edition, reason="Lagi.", by=ani, at=BY_THEN)


def test_another_correction_there_asks_anew_and_other_facts_do_not(ani):
    article = in_two_languages(ani)
    note_origin(article, "corrected", ani, ref="surat 1")
    for language in ("id", "en"):
        takedowns.find_nothing_to_correct(
            edition_of(article, language), reason="Tak ada.", by=ani, at=SOON
        )
    facts = {**vars(facts_of(article)), "original_title": "Корабль"}
    editing.save_facts(article, editing.Facts(**facts), by=ani, at=BY_THEN)
    assert left(at=BY_THEN + HOUR) == []

    note_origin(article, "corrected", ani, ref="surat 2", at=BY_THEN)

    assert [language for language, *_rest in left(at=BY_THEN + HOUR)] == ["id", "en"]
    assert [reason for _v, _l, reason in said(article, Verb.ORIGIN_CORRECTED)] == [
        "surat 1",
        "surat 2",
    ]


def test_a_withdrawn_original_asks_one_decision_of_a_story_within_a_day(ani, dewi):
    article = in_two_languages(ani)

    note_origin(article, "withdrawn", ani)

    assert left(at=SOON) == [("id", "withdrawn", LATER + DAY)]
    publishing.take_offline(edition_of(article), reason="Cek.", by=ani, at=SOON)
    assert left(at=BY_THEN) == [("en", "withdrawn", LATER + DAY)]
    withdrawing.withdraw(edition_of(article, "en"), notices=NOTICES, by=dewi, at=BY_THEN)
    assert left(at=BY_THEN + HOUR) == []


def test_a_publisher_keeps_a_story_in_every_language(ani, dewi):
    article = in_two_languages(ani)
    note_origin(article, "withdrawn", ani)
    with pytest.raises(ReasonMissing):
        takedowns.keep(edition_of(article), reason="", by=dewi, at=SOON)
    with pytest.raises(NothingToFollow):
        takedowns.find_nothing_to_correct(edition_of(article), reason="Tak.", by=dewi, at=SOON)

    takedowns.keep(edition_of(article), reason="Kami punya izin sendiri.", by=dewi, at=SOON)

    assert left(at=BY_THEN) == []
    assert said(article, Verb.KEPT) == [("kept", "", "Kami punya izin sendiri.")]
    assert publics(article) == {"id": Public.LIVE, "en": Public.LIVE}


def test_an_original_that_is_as_it_was_leaves_nothing_to_do(ani):
    article = in_two_languages(ani)
    note_origin(article, "withdrawn", ani)

    note_origin(article, "current", ani, at=SOON)

    assert left(at=BY_THEN) == []
    assert said(article, Verb.ORIGIN_WITHDRAWN, Verb.ORIGIN_CURRENT) == [
        ("origin_withdrawn", "", ""),
        ("origin_current", "", ""),
    ]


def test_a_story_that_no_reader_has_is_not_asked_for(ani):
    article = make_article(by=ani)

    note_origin(article, "corrected", ani)

    assert left(at=SOON) == []


def test_the_most_urgent_original_comes_first(ani):
    withdrawn, corrected = in_two_languages(ani), in_two_languages(ani)
    note_origin(withdrawn, "withdrawn", ani)
    note_origin(corrected, "corrected", ani, at=SOON)

    found = [(row.article_id, row.language) for row in origins.to_follow(at=BY_THEN)]

    assert found == [(corrected.pk, "id"), (corrected.pk, "en"), (withdrawn.pk, "id")]


def test_what_does_not_follow_in_time_is_told_once_a_language(ani):
    article = in_two_languages(ani)
    note_origin(article, "corrected", ani)
    takedowns.find_nothing_to_correct(edition_of(article), reason="Tak ada.", by=ani, at=SOON)

    assert takedowns.tell_overdue(at=BY_THEN - HOUR) == 0
    assert takedowns.tell_overdue(at=BY_THEN) == 1
    assert takedowns.tell_overdue(at=BY_THEN + HOUR) == 0

    assert said(article, Verb.ORIGIN_LATE) == [
        ("origin_late", "en", "corrected there → 2026-11-24 06:00 UTC")
    ]


def test_a_decision_that_comes_too_late_is_told_once_a_story_with_the_delay(ani):
    article = in_two_languages(ani)
    note_origin(article, "withdrawn", ani)

    assert takedowns.tell_overdue(at=LATER + DAY + HOUR) == 1
    publishing.take_offline(edition_of(article), reason="Cek.", by=ani, at=LATER + DAY + HOUR)
    assert takedowns.tell_overdue(at=LATER + 2 * DAY) == 0

    assert said(article, Verb.ORIGIN_LATE) == [
        ("origin_late", "", "withdrawn there → 2026-11-25 04:00 UTC (+60 min)")
    ]


def test_the_clock_changes_no_text(ani):
    article = in_two_languages(ani)
    note_origin(article, "withdrawn", ani)
    request_for(article, ani, at=LATER)

    takedowns.tell_overdue(at=LATER + 3 * DAY)
    scheduling.tick(at=LATER + 3 * DAY)

    assert publics(article, at=LATER + 3 * DAY) == {"id": Public.LIVE, "en": Public.LIVE}


# What the rules of rights say of it


def findings(article: Article, language: str = "id", *, at) -> list[tuple[str, bool]]:
    found = publishing.obstacles(edition_of(article, language), at=at)
    return [(str(one), one.is_warning) for one in found if str(one) == "R14"]


def test_a_correction_of_what_readers_have_is_not_kept_from_them(ani):
    article = in_two_languages(ani)
    note_origin(article, "corrected", ani)
    change_article(article, at=SOON, body="<p>Muatannya teh.</p>")

    assert findings(article, at=SOON) == [("R14", True)]
    takedowns.find_nothing_to_correct(edition_of(article), reason="Tak ada.", by=ani, at=SOON)
    assert findings(article, at=BY_THEN) == []


def test_a_text_nobody_has_read_waits_until_somebody_found_it_right(ani):
    article = make_article(by=ani)
    note_origin(article, "corrected", ani)

    assert findings(article, at=SOON) == [("R14", False)]
    takedowns.find_nothing_to_correct(edition_of(article), reason="Sudah.", by=ani, at=SOON)
    assert findings(article, at=BY_THEN) == []


def test_what_is_kept_may_be_changed_and_what_is_not_out_stays_back(ani, dewi):
    article = publish_article(make_article(by=ani))
    change_article(article, "en", headline="Ship", standfirst="S", body="<p>B</p>")
    note_origin(article, "withdrawn", ani)
    change_article(article, at=SOON, body="<p>Muatannya teh.</p>")
    assert findings(article, at=SOON) == [("R14", False)]

    takedowns.keep(edition_of(article), reason="Ada izin.", by=dewi, at=SOON)

    assert findings(article, at=BY_THEN) == []
    assert findings(article, "en", at=BY_THEN) == [("R14", False)]
