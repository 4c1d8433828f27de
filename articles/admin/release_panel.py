"""What a story's page says of the way its languages go out, and what that still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from articles import languages, releasing
from articles.actions import Situation
from articles.admin.screens import address
from articles.forms import ZONES
from articles.releasing import Missing, Mode


@dataclass(frozen=True)
class Line:
    """One language of a joint release."""

    name: str
    address: str
    may_follow: bool
    lacks: Sequence[Missing]


@dataclass(frozen=True)
class ReleasePanel:
    """
    How the languages go out.

    ``given`` is the moment by the clock it was given in, empty if that is the newsroom's own.
    """

    lines: Sequence[Line] = ()
    release_at: datetime | None = None
    given: str = ""


def release_panel(now: Situation) -> ReleasePanel | None:
    """Return what there is to say of a story; None where every language goes its own way."""
    release = now.release
    if release is None:
        source_first = releasing.mode_of(now.article, None) is Mode.SOURCE_FIRST
        return ReleasePanel() if source_first else None
    return ReleasePanel(
        lines=[
            Line(
                name=languages.name_of(member.edition.language),
                address=address("change", now.article.pk, lang=member.edition.language),
                may_follow=member.may_follow,
                lacks=[m for m in now.lacks if m.language == member.edition.language],
            )
            for member in release.members.all()
        ],
        release_at=release.release_at,
        given=_given(release.release_at, release.release_zone),
    )


def _given(moment: datetime | None, zone: str) -> str:
    if moment is None or zone == settings.TIME_ZONE:
        return ""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M} {dict(ZONES).get(zone, zone)}"
