"""
Who is told of what: one table from everything that can be done to a story to whose business it is.

``docs/reference/messages.md`` is this table for people; a test keeps the two equal, and another
sees that nothing that can be done is missing.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Activity
from newsroom.models import Notification, User

Verb = Activity.Verb
Why = Notification.Why


class Subject(enum.StrEnum):
    """What a message is about, as people choose whether it also comes by e-mail."""

    OWN = "own"
    WORK = "work"
    STORY = "story"

    def is_mailed_to(self, person: User) -> bool:
        """Return what a person chose; mandatory messages do not ask."""
        wanted: bool = getattr(person, f"mails_{self.value}")
        return wanted


@dataclass(frozen=True)
class Line:
    """One group of people to be told, and what they may want to do about it."""

    why: Why
    subject: Subject
    to_do: Promise | str = ""
    is_mandatory: bool = False


_READ_AND_DECIDE = _("Read it and decide.")
_PUBLISH_IT = _("Publish or schedule it.")
_TAKE_IT_ON = _("Take the translation on.")
_COMPARE = _("See whether the translation still says what its source says.")
_CORRECT = _("Bring the translation up to date: its readers still get what was wrong.")
_TAKE_OFFLINE = _("Take it offline, or have it brought up to date at once.")
_STOP = _("Stop working on it.")
_OFF_SCHEDULE = _("It does not go out at its time. See what changed, then schedule it again.")

_LOOK_AGAIN = _("It needs a second look by somebody who did not write it.")
_TOGETHER = _("No language of it goes out alone.")
_RENEW = _("Renew the rights and bring it back, or leave it where it is.")
_HURRY = _("Do what is missing, or move the moment.")
_ANSWER = _("Answer it: withdraw, take offline, or decline and say why.")
_FOLLOW = _("Correct each language that readers have, or say that nothing is to be corrected.")
_DECIDE = _("Withdraw the story, or keep it and say why.")
_SAY_WHAT_YOU_KNOW = _("A publisher decides whether the story stays. Say what you know.")
_NO_DEADLINE = _("Nothing has to follow it any more.")
_FOLLOW_NOW = _("Its time has passed. Correct, withdraw or keep what readers have, and say why.")
_ANSWER_QUESTION = _("Answer it on the page of the source text; mend the source if it is wrong.")
_READ_IT = _("Read it beside its unit in the desk.")

_WENT_OUT = (
    Line(Why.CORRECTED, Subject.WORK, _CORRECT, is_mandatory=True),
    Line(Why.DEPENDANT, Subject.WORK, _COMPARE),
    Line(Why.TRANSLATOR, Subject.WORK, _TAKE_IT_ON),
    Line(Why.STORY, Subject.STORY),
)
_EVERYBODY_AT_ONCE = (
    Line(Why.STORY, Subject.STORY, _STOP, is_mandatory=True),
    Line(
        Why.DESK,
        Subject.STORY,
        _("See whether anything else we published refers to it."),
        is_mandatory=True,
    ),
)

# Of several lines that name a person, the first counts: mandatory ones stand before others.
RULES: Mapping[Verb, tuple[Line, ...]] = {
    Verb.STARTED: (Line(Why.DESK, Subject.STORY),),
    Verb.INGESTED: (Line(Why.DESK, Subject.STORY),),
    Verb.CHANGED_FACTS: (),
    Verb.SET_EMBARGO: (
        Line(Why.HOLDER, Subject.STORY, _("No language goes out before the embargo is over.")),
    ),
    Verb.HELD: (
        Line(Why.STORY, Subject.STORY, _("Nothing of it goes out until the hold is released.")),
    ),
    Verb.RELEASED: (
        Line(
            Why.STORY,
            Subject.STORY,
            _("What was due meanwhile does not go out by itself: publish or schedule it again."),
        ),
    ),
    Verb.SPIKED: (Line(Why.STORY, Subject.STORY, _STOP),),
    Verb.UNSPIKED: (Line(Why.STORY, Subject.STORY, _("Work on it can go on.")),),
    Verb.KILLED: _EVERYBODY_AT_ONCE,
    Verb.REOPENED: (
        Line(
            Why.STORY,
            Subject.STORY,
            _("Work on it can go on; what was withdrawn stays so."),
            is_mandatory=True,
        ),
        Line(Why.DESK, Subject.STORY, is_mandatory=True),
    ),
    Verb.SET_MODE: (Line(Why.HOLDER, Subject.STORY),),
    Verb.GROUPED: (Line(Why.HOLDER, Subject.STORY, _TOGETHER),),
    Verb.REGROUPED: (Line(Why.HOLDER, Subject.STORY, _TOGETHER),),
    Verb.UNGROUPED: (
        Line(Why.HOLDER, Subject.STORY, _("Each language goes out by itself again.")),
    ),
    # Whoever can still do something about it, and whoever must decide if nobody does.
    Verb.NOT_READY: (
        Line(Why.HOLDER, Subject.WORK, _HURRY, is_mandatory=True),
        Line(Why.DESK, Subject.WORK, _HURRY, is_mandatory=True),
    ),
    # The text is nobody's but theirs who opened it.
    Verb.OPENED: (),
    Verb.SAVED: (),
    # The screen has said so to the one it concerns.
    Verb.SET_ASIDE: (),
    Verb.RESTORED: (
        Line(Why.TEXT, Subject.OWN, _("Read the text anew before you go on writing.")),
    ),
    Verb.DISCARDED: (Line(Why.TEXT, Subject.OWN, _("What you wrote is kept in the history.")),),
    Verb.SUBMITTED: (
        Line(Why.REVIEWER, Subject.WORK, _READ_AND_DECIDE),
        Line(Why.DESK, Subject.WORK, _READ_AND_DECIDE),
    ),
    Verb.TOOK_BACK: (
        Line(Why.SCHEDULER, Subject.WORK, _OFF_SCHEDULE, is_mandatory=True),
        Line(
            Why.APPROVER,
            Subject.WORK,
            _("Your approval is void: the text waits for a review when it is submitted again."),
        ),
        Line(Why.TEXT, Subject.OWN),
    ),
    Verb.SENT_BACK: (
        Line(Why.TEXT, Subject.OWN, _("Read what is asked for, change it, and submit it again.")),
    ),
    Verb.APPROVED: (
        Line(Why.TEXT, Subject.OWN),
        Line(Why.DESK, Subject.WORK, _PUBLISH_IT),
    ),
    Verb.APPROVED_OWN: (
        Line(Why.TEXT, Subject.OWN),
        Line(Why.DESK, Subject.WORK, _LOOK_AGAIN),
    ),
    Verb.PUBLISHED: _WENT_OUT,
    Verb.PUBLISHED_SILENTLY: (
        *_WENT_OUT,
        Line(Why.DESK, Subject.STORY, _("Readers were told nothing about the change.")),
    ),
    Verb.FORCED: (
        Line(Why.DESK, Subject.WORK, _LOOK_AGAIN, is_mandatory=True),
        *_WENT_OUT,
    ),
    Verb.LOOKED_AGAIN: (
        Line(Why.FORCER, Subject.OWN),
        Line(Why.TEXT, Subject.OWN),
    ),
    Verb.UNCORRECTED: (Line(Why.PUBLISHER, Subject.STORY, _TAKE_OFFLINE, is_mandatory=True),),
    Verb.REMINDED: (Line(Why.DESK, Subject.WORK, _LOOK_AGAIN, is_mandatory=True),),
    Verb.SCHEDULED: (Line(Why.TEXT, Subject.STORY),),
    Verb.UNSCHEDULED: (
        Line(Why.SCHEDULER, Subject.STORY),
        Line(Why.TEXT, Subject.STORY),
    ),
    Verb.VOIDED: (
        Line(Why.SCHEDULER, Subject.WORK, _OFF_SCHEDULE, is_mandatory=True),
        Line(Why.APPROVER, Subject.STORY),
        Line(Why.TEXT, Subject.STORY),
    ),
    Verb.BLOCKED: (
        Line(Why.SCHEDULER, Subject.WORK, _OFF_SCHEDULE, is_mandatory=True),
        Line(Why.PUBLISHER, Subject.WORK, _OFF_SCHEDULE, is_mandatory=True),
        Line(Why.TEXT, Subject.STORY),
    ),
    Verb.WENT_LIVE: _WENT_OUT,
    Verb.SET_END: (Line(Why.STORY, Subject.STORY),),
    Verb.TOOK_OFFLINE: (
        Line(Why.DEPENDANT, Subject.WORK, _("Ask the desk whether the translation stays.")),
        Line(Why.STORY, Subject.STORY),
    ),
    Verb.BROUGHT_BACK: (Line(Why.STORY, Subject.STORY),),
    Verb.WITHDREW: _EVERYBODY_AT_ONCE,
    Verb.RIGHTS_ENDED: (
        Line(Why.DESK, Subject.WORK, _RENEW, is_mandatory=True),
        Line(Why.STORY, Subject.STORY, is_mandatory=True),
    ),
    Verb.CHANGED_RIGHTS: (Line(Why.DESK, Subject.STORY),),
    Verb.RESTAMPED: (Line(Why.DESK, Subject.STORY),),
    Verb.WAIVED: (Line(Why.DESK, Subject.STORY),),
    Verb.NOTED: (),
    Verb.ASKED_DOWN: (Line(Why.PUBLISHER, Subject.WORK, _ANSWER, is_mandatory=True),),
    Verb.DOWN_LATE: (Line(Why.PUBLISHER, Subject.WORK, _ANSWER, is_mandatory=True),),
    Verb.ANSWERED_DOWN: (Line(Why.DESK, Subject.STORY),),
    Verb.ORIGIN_CORRECTED: (
        Line(Why.PUBLISHER, Subject.WORK, _FOLLOW, is_mandatory=True),
        Line(Why.DESK, Subject.WORK, _FOLLOW),
    ),
    Verb.ORIGIN_WITHDRAWN: (
        Line(Why.PUBLISHER, Subject.WORK, _DECIDE, is_mandatory=True),
        Line(Why.DESK, Subject.WORK, _SAY_WHAT_YOU_KNOW),
    ),
    # Whoever takes back such a record takes its deadline with it.
    Verb.ORIGIN_CURRENT: (
        Line(Why.PUBLISHER, Subject.WORK, _NO_DEADLINE, is_mandatory=True),
        Line(Why.DESK, Subject.STORY, _NO_DEADLINE),
    ),
    Verb.ORIGIN_LATE: (
        Line(Why.PUBLISHER, Subject.WORK, _FOLLOW_NOW, is_mandatory=True),
        Line(Why.DESK, Subject.WORK, _FOLLOW_NOW),
    ),
    Verb.NOTHING_WRONG: (Line(Why.DESK, Subject.STORY),),
    Verb.KEPT: (Line(Why.DESK, Subject.STORY),),
    # Nobody has begun, and whoever is asked to is told of that.
    Verb.SET_SOURCE: (),
    Verb.COMMISSIONED: (
        Line(Why.TRANSLATOR, Subject.WORK, _("Take it on once its source is approved.")),
    ),
    Verb.ASSIGNED: (
        Line(
            Why.ASSIGNED, Subject.WORK, _("Translate it, and submit it in time."), is_mandatory=True
        ),
    ),
    Verb.CLAIMED: (Line(Why.HAD_IT, Subject.OWN),),
    Verb.HANDED_OVER: (
        Line(
            Why.ASSIGNED,
            Subject.WORK,
            _("Go on with it: what was written is there."),
            is_mandatory=True,
        ),
        Line(Why.HAD_IT, Subject.OWN, _("Somebody else goes on with it."), is_mandatory=True),
    ),
    Verb.HANDED_BACK: (
        Line(Why.HAD_IT, Subject.OWN, _("It waits for somebody else, with what you wrote.")),
        Line(Why.TRANSLATOR, Subject.WORK, _TAKE_IT_ON),
    ),
    Verb.REBASED: (
        Line(Why.TEXT, Subject.OWN, _("Translate what changed in the source, and submit again.")),
    ),
    Verb.MENDED: (Line(Why.TEXT, Subject.OWN, _("See what the reviewer made of your words.")),),
    Verb.ASKED: (
        Line(Why.MENTIONED, Subject.OWN, _READ_IT),
        Line(Why.TEXT, Subject.WORK, _ANSWER_QUESTION),
        Line(Why.DESK, Subject.WORK, _ANSWER_QUESTION),
    ),
    Verb.ANSWERED: (
        Line(Why.MENTIONED, Subject.OWN, _READ_IT),
        Line(Why.THREAD, Subject.OWN, _READ_IT),
        Line(Why.TEXT, Subject.OWN, _READ_IT),
    ),
    Verb.COMMENTED: (
        Line(Why.MENTIONED, Subject.OWN, _READ_IT),
        Line(Why.THREAD, Subject.OWN, _READ_IT),
        Line(Why.TEXT, Subject.OWN, _READ_IT),
    ),
    Verb.SETTLED: (),
    Verb.UNSETTLED: (),
    Verb.DELIVERED: (
        Line(Why.TEXT, Subject.OWN),
        Line(Why.DESK, Subject.WORK, _PUBLISH_IT),
    ),
    Verb.DELIVERED_OWN: (
        Line(Why.TEXT, Subject.OWN),
        Line(Why.DESK, Subject.WORK, _LOOK_AGAIN),
    ),
}

# Part of a graver act of the same moment, which tells all of these people and more.
TOLD_WITH: Mapping[Verb, frozenset[Verb]] = {
    Verb.WITHDREW: frozenset({Verb.KILLED}),
    Verb.VOIDED: frozenset({Verb.KILLED, Verb.SPIKED}),
}


def line_for(activity: Activity, why: str) -> Line | None:
    """Return the line by which somebody was told; None if the table has changed since."""
    lines = RULES[Verb(activity.verb)]
    return next((line for line in lines if line.why == why), None)
