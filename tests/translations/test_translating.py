import threading
from datetime import timedelta

import pytest
from django.db import connection

from articles.models import Activity, WorkingCopy
from tests.builders import NOW, make_person
from tests.translations.desk import (
    approve,
    body_units,
    change_source,
    fresh,
    make_assignment,
    send_back,
    submit,
    translate,
    unit_of,
    words,
)
from translations import assigning, rebasing, translating
from translations.models import Assignment, KeptText, Unit

LATER = NOW + timedelta(hours=1)


def test_a_saved_unit_is_a_draft_made_from_its_source(budi):
    unit = unit_of(make_assignment(budi, words()))

    translating.save_unit(unit, "  Head\nline ", based_on=1, by=budi, at=LATER)

    unit.refresh_from_db()
    assert (unit.target_html, unit.state, unit.version) == ("Head line", "draft", 2)
    assert (unit.made_from_html, unit.saved_by, unit.saved_at) == ("Judul", budi, LATER)


def test_a_block_is_stored_as_canonical_markup(budi):
    [unit, _second] = body_units(make_assignment(budi, words()))

    saved = translating.save_unit(
        unit, "<p>One <b>bold</b><script>x()</script></p>", based_on=1, by=budi, at=NOW
    )

    assert saved.target_html == "One <strong>bold</strong>"


def test_saving_the_same_words_changes_nothing(budi):
    unit = unit_of(make_assignment(budi))
    translating.finish_unit(unit, "Headline", based_on=1, by=budi, at=NOW)

    again = translating.save_unit(unit, " Headline ", based_on=2, by=budi, at=LATER)

    assert (again.version, again.state, again.saved_at) == (2, "ready", NOW)


def test_other_words_make_a_ready_unit_a_draft(budi):
    unit = unit_of(make_assignment(budi))
    translating.finish_unit(unit, "Headline", based_on=1, by=budi, at=NOW)

    assert translating.save_unit(unit, "Head", based_on=2, by=budi, at=NOW).state == "draft"


def test_a_unit_emptied_is_empty(budi):
    unit = unit_of(make_assignment(budi))
    translating.save_unit(unit, "Headline", based_on=1, by=budi, at=NOW)

    emptied = translating.save_unit(unit, "<p> </p>", based_on=2, by=budi, at=NOW)
    emptied = translating.save_unit(unit, "  ", based_on=emptied.version, by=budi, at=NOW)

    assert (emptied.state, emptied.target_html, emptied.made_from_html) == ("empty", "", "")


def test_nothing_cannot_be_ready(budi):
    unit = unit_of(make_assignment(budi))

    with pytest.raises(translating.NothingWritten):
        translating.finish_unit(unit, "  ", based_on=1, by=budi, at=NOW)

    assert unit_of(fresh(unit.assignment)).version == 1


def test_a_line_too_long_for_its_place_is_stored_and_not_ready(budi):
    unit = unit_of(make_assignment(budi))

    with pytest.raises(translating.TooLong) as too_long:
        translating.finish_unit(unit, "x" * 201, based_on=1, by=budi, at=NOW)

    unit.refresh_from_db()
    assert too_long.value.limit == 200
    assert (unit.target_html, unit.state) == ("x" * 201, "draft")


def test_a_line_that_just_fits_is_ready(budi):
    unit = unit_of(make_assignment(budi))

    assert translating.finish_unit(unit, "x" * 200, based_on=1, by=budi, at=NOW).state == "ready"


def test_a_paragraph_may_be_as_long_as_it_likes(budi):
    [unit, _second] = body_units(make_assignment(budi, words()))

    saved = translating.finish_unit(unit, "word " * 2000, based_on=1, by=budi, at=NOW)

    assert saved.state == "ready"


def test_a_stale_save_is_refused_and_both_texts_are_kept(budi, citra):
    unit = unit_of(make_assignment(budi))
    translating.save_unit(unit, "Budi's words", based_on=1, by=budi, at=NOW)

    with pytest.raises(translating.StaleUnit) as stale:
        translating.save_unit(unit, "Citra's words", based_on=1, by=citra, at=LATER)

    assert stale.value.unit.target_html == "Budi's words"
    unit.refresh_from_db()
    assert (unit.target_html, unit.saved_by, unit.version) == ("Budi's words", budi, 2)
    assert [(kept.unit, kept.html, kept.by, kept.at) for kept in KeptText.objects.all()] == [
        (unit, "Citra's words", citra, LATER)
    ]


def test_a_stale_save_of_the_stored_words_is_no_conflict(budi, citra):
    unit = unit_of(make_assignment(budi))
    translating.save_unit(unit, "The same", based_on=1, by=budi, at=NOW)

    same = translating.save_unit(unit, "The same", based_on=1, by=citra, at=LATER)

    assert (same.version, same.saved_by) == (2, budi)
    assert not KeptText.objects.exists()


def test_a_stale_page_cannot_call_an_old_translation_valid(budi):
    assignment = make_assignment(budi, words())
    translate(assignment, by=budi)
    unit = unit_of(assignment)
    change_source(assignment.edition.article, headline="Judul lain")
    rebasing.rebase(assignment, by=budi, at=NOW)

    translating.finish_unit(unit, "English 0", based_on=unit.version, by=budi, at=NOW)

    unit.refresh_from_db()
    assert (unit.state, unit.is_out_of_date) == ("draft", True)


def test_an_out_of_date_unit_stays_so_while_it_is_a_draft(budi):
    assignment = make_assignment(budi, words())
    translate(assignment, by=budi)
    change_source(assignment.edition.article, headline="Judul lain")
    rebasing.rebase(assignment, by=budi, at=NOW)
    unit = unit_of(assignment)

    draft = translating.save_unit(unit, "Other", based_on=unit.version, by=budi, at=NOW)
    assert (draft.is_out_of_date, draft.made_from_html) == (True, "Judul")

    ready = translating.finish_unit(unit, "Other", based_on=draft.version, by=budi, at=NOW)
    assert (ready.is_out_of_date, ready.made_from_html) == (False, "Judul lain")


def test_still_valid_keeps_the_words_and_who_wrote_them(budi, citra):
    assignment = make_assignment(budi, words())
    translate(assignment, by=budi)
    change_source(assignment.edition.article, headline="Judul lain")
    rebasing.rebase(assignment, by=budi, at=NOW)
    unit = unit_of(assignment)

    valid = translating.finish_unit(unit, "English 0", based_on=unit.version, by=citra, at=LATER)

    assert (valid.state, valid.is_out_of_date, valid.saved_by) == ("ready", False, budi)


def test_words_that_come_after_submitting_are_kept_and_not_saved(budi):
    assignment = submit(make_assignment(budi), by=budi)
    unit = unit_of(assignment)

    with pytest.raises(translating.NotWithTranslator) as closed:
        translating.save_unit(unit, "Too late", based_on=unit.version, by=budi, at=LATER)

    assert closed.value.assignment.state == "in_review"
    assert KeptText.objects.get() == closed.value.kept
    assert closed.value.kept.html == "Too late"
    assert unit_of(assignment).target_html == "English 0"


def test_saving_takes_at_most_six_queries(budi, django_assert_max_num_queries):
    unit = unit_of(make_assignment(budi))

    with django_assert_max_num_queries(6):
        translating.save_unit(unit, "Headline", based_on=1, by=budi, at=NOW)


def test_a_whole_translation_is_handed_to_review(budi):
    assignment = translate(make_assignment(budi), by=budi)

    translating.submit(assignment, by=budi, at=LATER)

    assignment = fresh(assignment)
    assert (assignment.state, assignment.submitted_at) == ("in_review", LATER)
    assert WorkingCopy.objects.get(edition=assignment.edition).state == "in_review"
    line = Activity.objects.get(article=assignment.edition.article_id, verb="submitted", at=LATER)
    assert (line.actor, line.language) == (budi, "en")


def test_an_incomplete_translation_is_not_submitted(budi):
    assignment = make_assignment(budi, words())
    head, standfirst, first, second = assignment.units.order_by("position")
    translating.finish_unit(head, "Headline", based_on=1, by=budi, at=NOW)
    translating.save_unit(first, "Half", based_on=1, by=budi, at=NOW)

    with pytest.raises(translating.Incomplete) as incomplete:
        translating.submit(assignment, by=budi, at=NOW)

    assert incomplete.value.units == [standfirst, first, second]
    assert fresh(assignment).state == "translating"


def test_a_translation_behind_its_source_is_not_submitted(budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, headline="Judul lain")

    with pytest.raises(translating.SourceMoved):
        translating.submit(fresh(assignment), by=budi, at=NOW)

    assert fresh(assignment).state == "translating"


def test_an_out_of_date_unit_holds_the_translation_back(budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, headline="Judul lain")
    rebasing.rebase(assignment, by=budi, at=NOW)

    with pytest.raises(translating.Incomplete) as incomplete:
        translating.submit(fresh(assignment), by=budi, at=NOW)

    assert incomplete.value.units == [unit_of(assignment)]


@pytest.mark.parametrize("end", ["submitted", "handed back", "approved"])
def test_what_is_not_with_its_translator_is_not_submitted(budi, end):
    assignment = submit(make_assignment(budi), by=budi)
    if end == "handed back":
        assigning.hand_back(assignment, by=budi, at=NOW)
    if end == "approved":
        approve(assignment)

    with pytest.raises(translating.NotWithTranslator):
        translating.submit(fresh(assignment), by=budi, at=LATER)

    assert Activity.objects.filter(verb="submitted", language="en").count() == 1


def test_submitting_again_clears_what_the_reviewer_said(budi, dewi):
    assignment = submit(make_assignment(budi), by=budi)
    unit = unit_of(assignment)
    send_back(assignment, unit, "Wrong.", whole="Twice wrong.", by=dewi)

    submit(fresh(assignment), by=budi, at=LATER)

    assert fresh(assignment).return_note == ""
    assert [u.return_note for u in assignment.units.all()] == [""] * assignment.units.count()


def test_every_state_with_words_can_be_saved_to_the_database(budi):
    unit = unit_of(make_assignment(budi))

    for act in (translating.save_unit, translating.finish_unit):
        unit.refresh_from_db()
        act(unit, f"Words {unit.version}", based_on=unit.version, by=budi, at=NOW)

    assert Unit.objects.get(pk=unit.pk).target_html == "Words 2"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_saves_at_once_one_wins_and_both_texts_are_there():
    budi, citra = make_person("budi"), make_person("citra")
    unit = unit_of(make_assignment(budi))
    start = threading.Barrier(2)
    refused: list[translating.StaleUnit] = []

    def save(person, text):
        start.wait()
        try:
            translating.save_unit(unit, text, based_on=1, by=person, at=NOW)
        except translating.StaleUnit as stale:
            refused.append(stale)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=(budi, "Budi's words")),
        threading.Thread(target=save, args=(citra, "Citra's words")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stored = Unit.objects.get(pk=unit.pk)
    [kept] = KeptText.objects.all()
    assert {stored.target_html, kept.html} == {"Budi's words", "Citra's words"}
    assert (stored.version, len(refused)) == (2, 1)
    assert Assignment.objects.count() == 1
