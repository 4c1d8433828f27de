from datetime import timedelta

import pytest

from articles import withdrawing
from articles.editing import StoryClosed
from articles.models import Activity
from newsroom import telling
from newsroom.models import Notification, User
from tests.articles.public_builders import put_under_embargo
from tests.builders import NOW, approve_article, edition_of, make_article, make_draft, make_person
from tests.translations.desk import make_assignment, unit_of, words
from translations import assigning, discussing, queue
from translations.models import Side, Thread

LATER = NOW + timedelta(hours=1)


def told(*verbs: str) -> dict[tuple[str, str], list[str]]:
    """Who is told of these acts, by act and reason."""
    telling.tell(at=LATER, by_mail=False)
    found: dict[tuple[str, str], list[str]] = {}
    rows = Notification.objects.filter(activity__verb__in=verbs).order_by("person__username")
    for row in rows.select_related("activity", "person"):
        found.setdefault((row.activity.verb, row.why), []).append(row.person.username)
    return found


def test_a_question_quotes_the_source_and_goes_to_whoever_wrote_it_and_to_the_desk(budi, ani):
    wira = make_person("wira", "Writer")
    article = make_article(by=wira, draft=words())
    approve_article(article)
    assignment = assigning.claim(edition_of(article, "en"), by=budi, at=NOW)

    said = discussing.ask(unit_of(assignment, "aaaaaaaa"), " Which one? ", by=budi, at=NOW)

    thread = said.thread
    assert (thread.kind, thread.side, thread.quote, said.text) == (
        "question",
        "source",
        "Satu.",
        "Which one?",
    )
    line = Activity.objects.get(verb="asked")
    assert (line.actor, line.language, line.reason) == (budi, "id", "Which one?")
    assert told("asked")["asked", "desk"] == ["ani"]
    assert "wira" in told("asked")["asked", "text"]


def test_selected_words_are_what_a_question_is_about(budi):
    unit = unit_of(make_assignment(budi, words()), "aaaaaaaa")

    said = discussing.ask(unit, "?!", by=budi, at=NOW, quote=" Satu ", side=Side.SOURCE)

    assert said.thread.quote == "Satu"


def test_an_answer_comes_back_to_who_asked_and_leaves_the_question_open(budi, dewi, ani):
    unit = unit_of(make_assignment(budi, words()))
    thread = discussing.ask(unit, "Which?", by=dewi, at=NOW).thread

    discussing.answer(thread, "The ferry.", by=ani, at=LATER)

    thread.refresh_from_db()
    assert (thread.answered_at, thread.is_open, thread.is_unanswered) == (LATER, True, False)
    assert told("answered") == {
        ("answered", "thread"): ["dewi"],
        ("answered", "text"): ["budi"],
    }


def test_asking_further_makes_a_question_wait_again(budi, ani):
    unit = unit_of(make_assignment(budi, words()))
    thread = discussing.ask(unit, "Which?", by=budi, at=NOW).thread
    discussing.answer(thread, "The ferry.", by=ani, at=NOW)
    assert list(queue.questions(ani, at=NOW)) == []

    discussing.reply(thread, "Which ferry?", by=budi, at=LATER)

    assert list(queue.questions(ani, at=LATER)) == [thread]


def test_only_a_question_is_answered(budi, ani):
    thread = discussing.comment(unit_of(make_assignment(budi)), "Hm.", by=budi, at=NOW).thread

    with pytest.raises(discussing.NoQuestion):
        discussing.answer(thread, "The ferry.", by=ani, at=NOW)


def test_whoever_is_mentioned_and_may_see_the_story_is_told(budi, dewi, eko):
    unit = unit_of(make_assignment(budi))

    said = discussing.comment(unit, "@Dewi and @eko: look. a@budi.id", by=budi, at=NOW)

    assert list(said.mentions.all()) == [dewi]
    assert discussing.unheard(said) == ["eko"]
    assert told("commented") == {("commented", "mentioned"): ["dewi"]}


def test_nobody_is_told_of_a_story_under_embargo_but_who_has_it(budi, citra, dewi):
    assignment = make_assignment(budi)
    put_under_embargo(assignment.edition.article, until=LATER)

    said = discussing.comment(unit_of(assignment), "@citra @budi", by=dewi, at=NOW)

    assert list(said.mentions.all()) == [budi]


def test_a_conversation_is_closed_and_taken_up_again(budi, dewi):
    thread = discussing.comment(unit_of(make_assignment(budi)), "Hm.", by=budi, at=NOW).thread

    closed = discussing.resolve(thread, by=dewi, at=LATER)
    discussing.resolve(thread, by=budi, at=LATER)
    assert (closed.is_open, Thread.objects.get().resolved_by) == (False, dewi)
    with pytest.raises(discussing.Closed):
        discussing.reply(thread, "But", by=budi, at=LATER)
    discussing.reopen(thread, by=budi, at=LATER)
    discussing.reopen(thread, by=budi, at=LATER)
    discussing.reply(thread, "But", by=budi, at=LATER)

    acts = Activity.objects.filter(verb__in=["settled", "unsettled", "commented"]).order_by("pk")
    assert [act.verb for act in acts] == ["commented", "settled", "unsettled", "commented"]


def test_nothing_said_opens_no_conversation(budi):
    with pytest.raises(discussing.NothingSaid):
        discussing.comment(unit_of(make_assignment(budi)), "  ", by=budi, at=NOW)

    assert not Thread.objects.exists()


def test_nothing_is_said_of_a_story_that_was_stopped(budi):
    unit = unit_of(make_assignment(budi))
    article = unit.assignment.edition.article
    withdrawing.spike(article, reason="Tidak jadi.", by=make_person(), at=NOW)

    with pytest.raises(StoryClosed):
        discussing.ask(unit, "Which?", by=budi, at=NOW)

    assert not Thread.objects.exists()


def test_what_was_said_outlives_who_had_the_translation(budi, citra):
    assignment = make_assignment(budi, words())
    thread = discussing.comment(unit_of(assignment), "Hm.", by=budi, at=NOW).thread
    assigning.hand_back(assignment, by=budi, at=NOW)

    again = assigning.claim(assignment.edition, by=citra, at=LATER)

    assert (thread.edition, thread.bid) == (again.edition, unit_of(again).bid)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@budi, @Dewi. (@ani)", ["budi", "dewi", "ani"]),
        ("@budi @budi", ["budi"]),
        ("mail@budi.id and @", []),
        ("@budi.hartanto!", ["budi.hartanto"]),
    ],
)
def test_names_are_read_from_a_text(text, names):
    assert discussing.names_in(text) == names


def test_open_questions_are_counted_in_the_queue(budi):
    assignment = make_assignment(budi, make_draft())
    units = list(assignment.units.order_by("position"))
    closed = discussing.ask(units[0], "One?", by=budi, at=NOW).thread
    discussing.resolve(closed, by=budi, at=NOW)
    discussing.ask(units[1], "Two?", by=budi, at=NOW)
    discussing.comment(units[1], "Three.", by=budi, at=NOW)

    [row] = queue.mine(User.objects.get(pk=budi.pk))

    assert (vars(row)["open_questions"], vars(row)["units_total"]) == (1, len(units))
