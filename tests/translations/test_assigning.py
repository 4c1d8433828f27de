from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from articles import editing, licensing, publishing, reading
from articles import reviewing as articles_reviewing
from articles.models import Activity, WorkingCopy
from articles.templatetags.public import credit_line
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
)
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
from translations import assigning, rebasing, reviewing, translating
from translations.models import Assignment, Commission, Team, Unit


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


def commission(edition, *, by, team=None, due_at=None, note=""):
    return assigning.commission(edition, team=team, due_at=due_at, note=note, by=by, at=NOW)


def assign(edition, *, to, by, due_at=None, note=""):
    return assigning.assign(edition, to=to, due_at=due_at, note=note, by=by, at=NOW)


def make_team(*members):
    team = Team.objects.create(name="Sains")
    team.members.set(members)
    return team


def lines(article, *verbs):
    found = Activity.objects.filter(article=article, verb__in=verbs).order_by("pk")
    return [(line.verb, line.actor, line.language, line.reason) for line in found]


def test_a_commission_is_due_and_says_what_to_mind(ani, budi):
    edition = make_waiting()
    due_at = NOW + timedelta(hours=5)

    commission(edition, by=ani, due_at=due_at, note=" Mind the titles. ")
    assignment = assigning.claim(edition, by=budi, at=NOW)

    assert (assignment.due_at, assigning.brief_of(assignment)) == (due_at, "Mind the titles.")
    assert lines(edition.article, "commissioned") == [
        ("commissioned", ani, "en", "Mind the titles.")
    ]


def test_a_second_commission_takes_the_place_of_the_first(ani, budi):
    edition = make_waiting()
    team = make_team(budi)

    commission(edition, by=ani, note="One.")
    commission(edition, by=ani, team=team, note="Two.")

    assert [(one.team, one.note) for one in Commission.objects.all()] == [(team, "Two.")]


def test_what_was_given_to_a_team_only_its_members_and_the_desk_take_on(ani, budi, citra):
    edition = make_waiting()
    team = make_team(citra)
    commission(edition, by=ani, team=team)

    with pytest.raises(assigning.ForATeam) as refused:
        assigning.claim(edition, by=budi, at=NOW)

    assert refused.value.team == team
    assert assigning.claim(edition, by=citra, at=NOW).translator == citra


def test_the_desk_takes_on_what_was_given_to_a_team(ani):
    edition = make_waiting()
    commission(edition, by=ani, team=make_team())

    assert assigning.claim(edition, by=ani, at=NOW).translator == ani


def test_a_commission_may_be_made_before_the_source_is_approved(ani, budi):
    edition = edition_of(make_article(), "en")

    commission(edition, by=ani)

    assert Commission.objects.get().edition == edition
    with pytest.raises(assigning.NothingToTranslate):
        assigning.claim(edition, by=budi, at=NOW)


def test_neither_the_first_language_nor_what_is_up_to_date_is_commissioned(ani, budi):
    edition = approve(submit(make_assignment(budi), by=budi))

    with pytest.raises(assigning.NothingToTranslate):
        commission(edition, by=ani)
    with pytest.raises(assigning.NothingToTranslate):
        commission(edition_of(edition.article), by=ani)

    assert not Commission.objects.exists()


def test_a_licence_without_translation_refuses_the_commission_too(ani):
    edition = make_waiting()
    edition.article.attributions.get().source.licences.update(may_translate=False)

    with pytest.raises(assigning.NotLicensed):
        commission(edition, by=ani)

    assert not Commission.objects.exists()


def test_what_somebody_has_is_not_commissioned(ani, budi):
    assignment = make_assignment(budi)

    with pytest.raises(assigning.AlreadyTaken):
        commission(assignment.edition, by=ani)


def test_a_commission_is_gone_when_its_translation_is_delivered(ani, budi):
    edition = make_waiting()
    commission(edition, by=ani, note="Mind the titles.")
    assignment = assigning.claim(edition, by=budi, at=NOW)

    approve(submit(assignment, by=budi))

    assert not Commission.objects.exists()


def test_the_desk_gives_a_translation_to_somebody(ani, budi):
    edition = make_waiting()
    due_at = NOW + timedelta(hours=3)

    assignment = assign(edition, to=budi, by=ani, due_at=due_at, note="Quickly.")

    assert (assignment.translator, assignment.due_at) == (budi, due_at)
    assert lines(edition.article, "assigned", "claimed") == [
        ("assigned", ani, "en", "budi: Quickly.")
    ]


def test_nobody_is_given_a_direction_that_is_not_theirs(ani, dewi):
    edition = make_waiting()

    with pytest.raises(assigning.NotTheirDirection) as refused:
        assign(edition, to=dewi, by=ani)

    assert refused.value.person == dewi
    assert (Assignment.objects.count(), Commission.objects.count()) == (0, 0)


def make_in_review():
    """Make a story whose Indonesian text waits for its review; return its English edition."""
    article = make_article(draft=words())
    articles_reviewing.submit(edition_of(article), by=make_person(), at=NOW)
    return edition_of(article, "en")


def test_somebody_may_start_early_on_a_source_that_waits_for_its_review(ani, budi):
    edition = make_in_review()

    assignment = assign(edition, to=budi, by=ani)

    assert rebasing.is_early(assignment)
    assert [unit.source_html for unit in assignment.units.order_by("position")] == [
        "Judul",
        "Teras.",
        "Satu.",
        "Dua.",
    ]


def test_nobody_starts_on_a_source_that_is_being_written(ani, budi):
    edition = edition_of(make_article(), "en")

    with pytest.raises(assigning.NothingToTranslate):
        assign(edition, to=budi, by=ani)

    assert not Commission.objects.exists()


def test_an_early_translation_is_approved_after_its_source(ani, budi, dewi):
    edition = make_in_review()
    assignment = submit(assign(edition, to=budi, by=ani), by=budi)
    seen = reviewing.version_of(assignment)

    with pytest.raises(reviewing.SourceUnapproved):
        reviewing.approve(assignment, seen=seen, by=dewi, at=NOW)

    source = edition_of(edition.article)
    articles_reviewing.approve(source, revision=source.working_copy.revision, by=ani, at=NOW)
    reviewing.approve(fresh(assignment), seen=seen, by=dewi, at=NOW)
    assert fresh(assignment).state == Assignment.State.DELIVERED


def test_a_translation_is_wanted_an_hour_before_the_embargo_ends(budi):
    edition = make_waiting()
    until = NOW + timedelta(hours=6)
    editing.set_embargo(edition.article, until=until, reason="", by=make_person(), at=NOW)

    assert assigning.wanted_by(edition_of(edition.article, "en"), at=NOW) == until - timedelta(
        hours=1
    )
    assert assigning.wanted_by(make_waiting(), at=NOW) is None


def test_what_goes_out_within_the_hour_is_wanted_now(budi):
    edition = make_waiting()
    until = NOW + timedelta(minutes=20)
    editing.set_embargo(edition.article, until=until, reason="", by=make_person(), at=NOW)

    assert assigning.wanted_by(edition_of(edition.article, "en"), at=NOW) == NOW


def test_a_translation_is_handed_over_with_all_that_was_written(budi, citra):
    assignment = make_assignment(budi, words())
    unit = unit_of(assignment)
    translating.save_unit(unit, "Half a head", based_on=unit.version, by=budi, at=NOW)

    assigning.hand_over(assignment, to=citra, note="My shift ends.", by=budi, at=NOW)

    assignment = fresh(assignment)
    assert (assignment.translator, assignment.had_by) == (citra, budi)
    assert unit_of(assignment).target_html == "Half a head"
    assert lines(assignment.edition.article, "handed_over") == [
        ("handed_over", budi, "en", "citra: My shift ends.")
    ]


def test_handing_over_to_whoever_has_it_changes_nothing(budi):
    assignment = make_assignment(budi)

    assigning.hand_over(assignment, to=budi, note="", by=budi, at=NOW)

    assert lines(assignment.edition.article, "handed_over") == []


def test_what_is_delivered_is_not_handed_over_nor_anything_to_whom_it_is_not(budi, citra, dewi):
    assignment = make_assignment(budi)
    with pytest.raises(assigning.NotTheirDirection):
        assigning.hand_over(assignment, to=dewi, note="", by=budi, at=NOW)
    approve(submit(assignment, by=budi))

    with pytest.raises(rebasing.NotOpen):
        assigning.hand_over(assignment, to=citra, note="", by=budi, at=NOW)

    assert fresh(assignment).translator == budi


def test_whoever_wrote_on_it_does_not_approve_what_was_handed_over(budi, citra):
    assignment = submit(make_assignment(budi), by=budi)
    other = make_person("eka", "Translator", "Reviewer", pairs=(("id", "en"),))
    assigning.hand_over(assignment, to=other, note="", by=budi, at=NOW)

    assert [reviewing.wrote_on(person, fresh(assignment)) for person in (budi, other, citra)] == [
        True,
        True,
        False,
    ]


def make_relay(*, by):
    """Make a Russian story that English translates from the Indonesian; return both editions."""
    article = make_article(language="ru")
    approve_article(article, "ru")
    english = edition_of(article, "en")
    assigning.translate_from(english, "id", by=by, at=NOW)
    return edition_of(article, "id"), edition_of(article, "en")


def translated(edition, *, by):
    """Take an edition on and have it approved."""
    return approve(submit(assigning.claim(edition, by=by, at=NOW), by=by))


def test_a_translation_may_be_made_from_another_one(ani, budi):
    indonesian, english = make_relay(by=ani)

    with pytest.raises(assigning.NothingToTranslate):
        assigning.claim(english, by=budi, at=NOW)
    assigning.claim(indonesian, by=budi, at=NOW)
    approve(submit(Assignment.objects.get(), by=budi))
    assignment = assigning.claim(edition_of(english.article, "en"), by=budi, at=NOW)

    assert assignment.source_revision.edition == indonesian
    assert lines(english.article, "set_source") == [("set_source", ani, "en", "id")]


def test_a_relay_follows_what_it_is_made_from(ani, budi):
    indonesian, english = make_relay(by=ani)
    translated(indonesian, by=budi)
    translated(edition_of(english.article, "en"), by=budi)
    assert publishing.obstacles(edition_of(english.article, "en"), at=NOW) == []

    articles_reviewing.take_back(edition_of(english.article, "ru"), by=make_person(), at=NOW)
    change_article(english.article, "ru", headline="Новый заголовок")
    approve_article(english.article, "ru")
    assert publishing.obstacles(edition_of(english.article, "en"), at=NOW) == []
    update = assigning.claim(edition_of(english.article, "id"), by=budi, at=NOW)
    unit = unit_of(update)
    translating.finish_unit(unit, "Judul baru", based_on=unit.version, by=budi, at=NOW)
    approve(submit(update, by=budi))

    assert publishing.obstacles(edition_of(english.article, "en"), at=NOW) == [
        publishing.Obstacle.BEHIND_SOURCE
    ]


def test_readers_of_a_relay_are_told(ani, budi):
    indonesian, english = make_relay(by=ani)
    translated(indonesian, by=budi)
    edition = translated(edition_of(english.article, "en"), by=budi)

    page = reading.preview_page(edition, edition.working_copy, at=NOW)

    assert (page.translated_from, page.first_language) == ("id", "ru")
    assert credit_line(page) == "Translated from the Indonesian translation by"


def test_what_has_begun_keeps_its_source_and_nothing_is_its_own(ani, budi):
    article = make_article(language="ru")
    approve_article(article, "ru")
    assigning.translate_from(edition_of(article, "en"), "id", by=ani, at=NOW)

    for language in ("id", "en", "de"):
        with pytest.raises(assigning.NoSource):
            assigning.translate_from(edition_of(article, "id"), language, by=ani, at=NOW)
    with pytest.raises(assigning.NoSource):
        assigning.translate_from(edition_of(article, "ru"), "id", by=ani, at=NOW)
    editing.open_working_copy(edition_of(article, "en"), by=ani, at=NOW)
    with pytest.raises(assigning.Begun):
        assigning.translate_from(edition_of(article, "en"), "ru", by=ani, at=NOW)

    assert edition_of(article, "en").source_language == "id"
