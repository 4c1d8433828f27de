"""What the clock brings: texts go out, people are told, mail is sent."""

from dataclasses import dataclass
from datetime import datetime

from articles import overdue, releasing, reviewing, scheduling, takedowns
from newsroom import mailing, telling


@dataclass(frozen=True)
class Ticked:
    """What one look at the clock did."""

    out: releasing.Ticked
    told: int
    mail: mailing.Sent


def tick(*, site: mailing.Site, by_mail: bool, at: datetime) -> Ticked:
    """
    Do what the hour has brought, readers first.

    Idempotent and safe to run from several places at once. ``by_mail`` says whether this
    newsroom sends mail.
    """
    out = scheduling.tick(at=at)
    reviewing.remind(at=at)
    takedowns.tell_overdue(at=at)
    overdue.ask(at=at)
    return Ticked(
        out=out,
        told=telling.tell(at=at, by_mail=by_mail),
        mail=mailing.send_due(site=site, at=at) if by_mail else mailing.Sent(),
    )
