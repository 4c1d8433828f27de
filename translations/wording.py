"""Words for the desk's screens: what a unit is, where it stands, when something happens."""

from datetime import datetime, timedelta

from django.utils import dateformat, timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.following import Severity
from articles.richtext import Kind
from translations.models import Unit
from translations.permissions import Pair

CHANGED = "changed"

_LINES: dict[str, Promise] = {
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "dateline": _("Dateline"),
    "image_caption": _("Caption"),
    "image_alt": _("Alternative text"),
}
_BLOCKS: dict[str, Promise] = {
    Kind.PARAGRAPH: _("Paragraph"),
    Kind.HEADING: _("Heading"),
    Kind.SUBHEADING: _("Subheading"),
    Kind.QUOTE: _("Quotation"),
    Kind.LIST_ITEM: _("List item"),
    Kind.FIGURE: _("Picture caption"),
    Kind.NOTE: _("Note"),
}
_SEVERITIES: dict[Severity, Promise] = {
    Severity.MINOR: _("Minor change"),
    Severity.UPDATE: _("Update"),
    Severity.CORRECTION: _("Correction"),
}
_STATUSES: dict[str, Promise] = {
    Unit.State.EMPTY: _("To do"),
    Unit.State.DRAFT: _("Draft"),
    Unit.State.READY: _("Ready"),
    Unit.State.APPROVED: _("Approved"),
    Unit.State.RETURNED: _("Sent back"),
    CHANGED: _("Source changed"),
}


def kind_of(unit: Unit) -> str:
    """Return what a unit is, in a word: “Headline”, “Paragraph”."""
    names = _LINES if unit.is_plain else _BLOCKS
    return str(names[unit.kind])


def status_of(unit: Unit) -> str:
    """Return where a unit stands: its state, or that its source has changed."""
    return CHANGED if unit.is_out_of_date else unit.state


def status_words(status: str) -> str:
    return str(_STATUSES[status])


def severity(found: Severity) -> str:
    """Return in a word what became of the source: “Correction”."""
    return str(_SEVERITIES[found])


def direction(pair: Pair) -> str:
    """Return a direction in words: “Indonesian → English”."""
    source, target = pair
    return f"{languages.name_of(source)} → {languages.name_of(target)}"


def moment(when: datetime, *, at: datetime) -> str:
    """Return a moment as people at the desk say it: “today, 14:05”, “24 Nov, 14:05”."""
    local, now = timezone.localtime(when), timezone.localtime(at)
    if local.date() == now.date():
        return gettext("today, %(time)s") % {"time": _clock(local)}
    if local.date() == (now + timedelta(days=1)).date():
        return gettext("tomorrow, %(time)s") % {"time": _clock(local)}
    return _day_and_clock(local, now)


def short_moment(when: datetime, *, at: datetime) -> str:
    """Return a moment as briefly as can be: “14:05” today, else with the day."""
    local, now = timezone.localtime(when), timezone.localtime(at)
    return _clock(local) if local.date() == now.date() else _day_and_clock(local, now)


def age(since: datetime, *, at: datetime) -> str:
    """Return how long something has been so, in its largest unit: “3 days”."""
    if at - since < timedelta(minutes=1):
        return gettext("just now")
    return timesince(since, at, depth=1)


def _clock(local: datetime) -> str:
    return dateformat.format(local, gettext("H:i"))


def _day_and_clock(local: datetime, now: datetime) -> str:
    same_year = local.year == now.year
    return dateformat.format(local, gettext("j M, H:i") if same_year else gettext("j M Y, H:i"))
