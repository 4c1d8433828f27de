"""
A newsroom to look around in: people, stories and translations in every state.

Everything is made by the operations that the desk's own screens call, each at the time the
story's data name, so that the histories look like real ones.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from articles import (
    editing,
    ingesting,
    languages,
    licensing,
    newspage,
    pictures,
    publishing,
    reviewing,
    richtext,
    rights,
    withdrawing,
)
from articles.correcting import Kind, Told
from articles.editing import Facts
from articles.forms import facts_of
from articles.models import (
    Article,
    Attribution,
    Author,
    Edition,
    Image,
    Licence,
    Section,
    Source,
    Topic,
)
from articles.permissions import (
    ADMINISTRATOR,
    EDITOR,
    PUBLISHER,
    REVIEWER,
    TRANSLATOR,
    WRITER,
)
from articles.pictures import Labels, Words
from articles.recording import Draft
from newsroom import telling
from newsroom.models import Notification, User
from translations import assigning, translating
from translations import reviewing as translation_reviewing
from translations.models import Assignment, WorkingPair

FOLDER = Path(__file__).parent
PASSWORD = "lintas-demo"  # noqa: S105 - printed for everybody who looks around

# The stories' data, as their files hold them.
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Login:
    """Somebody to sign in as."""

    username: str
    first_name: str
    last_name: str
    role: str
    language: str

    @property
    def email(self) -> str:
        # A host that can never exist, and the sign that a login is one of these.
        return f"{self.username}@demo.invalid"


CAST = (
    Login("wira", "Wira", "Pranata", WRITER, "id"),
    Login("budi", "Budi", "Hartanto", TRANSLATOR, "id"),
    Login("dewi", "Dewi", "Maharani", REVIEWER, "id"),
    Login("ani", "Ani", "Rahmawati", EDITOR, "id"),
    Login("putri", "Putri", "Larasati", PUBLISHER, "en"),
    Login("admin", "Adi", "Nugroho", ADMINISTRATOR, "en"),
)

# When the seed came in, and how long each step of a story takes.
SEED_ARRIVES = "2026-11-23T08:10:00+07:00"
SEED_PRINTED_ON = date(2016, 2, 26)
PREPARED_BY = "2026-11-23T15:00:00+07:00"
NEWEST = "2026-11-23T18:00:00+07:00"
WRITING = timedelta(hours=3)
READING = timedelta(minutes=50)
PUBLISHING = timedelta(minutes=25)
TRANSLATING_A_UNIT = timedelta(minutes=3)
EMBARGO = timedelta(days=3)
NEW_MESSAGES = 3


class NotEmpty(Exception):
    """People or stories are here already, and they are not the demo's."""


def is_loaded() -> bool:
    """Whether this newsroom is the demo. One query."""
    return User.objects.filter(email__in=[login.email for login in CAST]).exists()


def usable_logins() -> list[Login]:
    """Return the demo's people who still have the demo's password. Takes half a second."""
    people = User.objects.filter(email__in=[login.email for login in CAST], is_active=True)
    known = {person.email for person in people if person.check_password(PASSWORD)}
    return [login for login in CAST if login.email in known]


@transaction.atomic
def load(*, now: datetime) -> None:
    """
    Fill an empty newsroom: all of it or, if anything fails, nothing.

    Raises ``NotEmpty``. Moments keep the data's dates, unless these still lie ahead: then all
    move back by whole weeks.
    """
    if User.objects.exists() or Article.objects.exists():
        raise NotEmpty
    stories = _data("demo_articles.json")
    _make_labels(stories, now)
    desk = _open_desk(now)
    for story in sorted(stories["articles"], key=lambda story: str(story["planned_at"])):
        _load_story(story, desk)
    _load_seed(desk)
    _tell(now)


def _tell(now: datetime) -> None:
    """Tell everybody what was done, and let them have read all but the latest of it."""
    while telling.tell(at=now, by_mail=False):
        pass
    for person in User.objects.order_by("pk"):
        messages = Notification.objects.filter(person=person).order_by("-pk")
        for latest in messages[NEW_MESSAGES : NEW_MESSAGES + 1]:
            telling.mark_all_read(person, up_to=latest.pk, at=now)


# The desk


@dataclass(frozen=True)
class Desk:
    """Who does what, with which pictures, and how far the data's moments are moved back."""

    wira: User
    budi: User
    dewi: User
    ani: User
    putri: User
    back: timedelta
    now: datetime

    def moment(self, text: str) -> datetime:
        return datetime.fromisoformat(text) - self.back


def _open_desk(now: datetime) -> Desk:
    people = {login.username: _make_person(login) for login in CAST}
    del people["admin"]
    ahead = datetime.fromisoformat(NEWEST) - now
    weeks = -(-max(ahead, timedelta()) // timedelta(weeks=1))
    return Desk(**people, back=timedelta(weeks=weeks), now=now)


def _make_person(login: Login) -> User:
    person = User(
        username=login.username,
        first_name=login.first_name,
        last_name=login.last_name,
        email=login.email,
        language=login.language,
        is_staff=True,
        is_superuser=login.role == ADMINISTRATOR,
    )
    person.set_password(PASSWORD)
    person.save()
    person.groups.add(Group.objects.get(name=login.role))
    if login.role in {TRANSLATOR, REVIEWER}:
        WorkingPair.objects.create(person=person, source_language="id", target_language="en")
    if login.role in {WRITER, TRANSLATOR}:
        name = person.get_full_name()
        Author.objects.create(name=name, slug=slugify(name), user=person)
    return person


def _make_labels(stories: Data, now: datetime) -> None:
    for topic in [*stories["topics"], {"key": "suriah", "id": "Suriah", "en": "Syria"}]:
        Topic.objects.create(
            name_ind=topic["id"],
            name_en=topic["en"],
            slug_ind=topic["key"],
            slug_en=slugify(topic["en"]),
        )
    for author in stories["authors"]:
        Author.objects.create(name=author["name"], slug=slugify(author["name"]))
    partner = next(source for source in stories["sources"] if source["key"] == "partner")
    source = Source.objects.create(
        code=slugify(partner["name"]),
        kind=Source.Kind.AGENCY,
        name_ind=partner["name"],
        name_en=partner["name"],
        notice_ind=partner["copyright_line"]["id"],
        notice_en=partner["copyright_line"]["en"],
    )
    licence = Licence(
        source=source,
        type=Licence.Type.CONTRACT,
        rights_holder=partner["name"],
        evidence="Made up for the demo.",
    )
    licensing.save_licence(licence, changed=(), by=None, at=now)


# A story of the data


def _load_story(story: Data, desk: Desk) -> None:
    """Bring a story into the state its data name."""
    planned = desk.moment(story["published_at"] or story["planned_at"])
    # What is planned for a later day has been prepared by now.
    goes_out = min(planned, desk.moment(PREPARED_BY))
    begins = goes_out - WRITING - READING - PUBLISHING
    picture = _picture(story["id"], desk, at=begins)
    first_text = _first_text(story, "id", picture)
    article = editing.start_article(
        language="id", facts=_facts(story, picture), draft=first_text, by=desk.wira, at=begins
    )
    if story["status"] == "embargoed":
        _keep_under_embargo(article, desk, at=begins)
    if story["status"] == "draft":
        return
    edition = _edition(article, "id")
    revision = reviewing.submit(edition, by=desk.wira, at=begins + WRITING)
    if story["status"] == "in_review":
        return
    reviewing.approve(edition, revision=revision, by=desk.ani, at=begins + WRITING + READING)
    if story["status"] != "embargoed":
        publishing.publish(_edition(article, "id"), by=desk.putri, at=goes_out)
    if "en" in story["versions"]:
        _load_translation(story, article, picture, desk, at=goes_out + PUBLISHING)
    _load_changes(story, article, picture, desk)
    if story["status"] == "withdrawn":
        withdrawing.withdraw(
            _edition(article, "id"),
            notices={"id": story["withdrawal_note"]["id"]},
            by=desk.putri,
            at=desk.moment(story["withdrawn_at"]),
        )


def _load_translation(
    story: Data, article: Article, picture: Image | None, desk: Desk, *, at: datetime
) -> None:
    state = story["versions"]["en"]["state"]
    # A story under embargo is seen by the desk alone.
    is_secret = state == "embargoed"
    translator, reviewer = (desk.ani, desk.putri) if is_secret else (desk.budi, desk.dewi)
    text = _first_text(story, "en", picture)
    assignment = _translate(article, text, by=translator, at=at)
    if state == "in_review":
        return
    done = at + WRITING / 2
    _approve_translation(assignment, by=reviewer, at=done)
    if not is_secret:
        publishing.publish(_edition(article, "en"), by=desk.putri, at=done + PUBLISHING)


def _load_changes(story: Data, article: Article, picture: Image | None, desk: Desk) -> None:
    """Publish what the data say was changed later: corrections, and a new text of the source."""
    for correction in story["corrections"]:
        at = desk.moment(correction["at"])
        told = Told(Kind.CORRECTION, correction["id"])
        _change(article, _text(story, "id", picture), told, desk, at=at)
        assignment = _translate(article, _text(story, "en", picture), by=desk.budi, at=at)
        _approve_translation(assignment, by=desk.dewi, at=at + READING)
        told = Told(Kind.CORRECTION, correction["en"])
        publishing.publish(
            _edition(article, "en"), by=desk.putri, at=at + READING + PUBLISHING, told=told
        )
    if story["updated_at"] is not None:
        told = Told(Kind.UPDATE, story["update_note"]["id"])
        at = desk.moment(story["updated_at"])
        _change(article, _text(story, "id", picture), told, desk, at=at)


def _change(article: Article, text: Draft, told: Told, desk: Desk, *, at: datetime) -> None:
    edition = _edition(article, "id")
    begins = at - PUBLISHING
    copy = editing.open_working_copy(edition, by=desk.wira, at=begins)
    editing.save_working_copy(edition, text, based_on=copy.version, by=desk.wira, at=begins)
    revision = reviewing.submit(edition, by=desk.wira, at=begins)
    reviewing.approve(edition, revision=revision, by=desk.ani, at=at)
    publishing.publish(_edition(article, "id"), by=desk.putri, at=at, told=told)


def _keep_under_embargo(article: Article, desk: Desk, *, at: datetime) -> None:
    morning = timezone.localtime(desk.now + EMBARGO).replace(
        hour=10, minute=0, second=0, microsecond=0
    )
    editing.set_embargo(article, until=morning, reason="", by=desk.ani, at=at)


# The seed


def _load_seed(desk: Desk) -> None:
    """Bring the seed in as ``ingest_page`` does, publish it, and translate it up to review."""
    at = desk.moment(SEED_ARRIVES)
    page = newspage.read_page((FOLDER / "seed_article.txt").read_bytes(), language="id")
    gazeta = Source.objects.get(code="rossiyskaya-gazeta")
    section = Section.objects.get(slug_ind="politik")
    article = ingesting.ingest(
        page, source=gazeta, section=section, published_on=SEED_PRINTED_ON, by=desk.ani, at=at
    )
    picture = _picture("seed", desk, at=at)
    facts = replace(
        facts_of(article),
        topics=_topics(["suriah", "hubungan-indonesia-rusia"]),
        image=picture,
    )
    editing.save_facts(article, facts, by=desk.ani, at=at)
    edition = _edition(article, "id")
    copy = editing.open_working_copy(edition, by=desk.ani, at=at)
    text = replace(Draft.of(copy), **_picture_words(picture, "id"))
    editing.save_working_copy(edition, text, based_on=copy.version, by=desk.ani, at=at)
    _confirm_days(edition, desk, at=at)
    revision = reviewing.submit(edition, by=desk.ani, at=at + READING)
    reviewing.approve(edition, revision=revision, by=desk.putri, at=at + READING * 2)
    publishing.publish(_edition(article, "id"), by=desk.putri, at=at + READING * 2 + PUBLISHING)
    _translate(article, _seed_in_english(picture), by=desk.budi, at=at + WRITING)


def _confirm_days(edition: Edition, desk: Desk, *, at: datetime) -> None:
    """Say that the seed's wrong days stand in the original: readers are told so."""
    edition = Edition.objects.select_related("article", "working_copy").get(pk=edition.pk)
    found = rights.findings(edition, edition.working_copy, at=at)
    for finding in found:
        licensing.waive(edition, key=finding.key, reason="", by=desk.ani, at=at)


def _seed_in_english(picture: Image | None) -> Draft:
    blocks = _data("seed_article_en.json")["blocks"]
    lines = {block["kind"]: block["en"] for block in blocks if block["kind"] != "paragraph"}
    paragraphs = [block["en"] for block in blocks if block["kind"] == "paragraph"]
    body = richtext.body_from(
        richtext.Part(richtext.Kind.PARAGRAPH, richtext.escape(text)) for text in paragraphs
    )
    return Draft(**lines, body=body, **_picture_words(picture, "en"))


# Steps


def _edition(article: Article, language: str) -> Edition:
    return Edition.objects.select_related("article").get(article=article, language=language)


def _translate(article: Article, text: Draft, *, by: User, at: datetime) -> Assignment:
    """Take the English edition on, write it unit by unit, and hand it to review."""
    assignment = assigning.claim(_edition(article, "en"), by=by, at=at)
    body = iter(block.html for block in richtext.split_blocks(text.body))
    for number, unit in enumerate(assignment.units.order_by("position"), start=1):
        words = getattr(text, unit.kind) if unit.is_plain else next(body)
        moment = at + TRANSLATING_A_UNIT * number
        translating.finish_unit(unit, words, based_on=unit.version, by=by, at=moment)
    moment = at + TRANSLATING_A_UNIT * (assignment.units.count() + 1)
    return translating.submit(assignment, by=by, at=moment)


def _approve_translation(assignment: Assignment, *, by: User, at: datetime) -> None:
    seen = translation_reviewing.version_of(assignment)
    translation_reviewing.approve(assignment, seen=seen, by=by, at=at)


# From data to texts


def _facts(story: Data, picture: Image | None) -> Facts:
    codes = {"own": "redaksi", "rg": "rossiyskaya-gazeta", "partner": "warta-selat"}
    is_ours = story["source"] == "own"
    authors = {author.name: author for author in Author.objects.filter(name__in=story["byline"])}
    return Facts(
        section=Section.objects.get(slug_ind=story["section"]),
        authors=[authors[name] for name in story["byline"]],
        topics=_topics(story["topics"]),
        image=picture,
        source=Source.objects.get(code=codes[story["source"]]),
        relation=Attribution.Relation.OURS if is_ours else Attribution.Relation.REPUBLISHED,
    )


def _topics(slugs: Sequence[str]) -> list[Topic]:
    return list(Topic.objects.filter(slug_ind__in=slugs).order_by("pk"))


def _first_text(story: Data, language: str, picture: Image | None) -> Draft:
    """Return the text as it was first published, before updates and corrections."""
    text = _text(story, language, picture)
    if (first := story["versions"][language].get("revision_1")) is not None:
        body = _body(first["body"])
        text = replace(text, headline=first["headline"], standfirst=first["standfirst"])
        text = replace(text, body=body, slug="")
    for correction in story["corrections"]:
        swap = correction["replaced"][language]
        text = replace(text, body=text.body.replace(swap["right"], swap["wrong"]))
    return text


def _text(story: Data, language: str, picture: Image | None) -> Draft:
    version = story["versions"][language]
    return Draft(
        dateline=version["dateline"],
        headline=version["headline"],
        standfirst=version["standfirst"],
        body=_body(version["body"]),
        slug=version["slug"],
        **_picture_words(picture, language),
    )


def _body(blocks: Sequence[Data]) -> str:
    return richtext.body_from(
        richtext.Part(
            richtext.Kind(block["type"]),
            richtext.escape(block["text"]),
            cite=richtext.escape(block.get("cite", "")),
        )
        for block in blocks
    )


def _picture(key: str, desk: Desk, *, at: datetime) -> Image | None:
    album = _data("images.json")
    found = album["pictures"].get(key)
    if found is None:
        return None
    words = {code: Words(**found[code]) for code in ("id", "en")}
    with (FOLDER / "images" / found["file"]).open("rb") as file:
        labels = Labels(credit=album["credit"], words=words)
        return pictures.add_picture(file, labels, by=desk.ani, at=at)


def _picture_words(picture: Image | None, language: str) -> dict[str, str]:
    if picture is None:
        return {}
    caption, alt = (languages.column(name, language) for name in ("caption", "alt"))
    return {"image_caption": getattr(picture, caption), "image_alt": getattr(picture, alt)}


def _data(name: str) -> Data:
    data: Data = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return data
