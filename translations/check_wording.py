"""A sentence for every finding of the checks: what is wrong, where, and what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from translations.checks import PairFinding

_DAYS: tuple[Promise, ...] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
_SENTENCES: Mapping[str, Promise] = {
    "num-changed": _(
        "The source says “%(source)s”, the translation “%(target)s”. Correct the number."
    ),
    "num-missing": _("The translation lacks the number “%(source)s”. Add it."),
    "num-extra": _(
        "The translation says “%(target)s”, which the source does not. Check where the number"
        " comes from."
    ),
    "num-rounded": _(
        "The translation rounds “%(source)s” to “%(target)s”. Check that this is meant."
    ),
    "quote-figure": _(
        "The quotation says “%(source)s” in the source and “%(target)s” in the translation."
        " Correct the number: the words are somebody's own."
    ),
    "number-style": _("“%(number)s” has the other language's point and comma. Write “%(fix)s”."),
    "scale-untranslated": _(
        "“%(word)s” in “%(number)s” is a word of the other language. Translate it."
    ),
    "date-changed": _(
        "The source says “%(source)s”, the translation “%(target)s”. Correct the date."
    ),
    "date-missing": _("The translation lacks the date “%(source)s”. Add it if readers need it."),
    "date-extra": _(
        "The translation has the date “%(target)s”, which the source does not. Check where it"
        " comes from."
    ),
    "weekday-changed": _(
        "The source says “%(source)s”, the translation “%(target)s”. Correct the day of the week."
    ),
    "weekday-missing": _("The translation lacks the day “%(source)s”. Add it if readers need it."),
    "weekday-extra": _(
        "The translation names the day “%(target)s”, which the source does not. Check where it"
        " comes from."
    ),
    "time-changed": _(
        "The source says “%(source)s”, the translation “%(target)s”. Correct the time."
    ),
    "time-missing": _("The translation lacks the time “%(source)s”. Add it if readers need it."),
    "time-extra": _(
        "The translation has the time “%(target)s”, which the source does not. Check where it"
        " comes from."
    ),
    "time-zone": _(
        "Only one side names the time zone %(zone)s: “%(source)s” and “%(target)s”. Name it on"
        " both."
    ),
    "name-near": _(
        "The source spells “%(source)s”, the translation “%(target)s”. Spell the name alike, or"
        " dismiss this if both are right."
    ),
    "quote-count": _(
        "The source has %(source)s quotations, the translation %(target)s. Check who is quoted."
    ),
    "marks": _(
        "Bold and italic differ: the source has %(source)s, the translation %(target)s. Mark the"
        " same words."
    ),
    "untranslated": _("The translation is still in the source's language. Translate it."),
    "doubled-word": _("“%(target)s” stands twice. Delete one."),
    "length-short": _(
        "The translation has %(target)s characters for %(source)s of the source. Check that"
        " nothing was left out."
    ),
    "length-long": _(
        "The translation has %(target)s characters for %(source)s of the source. Check that"
        " nothing was added."
    ),
    "required-line": _("This line has an agreed translation. Write “%(fix)s”"),
}
_OF_SIDES: Mapping[str, Mapping[str, Promise]] = {
    "weekday-mismatch": {
        "source": _(
            "The source says “%(weekday)s” and “%(date)s”, but that is a %(real)s. Ask the"
            " source's editor which is right."
        ),
        "target": _(
            "The translation says “%(weekday)s” and “%(date)s”, but that is a %(real)s. Correct"
            " the day or the date."
        ),
    },
    "date-impossible": {
        "source": _(
            "No calendar has “%(date)s”, which the source says. Ask the source's editor for the"
            " date."
        ),
        "target": _("No calendar has “%(date)s”. Correct the date."),
    },
}
_LINKS: Mapping[tuple[bool, bool], Promise] = {
    (True, True): _(
        "The translation lacks the link %(missing)s and has %(extra)s instead. Make its links"
        " those of the source."
    ),
    (True, False): _("The translation lacks the link %(missing)s. Add it."),
    (False, True): _("The translation has the link %(extra)s, which the source does not. Drop it."),
}


def codes() -> frozenset[str]:
    """Return every code that has a sentence."""
    return frozenset((*_SENTENCES, *_OF_SIDES, "link-set"))


def sentence(finding: PairFinding) -> str:
    """Return what a finding says, in the active language of the screen."""
    params = dict(finding.params)
    if finding.code == "link-set":
        pattern = _LINKS[bool(params["missing"]), bool(params["extra"])]
    elif finding.code in _OF_SIDES:
        pattern = _OF_SIDES[finding.code][params["side"]]
    else:
        pattern = _SENTENCES[finding.code]
    if "real" in params:
        params["real"] = gettext(str(_DAYS[int(params["real"])]))
    return str(pattern) % params
