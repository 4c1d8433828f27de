from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles import reviewing
from articles.models import Activity, WorkingCopy
from tests.builders import NOW, change_article, edition_of, make_person
from tests.translations.desk import (
    approve,
    body_units,
    change_source,
    fresh,
    make_assignment,
    submit,
    translate,
    words,
)
from translations import assigning, rebasing, translating
from translations.models import KeptText, Unit

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


SHIP = "Kapal kopi dari Aceh tiba di pelabuhan pada Selasa pagi."
CARGO = "Muatannya 420 ton biji arabika, kata syahbandar kepada wartawan."
CROWD = "Warga menyambut awak kapal dengan tarian dan nyanyian."


def paragraphs(**texts):
    """A body whose ids are letters: ``a=SHIP`` is a paragraph with the id “aaaaaaaa”."""
    return "".join(f'<p data-bid="{bid * 8}">{text}</p>' for bid, text in texts.items())


def rebased(budi, old, new, *, is_ready=True):
    """Translate a body, change it, bring the change in; return the assignment."""
    assignment = make_assignment(budi, words(body=old))
    if is_ready:
        translate(assignment, by=budi)
    change_source(assignment.edition.article, body=new)
    rebasing.rebase(assignment, by=budi, at=LATER)
    return assignment


def marked(assignment):
    return [
        (unit.bid[0], unit.change, unit.target_html, unit.state, unit.is_out_of_date)
        for unit in body_units(assignment)
    ]


def test_a_moved_block_keeps_its_translation_and_its_state(budi):
    old, new = paragraphs(a=SHIP, b=CARGO, c=CROWD), paragraphs(c=CROWD, a=SHIP, b=CARGO)

    assert marked(rebased(budi, old, new)) == [
        ("c", "moved", "English 4", "ready", False),
        ("a", "", "English 2", "ready", False),
        ("b", "", "English 3", "ready", False),
    ]


def test_a_block_pasted_elsewhere_under_another_id_is_moved(budi):
    old, new = paragraphs(a=SHIP, b=CARGO, c=CROWD), paragraphs(x=CROWD, a=SHIP, b=CARGO)

    assert marked(rebased(budi, old, new))[0] == ("x", "moved", "English 4", "ready", False)
    assert not KeptText.objects.exists()


def test_exchanged_ids_change_nothing(budi):
    old, new = paragraphs(a=SHIP, b=CARGO), paragraphs(b=SHIP, a=CARGO)

    assert marked(rebased(budi, old, new)) == [
        ("b", "", "English 2", "ready", False),
        ("a", "", "English 3", "ready", False),
    ]


def test_an_id_on_quite_other_words_carries_no_translation_along(budi):
    assignment = rebased(budi, paragraphs(a=SHIP, b=CARGO), paragraphs(a=CROWD, b=CARGO))

    assert marked(assignment) == [
        ("a", "new", "", "empty", False),
        ("b", "", "English 3", "ready", False),
    ]
    assert KeptText.objects.get().html == "English 2"


def test_both_parts_of_a_split_block_hold_its_translation_out_of_date(budi):
    old, new = paragraphs(a=f"{SHIP} {CARGO}", b=CROWD), paragraphs(a=SHIP, x=CARGO, b=CROWD)

    assignment = rebased(budi, old, new)

    assert marked(assignment) == [
        ("a", "split", "English 2", "draft", True),
        ("x", "split", "English 2", "draft", True),
        ("b", "", "English 3", "ready", False),
    ]
    made_from = {(u.made_from_html, u.saved_by) for u in assignment.units.filter(change="split")}
    assert made_from == {(f"{SHIP} {CARGO}", budi)}
    assert not KeptText.objects.exists()


def test_a_merged_block_holds_the_translations_of_its_parts_out_of_date(budi):
    old, new = paragraphs(a=SHIP, b=CARGO, c=CROWD), paragraphs(a=f"{SHIP} {CARGO}", c=CROWD)

    assignment = rebased(budi, old, new)

    assert marked(assignment) == [
        ("a", "merged", "English 2 English 3", "draft", True),
        ("c", "", "English 4", "ready", False),
    ]
    assert body_units(assignment)[0].made_from_html == f"{SHIP} {CARGO}"
    assert not KeptText.objects.exists()


def test_what_lay_beside_merged_blocks_and_was_said_of_them_stays(budi):
    assignment = make_assignment(budi, words(body=paragraphs(a=SHIP, b=CARGO)))
    translate(assignment, by=budi)
    one, other = body_units(assignment)
    KeptText.objects.create(unit=other, html="Kept", by=budi, at=NOW)
    Unit.objects.filter(pk=one.pk).update(return_note="Too long.")
    Unit.objects.filter(pk=other.pk).update(state="returned", return_note="Which cargo?")
    change_source(assignment.edition.article, body=paragraphs(b=f"{SHIP} {CARGO}"))

    rebasing.rebase(assignment, by=budi, at=LATER)

    (merged,) = body_units(assignment)
    assert (merged.state, merged.return_note) == ("returned", "Too long.\nWhich cargo?")
    assert [kept.html for kept in merged.kept_texts.all()] == ["Kept"]


def test_whoever_wrote_on_one_of_two_merged_blocks_still_cannot_approve(budi, citra):
    assignment = make_assignment(budi, words(body=paragraphs(a=SHIP, b=CARGO)))
    for unit, by in zip(body_units(assignment), (budi, citra), strict=True):
        translating.save_unit(unit, "Words", based_on=unit.version, by=by, at=NOW)
    change_source(assignment.edition.article, body=paragraphs(a=f"{SHIP} {CARGO}"))

    rebasing.rebase(assignment, by=budi, at=LATER)

    assert body_units(assignment)[0].saved_by == citra


def test_where_nothing_is_written_only_new_blocks_are_marked(budi):
    old, new = (
        paragraphs(a=f"{SHIP} {CARGO}", b=CROWD),
        paragraphs(b=CROWD, a=SHIP, x=CARGO, y="Oh."),
    )

    assert marked(rebased(budi, old, new, is_ready=False)) == [
        ("b", "", "", "empty", False),
        ("a", "", "", "empty", False),
        ("x", "", "", "empty", False),
        ("y", "new", "", "empty", False),
    ]


def test_a_mark_goes_when_the_unit_is_ready_again(budi):
    old, new = paragraphs(a=f"{SHIP} {CARGO}", b=CROWD), paragraphs(a=SHIP, x=CARGO, b=CROWD)
    assignment = rebased(budi, old, new)

    translate(assignment, by=budi)

    assert [(change, stale) for _bid, change, _target, _state, stale in marked(assignment)] == [
        ("", False)
    ] * 3


def test_a_mark_stays_through_the_next_change(budi):
    old, new = paragraphs(a=SHIP, b=CARGO, c=CROWD), paragraphs(a=f"{SHIP} {CARGO}", c=CROWD)
    assignment = rebased(budi, old, new)
    change_source(assignment.edition.article, headline="Judul lain")

    rebasing.rebase(assignment, by=budi, at=LATER)

    assert marked(assignment)[0] == ("a", "merged", "English 2 English 3", "draft", True)


def test_changed_markup_leaves_a_unit_ready_and_says_so(budi):
    old, new = paragraphs(a=SHIP), paragraphs(a=SHIP.replace("Aceh", "<strong>Aceh</strong>"))

    (unit,) = body_units(rebased(budi, old, new))

    assert (unit.state, unit.is_out_of_date, unit.is_reformatted) == ("ready", False, True)


def test_a_text_with_no_block_left_keeps_the_words_beside_what_came(budi):
    assignment = make_assignment(budi, words(body=paragraphs(a=SHIP)))
    translate(assignment, by=budi)
    before = [unit.target_html for unit in assignment.units.order_by("position")]
    assignment.units.exclude(bid="aaaaaaaa").delete()
    change_source(assignment.edition.article, body=paragraphs(x=CROWD))

    rebasing.rebase(assignment, by=budi, at=LATER)

    assert KeptText.objects.get().html == before[-1]


tokens = ["kapal", "kopi", "tidak", "Aceh", "(25/1)", "(25/2)", "420", "«ya»", "Rp5.000", "tiba."]
edits = st.lists(st.sampled_from(tokens), min_size=1, max_size=8).map(" ".join)


class EverySourceEdit(TestCase):
    """Hypothesis needs a database that each example leaves as it was."""

    def setUp(self):
        person = make_person("budi", "Translator", pairs=(("id", "en"),))
        body = paragraphs(a=SHIP, b=CARGO, c=f"Kamis (25/1). {CROWD}")
        self.assignment = translate(make_assignment(person, words(body=body)), by=person)
        self.person = person

    @settings(max_examples=25)
    @given(place=st.integers(0, 2), cut=st.integers(0, 6), come=edits)
    def test_flags_exactly_the_unit_of_its_block(self, place, cut, come):
        unit = body_units(self.assignment)[place]
        written = unit.source_html.split()
        changed = " ".join([*written[:cut], come, *written[cut + 1 :]])
        assume(changed != unit.source_html)
        texts = {u.bid[0]: u.source_html for u in body_units(self.assignment)}
        texts[unit.bid[0]] = changed
        change_source(self.assignment.edition.article, body=paragraphs(**texts))

        rebasing.rebase(self.assignment, by=self.person, at=LATER)

        stale = [u.bid for u in self.assignment.units.all() if u.is_out_of_date]
        assert stale == [unit.bid]
