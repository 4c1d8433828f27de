"""
Who may do what to a story: every act × every role × one's own text and somebody else's.

Asked as people ask: each cell of the table is two requests to the article's page. A new act needs
a line in ``TABLE`` and a state in ``STATES``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles import (
    actions,
    editing,
    publishing,
    releasing,
    reviewing,
    scheduling,
    takedowns,
    withdrawing,
)
from articles.correcting import Kind
from articles.forms import facts_of
from articles.models import Article
from articles.takedowns import Asked
from newsroom.models import User
from tests.articles.public_builders import FAR_AHEAD, LONG_AGO
from tests.builders import (
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
    publish_article,
)

# all: one's own and others'; own: only what one wrote; other: only what one did not write.
# The second word says what it is about where that matters: a translation, an earlier moment.
TABLE = """
                          writer  translator  reviewer  editor  publisher  administrator  no-role  inactive
begin translation         -       -           -         all     all        -              -        -
change                    own     -           -         all     all        -              -        -
change translation        -       -           -         all     all        -              -        -
submit                    own     -           -         all     all        -              -        -
submit translation        -       -           -         all     all        -              -        -
approve                   -       -           -         other   other      -              -        -
approve translation       -       -           other     other   other      -              -        -
approve-own               -       -           -         own     own        -              -        -
approve-own translation   -       -           own       own     own        -              -        -
second-look               -       -           -         other   other      -              -        -
second-look translation   -       -           other     other   other      -              -        -
publish                   -       -           -         all     all        -              -        -
publish-changes           -       -           -         all     all        -              -        -
publish-together          -       -           -         all     all        -              -        -
schedule                  -       -           -         all     all        -              -        -
schedule-changes          -       -           -         all     all        -              -        -
schedule-together         -       -           -         all     all        -              -        -
unschedule-together       -       -           -         all     all        -              -        -
release-mode              -       -           -         all     all        -              -        -
put-together              -       -           -         all     all        -              -        -
change-release            -       -           -         all     all        -              -        -
dissolve-release          -       -           -         all     all        -              -        -
unschedule                -       -           -         all     all        -              -        -
set-end                   -       -           -         all     all        -              -        -
send-back                 -       -           -         all     all        -              -        -
send-back translation     -       -           all       all     all        -              -        -
take-back                 own     -           -         all     all        -              -        -
bring-back                -       -           -         all     all        -              -        -
set-embargo               -       -           -         all     all        -              -        -
move-embargo              -       -           -         all     all        -              -        -
move-embargo earlier      -       -           -         -       all        -              -        -
lift-embargo              -       -           -         -       all        -              -        -
force                     -       -           -         -       all        -              -        -
force-changes             -       -           -         -       all        -              -        -
publish-silently          -       -           -         -       all        -              -        -
discard                   own     -           -         all     all        -              -        -
take-offline              -       -           -         all     all        -              -        -
withdraw                  -       -           -         -       all        -              -        -
restamp                   -       -           -         -       all        -              -        -
nothing-to-correct        -       -           -         all     all        -              -        -
keep-story                -       -           -         -       all        -              -        -
answer-withdraw           -       -           -         -       all        -              -        -
answer-offline            -       -           -         -       all        -              -        -
decline-takedown          -       -           -         -       all        -              -        -
close-takedown            -       -           -         -       all        -              -        -
record-takedown           -       -           -         all     all        -              -        -
ask-again                 -       -           -         all     all        -              -        -
hold                      -       -           -         all     all        -              -        -
release-hold              -       -           -         -       all        -              -        -
spike                     own     -           -         all     all        -              -        -
unspike                   -       -           -         all     all        -              -        -
kill                      -       -           -         -       all        -              -        -
reopen                    -       -           -         -       all        -              -        -
"""  # noqa: E501 - one act a line

HEADS, *LINES = (line for line in TABLE.splitlines() if line)
COLUMNS = HEADS.split()
ROLES = {
    "writer": "Writer",
    "translator": "Translator",
    "reviewer": "Reviewer",
    "editor": "Editor",
    "publisher": "Publisher",
    "administrator": "Administrator",
}
WHOSE = {"all": {"own", "other"}, "own": {"own"}, "other": {"other"}, "-": set()}


@dataclass(frozen=True)
class State:
    """Makes a story in which an act makes sense, written by somebody; and what the act asks."""

    make: Callable[[User], Article]
    language: str = "id"
    answers: dict[str, str] = field(default_factory=dict)


def draft(by: User) -> Article:
    return make_article(by=by, at=LONG_AGO)


def in_review(by: User) -> Article:
    article = draft(by)
    reviewing.submit(edition_of(article), by=by, at=LONG_AGO)
    return article


def approved(by: User) -> Article:
    article = draft(by)
    approve_article(article, at=LONG_AGO)
    return article


def scheduled(by: User) -> Article:
    article = approved(by)
    edition = edition_of(article)
    scheduling.schedule(edition, goes_live_at=FAR_AHEAD, zone="UTC", by=by, at=LONG_AGO)
    return article


def live(by: User) -> Article:
    return publish_article(draft(by), at=LONG_AGO)


def being_changed(by: User) -> Article:
    article = live(by)
    change_article(article, at=LONG_AGO, headline="Kapal itu tiba di Bitung")
    return article


def changed(by: User) -> Article:
    article = being_changed(by)
    approve_article(article, at=LONG_AGO)
    return article


def forced(by: User) -> Article:
    article = draft(by)
    publisher = make_person()
    publishing.force_publish(edition_of(article), reason="Gempa", by=publisher, at=LONG_AGO)
    return article


def offline(by: User) -> Article:
    article = live(by)
    publishing.take_offline(edition_of(article), reason="Dicek", by=by, at=LONG_AGO)
    return article


def under_embargo(by: User) -> Article:
    article = draft(by)
    editing.set_embargo(article, until=FAR_AHEAD, reason="", by=by, at=LONG_AGO)
    return article


def on_hold(by: User) -> Article:
    article = draft(by)
    return withdrawing.hold(article, reason="Dicek", by=by, at=LONG_AGO)


def spiked(by: User) -> Article:
    return withdrawing.spike(draft(by), reason="Basi", by=by, at=LONG_AGO)


def killed(by: User) -> Article:
    article = live(by)
    notices = {"id": "Palsu."}
    return withdrawing.kill(article, notices=notices, reason="Palsu", by=by, at=LONG_AGO)


def translated(by: User) -> Article:
    """A live story with a draft of its translation."""
    article = live(by)
    edition = edition_of(article, "en")
    copy = editing.open_working_copy(edition, by=by, at=LONG_AGO)
    words = make_draft(headline="A ship comes in", standfirst="S", body="<p>B</p>")
    editing.save_working_copy(edition, words, based_on=copy.version, by=by, at=LONG_AGO)
    return article


def translation_in_review(by: User) -> Article:
    article = translated(by)
    reviewing.submit(edition_of(article, "en"), by=by, at=LONG_AGO)
    return article


def translation_live(by: User) -> Article:
    return publish_article(translated(by), "en", at=LONG_AGO)


def translation_forced(by: User) -> Article:
    article, publisher = translated(by), make_person()
    edition = edition_of(article, "en")
    publishing.force_publish(edition, reason="Gempa", by=publisher, at=LONG_AGO)
    return article


def together(by: User) -> Article:
    """A story that no reader has had yet, and whose languages wait for each other."""
    article = draft(by)
    releasing.form(article, leads=["id", "en"], by=by, at=LONG_AGO)
    return article


def planned_together(by: User) -> Article:
    article = together(by)
    releasing.schedule(article, release_at=FAR_AHEAD, zone="UTC", by=by, at=LONG_AGO)
    return article


def ready_together(by: User) -> Article:
    article = approved(by)
    words = {"headline": "A ship comes in", "standfirst": "S", "body": "<p>B</p>"}
    change_article(article, "en", at=LONG_AGO, **words)
    approve_article(article, "en", at=LONG_AGO)
    releasing.form(article, leads=["id", "en"], by=by, at=LONG_AGO)
    return article


def to_be_taken_down(by: User) -> Article:
    article = live(by)
    asked = Asked("PT Kabar", "rights_holder", "Hapus.", ["id"], LONG_AGO)
    takedowns.record_request(article, asked, hours=24, by=by, at=LONG_AGO)
    return article


def taken_down(by: User) -> Article:
    article = to_be_taken_down(by)
    publishing.take_offline(edition_of(article), reason="Dicek", by=by, at=LONG_AGO)
    return article


def original_corrected(by: User) -> Article:
    return original_became("corrected", live(by), by)


def original_withdrawn(by: User) -> Article:
    return original_became("withdrawn", live(by), by)


def original_became(status: str, article: Article, by: User) -> Article:
    facts = replace(facts_of(article), origin_status=status)
    editing.save_facts(article, facts, by=by, at=LONG_AGO)
    return article


REASON = {"reason": "Sebabnya."}
AHEAD = {"moment": "2116-02-25T10:00", "zone": "Asia/Jakarta"}
TOLD = {"kind": Kind.UPDATE, "text": "Kapal itu sudah tiba."}
STATES = {
    "begin translation": State(live, "en"),
    "change": State(live),
    "change translation": State(translation_live, "en"),
    "submit": State(draft),
    "submit translation": State(translated, "en"),
    "approve": State(in_review),
    "approve translation": State(translation_in_review, "en"),
    "approve-own": State(in_review),
    "approve-own translation": State(translation_in_review, "en"),
    "second-look": State(forced),
    "second-look translation": State(translation_forced, "en"),
    "publish": State(approved),
    "publish-changes": State(changed, answers=TOLD),
    "publish-together": State(ready_together),
    "schedule": State(approved, answers=AHEAD),
    "schedule-changes": State(changed, answers=AHEAD | TOLD),
    "schedule-together": State(together, answers=AHEAD),
    "unschedule-together": State(planned_together, answers=REASON),
    "release-mode": State(draft, answers={"mode": "source_first"}),
    "put-together": State(translation_live, answers={"whole": "on"}),
    "change-release": State(together, answers={"whole": "on"}),
    "dissolve-release": State(together, answers=REASON),
    "unschedule": State(scheduled),
    "set-end": State(live, answers=AHEAD),
    "send-back": State(in_review, answers={"note": "Judulnya keliru."}),
    "send-back translation": State(translation_in_review, "en", {"note": "The headline."}),
    "take-back": State(in_review),
    "bring-back": State(offline),
    "set-embargo": State(draft, answers=AHEAD),
    "move-embargo": State(under_embargo, answers=AHEAD | {"moment": "2117-02-25T10:00"}),
    "move-embargo earlier": State(
        under_embargo, answers=AHEAD | REASON | {"moment": "2115-02-25T10:00"}
    ),
    "lift-embargo": State(under_embargo, answers=REASON),
    "force": State(draft, answers=REASON),
    "force-changes": State(being_changed, answers=REASON | TOLD),
    "publish-silently": State(changed, answers=REASON),
    "discard": State(being_changed),
    "take-offline": State(live, answers=REASON),
    "withdraw": State(live, answers={"because": "wrong"}),
    "restamp": State(live),
    "nothing-to-correct": State(original_corrected, answers=REASON),
    "keep-story": State(original_withdrawn, answers=REASON),
    "answer-withdraw": State(to_be_taken_down, answers={"because": "legal"} | REASON),
    "answer-offline": State(to_be_taken_down, answers=REASON),
    "decline-takedown": State(to_be_taken_down, answers=REASON),
    "close-takedown": State(taken_down),
    "record-takedown": State(
        live,
        answers={"from_name": "PT Kabar", "basis": "other", "words": "Hapus.", "scope_id": "on"},
    ),
    "ask-again": State(offline),
    "hold": State(draft, answers=REASON),
    "release-hold": State(on_hold),
    "spike": State(draft, answers=REASON),
    "unspike": State(spiked),
    "kill": State(live, answers={"because": "wrong"} | REASON),
    "reopen": State(killed, answers=REASON),
}


def split(line: str) -> tuple[str, list[str]]:
    """Return the act of a line, with what it is about, and its cells."""
    words = line.split()
    first_cell = len(words) - len(COLUMNS)
    return " ".join(words[:first_cell]), words[first_cell:]


def in_role(person: User, column: str) -> User:
    person.groups.set(Group.objects.filter(name=ROLES.get(column, "")))
    if column == "inactive":
        # Somebody who was everything and has left.
        person.groups.set(Group.objects.all())
        person.is_active = False
        person.save(update_fields=["is_active"])
    return person


def is_done(act: str, state: State, article: Article, session: str) -> bool:
    """Press a button; say whether the act was done, or refused to this person."""
    browser = Client()
    browser.cookies["sessionid"] = session
    sent = {f"{act}-{name}": answer for name, answer in state.answers.items()}
    address = reverse("admin:articles_article_act", args=[article.pk, state.language, act])
    response = browser.post(address, sent)
    told = [str(message) for message in get_messages(response.wsgi_request)]
    if told:
        assert (response.status_code, told) == (302, [str(actions.find(act).done)])
        return True
    leads_to_login = response.headers.get("Location", "").startswith(reverse("admin:login"))
    # 200: the page asks again, since what was asked for is not this person's to ask.
    assert response.status_code in {200, 403, 404} or leads_to_login
    return False


def session_of(person: User) -> str:
    browser = Client()
    browser.force_login(person)
    return browser.cookies["sessionid"].value


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("line", LINES, ids=lambda line: split(line)[0])
def test_who_may_do_it(line, settings):
    name, expected = split(line)
    act, state = name.partition(" ")[0], STATES[name]
    settings.SITE_URL = "http://127.0.0.1:1"  # where nobody answers
    settings.SOLO = act == "approve-own"
    people = {"own": make_person(), "other": make_person()}
    article = state.make(people["own"])
    sessions = {whose: session_of(person) for whose, person in people.items()}

    found = []
    for column in COLUMNS:
        allowed = set()
        for whose, person in people.items():
            with transaction.atomic():
                in_role(User.objects.get(pk=person.pk), column)
                if is_done(act, state, article, sessions[whose]):
                    allowed.add(whose)
                transaction.set_rollback(True)
        found.append(next(word for word, cells in WHOSE.items() if cells == allowed))

    assert dict(zip(COLUMNS, found, strict=True)) == dict(zip(COLUMNS, expected, strict=True))


def test_every_act_has_a_line_and_a_state():
    lines = [split(line)[0] for line in LINES]

    assert {line.partition(" ")[0] for line in lines} == {action.name for action in actions.ACTIONS}
    assert lines == list(STATES)


@pytest.mark.django_db
def test_nobody_does_anything_without_signing_in():
    article = draft(make_person())
    for action in actions.ACTIONS:
        address = reverse("admin:articles_article_act", args=[article.pk, "id", action.name])
        assert Client().post(address).status_code == 403
        assert Client().get(address).status_code == 302
