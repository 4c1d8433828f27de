"""What the desk's checks found, in words: what is wrong, where, and what to do."""

from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.desk_checks.finding import Finding


def words(finding: Finding) -> str:
    """Return one sentence about a finding, in the active language."""
    facts = dict(finding.params)
    for name in ("date", "published"):
        if name in facts:
            day = date.fromisoformat(facts[name])
            facts[name] = date_format(day, "DATE_FORMAT")
            facts[f"{name}_day"] = str(WEEKDAYS[day.weekday()])
    return _sentence(finding) % facts


def _sentence(finding: Finding) -> str:  # noqa: PLR0911, PLR0912 - one a code
    opens, has_repair = bool(finding.params.get("opens")), "first" in finding.params
    match finding.code:
        case "weekday-mismatch":
            return _(
                "“%(mention)s”: %(date)s is a %(date_day)s. Write “%(first)s” or “%(second)s”, or"
                " confirm that the original says so too."
            )
        case "date-impossible":
            return _impossible(finding, has_repair=has_repair)
        case "future-past" if has_repair:
            return _(
                "“%(mention)s” is told as past, but the text is of %(published)s. Perhaps"
                " “%(first)s” is meant?"
            )
        case "future-past":
            return _(
                "“%(mention)s” is told as past, but the text is of %(published)s. Correct the date."
            )
        case "headline-number":
            return _(
                "“%(figure)s” is nowhere in the body. Correct it here, or tell it in the body."
            )
        case "headline-long":
            return _(
                "The headline has %(length)s characters; lists and search engines cut it after"
                " %(most)s. Shorten it."
            )
        case "name-spelling":
            return _(
                "“%(odd)s” is “%(usual)s” elsewhere in this text. Spell the name the same way."
            )
        case "quotation-open" if opens:
            return _("The quotation at “%(near)s” is not closed. Close it, or take the mark out.")
        case "quotation-open":
            return _("The quotation at “%(near)s” was never opened. Open it, or take the mark out.")
        case "bracket-open" if opens:
            return _("The bracket at “%(near)s” is not closed. Close it, or take it out.")
        case "bracket-open":
            return _("The bracket at “%(near)s” was never opened. Open it, or take it out.")
        case "doubled-word":
            return _("“%(word)s” stands here twice. Take one out.")
        case "link-empty":
            return _("The link on “%(words)s” has no address. Give it one, or take it off.")
        case "link-malformed":
            return _(
                "The link on “%(words)s” leads to “%(href)s”, which is no address. Correct it."
            )
        case "link-dead":
            return _(
                "The link on “%(words)s” leads to a page of ours that readers cannot open. Choose"
                " another one."
            )
        case "alt-missing":
            return _(
                "The picture “%(picture)s” has no alternative text. Write what it shows, or mark it"
                " as decorative."
            )
        case code:
            raise KeyError(code)


def _impossible(finding: Finding, *, has_repair: bool) -> str:
    if finding.params["kind"] == "malformed":
        if has_repair:
            return _("“%(mention)s” cannot be read as a date. Perhaps “%(first)s” is meant?")
        return _("“%(mention)s” cannot be read as a date. Write day, month and year.")
    if has_repair:
        return _("“%(mention)s”: no calendar has this date. Perhaps “%(first)s” is meant?")
    return _("“%(mention)s”: no calendar has this date. Correct it.")
