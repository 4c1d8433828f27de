"""The paper's own name, and dates and times as readers and machines read them."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext as _

# As newspapers write them; the language of the page decides. T is the zone's own name: WIB.
_DAY = {"id": "l, j F Y", "en": "l, j F Y"}
_DATE = {"id": "j F Y", "en": "j F Y"}
_MOMENT = {"id": "j F Y, H.i T", "en": "j F Y, H:i T"}


def site_name() -> str:
    return str(settings.SITE_NAME)


def tagline() -> str:
    return _("News in two languages")


def day(moment: datetime) -> str:
    """Return the day with its name: “Selasa, 24 November 2026”."""
    return dateformat.format(_local(moment), _form(_DAY))


def day_of(moment: date | datetime) -> str:
    """Return the date alone: “24 November 2026”."""
    local = _local(moment) if isinstance(moment, datetime) else moment
    return dateformat.format(local, _form(_DATE))


def moment_of(moment: datetime) -> str:
    """Return date, time and zone: “24 November 2026, 08.15 WIB”."""
    return dateformat.format(_local(moment), _form(_MOMENT))


def machine_time(moment: datetime | None) -> str:
    """
    Return a moment for machines, in UTC; empty for none.

    Some readers of pages compare dates only, with their own clock: a morning in Jakarta would
    lie in their future and be thrown away.
    """
    if moment is None:
        return ""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


def _form(forms: dict[str, str]) -> str:
    return forms.get(translation.get_language() or "", forms["en"])
