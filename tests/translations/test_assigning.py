from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from articles import editing, licensing, publishing
from articles.models import Activity, WorkingCopy
from tests.builders import NOW, edition_of, make_article, make_draft, make_person
from tests.translations.desk import (
    approve,
    change_source,
    fresh,
    make_assignment,
    make_waiting,
    submit,
    unit_of,
    words,
)
from translations import assigning, translating
from translations.models import Assignment, Unit


def test_a_claim_lays_one_empty_unit_per_block(budi):
    edition = make_waiting(words())

    assignment = assigning.claim(edition, by=budi, at=NOW)

    assert [
        (unit.position, unit.bid, unit.kind, unit.source_html, unit.target_html, unit.state)
        for unit in assignment.units.order_by("position")
    ] == [
        (0, "@headline", "headline", "Judul", "", "empty"),
        (1, "@standfirst", "standfirst", "Teras.", "", "empty"),
        (2, "aaaaaaaa", "paragraph", "Satu.", "", "empty"),
        (3, "bbbbbbbb", "paragraph", "Dua.", "", "empty"),
    ]


def test_a_claim_moves_the_edition_into_the_desk_and_is_recorded(budi):
    edition = make_waiting()

    assignment = assigning.claim(edition, by=budi, at=NOW)

    copy = WorkingCopy.objects.get(edition=edition)
    assert (copy.in_desk, copy.state) == (True, "draft")
    assert copy.source_revision == assignment.source_revision
    line = Activity.objects.get(article=edition.article_id, verb="claimed")
    assert (line.actor, line.language, line.at) == (budi, "en", NOW)


def test_a_licence_without_translation_refuses_the_claim_and_says_why(budi):
    edition = make_waiting()
    licence = edition.article.attributions.get().licence
    licence.may_translate = False
    licensing.save_licence(licence, changed=["may_translate"], by=None, at=NOW)

    with translation.override("en"), pytest.raises(assigning.NotLicensed) as refused:
        assigning.claim(edition, by=budi, at=NOW)

    assert refused.value.words == (
        "The licence of Rossiyskaya Gazeta does not allow translation. Ask for it, or choose"
        " another licence."
    )
    assert (Assignment.objects.count(), WorkingCopy.objects.filter(edition=edition).count()) == (
        0,
        0,
    )


def test_a_licence_for_other_languages_refuses_the_claim_too(budi):
    edition = make_waiting()
    edition.article.attributions.get().source.licences.update(languages="id")

    with pytest.raises(assigning.NotLicensed):
        assigning.claim(edition, by=budi, at=NOW)


def test_what_somebody_has_nobody_else_can_claim(budi, citra):
    assignment = make_assignment(budi)

    with pytest.raises(assigning.AlreadyTaken) as taken:
        assigning.claim(assignment.edition, by=citra, at=NOW)

    assert taken.value.assignment == assignment
    assert taken.value.assignment.translator == budi
    assert list(Assignment.objects.all()) == [assignment]


def test_the_database_holds_one_open_assignment(budi, citra):
    assignment = make_assignment(budi)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            edition=assignment.edition,
            source_revision=assignment.source_revision,
            translator=citra,
            claimed_at=NOW,
        )


def test_a_source_nobody_approved_cannot_be_claimed(budi):
    edition = edition_of(make_article(), "en")

    with pytest.raises(assigning.NothingToTranslate):
        assigning.claim(edition, by=budi, at=NOW)

    assert not Assignment.objects.exists()
    assert not WorkingCopy.objects.filter(edition=edition).exists()


def test_the_first_language_of_a_story_cannot_be_claimed(budi):
    edition = edition_of(make_waiting().article, "id")

    with pytest.raises(assigning.NothingToTranslate):
        assigning.claim(edition, by=budi, at=NOW)


def test_what_an_editor_writes_in_the_admin_cannot_be_claimed(budi):
    edition = make_waiting()
    editing.open_working_copy(edition, by=make_person(), at=NOW)

    with pytest.raises(assigning.WrittenInAdmin):
        assigning.claim(edition, by=budi, at=NOW)


def test_a_translation_that_is_up_to_date_cannot_be_claimed(budi):
    edition = approve(submit(make_assignment(budi), by=budi))

    with pytest.raises(assigning.NothingToTranslate):
        assigning.claim(edition, by=budi, at=NOW)


def test_an_updated_source_brings_the_old_translation_along(budi, citra):
    assignment = make_assignment(budi, words())
    edition = approve(submit(assignment, by=budi))
    body = '<p data-bid="aaaaaaaa">Satu.</p><p data-bid="bbbbbbbb">Dua besar.</p><p>Tiga.</p>'
    change_source(edition.article, body=body)

    update = assigning.claim(edition, by=citra, at=NOW)

    assert [
        (unit.source_html, unit.target_html, unit.state, unit.is_out_of_date)
        for unit in update.units.order_by("position")
    ] == [
        ("Judul", "English 0", "ready", False),
        ("Teras.", "English 1", "ready", False),
        ("Satu.", "English 2", "ready", False),
        ("Dua besar.", "English 3", "draft", True),
        ("Tiga.", "", "empty", False),
    ]


def test_a_published_translation_stays_live_while_it_is_updated(budi, citra):
    edition = approve(submit(make_assignment(budi, words()), by=budi))
    article = edition.article
    publishing.publish(edition_of(article), by=make_person(), at=NOW)
    publishing.publish(edition_of(article, "en"), by=make_person(), at=NOW)
    change_source(article, headline="Judul lain")

    assigning.claim(edition_of(article, "en"), by=citra, at=NOW)

    article.refresh_from_db()
    assert article.is_live("en", at=NOW)
    assert article.published("headline", "en") == "English 0"


def test_work_handed_back_is_there_for_the_next(budi, citra):
    assignment = make_assignment(budi, words())
    unit = unit_of(assignment)
    translating.save_unit(unit, "Half a head", based_on=unit.version, by=budi, at=NOW)

    assigning.hand_back(assignment, by=budi, at=NOW, reason=" I am ill. ")
    again = assigning.claim(assignment.edition, by=citra, at=NOW + timedelta(hours=1))

    assert [unit.target_html for unit in again.units.order_by("position")] == [
        "Half a head",
        "",
        "",
        "",
    ]
    line = Activity.objects.get(article=assignment.edition.article_id, verb="handed_back")
    assert (line.actor, line.reason) == (budi, "I am ill.")


def test_a_draft_handed_back_is_not_ready_for_the_next(budi, citra):
    assignment = make_assignment(budi, words())
    unit = unit_of(assignment)
    translating.save_unit(unit, "Half a head", based_on=unit.version, by=budi, at=NOW)
    assigning.hand_back(assignment, by=budi, at=NOW)

    again = assigning.claim(assignment.edition, by=citra, at=NOW + timedelta(hours=1))

    assert unit_of(again).state == Unit.State.DRAFT


def test_handing_back_twice_changes_nothing(budi):
    assignment = make_assignment(budi)
    assigning.hand_back(assignment, by=budi, at=NOW)

    assigning.hand_back(assignment, by=budi, at=NOW + timedelta(hours=1))

    assert fresh(assignment).closed_at == NOW
    assert Activity.objects.filter(verb="handed_back").count() == 1


def test_a_story_handed_back_has_no_working_copy(budi):
    assignment = make_assignment(budi)

    assigning.hand_back(assignment, by=budi, at=NOW)

    assert not WorkingCopy.objects.filter(edition=assignment.edition).exists()


def test_a_due_date_is_set_and_taken_away(budi):
    assignment = make_assignment(budi)

    assigning.set_due(assignment, NOW)
    assert fresh(assignment).due_at == NOW

    assigning.set_due(assignment, None)
    assert fresh(assignment).due_at is None


def test_caption_and_alternative_text_are_units_too(budi):
    draft = make_draft(image_caption="Kapal", image_alt="Kapal putih")

    assignment = make_assignment(budi, draft)

    assert unit_of(assignment, "@image_caption").source_html == "Kapal"
    assert unit_of(assignment, "@image_alt").source_html == "Kapal putih"
