from datetime import timedelta

import pytest

from articles.models import Activity, Review, Revision, WorkingCopy
from articles.standing import standings
from tests.builders import NOW, make_person
from tests.translations.desk import (
    change_source,
    fresh,
    make_assignment,
    send_back,
    submit,
    translate,
    unit_of,
    words,
)
from translations import reviewing, translating
from translations.models import Assignment, Unit

LATER = NOW + timedelta(hours=1)


def test_an_approval_delivers_the_edition_s_next_revision(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)

    revision = reviewing.approve(
        assignment, seen=reviewing.version_of(assignment), by=dewi, at=LATER
    )

    assert (revision.headline, revision.standfirst) == ("English 0", "English 1")
    assert revision.body == (
        '<p data-bid="aaaaaaaa">English 2</p><p data-bid="bbbbbbbb">English 3</p>'
    )
    assert (revision.number, revision.occasion) == (1, Revision.Occasion.DELIVERED)
    assert revision.source_revision == assignment.source_revision
    assert list(revision.authors.all()) == [budi]
    assert [(r.verdict, r.by) for r in Review.objects.filter(revision=revision)] == [
        ("approved", dewi)
    ]


def test_an_approved_translation_leaves_the_desk_ready_to_publish(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)

    revision = reviewing.approve(
        assignment, seen=reviewing.version_of(assignment), by=dewi, at=LATER
    )

    assignment = fresh(assignment)
    assert (assignment.state, assignment.closed_at) == ("delivered", LATER)
    assert assignment.delivered_revision == revision
    copy = WorkingCopy.objects.get(edition=assignment.edition)
    assert (copy.in_desk, copy.state, copy.revision) == (False, "approved", revision)
    assert (copy.headline, copy.slug) == ("English 0", "english-0")
    assert {unit.state for unit in assignment.units.all()} == {Unit.State.APPROVED}
    line = Activity.objects.get(verb="delivered")
    assert (line.actor, line.revision, line.language) == (dewi, revision, "en")


def test_whoever_took_a_translation_on_cannot_approve_it(budi):
    assignment = submit(make_assignment(budi), by=budi)

    with pytest.raises(reviewing.OwnWork):
        reviewing.approve(assignment, seen=reviewing.version_of(assignment), by=budi, at=NOW)

    assert fresh(assignment).state == "in_review"
    assert not Revision.objects.filter(edition=assignment.edition).exists()


def test_whoever_wrote_a_single_unit_cannot_approve_it(budi, citra):
    assignment = translate(make_assignment(budi), by=budi)
    unit = unit_of(assignment)
    translating.finish_unit(unit, "Citra's", based_on=unit.version, by=citra, at=NOW)
    translating.submit(assignment, by=budi, at=NOW)

    with pytest.raises(reviewing.OwnWork):
        reviewing.approve(assignment, seen=reviewing.version_of(assignment), by=citra, at=NOW)


def test_a_text_that_is_not_the_one_on_the_page_is_not_approved(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    seen = reviewing.version_of(assignment)
    reviewing.send_back(assignment, note="Again.", by=dewi, at=NOW)
    unit = unit_of(assignment)
    translating.finish_unit(unit, "Better", based_on=unit.version, by=budi, at=LATER)
    translating.submit(fresh(assignment), by=budi, at=LATER)

    with pytest.raises(reviewing.TextMoved):
        reviewing.approve(fresh(assignment), seen=seen, by=dewi, at=LATER)

    assert fresh(assignment).state == "in_review"


def test_a_translation_of_an_old_source_is_not_approved(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, headline="Judul lain")

    with pytest.raises(reviewing.SourceMoved):
        reviewing.approve(assignment, seen=reviewing.version_of(assignment), by=dewi, at=NOW)

    assert fresh(assignment).state == "in_review"


def test_what_is_with_its_translator_is_not_approved(budi, dewi):
    assignment = translate(make_assignment(budi), by=budi)

    with pytest.raises(reviewing.NotInReview):
        reviewing.approve(assignment, seen=reviewing.version_of(assignment), by=dewi, at=NOW)


def test_a_second_approval_finds_nothing_to_decide(budi, dewi):
    assignment = submit(make_assignment(budi), by=budi)
    seen = reviewing.version_of(assignment)
    reviewing.approve(assignment, seen=seen, by=dewi, at=NOW)

    with pytest.raises(reviewing.NotInReview):
        reviewing.approve(assignment, seen=seen, by=make_person(), at=LATER)

    assert Review.objects.filter(revision__edition=assignment.edition).count() == 1


def test_units_with_notes_go_back_and_the_others_stay_ready(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)

    send_back(assignment, unit, " Too long. ", whole=" Nearly. ", by=dewi, at=LATER)

    assignment = fresh(assignment)
    assert (assignment.state, assignment.return_note) == ("returned", "Nearly.")
    assert [(u.state, u.return_note) for u in assignment.units.order_by("position")] == [
        ("returned", "Too long."),
        ("ready", ""),
        ("ready", ""),
        ("ready", ""),
    ]
    assert WorkingCopy.objects.get(edition=assignment.edition).state == "changes_requested"
    line = Activity.objects.get(verb="sent_back")
    assert (line.actor, line.reason, line.language) == (dewi, "Nearly.", "en")


def test_sending_back_needs_a_word(budi, dewi):
    assignment = submit(make_assignment(budi), by=budi)

    with pytest.raises(reviewing.NoteMissing):
        reviewing.return_unit(unit_of(assignment), reviewing.Fault(Unit.Reason.OTHER, " "))
    with pytest.raises(reviewing.NoteMissing):
        reviewing.send_back(assignment, note=" ", by=dewi, at=NOW)

    assert fresh(assignment).state == "in_review"


def test_what_was_decided_is_not_sent_back(budi, dewi):
    assignment = submit(make_assignment(budi), by=budi)
    reviewing.approve(assignment, seen=reviewing.version_of(assignment), by=dewi, at=NOW)

    with pytest.raises(reviewing.NotInReview):
        reviewing.send_back(assignment, note="Oh!", by=dewi, at=LATER)

    assert fresh(assignment).state == "delivered"


def test_a_unit_sent_back_stays_so_until_its_words_change_or_are_confirmed(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    send_back(assignment, unit, "Hm.", by=dewi)
    unit.refresh_from_db()

    same = translating.save_unit(unit, "English 0", based_on=unit.version, by=budi, at=NOW)
    assert same.state == "returned"

    confirmed = translating.finish_unit(unit, "English 0", based_on=same.version, by=budi, at=NOW)
    assert confirmed.state == "ready"


def test_what_a_reviewer_approves_is_current_and_approved(budi, dewi):
    assignment = submit(make_assignment(budi), by=budi)
    reviewing.approve(assignment, seen=reviewing.version_of(assignment), by=dewi, at=NOW)
    article = (
        type(assignment.edition.article)
        .objects.with_standing()
        .get(pk=assignment.edition.article_id)
    )

    english = standings(article, at=NOW)["en"]

    assert (english.work, english.sync, english.public) == ("approved", "current", "never")


def test_a_reviewed_word_changes_with_every_unit_saved(budi):
    assignment = make_assignment(budi, words())
    seen = {reviewing.version_of(assignment)}

    for minute, unit in enumerate(assignment.units.order_by("position"), start=1):
        at = NOW + timedelta(minutes=minute)
        translating.save_unit(unit, "Words", based_on=1, by=budi, at=at)
        seen.add(reviewing.version_of(assignment))

    assert len(seen) == 5
    assert Assignment.objects.count() == 1
