import pytest
from django.core.management import call_command
from modeltranslation.translator import translator

from consent.models import BannerText, CookieDeclaration, Purpose
from consent.wording import notice_for, snapshot

pytestmark = pytest.mark.django_db


def test_the_snapshot_holds_necessary_and_offered_purposes_in_one_language():
    words = snapshot("en")

    assert words["banner"] == {
        "lead": "This site uses cookies.",
        "link": "Click here to learn more.",
        "purposes": (
            "Necessary cookies are always on. With your permission we also use cookies to remember "
            "preferences, count visits and show videos or posts from other sites."
        ),
        "accept": "Accept cookies",
        "reject": "Reject cookies",
        "choose": "Choose which",
    }
    assert [(each["name"], each["required"]) for each in words["purposes"]] == [
        ("necessary", True),
        ("preferences", False),
        ("embeds", False),
    ]
    assert words["purposes"][1]["cookies"] == [
        {
            "name": "reader_prefs",
            "kind": "cookie",
            "provider": "",
            "domain": "",
            "why": "Keeps your display choices.",
            "kept_for": "180 days",
        }
    ]


def test_the_digest_does_not_change_while_the_words_do_not(now):
    assert notice_for("id", at=now) == notice_for("id", at=now)
    assert notice_for("id", at=now) != notice_for("en", at=now)


@pytest.mark.parametrize("purposes", [1, 3])
def test_the_snapshot_costs_three_queries(django_assert_num_queries, purposes):
    for number in range(purposes):
        purpose = Purpose.objects.create(varname=f"more_{number}", is_offered=True)
        CookieDeclaration.objects.create(cookiegroup=purpose, name="more")

    with django_assert_num_queries(3):
        snapshot("id")


def test_every_seeded_word_exists_in_both_languages():
    rows = [*Purpose.objects.all(), *CookieDeclaration.objects.all(), *BannerText.objects.all()]
    missing = [
        (str(row), column.name)
        for row in rows
        for columns in translator.get_options_for_model(type(row)).all_fields.values()
        for column in columns
        if not getattr(row, column.name)
    ]

    assert missing == []


def test_the_models_and_their_migrations_agree():
    call_command("makemigrations", "consent", "cookie_consent", check=True, dry_run=True)
