from datetime import timedelta

import pytest

from articles import editing, publishing, withdrawing
from articles.models import Source
from tests.builders import (
    NOW,
    approve_article,
    edition_of,
    make_article,
    make_facts,
    make_person,
)
from tests.translations.desk import (
    approve,
    change_source,
    fresh,
    make_assignment,
    make_waiting,
    send_back,
    submit,
    words,
)
from translations import assigning, queue, rebasing, reviewing
from translations.queue import Counts
from translations.translating import finish_unit, save_unit

PAIRS = frozenset({("id", "en")})


def test_a_story_waits_when_its_source_is_approved_until_somebody_takes_it(budi):
    article = make_article()
    assert list(queue.waiting(PAIRS, at=NOW)) == []

    approve_article(article)
    edition = edition_of(article, "en")
    assert list(queue.waiting(PAIRS, at=NOW)) == [edition]

    assignment = assigning.claim(edition, by=budi, at=NOW)
    assert list(queue.waiting(PAIRS, at=NOW)) == []

    assigning.hand_back(assignment, by=budi, at=NOW)
    assert list(queue.waiting(PAIRS, at=NOW)) == [edition]


def test_a_live_story_waits_too_with_what_it_asks_of_a_translator(db):
    edition = make_waiting(words())
    publishing.publish(edition_of(edition.article), by=make_person(), at=NOW)

    [row] = queue.waiting(PAIRS, at=NOW)

    assert (row.source_headline, row.words, row.waiting_since) == ("Judul", 4, NOW)


def test_the_oldest_waits_first(db):
    later = make_waiting(at=NOW)
    earlier = make_waiting(at=NOW - timedelta(days=1))

    assert list(queue.waiting(PAIRS, at=NOW)) == [earlier, later]


def test_only_stories_of_the_pair_wait(db):
    make_waiting()

    assert list(queue.waiting({("en", "id")}, at=NOW)) == []
    assert list(queue.waiting((), at=NOW)) == []


def test_a_story_in_a_reference_language_waits_for_every_public_one(db):
    article = make_article(language="ru")
    approve_article(article, "ru")

    assert list(queue.waiting(queue.all_pairs(), at=NOW)) == [
        edition_of(article, "id"),
        edition_of(article, "en"),
    ]


def test_a_story_under_embargo_waits_for_its_hour(db):
    edition = make_waiting()
    until = NOW + timedelta(hours=2)
    editing.set_embargo(edition.article, until=until, reason="", by=make_person(), at=NOW)

    assert list(queue.waiting(PAIRS, at=NOW)) == []
    assert list(queue.editions(PAIRS, at=NOW)) == []
    assert list(queue.waiting(PAIRS, at=until)) == [edition]


def test_a_withdrawn_story_waits_for_nobody(db):
    edition = make_waiting()
    publishing.publish(edition_of(edition.article), by=make_person(), at=NOW)
    withdrawing.withdraw(
        edition_of(edition.article), notices={"id": "Wrong."}, by=make_person(), at=NOW
    )

    assert list(queue.waiting(PAIRS, at=NOW)) == []


def test_what_an_editor_writes_in_the_admin_does_not_wait(db):
    edition = make_waiting()
    editing.open_working_copy(edition, by=make_person(), at=NOW)

    assert list(queue.waiting(PAIRS, at=NOW)) == []
    assert list(queue.out_of_date(PAIRS, at=NOW)) == []


def test_an_approved_translation_goes_out_of_date_with_its_source(budi):
    edition = approve(submit(make_assignment(budi, words()), by=budi))
    assert list(queue.out_of_date(PAIRS, at=NOW)) == []

    change_source(edition.article, headline="Judul lain")

    assert list(queue.out_of_date(PAIRS, at=NOW)) == [edition]
    assert list(queue.waiting(PAIRS, at=NOW)) == []


def test_a_live_translation_goes_out_of_date_and_is_not_while_somebody_has_it(budi):
    edition = approve(submit(make_assignment(budi, words()), by=budi))
    article = edition.article
    publishing.publish(edition_of(article), by=make_person(), at=NOW)
    publishing.publish(edition_of(article, "en"), by=make_person(), at=NOW)
    assert list(queue.out_of_date(PAIRS, at=NOW)) == []

    change_source(article, headline="Judul lain")
    assert list(queue.out_of_date(PAIRS, at=NOW)) == [edition]

    assigning.claim(edition_of(article, "en"), by=budi, at=NOW)
    assert list(queue.out_of_date(PAIRS, at=NOW)) == []


def test_a_draft_of_the_source_puts_nothing_out_of_date(budi):
    edition = approve(submit(make_assignment(budi, words()), by=budi))
    article = edition.article
    publishing.publish(edition_of(article), by=make_person(), at=NOW)
    publishing.publish(edition_of(article, "en"), by=make_person(), at=NOW)
    editing.open_working_copy(edition_of(article), by=make_person(), at=NOW)

    assert list(queue.out_of_date(PAIRS, at=NOW)) == []


def test_mine_is_what_i_can_write_in_sent_back_first_then_by_due_date(budi, citra, dewi):
    plain = make_assignment(budi)
    urgent = make_assignment(budi)
    assigning.set_due(urgent, NOW)
    back = submit(make_assignment(budi), by=budi)
    send_back(back, back.units.first(), "Hm.", by=dewi)
    submit(make_assignment(budi), by=budi)
    make_assignment(citra)

    assert list(queue.mine(budi)) == [back, urgent, plain]


def test_review_lists_what_was_submitted_longest_first(budi):
    second = submit(make_assignment(budi), by=budi, at=NOW)
    first = submit(make_assignment(budi), by=budi, at=NOW - timedelta(hours=1))
    make_assignment(budi)

    assert list(queue.in_review(PAIRS)) == [first, second]
    assert list(queue.in_review({("en", "id")})) == []


def test_returned_lists_what_is_to_be_mended(budi, dewi):
    assignment = submit(make_assignment(budi), by=budi)
    reviewing.send_back(assignment, note="Hm.", by=dewi, at=NOW)

    assert list(queue.returned(PAIRS)) == [assignment]


def test_progress_counts_what_is_ready(budi):
    assignment = make_assignment(budi, words())
    head, standfirst, *_rest = assignment.units.order_by("position")
    finish_unit(head, "Headline", based_on=1, by=budi, at=NOW)
    save_unit(standfirst, "Half", based_on=1, by=budi, at=NOW)

    [row] = queue.mine(budi)

    assert (row.units_done, row.units_total) == (1, 4)


def test_counts_say_what_the_lists_hold(budi, citra, dewi, ani):
    make_waiting()
    make_waiting()
    make_assignment(budi)
    submit(make_assignment(citra), by=citra)
    back = submit(make_assignment(budi), by=budi)
    reviewing.send_back(back, note="Hm.", by=dewi, at=NOW)
    old = approve(submit(make_assignment(budi, words()), by=budi))
    change_source(old.article, headline="Judul lain")

    assert queue.counts(budi, at=NOW) == Counts(
        waiting=2, out_of_date=1, mine=2, returned=1, in_review=1
    )
    assert queue.counts(ani, at=NOW) == Counts(
        waiting=2, out_of_date=1, mine=0, returned=1, in_review=1
    )


def test_counts_of_somebody_without_a_pair_are_nothing(db):
    make_waiting()

    assert queue.counts(make_person("gita", "Translator"), at=NOW) == Counts(0, 0, 0, 0, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_counts_take_three_queries_and_roles(rows, budi, django_assert_num_queries):
    for _row in range(rows):
        make_waiting()
        make_assignment(budi)

    # Roles, pairs, waiting, out of date, assignments.
    with django_assert_num_queries(4):
        queue.counts(budi, at=NOW)


def test_the_credit_is_named_in_the_language_asked_for(db):
    source = Source.objects.get(code="redaksi")
    make_article(facts=make_facts(source=source))
    edition = make_article(facts=make_facts(source=source)).editions.get(language="en")
    found = type(edition).objects.filter(pk=edition.pk)

    assert [
        found.annotate(credit=queue.credit("article", language=language)).get().credit
        for language in ("id", "en")
    ] == ["Redaksi", "Our newsroom"]


def test_a_story_of_our_own_without_a_source_has_no_credit(db):
    edition = make_article(facts=make_facts(source=None)).editions.get(language="en")
    found = type(edition).objects.filter(pk=edition.pk)

    assert found.annotate(credit=queue.credit("article", language="id")).get().credit == ""


def test_people_know_of_assignments_in_their_pairs_and_of_their_own(
    budi, citra, dewi, ani, eko, fajar
):
    assignment = make_assignment(budi)
    budi.working_pairs.all().delete()

    seen = [
        list(queue.visible_to(person, at=NOW)) for person in (budi, citra, dewi, ani, eko, fajar)
    ]

    assert seen == [[assignment]] * 4 + [[], []]


def test_bringing_in_the_changes_leaves_the_lists_as_they_were(budi):
    assignment = make_assignment(budi, words())
    change_source(assignment.edition.article, headline="Judul lain")
    rebasing.rebase(assignment, by=budi, at=NOW)

    assert list(queue.mine(budi)) == [fresh(assignment)]
    assert list(queue.out_of_date(PAIRS, at=NOW)) == []


def test_under_embargo_only_those_who_have_it_know_of_a_translation(budi, citra, dewi, ani):
    assignment = make_assignment(budi)
    until = NOW + timedelta(hours=2)
    editing.set_embargo(assignment.edition.article, until=until, reason="", by=ani, at=NOW)

    def seen(at):
        people = (budi, citra, dewi, ani)
        return [list(queue.visible_to(person, at=at)) == [assignment] for person in people]

    assert seen(NOW) == [True, False, False, True]
    submit(assignment, by=budi)
    assert seen(NOW) == [True, True, True, True]
    assert seen(until) == [True, True, True, True]


def test_the_numbers_of_the_queue_keep_the_embargo(budi, citra, ani):
    assignment = submit(make_assignment(budi), by=budi)
    reviewing.send_back(assignment, note="No.", by=ani, at=NOW)
    until = NOW + timedelta(hours=2)
    editing.set_embargo(assignment.edition.article, until=until, reason="", by=ani, at=NOW)

    assert [queue.counts(person, at=NOW).returned for person in (budi, citra, ani)] == [1, 0, 1]


def test_what_the_desk_wants_first_comes_first(ani):
    older, newer = make_waiting(at=NOW), make_waiting(at=NOW + timedelta(minutes=1))
    due_at = NOW + timedelta(hours=1)

    assigning.commission(newer, team=None, due_at=due_at, note="", by=ani, at=NOW)

    assert list(queue.waiting(PAIRS, at=NOW)) == [newer, older]


def test_who_has_least_to_do_comes_first(budi, citra, eko, django_assert_num_queries):
    busy = make_assignment(budi)
    assigning.set_due(busy, NOW + timedelta(hours=1))
    returned = submit(make_assignment(budi), by=budi)

    with django_assert_num_queries(2):
        loads = queue.workload(PAIRS)

    assert [
        (load.person, load.pairs, load.in_hand, load.words, load.in_review, load.next_due_at)
        for load in loads
    ] == [
        (citra, [("id", "en")], 0, 0, 0, None),
        (
            budi,
            [("id", "en")],
            1,
            busy.source_revision.words,
            1,
            NOW + timedelta(hours=1),
        ),
    ]
    assert returned.state == "in_review"
