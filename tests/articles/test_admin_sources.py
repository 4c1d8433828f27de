"""Sources, their licences, and the leases of pictures: kept by the desk and by publishers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Image, Licence, Source
from newsroom.models import User
from tests.articles.public_builders import LONG_AGO, make_image, tell
from tests.articles.test_rights import make_source
from tests.builders import NOW, make_article, make_facts, make_licence, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ADD = reverse("admin:articles_licence_add")
GAZETA = "rossiyskaya-gazeta"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def terms(source: Source, **changes: object) -> dict[str, object]:
    """What the form of a licence sends."""
    sent = {
        "source": source.pk,
        "type": "contract",
        "rights_holder": "PT Kabar",
        "evidence": "Perjanjian 7",
        "zone": "Europe/Moscow",
        "may_republish": "on",
        "may_translate": "on",
        "languages": ["id", "en"],
        "edits": "style",
        "wait_days": 0,
        "full_text_in_feeds": "on",
        "link": "none",
        "link_follow": "on",
        "robots": "same_language",
        "canonical": "self",
        "copyright_notice_ind": "Hak cipta PT Kabar.",
        "copyright_notice_en": "Copyright PT Kabar.",
    }
    return {**sent, **changes}


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_publisher_adds_a_licence_whatever_the_screen_speaks(dewi):
    source = make_source()

    for language in ("id", "en"):
        dewi.language = language
        dewi.save()
        assert signed_in(dewi).post(ADD, terms(source)).status_code == 302

    kept = source.licences.rewrite(mode=False).values_list(
        "languages", "zone", "version", "copyright_notice", "copyright_notice_en"
    )
    assert (
        list(kept)
        == [("id en", "Europe/Moscow", 1, "Hak cipta PT Kabar.", "Copyright PT Kabar.")] * 2
    )


@pytest.mark.parametrize("role", ["Editor", "Writer", "Translator", "Administrator", ""])
def test_nobody_else_does(role):
    client = signed_in(make_person("", role))

    assert client.get(ADD).status_code in {302, 403}
    assert client.post(ADD, terms(make_source())).status_code in {302, 403}
    assert Licence.objects.filter(source__code="kabar").count() == 0


def test_a_licence_without_derivatives_allows_neither_changes_nor_translation(dewi):
    response = signed_in(dewi).post(ADD, terms(make_source(), type="cc_by_nd"))

    assert response.context["adminform"].form.non_field_errors() == [
        (
            "A licence without derivatives allows neither translation nor changes: take both away,"
            " or choose another kind."
        )
    ]


def test_a_licence_that_is_changed_moves_its_stories_and_is_a_version_on(dewi):
    licence = make_licence(make_source(), zone="Europe/Moscow", rights_holder="PT Kabar")
    article = tell(source=licence.source, licence=licence)
    address = reverse("admin:articles_licence_change", args=[licence.pk])

    sent = terms(licence.source, valid_until="2026-11-30", may_translate="")
    response = signed_in(dewi).post(address, sent, follow=True)

    assert response.status_code == 200
    licence = Licence.objects.get(pk=licence.pk)
    assert (licence.version, licence.valid_until, licence.may_translate) == (
        2,
        date(2026, 11, 30),
        False,
    )
    ends = Article.objects.get(pk=article.pk).rights_until_ind
    assert ends.isoformat() == "2026-11-30T21:00:00+00:00"


def test_a_sources_page_lists_its_licences_and_leads_to_a_new_one(ani):
    source = make_source()
    licence = make_licence(source, valid_until=date(2026, 11, 30))

    page = signed_in(ani).get(reverse("admin:articles_source_change", args=[source.pk]))

    html = page.content.decode()
    assert reverse("admin:articles_licence_change", args=[licence.pk]) in html
    assert f"{ADD}?source={source.pk}" in html
    assert "contract · Distant News</a> … – 2026-11-30" in html


@pytest.mark.parametrize("licences", [1, 3])
def test_the_list_of_licences_asks_the_database_as_often(licences, dewi, django_assert_num_queries):
    for _number in range(licences - 1):
        make_licence(make_source())
        Source.objects.filter(code="kabar").update(code=f"kabar-{_number}")
    client = signed_in(dewi)

    with django_assert_num_queries(7):
        assert client.get(reverse("admin:articles_licence_changelist")).status_code == 200


def test_a_publisher_prints_the_credit_of_a_sources_stories_anew(dewi):
    article = tell(at=LONG_AGO)
    Source.objects.filter(code=GAZETA).update(name_ind="Warta Rusia")
    sent = {
        "action": "print_credits_anew",
        "_selected_action": [Source.objects.get(code=GAZETA).pk],
    }
    address = reverse("admin:articles_source_changelist")

    response = signed_in(dewi).post(address, sent, follow=True)

    assert len(messages_of(response)) == 1
    article = Article.objects.get(pk=article.pk)
    assert article.credit_ind["source"]["name"] == "Warta Rusia"


def test_an_editor_is_not_offered_that(ani):
    article = tell(at=LONG_AGO)
    Source.objects.filter(code=GAZETA).update(name_ind="Warta Rusia")
    sent = {
        "action": "print_credits_anew",
        "_selected_action": [Source.objects.get(code=GAZETA).pk],
    }

    signed_in(ani).post(reverse("admin:articles_source_changelist"), sent)

    article = Article.objects.get(pk=article.pk)
    assert article.credit_ind["source"]["name"] == "Rossiyskaya Gazeta"


# Leases


def leases(image, **changes) -> dict[str, object]:
    return {
        "credit": "Foto: B",
        "caption_ind": "",
        "caption_en": "",
        "alt_ind": "",
        "alt_en": "",
        "leases-TOTAL_FORMS": 1,
        "leases-INITIAL_FORMS": 0,
        "leases-0-kind": "deny",
        "leases-0-first_day": "",
        "leases-0-last_day": "",
        "leases-0-note": "Keluarga keberatan",
        "leases-0-image": image.pk,
        **changes,
    }


def test_a_publisher_forbids_a_picture_and_its_page_is_gone(dewi):
    image = make_image(file="pictures/x.jpg", decorative=True)
    article = tell(image=image, at=NOW)
    address = reverse("admin:articles_image_change", args=[image.pk])

    signed_in(dewi).post(address, leases(image))

    (lease,) = image.leases.all()
    assert (lease.kind, lease.note, lease.by) == ("deny", "Keluarga keberatan", dewi)
    assert Article.objects.get(pk=article.pk).rights_until_ind == lease.at


def test_an_editor_keeps_a_picture_and_not_its_leases(ani):
    image = make_image(file="pictures/x.jpg", decorative=True)
    address = reverse("admin:articles_image_change", args=[image.pk])

    signed_in(ani).post(address, leases(image))

    assert Image.objects.filter(credit="Foto: B").count() == 1
    assert image.leases.count() == 0


# On the article's page


def change_page(article: Article) -> str:
    return f"{reverse('admin:articles_article_change', args=[article.pk])}?lang=id"


def waive_address(article: Article, key: str) -> str:
    return reverse("admin:articles_article_waive", args=[article.pk, "id", key])


def test_a_finding_leads_to_where_it_is_put_right(dewi):
    licence = make_licence(make_source(), owes_byline=True, valid_until=date(2016, 1, 1))
    article = make_article(facts=make_facts(source=licence.source, licence=licence))

    hindrances = signed_in(dewi).get(change_page(article)).context["hindrances"]

    assert [(hindrance.words, hindrance.address) for hindrance in hindrances] == [
        (
            (
                "The licence of Kabar Jauh ended on 1 January 2016. Extend it, or choose another"
                " one. (R2)"
            ),
            reverse("admin:articles_licence_change", args=[licence.pk]),
        ),
        (
            "The licence wants the original's author named. Write the name here. (R6)",
            "#id_original_byline",
        ),
        ("Nobody but its author has approved this text.", ""),
    ]


def test_a_publisher_lets_a_story_pass_with_a_reason(ani, dewi):
    licence = make_licence(make_source())
    article = make_article(
        facts=make_facts(source=licence.source, licence=licence, permission="requested")
    )
    first = signed_in(dewi).get(change_page(article)).context["hindrances"][0]
    address = waive_address(article, first.key)

    assert signed_in(ani).get(change_page(article)).context["hindrances"][0].key == ""
    sent = {f"reason-{first.key}": "Lewat telepon"}
    assert signed_in(ani).post(address, sent).status_code == 403
    assert signed_in(dewi).get(address).status_code == 405
    nothing = signed_in(dewi).post(address, {}, follow=True)
    assert messages_of(nothing) == ["Write why. It stays in the story's history."]

    done = signed_in(dewi).post(address, sent, follow=True)

    assert messages_of(done) == ["It is noted, with your name. The story passes this rule."]
    assert article.waivers.get().reason == "Lewat telepon"
    gone = signed_in(dewi).post(address, sent, follow=True)
    assert messages_of(gone) == ["That was put right, or has changed meanwhile. Look again."]


def test_a_warning_is_noted_before_a_text_is_approved(ani, dewi):
    source = make_source(advisory_internal="Periksa angka.")
    make_licence(source)
    article = make_article(facts=make_facts(source=source))
    submit = reverse("admin:articles_article_act", args=[article.pk, "id", "submit"])
    approve = reverse("admin:articles_article_act", args=[article.pk, "id", "approve"])
    signed_in(ani).post(submit, {})
    found = signed_in(dewi).get(change_page(article)).context["hindrances"][0]
    assert (found.words, found.is_warning, found.asks_reason) == (
        "Periksa angka. (R11)",
        True,
        False,
    )

    assert messages_of(signed_in(dewi).post(approve, {}, follow=True)) == ["Periksa angka."]
    signed_in(dewi).post(waive_address(article, found.key), {})

    assert messages_of(signed_in(dewi).post(approve, {}, follow=True)) == ["The text is approved."]


def test_the_facts_of_a_story_hold_what_was_agreed(ani):
    source = make_source()
    licence = make_licence(source)
    article = make_article(facts=make_facts(source=source))
    owed = article.attributions.get()
    sent = {
        "section": article.section_id,
        "source": source.pk,
        "relation": "republished",
        "licence": licence.pk,
        "permission": "granted",
        "permission_ref": "Surat 12",
        "rights_from": "2026-11-01",
        "rights_until": "2026-11-30",
        "origin_status": "corrected",
        "original_byline": "Rina",
        "reference_text": "Kapal tiba.",
    }

    signed_in(ani).post(change_page(article), sent)

    owed.refresh_from_db()
    assert (owed.licence, owed.permission, owed.permission_ref, owed.origin_status) == (
        licence,
        "granted",
        "Surat 12",
        "corrected",
    )
    assert (owed.rights_from, owed.rights_until) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (owed.original_byline, owed.reference_text) == ("Rina", "Kapal tiba.")


def test_days_that_end_before_they_begin_are_refused_beside_them(ani):
    article = make_article()
    sent = {
        "section": article.section_id,
        "source": article.attributions.get().source_id,
        "relation": "republished",
        "rights_from": "2026-11-30",
        "rights_until": "2026-11-01",
    }

    response = signed_in(ani).post(change_page(article), sent)

    assert response.context["facts_form"].errors == {
        "rights_until": ["The last day lies before the first one."]
    }


def test_a_text_whose_rights_ended_is_brought_back_when_they_are_renewed(dewi):
    licence = make_licence(make_source(), valid_until=date(2016, 3, 1))
    article = tell(at=LONG_AGO, source=licence.source, licence=licence)
    back = reverse("admin:articles_article_act", args=[article.pk, "id", "bring-back"])

    page = signed_in(dewi).get(change_page(article))
    assert page.context["standing"].label == "Rights ended"
    refused = signed_in(dewi).post(back, {}, follow=True)
    assert messages_of(refused) == [
        "The licence of Kabar Jauh ended on 1 March 2016. Extend it, or choose another one."
    ]

    Licence.objects.filter(pk=licence.pk).update(valid_until=date(2116, 3, 1))

    done = signed_in(dewi).post(back, {}, follow=True)
    assert messages_of(done) == ["The text is live again."]
    assert Client().get(article.path("id")).status_code == 200


def test_a_publisher_prints_one_storys_credit_anew(ani, dewi):
    article = tell(at=LONG_AGO)
    Source.objects.filter(code=GAZETA).update(name_ind="Warta Rusia")
    act = reverse("admin:articles_article_act", args=[article.pk, "id", "restamp"])

    assert signed_in(ani).post(act, {}).status_code == 403
    done = signed_in(dewi).post(act, {}, follow=True)

    assert messages_of(done) == ["The credit is printed anew."]
    article = Article.objects.get(pk=article.pk)
    assert article.credit_ind["source"]["name"] == "Warta Rusia"
