from datetime import timedelta

import pytest

from articles import reviewing
from articles.models import Activity, WorkingCopy
from tests.builders import NOW, change_article, edition_of, make_person
from tests.translations.desk import (
    approve,
    change_source,
    fresh,
    make_assignment,
    submit,
    translate,
    words,
)
from translations import assigning, rebasing, translating
from translations.models import KeptText

LATER = NOW + timedelta(hours=1)
BODY = '<p data-bid="cccccccc">Baru.</p><p data-bid="bbbbbbbb">Dua besar.</p>'


def laid(assignment):
    return [
        (unit.bid, unit.source_html, unit.target_html, unit.state, unit.is_out_of_date)
        for unit in assignment.units.order_by("position")
    ]


def test_a_translation_is_behind_only_when_the_source_has_a_newer_text_to_release(budi):
    assignment = make_assignment(budi, words())
    assert not rebasing.is_behind(fresh(assignment))

    change_source(assignment.edition.article, headline="Judul lain")

    assert rebasing.is_behind(fresh(assignment))


def test_a_draft_of_the_source_disturbs_nobody(budi):
    assignment = make_assignment(budi, words())
    article = assignment.edition.article
    reviewing.take_back(edition_of(article), by=make_person(), at=NOW)
    change_article(article, headline="Judul lain")

    assert not rebasing.is_behind(fresh(assignment))


def test_changes_come_in_and_every_translation_stays(budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, body=BODY)

    rebasing.rebase(assignment, by=budi, at=LATER)

    assert laid(assignment) == [
        ("@headline", "Judul", "English 0", "ready", False),
        ("@standfirst", "Teras.", "English 1", "ready", False),
        ("cccccccc", "Baru.", "", "empty", False),
        ("bbbbbbbb", "Dua besar.", "English 3", "draft", True),
    ]
    assert fresh(assignment).source_revision.body == BODY
    line = Activity.objects.get(verb="rebased")
    assert (line.actor, line.language, line.at) == (budi, "en", LATER)


def test_words_of_a_removed_block_are_kept_beside_the_unit_before_it(budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, body=BODY)

    rebasing.rebase(assignment, by=budi, at=LATER)

    kept = KeptText.objects.get()
    assert (kept.unit.bid, kept.html, kept.by, kept.at) == (
        "@standfirst",
        "English 2",
        budi,
        LATER,
    )


def test_a_change_taken_back_makes_the_old_translation_valid_again(budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, headline="Judul lain")
    rebasing.rebase(assignment, by=budi, at=NOW)
    change_source(assignment.edition.article, headline="Judul")

    rebasing.rebase(assignment, by=budi, at=NOW)

    assert laid(assignment)[0] == ("@headline", "Judul", "English 0", "draft", False)


def test_two_changes_show_against_what_the_translator_saw(budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    for headline in ("Judul kedua", "Judul ketiga"):
        change_source(assignment.edition.article, headline=headline)
        rebasing.rebase(assignment, by=budi, at=NOW)

    unit = assignment.units.get(bid="@headline")

    assert (unit.made_from_html, unit.source_html) == ("Judul", "Judul ketiga")


def test_bringing_in_nothing_changes_nothing(budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    before = list(assignment.units.order_by("pk").values())

    rebasing.rebase(assignment, by=budi, at=LATER)

    assert list(assignment.units.order_by("pk").values()) == before
    assert not Activity.objects.filter(verb="rebased").exists()


def test_changes_take_a_translation_out_of_review(budi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, headline="Judul lain")

    rebasing.rebase(assignment, by=budi, at=NOW)

    assert fresh(assignment).state == "returned"
    assert WorkingCopy.objects.get(edition=assignment.edition).state == "draft"


@pytest.mark.parametrize("end", ["delivered", "handed back"])
def test_a_closed_assignment_is_not_rebased(budi, end):
    assignment = submit(make_assignment(budi, words()), by=budi)
    if end == "delivered":
        approve(assignment)
    else:
        assigning.hand_back(assignment, by=budi, at=NOW)
    change_source(assignment.edition.article, headline="Judul lain")
    before = laid(assignment)

    with pytest.raises(rebasing.NotOpen):
        rebasing.rebase(assignment, by=budi, at=NOW)

    assert laid(assignment) == before


def test_a_save_on_top_of_the_old_source_is_refused_with_the_words_kept(budi):
    assignment = make_assignment(budi, words())
    unit = assignment.units.get(bid="@headline")
    change_source(assignment.edition.article, headline="Judul lain")
    rebasing.rebase(assignment, by=budi, at=NOW)

    with pytest.raises(translating.StaleUnit) as stale:
        translating.save_unit(unit, "Headline", based_on=unit.version, by=budi, at=NOW)

    assert stale.value.kept.html == "Headline"
    assert stale.value.unit.source_html == "Judul lain"
