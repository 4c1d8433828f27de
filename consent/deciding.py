"""What happens when a reader decides: the answer for the cookie, and the proof."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from consent.models import Decision
from consent.offering import Item, OfferedPurpose
from consent.verdicts import AT, ID, REFUSED, Verdict, verdict
from consent.wording import notice_for

# Somebody who presses twice means it once.
REPEAT = timedelta(minutes=1)
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Outcome:
    """
    What the reader's browser is to be told.

    ``answers`` is the new consent cookie, empty when it is to go; ``withdrawn`` is
    everything that may not stay because no yes stands behind it.
    """

    answers: dict[str, str]
    withdrawn: list[Item]


def decide(
    said: Mapping[str, bool],
    *,
    earlier: Mapping[str, str],
    offered: Sequence[OfferedPurpose],
    language: str,
    source: Decision.Source,
    gpc: bool,
    at: datetime,
) -> Outcome:
    """
    Take a reader's yes or no to some purposes and keep the proof of it.

    Purposes that are not offered are ignored; earlier answers to the others stand unless
    the question is newer. The same decision within a minute is written down once.
    """
    answers = _standing(earlier, offered)
    for purpose in offered:
        question = purpose.question
        if question.name in said:
            answers[question.name] = question.version if said[question.name] else REFUSED
    person = person_of(earlier) or uuid4()
    answers |= {ID: person.hex, AT: str(int(at.timestamp()))}
    _keep_proof(person, answers, offered, language=language, source=source, gpc=gpc, at=at)
    return Outcome(answers=answers, withdrawn=_withdrawn(answers, offered))


def forget(
    *,
    earlier: Mapping[str, str],
    offered: Sequence[OfferedPurpose],
    language: str,
    gpc: bool,
    at: datetime,
) -> Outcome:
    """Take every answer of a reader back, as if nobody had asked; the proof says so."""
    person = person_of(earlier)
    if person is not None:
        _keep_proof(
            person,
            {},
            offered,
            language=language,
            source=Decision.Source.SETTINGS,
            gpc=gpc,
            at=at,
        )
    return Outcome(answers={}, withdrawn=_withdrawn({}, offered))


def person_of(answers: Mapping[str, str]) -> UUID | None:
    """Return the random number a consent cookie carries, if it carries one."""
    number = answers.get(ID, "")
    return UUID(hex=number) if _ID.fullmatch(number) else None


def _standing(earlier: Mapping[str, str], offered: Sequence[OfferedPurpose]) -> dict[str, str]:
    # Stale answers go here: a new "@at" would make an old refusal look like an answer to
    # a question the reader has never seen.
    return {
        purpose.question.name: earlier[purpose.question.name]
        for purpose in offered
        if verdict(earlier, purpose.question) is not Verdict.OPEN
    }


def _withdrawn(answers: Mapping[str, str], offered: Sequence[OfferedPurpose]) -> list[Item]:
    return [
        item
        for purpose in offered
        if verdict(answers, purpose.question) is not Verdict.YES
        for item in purpose.items
    ]


@transaction.atomic
def _keep_proof(
    person: UUID,
    answers: Mapping[str, str],
    offered: Sequence[OfferedPurpose],
    *,
    language: str,
    source: Decision.Source,
    gpc: bool,
    at: datetime,
) -> None:
    verdicts = {each.question.name: verdict(answers, each.question) for each in offered}
    choices = {
        "schema": 1,
        "yes": sorted(name for name, said in verdicts.items() if said is Verdict.YES),
        "no": sorted(name for name, said in verdicts.items() if said is Verdict.NO),
    }
    notice = notice_for(language, at=at)
    latest = Decision.objects.filter(consent_id=person).order_by("-at", "-pk").first()
    if (
        latest is not None
        and latest.at > at - REPEAT
        and (latest.notice_id, latest.choices, latest.source, latest.gpc)
        == (notice.pk, choices, source, gpc)
    ):
        return
    Decision.objects.create(
        consent_id=person, at=at, notice=notice, choices=choices, source=source, gpc=gpc
    )
