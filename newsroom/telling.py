"""
Telling people what was done to their stories.

Every act leaves a line in a story's activity, in the transaction that does it. That line is what
is told from: an activity without a ``Telling`` has yet to be told, whatever went down meanwhile.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from articles.models import Activity
from newsroom.audiences import Concern, Staff, readable_by
from newsroom.models import Notification, Telling, User
from newsroom.rules import RULES, TOLD_WITH, Line

Verb = Activity.Verb

# What one look tells at most; the next look goes on.
AT_ONCE = 500
# Keys are given before transactions end, so a key may appear after higher ones have been told.
# No transaction stays open while so many others pass; without this, a look would read all there is.
STRAGGLERS = 10_000


def tell(*, at: datetime, by_mail: bool) -> int:
    """
    Tell everybody whom something done since concerns; return how many messages that made.

    Idempotent and safe to run from several places at once: each activity is told in a
    transaction of its own, by whoever is first. ``by_mail`` says whether this newsroom sends
    mail at all; what is told while it does not is never mailed.
    """
    untold = _untold()
    if not untold:
        return 0
    staff = Staff.now()
    return sum(_tell_of(pk, staff, at=at, by_mail=by_mail) for pk in untold)


def mark_read(notification: Notification, *, at: datetime) -> None:
    """Note that somebody has opened a message; the first time counts."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=at)


def mark_all_read(person: User, *, up_to: int, at: datetime) -> int:
    """
    Note that somebody has read their messages; return how many were new.

    ``up_to`` is the newest on their screen: what came since stays new.
    """
    return readable_by(person, at=at).filter(read_at=None, pk__lte=up_to).update(read_at=at)


def _untold() -> list[int]:
    newest = Telling.objects.aggregate(newest=Max("activity"))["newest"] or 0
    untold = Activity.objects.filter(telling=None, pk__gt=newest - STRAGGLERS)
    return list(untold.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _tell_of(pk: int, staff: Staff, *, at: datetime, by_mail: bool) -> int:
    _telling, is_ours = Telling.objects.get_or_create(activity_id=pk, defaults={"at": at})
    if not is_ours:
        return 0
    activity = Activity.objects.select_related("article", "revision").get(pk=pk)
    told = [
        Notification(
            activity=activity,
            person=person,
            why=line.why,
            is_mandatory=line.is_mandatory,
            mail_due_at=at if by_mail and _wants_mail(person, line) else None,
        )
        for person, line in _recipients(Concern(activity, staff, at))
    ]
    return len(Notification.objects.bulk_create(told))


def _recipients(concern: Concern) -> list[tuple[User, Line]]:
    """Return who is to be told, and by which line: never of one's own act, nor of secrets."""
    activity = concern.activity
    if _is_told_with_another(activity):
        return []
    found: dict[int, Line] = {}
    for line in RULES[Verb(activity.verb)]:
        for pk in concern.audience(line.why):
            found.setdefault(pk, line)
    found.pop(activity.actor_id or 0, None)
    people = concern.staff.people
    return [
        (people[pk], line)
        for pk, line in sorted(found.items(), key=lambda item: item[0])
        if pk in people and concern.may_know(people[pk])
    ]


def _is_told_with_another(activity: Activity) -> bool:
    graver = TOLD_WITH.get(Verb(activity.verb), frozenset())
    return (
        bool(graver)
        and Activity.objects.filter(
            article=activity.article_id,
            actor=activity.actor_id,
            at=activity.at,
            verb__in=graver,
        ).exists()
    )


def _wants_mail(person: User, line: Line) -> bool:
    return bool(person.email) and (line.is_mandatory or line.subject.is_mailed_to(person))
