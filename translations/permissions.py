"""Who may translate and review, in which direction."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef

from articles.permissions import EDITOR, PUBLISHER, REVIEWER, TRANSLATOR, Person
from translations.models import Assignment, WorkingPair

if TYPE_CHECKING:
    from newsroom.models import User

Pair = tuple[str, str]


def pairs_of(person: Person) -> frozenset[Pair]:
    """Return the (source, target) languages a person works in. One query."""
    return frozenset(
        WorkingPair.objects.filter(person_id=person.pk).values_list(
            "source_language", "target_language"
        )
    )


def is_desk(person: Person) -> bool:
    """Editors and publishers see and may do everything in every direction."""
    return person.is_active and not person.roles.isdisjoint({EDITOR, PUBLISHER})


def may_enter_desk(person: Person) -> bool:
    return is_desk(person) or (
        person.is_active and not person.roles.isdisjoint({TRANSLATOR, REVIEWER})
    )


def may_translate(person: Person, pair: Pair, pairs: Iterable[Pair]) -> bool:
    """May this person take on a translation in this direction? ``pairs`` is ``pairs_of``."""
    return is_desk(person) or (
        person.is_active and TRANSLATOR in person.roles and pair in frozenset(pairs)
    )


def may_review(person: Person, pair: Pair, pairs: Iterable[Pair]) -> bool:
    return is_desk(person) or (
        person.is_active and REVIEWER in person.roles and pair in frozenset(pairs)
    )


def may_assign(person: Person) -> bool:
    """Commission translations, give them to people, and see what everybody has in hand."""
    return is_desk(person)


def may_write(person: Person, assignment: Assignment) -> bool:
    """Only whoever took a translation on writes in it; the desk may help out."""
    return assignment.translator_id == person.pk or is_desk(person)


def may_ask(person: Person, assignment: Assignment, pair: Pair, pairs: Iterable[Pair]) -> bool:
    """Whoever works on a translation may ask its source's editor about a unit."""
    return may_write(person, assignment) or may_review(person, pair, pairs)


def reviewers_of(pair: Pair) -> "list[User]":
    """Return who may review in a direction, by their names. One query."""
    source, target = pair
    groups = Group.objects.filter(user=OuterRef("pk"))
    pairs = WorkingPair.objects.filter(
        person=OuterRef("pk"), source_language=source, target_language=target
    )
    in_pair = Exists(groups.filter(name=REVIEWER)) & Exists(pairs)
    desk = Exists(groups.filter(name__in=[EDITOR, PUBLISHER]))
    people = get_user_model().objects.filter(in_pair | desk, is_active=True)
    return list(people.order_by("first_name", "last_name", "username"))
