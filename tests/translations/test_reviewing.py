from dataclasses import replace
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
from translations.models import Assignment, Side, Unit

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


def test_a_unit_is_approved_by_itself_with_who_and_when(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    seen = reviewing.version_of(assignment)
    unit = unit_of(assignment)

    reviewing.approve_unit(unit, based_on=unit.version, by=dewi, at=LATER)
    reviewing.approve_unit(unit, based_on=unit.version, by=make_person(), at=LATER)

    unit = unit_of(assignment)
    assert (unit.state, unit.approved_by, unit.approved_at) == ("approved", dewi, LATER)
    assert reviewing.version_of(assignment) == seen
    reviewing.withdraw_approval(unit)
    assert (unit_of(assignment).state, unit_of(assignment).approved_by) == ("ready", None)


def test_nobody_approves_a_unit_they_wrote(budi, citra):
    assignment = translate(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    unit = translating.finish_unit(unit, "Citra's", based_on=unit.version, by=citra, at=NOW)
    translating.submit(assignment, by=budi, at=NOW)
    other = unit_of(assignment, "aaaaaaaa")

    for person, wrote in [(budi, unit), (budi, other), (citra, unit)]:
        with pytest.raises(reviewing.OwnWork):
            reviewing.approve_unit(wrote, based_on=wrote.version, by=person, at=NOW)

    assert reviewing.approve_unit(other, based_on=other.version, by=citra, at=NOW)


def test_a_unit_that_was_changed_since_it_was_read_is_not_approved(budi, dewi, citra):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    reviewing.edit_unit(unit, "Better", based_on=unit.version, by=citra, at=NOW)

    with pytest.raises(reviewing.TextMoved):
        reviewing.approve_unit(unit, based_on=unit.version, by=dewi, at=NOW)

    assert unit_of(assignment).state == "ready"


def test_nothing_is_decided_on_a_unit_out_of_review(budi, dewi):
    unit = unit_of(translate(make_assignment(budi, words()), by=budi))

    for act in (
        lambda: reviewing.approve_unit(unit, based_on=unit.version, by=dewi, at=NOW),
        lambda: reviewing.withdraw_approval(unit),
        lambda: reviewing.return_unit(unit, reviewing.Fault(Unit.Reason.FACT)),
        lambda: reviewing.keep_unit(unit),
    ):
        with pytest.raises(reviewing.NotInReview):
            act()


def test_changed_words_void_the_approval_of_a_unit(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    reviewing.approve_unit(unit, based_on=unit.version, by=dewi, at=NOW)
    reviewing.send_back(assignment, note="The rest.", by=dewi, at=NOW)

    same = translating.finish_unit(unit, "English 0", based_on=unit.version, by=budi, at=LATER)
    assert same.state == "approved"
    other = translating.finish_unit(unit, "Another", based_on=unit.version, by=budi, at=LATER)

    assert (other.state, other.approved_by, other.approved_at) == ("ready", None, None)


def test_an_edit_keeps_the_translator_s_words_and_makes_its_writer_an_author(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    reviewing.approve_unit(unit, based_on=unit.version, by=make_person(), at=NOW)

    edited = reviewing.edit_unit(unit, "Better", based_on=unit.version, by=dewi, at=LATER)
    other = unit_of(assignment, "aaaaaaaa")
    reviewing.edit_unit(other, "One.", based_on=other.version, by=dewi, at=LATER)

    assert (edited.target_html, edited.state, edited.saved_by) == ("Better", "ready", dewi)
    assert [(e.before_html, e.after_html) for e in edited.review_edits.all()] == [
        ("English 0", "Better")
    ]
    assert Activity.objects.filter(verb="mended").count() == 1
    seen = reviewing.version_of(assignment)
    with pytest.raises(reviewing.OwnWork):
        reviewing.approve(assignment, seen=seen, by=dewi, at=LATER)
    revision = reviewing.approve(assignment, seen=seen, by=make_person(), at=LATER)
    assert set(revision.authors.all()) == {budi, dewi}


def test_an_edit_that_comes_too_late_is_kept(budi, dewi, citra):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    reviewing.edit_unit(unit, "Better", based_on=unit.version, by=citra, at=NOW)

    with pytest.raises(translating.StaleUnit):
        reviewing.edit_unit(unit, "Best", based_on=unit.version, by=dewi, at=NOW)
    reviewing.send_back(assignment, note="Hm.", by=dewi, at=NOW)
    with pytest.raises(reviewing.NotInReview):
        reviewing.edit_unit(unit, "Last", based_on=unit.version + 1, by=dewi, at=NOW)

    kept = unit.kept_texts.order_by("pk").values_list("html", "by")
    assert list(kept) == [("Best", dewi.pk), ("Last", dewi.pk)]
    assert unit_of(assignment).target_html == "Better"


def test_an_edit_says_something_that_has_room(budi, dewi):
    unit = unit_of(submit(make_assignment(budi, words()), by=budi))

    with pytest.raises(translating.NothingWritten):
        reviewing.edit_unit(unit, " ", based_on=unit.version, by=dewi, at=NOW)
    with pytest.raises(translating.TooLong):
        reviewing.edit_unit(unit, "x" * 2000, based_on=unit.version, by=dewi, at=NOW)

    assert not unit.review_edits.exists()


def test_a_fault_points_to_words_only_where_they_stand(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    fault = reviewing.Fault(Unit.Reason.NAME, "Hm.", Side.TARGET, "English", 0)

    found = reviewing.return_unit(unit, fault)
    assert (found.return_quote, found.return_start, found.return_end) == ("English", 0, 7)
    gone = reviewing.return_unit(unit, replace(fault, quote="Latin"))
    assert (gone.return_quote, gone.return_start, gone.return_end) == ("Latin", None, None)

    kept = reviewing.keep_unit(unit)
    assert (kept.state, kept.return_reason, kept.return_quote) == ("ready", "", "")


def test_what_is_marked_to_be_sent_back_is_not_approved(budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    reviewing.return_unit(unit, reviewing.Fault(Unit.Reason.FACT))
    seen = reviewing.version_of(assignment)

    with pytest.raises(reviewing.StillFaulty) as refusal:
        reviewing.approve(assignment, seen=seen, by=dewi, at=NOW)

    assert refusal.value.units == [unit]
    assert fresh(assignment).state == "in_review"
