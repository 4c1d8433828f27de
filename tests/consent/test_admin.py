import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from consent.models import BannerText, CookieDeclaration, Decision, Purpose
from consent.offering import offer

pytestmark = pytest.mark.django_db

PURPOSES = "/admin/consent/purpose/"


@pytest.fixture(autouse=True)
def newsroom_pages(two_pages, settings):
    """Serve the newsroom's own admin: its frame links to the rest of the newsroom."""
    settings.ROOT_URLCONF = "newsroom.urls"


@pytest.fixture
def desk():
    """Return an administrator's browser."""
    browser = Client()
    browser.force_login(get_user_model().objects.create_superuser("ani"))
    return browser


def test_the_library_s_own_pages_are_gone():
    registered = {model.__name__ for model in admin.site._registry if "onsent" in model.__module__}

    assert registered == {"Purpose", "BannerText", "Notice", "Decision"}


def test_a_text_is_written_in_both_languages(desk):
    page = f"/admin/consent/bannertext/{BannerText.objects.get().pk}/change/"
    form = fields(desk, page) | {"lead_ind": "Kami memakai kuki.", "lead_en": "We use cookies."}

    assert desk.post(page, form).status_code == 302

    assert (offer("id").words["lead"], offer("en").words["lead"]) == (
        "Kami memakai kuki.",
        "We use cookies.",
    )


def test_a_text_missing_in_one_language_is_refused(desk):
    page = f"/admin/consent/bannertext/{BannerText.objects.get().pk}/change/"

    answer = desk.post(page, fields(desk, page) | {"lead_en": ""})

    assert list(answer.context["adminform"].form.errors) == ["lead_en"]
    assert offer("en").words["lead"] == "This site uses cookies."


def test_there_is_one_banner_and_it_stays(desk):
    pk = BannerText.objects.get().pk

    assert desk.get("/admin/consent/bannertext/add/").status_code == 403
    assert desk.get(f"/admin/consent/bannertext/{pk}/delete/").status_code == 403


def test_declaring_a_cookie_asks_about_its_purpose_again(desk):
    before = offer("id").questions
    page = f"{PURPOSES}{Purpose.objects.get(varname='embeds').pk}/change/"

    assert desk.post(page, with_cookie(fields(desk, page), "stel_ssid")).status_code == 302

    after = offer("id").questions
    assert after[0] == before[0]
    assert after[1].version > before[1].version
    assert CookieDeclaration.objects.get(name="stel_ssid").why_ind == "Untuk diuji."


@pytest.mark.parametrize("name", ["*", "a*b", "a b", "a;b", "a=b"])
def test_a_name_that_no_rule_can_match_is_refused(desk, name):
    page = f"{PURPOSES}{Purpose.objects.get(varname='embeds').pk}/change/"

    answer = desk.post(page, with_cookie(fields(desk, page), name))

    formset = answer.context["inline_admin_formsets"][0].formset
    assert [list(errors) for errors in formset.errors] == [[], [], ["name"]]


def test_offering_a_purpose_without_cookies_is_refused(desk):
    page = f"{PURPOSES}{Purpose.objects.get(varname='analytics').pk}/change/"

    answer = desk.post(page, fields(desk, page) | {"is_offered": "on"})

    assert len(answer.context["inline_admin_formsets"][0].formset.non_form_errors()) == 1
    assert Purpose.objects.get(varname="analytics").is_offered is False


def test_offering_a_purpose_asks_everybody_also_those_who_answered_before(desk):
    page = f"{PURPOSES}{Purpose.objects.get(varname='embeds').pk}/change/"
    before = offer("id").questions[1]
    form = fields(desk, page)
    desk.post(page, {name: value for name, value in form.items() if name != "is_offered"})
    assert [each.name for each in offer("id").questions] == ["preferences"]

    desk.post(page, form)

    assert offer("id").questions[1].version > before.version


def test_a_new_purpose_gets_its_name_once(desk):
    page = f"{PURPOSES}add/"
    form = fields(desk, page) | {
        "varname": "trackers",
        "title_ind": "Pelacak lisensi",
        "title_en": "Licence trackers",
        "summary_ind": "a",
        "summary_en": "a",
        "data_kinds_ind": "a",
        "data_kinds_en": "a",
        "retention_ind": "a",
        "retention_en": "a",
    }

    assert desk.post(page, form).status_code == 302

    trackers = Purpose.objects.get(varname="trackers")
    assert (trackers.name, trackers.title_ind) == ("trackers", "Pelacak lisensi")
    assert "varname" not in fields(desk, f"{PURPOSES}{trackers.pk}/change/")


def test_readers_are_asked_again_at_the_press_of_a_button(desk):
    before = offer("id").questions

    desk.post(
        PURPOSES,
        {
            "action": "ask_readers_again",
            "_selected_action": [Purpose.objects.get(varname="embeds").pk],
        },
    )

    after = offer("id").questions
    assert after[0] == before[0]
    assert after[1].version > before[1].version


def test_the_proof_can_be_read_and_found_but_not_touched(desk):
    reader = Client(headers={"sec-fetch-site": "same-origin"})
    reader.post("/consent/decide/", {"choice": "accept"})
    Client(headers={"sec-fetch-site": "same-origin"}).post("/consent/decide/", {"choice": "reject"})
    decision = Decision.objects.order_by("pk")[0]

    found = desk.get(f"/admin/consent/decision/?q={decision.consent_id}")
    assert list(found.context["cl"].result_list) == [decision]
    for path in (
        f"/admin/consent/decision/{decision.pk}/change/",
        f"/admin/consent/notice/{decision.notice_id}/change/",
    ):
        assert (desk.get(path).status_code, desk.post(path, {}).status_code) == (200, 403)
    assert "Tolak kuki" in desk.get(path).content.decode()
    for model, pk in (("decision", decision.pk), ("notice", decision.notice_id)):
        assert desk.get(f"/admin/consent/{model}/add/").status_code == 403
        assert desk.post(f"/admin/consent/{model}/{pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", ["purpose", "bannertext", "notice", "decision"])
def test_a_writer_and_a_stranger_see_none_of_it(model):
    writer = get_user_model().objects.create_user("budi")
    writer.groups.add(Group.objects.get(name="Writer"))
    page = f"/admin/consent/{model}/"

    answers = []
    for person in (writer, get_user_model().objects.create_user("eko")):
        browser = Client()
        browser.force_login(person)
        answers.append(browser.get(page).status_code)

    assert answers == [403, 302]
    assert Client().get(page).status_code == 302


def fields(desk, page):
    """Return the fields of an admin form as a browser would send them back."""
    answer = desk.get(page)
    adminform = answer.context["adminform"].form
    formsets = [inline.formset for inline in answer.context["inline_admin_formsets"]]
    forms = [adminform, *(form for formset in formsets for form in formset.forms)]
    forms += [formset.management_form for formset in formsets]
    values = {
        form.add_prefix(name): form[name].value()
        for form in forms
        for name in form.fields
        if form[name].value() is not None and form[name].value() is not False
    }
    return {name: "on" if value is True else value for name, value in values.items()}


def with_cookie(form, name):
    """Add one more cookie to a purpose's form."""
    total = next(each for each in form if re.fullmatch(r"\w+-TOTAL_FORMS", each))
    row = f"{total.removesuffix('-TOTAL_FORMS')}-{form[total]}"
    return form | {
        total: int(form[total]) + 1,
        f"{row}-name": name,
        f"{row}-kind": "cookie",
        f"{row}-path": "/",
        f"{row}-why_ind": "Untuk diuji.",
        f"{row}-why_en": "For testing.",
        f"{row}-kept_for_ind": "1 hari",
        f"{row}-kept_for_en": "1 day",
    }
