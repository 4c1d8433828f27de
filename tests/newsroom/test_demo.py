import json
from collections import Counter
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils import translation
from PIL import Image as Pillow

from articles import reading
from articles.models import Activity, Article, Image, Revision, Section
from articles.standing import standings
from newsroom.demo import loading
from newsroom.models import Notification, User
from tests.builders import make_article, make_person
from translations import queue

FOLDER = Path(loading.__file__).parent
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PAIRS = [("id", "en")]
STORIES = json.loads((FOLDER / "demo_articles.json").read_text(encoding="utf-8"))["articles"]
ALBUM = json.loads((FOLDER / "images.json").read_text(encoding="utf-8"))

LIVE, WAITING = "Live", "Not started"
# Where each story stands in Indonesian and in English.
STATES = {
    "seed": (LIVE, "In review"),
    **dict.fromkeys(["pol-01", "pol-02", "eko-01", "sai-01", "sai-02", "sai-03"], (LIVE, LIVE)),
    **dict.fromkeys(["bud-01", "bud-02", "bud-04", "wis-01", "wis-02"], (LIVE, LIVE)),
    **dict.fromkeys(["ola-01", "ola-02"], (LIVE, LIVE)),
    **dict.fromkeys(["pol-03", "eko-03", "bud-03", "wis-04", "ola-03"], (LIVE, WAITING)),
    "eko-02": (LIVE, "Live · behind its source: update"),
    "eko-04": ("Withdrawn", WAITING),
    "pol-04": ("Approved", "Approved"),
    "wis-03": (LIVE, "In review"),
    "sai-04": ("In review", WAITING),
    "ola-04": ("Draft", WAITING),
}


@pytest.fixture
def demo(db):
    loading.load(now=NOW)


def key_of(article):
    """Return a story's key in the data, by the Indonesian headline it has now or will have."""
    keys = {story["versions"]["id"]["headline"]: story["id"] for story in STORIES}
    edition = article.editions.get(language="id")
    text = edition.live_revision or edition.working_copy
    return keys.get(text.headline, "seed")


def keys_of(editions):
    return sorted(key_of(edition.article) for edition in editions)


def test_the_demo_holds_stories_in_every_state(demo):
    with translation.override("en"):
        found = {
            key_of(article): tuple(
                standings(article, at=NOW)[language].label for language in ("id", "en")
            )
            for article in Article.objects.with_standing()
        }

    assert found == STATES
    assert keys_of(queue.waiting(PAIRS, at=NOW)) == [
        "bud-03",
        "eko-03",
        "ola-03",
        "pol-03",
        "wis-04",
    ]
    assert keys_of(queue.out_of_date(PAIRS, at=NOW)) == ["eko-02"]
    in_review = [assignment.edition for assignment in queue.in_review(PAIRS)]
    assert keys_of(in_review) == ["seed", "wis-03"]


def test_readers_get_what_the_data_say(demo):
    def page(path, language="id", at=NOW):
        return reading.find(path, language=language, slug=path.split("/")[-2], at=at)

    front = reading.front_page("id", at=NOW)
    assert front.lead.headline == (
        "Enggan Kerja Sama dengan Moskow, Dubes Rusia: AS Seolah-olah Dukung Teroris"
    )
    assert front.lead.photo.credit == "Ilustrasi: Lintas"
    seed = page(front.lead.path)
    assert seed.origin.credit.notice == "Hak cipta milik Rossiyskaya Gazeta."
    assert [topic.name for topic in seed.topics] == ["Hubungan Indonesia–Rusia", "Suriah"]

    corrected = page(
        "/en/2026/10/29/honorary-consulate-in-makassar-cuts-waiting-time-for-documents/", "en"
    )
    assert "Rp570,000" in corrected.body
    assert "Rp750,000" not in corrected.body
    assert [(notice.kind, notice.text) for notice in corrected.notices] == [
        (
            "correction",
            (
                "An earlier version of this article gave the fee for authenticating one document "
                "as Rp750,000. The correct fee is Rp570,000."
            ),
        )
    ]
    assert [name.name for name in corrected.translators] == ["Budi Hartanto"]
    before = Revision.objects.get(edition__article=corrected.key, edition__language="en", number=1)
    assert "Rp750,000" in before.body

    withdrawn = page("/id/2026/11/02/maskapai-disebut-siapkan-rute-langsung-surabaya-vladivostok/")
    assert withdrawn.text.startswith("Artikel ini dicabut karena dokumen jadwal")
    embargoed = Article.objects.get(embargo_until__isnull=False)
    assert embargoed.embargo_until == datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    shown = {code: len(reading.newest(code, at=NOW, limit=99)) for code in ("id", "en")}
    assert shown == {"id": 21, "en": 14}


def test_everything_happened_in_the_past_and_in_its_order(demo):
    assert Activity.objects.filter(at__gt=NOW).count() == 0
    for article in Article.objects.all():
        moments = list(article.activities.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)


def test_a_clock_behind_the_data_moves_them_back_by_whole_weeks(db):
    now = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)

    loading.load(now=now)

    seed = Article.objects.get(headline_ind__startswith="Enggan")
    assert seed.first_published_at_ind == datetime(2026, 10, 26, 3, 15, tzinfo=UTC)
    assert Activity.objects.filter(at__gt=now).count() == 0


def run():
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


LOGINS = """\
Demo logins (name, password, role):
  wira   lintas-demo  Writer: Wira Pranata
  budi   lintas-demo  Translator: Budi Hartanto
  dewi   lintas-demo  Reviewer: Dewi Maharani
  ani    lintas-demo  Editor: Ani Rahmawati
  putri  lintas-demo  Publisher: Putri Larasati
  admin  lintas-demo  Administrator: Adi Nugroho
"""


def test_the_command_loads_once_and_prints_the_logins_each_time(db):
    def everything():
        counted = (Activity, Article, Image, Revision, User)
        return {model: list(model.objects.order_by("pk").values()) for model in counted}

    assert run() == LOGINS
    people = {person.username: person for person in User.objects.all()}
    assert {name: authenticate(username=name, password="lintas-demo") for name in people} == people
    roles = {name: sorted(person.roles) for name, person in people.items() if name != "admin"}
    assert roles == {
        "wira": ["Writer"],
        "budi": ["Translator"],
        "dewi": ["Reviewer"],
        "ani": ["Editor"],
        "putri": ["Publisher"],
    }
    assert [name for name, person in people.items() if person.is_superuser] == ["admin"]

    before = everything()
    assert run() == LOGINS
    assert everything() == before

    people["ani"].set_password("her own")
    people["ani"].save()
    User.objects.filter(username="putri").update(is_active=False)
    lines = LOGINS.splitlines(keepends=True)
    assert run() == "".join(lines[:4] + lines[6:])


@pytest.mark.parametrize("make", [make_person, make_article])
def test_the_command_leaves_a_newsroom_at_work_alone(db, make):
    make()
    before = (User.objects.count(), Article.objects.count())

    assert run() == "The demo is for an empty newsroom: nothing was loaded.\n"

    assert (User.objects.count(), Article.objects.count()) == before


def test_a_load_that_fails_leaves_nothing(db):
    Section.objects.filter(slug_ind="olahraga").delete()

    with pytest.raises(Section.DoesNotExist):
        loading.load(now=NOW)

    assert (User.objects.count(), Article.objects.count()) == (0, 0)


def test_every_picture_is_small_and_described_in_both_languages():
    files = {path.name for path in (FOLDER / "images").iterdir()}
    assert {picture["file"] for picture in ALBUM["pictures"].values()} == files
    keys = {story["id"] for story in STORIES} | {"seed"}
    assert set(ALBUM["pictures"]) <= keys
    for name in files:
        path = FOLDER / "images" / name
        assert path.stat().st_size < 150_000
        with Pillow.open(path) as picture:
            assert (picture.format, picture.size, picture.getexif()) == ("JPEG", (1600, 1067), {})
    words = Counter(
        text
        for picture in ALBUM["pictures"].values()
        for language in ("id", "en")
        for text in picture[language].values()
    )
    assert set(words.values()) == {1}
    assert all(10 < len(text) < 150 for text in words)


def test_everybody_has_messages_and_has_read_all_but_the_latest(demo):
    unread = Notification.objects.filter(read_at=None).values_list("person__username", flat=True)

    assert Counter(unread) == {"wira": 3, "budi": 3, "dewi": 3, "ani": 3, "putri": 3}
    assert Activity.objects.filter(telling=None).count() == 0
    assert Notification.objects.exclude(mail_due_at=None).count() == 0
