"""
Who may do what in the translation desk: every act × every role and direction × one's own
translation and somebody else's. Asked as people ask: each cell of the table is two requests.

A new act needs a line in ``TABLE`` and one in ``ACTS``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from articles.models import Activity, WorkingCopy
from newsroom.models import User
from tests.builders import NOW, make_person
from tests.translations.desk import (
    change_source,
    fresh,
    make_assignment,
    make_waiting,
    submit,
    translate,
    unit_of,
)
from translations import discussing, reviewing
from translations.models import Assignment, Comment, Commission, Thread, Unit, WorkingPair

# all: one's own and others'; own: only what one translates; other: only what one does not.
# “elsewhere” works in another direction. An act “in review” is done when it is there.
TABLE = """
                     writer  translator  -elsewhere  reviewer  -elsewhere  editor  publisher  administrator  no-role  inactive
claim                -       all         -           -         -           all     all        -              -        -
assign               -       -           -           -         -           all     all        -              -        -
hand_over            -       own         own         own       own         all     all        -              -        -
unit                 -       own         own         own       own         all     all        -              -        -
submit               -       own         own         own       own         all     all        -              -        -
hand_back            -       own         own         own       own         all     all        -              -        -
hand_back in review  -       -           -           -         -           all     all        -              -        -
due                  -       -           -           -         -           all     all        -              -        -
bring_in_changes     -       own         own         all       own         all     all        -              -        -
approve_unit         -       -           -           other     -           other   other      -              -        -
approve_unit alone   -       -           -           all       -           all     all        -              -        -
unapprove_unit       -       -           -           all       -           all     all        -              -        -
return_unit          -       -           -           all       -           all     all        -              -        -
keep_unit            -       -           -           all       -           all     all        -              -        -
mend_unit            -       -           -           all       -           all     all        -              -        -
comment              -       all         own         all       own         all     all        -              -        -
ask                  -       own         own         all       own         all     all        -              -        -
reply                -       all         own         all       own         all     all        -              -        -
resolve              -       all         own         all       own         all     all        -              -        -
reopen               -       all         own         all       own         all     all        -              -        -
answer               -       -           -           -         -           all     all        -              -        -
approve              -       -           -           other     -           other   other      -              -        -
approve alone        -       -           -           all       -           all     all        -              -        -
send_back            -       -           -           all       -           all     all        -              -        -
"""  # noqa: E501 - one act a line

HEADS, *LINES = (line for line in TABLE.splitlines() if line)
COLUMNS = (
    "writer",
    "translator",
    "translator elsewhere",
    "reviewer",
    "reviewer elsewhere",
    "editor",
    "publisher",
    "administrator",
    "no role",
    "inactive",
)
WHOSE = {"all": {"own", "other"}, "own": {"own"}, "other": {"other"}, "-": set()}
# Pages that only show something.
READ_ONLY = {"queue", "workload", "editor", "preview", "review", "mended"}


@dataclass(frozen=True)
class Act:
    """Makes a translation by somebody in which an act makes sense; and what is sent."""

    make: Callable[[User], Assignment]
    sent: Callable[[Assignment], dict[str, object]] = field(default=lambda assignment: {})
    pk: Callable[[Assignment], int] = field(default=lambda assignment: assignment.pk)


def translated(by: User) -> Assignment:
    return translate(make_assignment(by), by=by)


def in_review(by: User) -> Assignment:
    return submit(make_assignment(by), by=by)


def behind(by: User) -> Assignment:
    assignment = make_assignment(by)
    change_source(assignment.edition.article, headline="Kapal itu tiba di Bitung")
    return fresh(assignment)


def approved_unit(by: User) -> Assignment:
    assignment = in_review(by)
    unit = unit_of(assignment)
    reviewing.approve_unit(unit, based_on=unit.version, by=make_person(), at=NOW)
    return assignment


def returned_unit(by: User) -> Assignment:
    assignment = in_review(by)
    reviewing.return_unit(unit_of(assignment), reviewing.Fault(Unit.Reason.STYLE))
    return assignment


def asked(by: User) -> Assignment:
    assignment = make_assignment(by)
    discussing.ask(unit_of(assignment), "Which ship?", by=by, at=NOW)
    return assignment


def settled(by: User) -> Assignment:
    assignment = asked(by)
    discussing.resolve(Thread.objects.get(pk=thread(assignment)), by=by, at=NOW)
    return assignment


def headline(assignment: Assignment) -> int:
    return unit_of(assignment).pk


def version(assignment: Assignment) -> dict[str, object]:
    return {"based_on": unit_of(assignment).version}


def thread(assignment: Assignment) -> int:
    return Thread.objects.get(edition=assignment.edition_id).pk


def said(assignment: Assignment) -> dict[str, object]:
    return {"text": "The ferry."}


def whole(assignment: Assignment) -> dict[str, object]:
    """Every unit is known not to have been approved by itself."""
    units = assignment.units.values_list("pk", flat=True)
    confirmed = ",".join(str(pk) for pk in units)
    return {"seen": reviewing.version_of(assignment), "confirmed": confirmed}


def waiting(by: User) -> Assignment:
    """Nobody has taken it on: there is an edition alone."""
    return Assignment(edition=make_waiting())


def colleague() -> str:
    """Name somebody who translates in the direction, as the form does."""
    return f"person-{make_person('', 'Translator', pairs=(('id', 'en'),)).pk}"


ACTS = {
    "claim": Act(waiting, pk=lambda waits: waits.edition.pk),
    "assign": Act(waiting, lambda waits: {"to": "anybody"}, lambda waits: waits.edition.pk),
    "hand_over": Act(make_assignment, lambda assignment: {"to": colleague()}),
    "unit": Act(
        make_assignment,
        lambda assignment: {"target": "A ship", "based_on": 1, "act": "draft"},
        lambda assignment: unit_of(assignment).pk,
    ),
    "submit": Act(translated),
    "hand_back": Act(make_assignment, lambda assignment: {"reason": "Sakit."}),
    "hand_back in review": Act(in_review, lambda assignment: {"reason": "Sakit."}),
    "due": Act(make_assignment, lambda assignment: {"due_at": "2116-02-25T10:00"}),
    "bring_in_changes": Act(behind),
    "approve_unit": Act(in_review, version, headline),
    "approve_unit alone": Act(in_review, version, headline),
    "unapprove_unit": Act(approved_unit, pk=headline),
    "return_unit": Act(in_review, lambda assignment: {"reason": "style"}, headline),
    "keep_unit": Act(returned_unit, pk=headline),
    "mend_unit": Act(in_review, lambda a: {**version(a), "target": "A ship"}, headline),
    "comment": Act(make_assignment, said, headline),
    "ask": Act(make_assignment, said, headline),
    "reply": Act(asked, said, thread),
    "resolve": Act(asked, pk=thread),
    "reopen": Act(settled, pk=thread),
    "answer": Act(asked, said, thread),
    "approve": Act(in_review, whole),
    "approve alone": Act(in_review, whole),
    "send_back": Act(in_review, lambda assignment: {"seen": "-", "note": "The headline."}),
}


def split(line: str) -> tuple[str, list[str]]:
    """Return the act of a line, with when it is done, and its cells."""
    words = line.split()
    first_cell = len(words) - len(COLUMNS)
    return " ".join(words[:first_cell]), words[first_cell:]


def in_role(person: User, column: str) -> None:
    role, _space, direction = column.partition(" ")
    person.groups.set(Group.objects.filter(name=role.capitalize()))
    source, target = ("en", "id") if direction == "elsewhere" else ("id", "en")
    WorkingPair.objects.create(person=person, source_language=source, target_language=target)
    if column == "inactive":
        # Somebody who was everything and has left.
        person.groups.set(Group.objects.all())
        person.is_active = False
        person.save(update_fields=["is_active"])


def facts() -> list[list[tuple]]:
    """Everything that an act in the desk can change."""
    rows = (Assignment, Commission, Unit, Thread, Comment, WorkingCopy, Activity)
    return [list(model.objects.order_by("pk").values_list()) for model in rows]


def is_done(name: str, act: Act, assignment: Assignment, session: str) -> bool:
    """Press a button; say whether the act was done, or refused to this person."""
    browser = Client()
    browser.cookies["sessionid"] = session
    before = facts()
    address = reverse(f"translations:{name.partition(' ')[0]}", args=[act.pk(assignment)])
    response = browser.post(address, act.sent(assignment))
    done = facts() != before
    leads_to_login = response.headers.get("Location", "").startswith(reverse("login"))
    assert done == (response.status_code == 302 and not leads_to_login)
    assert done or leads_to_login or response.status_code in {403, 404, 409}
    return done


def session_of(person: User) -> str:
    browser = Client()
    browser.force_login(person)
    return browser.cookies["sessionid"].value


@pytest.mark.django_db
@pytest.mark.parametrize("line", LINES, ids=lambda line: split(line)[0])
def test_who_may_do_it(line, settings):
    name, expected = split(line)
    act = ACTS[name]
    settings.SOLO = name.endswith(" alone")
    people = {"own": make_person(), "other": make_person()}
    assignment = act.make(people["own"])
    sessions = {whose: session_of(person) for whose, person in people.items()}

    found = []
    for column in COLUMNS:
        allowed = set()
        for whose, person in people.items():
            with transaction.atomic():
                in_role(User.objects.get(pk=person.pk), column)
                if is_done(name, act, assignment, sessions[whose]):
                    allowed.add(whose)
                transaction.set_rollback(True)
        found.append(next(word for word, cells in WHOSE.items() if cells == allowed))

    assert dict(zip(COLUMNS, found, strict=True)) == dict(zip(COLUMNS, expected, strict=True))


def test_every_act_of_the_desk_has_a_line():
    names = [split(line)[0] for line in LINES]
    _prefix, desk = get_resolver().namespace_dict["translations"]

    assert names == list(ACTS)
    addresses = {name for name in desk.reverse_dict if isinstance(name, str)}
    assert {name.partition(" ")[0] for name in names} == addresses - READ_ONLY
