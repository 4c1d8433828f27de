"""
The rules that keep other people's rights: what each found, and who may let it pass.

One line of ``RULES`` a rule, numbered as the newsroom's rule book numbers them. Not here: R5
(no place is shut out of this site), R13 (the head of a page prints the frozen decision itself)
and R16 (no claim is marked as unverified); and of R8 what tells of machines' help, of R13 what
tells of trackers, of R17 all but dates. There are no facts yet that they could read.
"""

import enum
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles import check_wording, languages, origins, permissions, reading, richtext
from articles.credit import (
    WEEKDAYS,
    Credit,
    credit_now,
    day_key,
    is_republication,
    primary_attribution,
    wrong_days,
)
from articles.models import (
    Article,
    Attribution,
    Edition,
    Image,
    Lease,
    Licence,
    Revision,
    Source,
    Waiver,
    WorkingCopy,
)
from articles.models.rights import day_begins, day_ends
from articles.permissions import Person

# From this share of a month's cap on, and of changed words, somebody is to know.
NEARLY_FULL = 0.8
MUCH_CHANGED = 0.1
# The relations under which a page holds the source's words, and not only its facts.
_WORDS_OF_THEIRS = {
    Attribution.Relation.REPUBLISHED,
    Attribution.Relation.TRANSLATED,
    Attribution.Relation.ADAPTED,
    Attribution.Relation.PRESS_RELEASE,
    Attribution.Relation.PAID,
}
_TIED = {Source.StateLink.FUNDED, Source.StateLink.CONTROLLED}

Text = Revision | WorkingCopy


class Level(enum.StrEnum):
    """Whether something must be put right, or only read by whoever approves."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """
    What a rule found, in words, and where it is put right.

    ``concerns`` is what was found, for comparison: a waiver holds while it is the same.
    ``field`` is the name of an input of the story's facts or text; ``row`` a licence, source or
    picture that has a page of its own.
    """

    rule: str
    words: str
    concerns: str
    level: Level = Level.BLOCK
    field: str = ""
    row: Model | None = None
    is_waivable: bool = False

    def __str__(self) -> str:
        return self.rule

    @property
    def label(self) -> str:
        return self.words

    @property
    def key(self) -> str:
        """Name this finding in an address: its rule, and a digest of what it concerns."""
        return f"{self.rule}-{_digest(self.concerns)}"

    @property
    def is_warning(self) -> bool:
        return self.level is Level.WARN


@dataclass(frozen=True)
class Limit:
    """A moment at which rights begin or end, and whose decision that is."""

    at: datetime
    by: str
    row: Model | None = None


@dataclass(frozen=True)
class Window:
    """From when until when a story may be shown, as far as rights go."""

    begins: Limit | None = None
    ends: Limit | None = None

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        return (
            self.begins.at if self.begins is not None else None,
            self.ends.at if self.ends is not None else None,
        )

    def contains(self, at: datetime) -> bool:
        begins, ends = self.moments
        return (begins is None or begins <= at) and (ends is None or at < ends)


class Case:
    """A text that is to be shown at a moment, with the rows that rules read."""

    def __init__(self, edition: Edition, text: Text, *, at: datetime) -> None:
        self.edition = edition
        self.article = edition.article
        self.language = edition.language
        self.text = text
        self.at = at
        self.attribution = primary_attribution(edition.article)

    @property
    def licence(self) -> Licence | None:
        return self.attribution.licence if self.attribution is not None else None

    @cached_property
    def leases(self) -> list[Lease]:
        return leases_of(self.article.image)

    @cached_property
    def credit(self) -> Credit:
        return credit_now(self.edition, self.text, attribution=self.attribution)

    @cached_property
    def window(self) -> Window:
        first = self.article.published("first_published_at", self.language) or self.at
        return window(self.attribution, self.leases, first=first, at=self.at)

    @cached_property
    def html(self) -> str:
        """The page without a word of the story: what it says, the credit says."""
        with translation.override(self.language):
            return render_to_string(
                "public/article.html",
                {
                    "page": reading.owed_page(self.edition, self.credit),
                    "frame": reading.Frame(sections=(), next_change=None),
                    "at": self.at,
                },
            )

    def shows(self, words: str) -> bool:
        return escape(words) in self.html


@dataclass(frozen=True)
class Rule:
    """
    One rule.

    ``waived_by`` says who may let a story pass, None that nobody may; a waiver holds for
    ``hours``, None for as long as the rule finds the same.
    """

    code: str
    check: Callable[[Case], Iterable[Finding]]
    waived_by: Callable[[Person], bool] | None = None
    hours: int | None = None
    asks_reason: bool = True


def findings(edition: Edition, text: Text, *, at: datetime) -> list[Finding]:
    """Return what the rules say to a text that would be shown at a moment; see ``found_in``."""
    if edition.language not in languages.PUBLIC:
        return []
    return found_in(Case(edition, text, at=at))


def found_in(case: Case) -> list[Finding]:
    """
    Return what the rules find and nobody has waived, in their order.

    At most ten queries, and the page is rendered once.
    """
    found = all_found_in(case)
    if not any(_is_waivable(finding) for finding in found):
        return found
    waivers = list(Waiver.objects.filter(article=case.article))
    return [finding for finding in found if not _is_waived(finding, waivers, at=case.at)]


def all_found_in(case: Case) -> list[Finding]:
    """Return what the rules find, waived or not."""
    return [finding for rule in RULES for finding in rule.check(case)]


def rule_of(finding: Finding) -> Rule:
    return _BY_CODE[finding.rule]


def may_waive(person: Person, finding: Finding) -> bool:
    """Whether somebody may let a finding pass; a warning is read by whoever may approve."""
    if finding.is_warning:
        return permissions.may_publish(person)
    rule = rule_of(finding)
    return finding.is_waivable and rule.waived_by is not None and rule.waived_by(person)


def _is_waivable(finding: Finding) -> bool:
    return finding.is_warning or finding.is_waivable


def _is_waived(finding: Finding, waivers: Sequence[Waiver], *, at: datetime) -> bool:
    if not _is_waivable(finding):
        return False
    hours = None if finding.is_warning else rule_of(finding).hours
    return any(
        waiver.rule == finding.rule
        and waiver.concerns == shortened(finding.concerns)
        and (hours is None or at < waiver.at + timedelta(hours=hours))
        for waiver in waivers
    )


def translation_refusal(attribution: Attribution | None, language: str) -> str:
    """Return why a story may not be translated into a language, in words; empty if it may."""
    if attribution is None or attribution.relation not in _WORDS_OF_THEIRS:
        return ""
    licence = attribution.licence
    if licence is None or language == _language_of(attribution):
        return ""
    name = attribution.source.name
    if not licence.may_translate:
        return _(
            "The licence of %(source)s does not allow translation. Ask for it, or choose"
            " another licence."
        ) % {"source": name}
    if not licence.allows(language):
        return _("The licence of %(source)s does not cover pages in %(language)s.") % {
            "source": name,
            "language": languages.name_of(language),
        }
    return ""


def translation_refusals(editions: Iterable[Edition]) -> dict[int, str]:
    """Return why editions may not be translated, by the edition's number. One query."""
    wanted = list(editions)
    rows = Attribution.objects.filter(
        primary=True, article__in={edition.article_id for edition in wanted}
    ).select_related("source", "licence")
    by_story = {row.article_id: row for row in rows}
    refusals = {
        edition.pk: translation_refusal(by_story.get(edition.article_id), edition.language)
        for edition in wanted
    }
    return {key: words for key, words in refusals.items() if words}


# The window


def leases_of(image: Image | None) -> list[Lease]:
    """Return a picture's leases. One query."""
    return list(image.leases.order_by("pk")) if image is not None else []


def window(
    attribution: Attribution | None, leases: Sequence[Lease], *, first: datetime, at: datetime
) -> Window:
    """
    Return from when until when a story may be shown, asked at a moment. No query.

    ``first`` is when it was, or will be, shown first.
    """
    begins: list[Limit] = []
    ends: list[Limit] = [*_lease_ends(leases, at=at)]
    licence = attribution.licence if attribution is not None else None
    if licence is not None:
        if licence.begins_at is not None:
            begins.append(Limit(licence.begins_at, "licence", licence))
        if licence.ends_at is not None:
            ends.append(Limit(licence.ends_at, "licence", licence))
        if licence.max_live_days is not None:
            ends.append(Limit(first + timedelta(days=licence.max_live_days), "days", licence))
    if attribution is not None:
        zone = licence.zone if licence is not None else timezone.get_default_timezone_name()
        if attribution.rights_from is not None:
            begins.append(Limit(day_begins(attribution.rights_from, zone), "story"))
        if attribution.rights_until is not None:
            ends.append(Limit(day_ends(attribution.rights_until, zone), "story"))
    return Window(
        begins=max(begins, key=lambda limit: limit.at, default=None),
        ends=min(ends, key=lambda limit: limit.at, default=None),
    )


def _lease_ends(leases: Sequence[Lease], *, at: datetime) -> Iterator[Limit]:
    """When a picture's leases end its use: a ban that begins, or the end of the last consent."""
    for lease in leases:
        over = lease.ends_at is not None and lease.ends_at <= at
        if lease.kind == Lease.Kind.DENY and not over:
            yield Limit(lease.begins_at or lease.at, "picture")
    allowed = [lease for lease in leases if lease.kind == Lease.Kind.ALLOW]
    covering = [lease.ends_at for lease in allowed if lease.covers(at)]
    if None in covering or not allowed:
        return
    past = [lease.ends_at for lease in allowed if lease.ends_at is not None and not covering]
    known = [moment for moment in (*covering, *past) if moment is not None]
    yield Limit(max(known, default=at), "picture")


# The rules


def _who(case: Case) -> Iterator[Finding]:
    """R1: the source is one we use, and what is not ours stands under a licence."""
    owed = case.attribution
    if owed is None:
        return
    if not owed.source.active:
        yield Finding(
            "R1",
            _("%(source)s is a source we do not use any more. Choose another one.")
            % {"source": _source_name(case)},
            f"source {owed.source_id}",
            field="source",
        )
    if owed.relation != Attribution.Relation.OURS and owed.licence is None:
        yield Finding(
            "R1",
            _("Say under which licence of %(source)s this story stands here.")
            % {"source": _source_name(case)},
            "licence",
            field="licence",
        )


def _when(case: Case) -> Iterator[Finding]:
    """R2: the moment lies inside the window of rights."""
    begins, ends = case.window.begins, case.window.ends
    if begins is not None and begins.at > case.at:
        words = _("The rights to this story begin on %(day)s. Publish it then, or agree on more.")
        yield _outside(words % {"day": _day(begins.at, case)}, begins)
    if ends is not None and ends.at <= case.at and ends.by != "picture":
        words = {
            "licence": _(
                "The licence of %(source)s ended on %(day)s. Extend it, or choose another one."
            ),
            "story": _("The rights to this story ended on %(day)s. Extend them here."),
            "days": _(
                "The licence of %(source)s lets a story stay online for so many days; they ended"
                " on %(day)s. Agree on more."
            ),
        }[ends.by]
        day = _day(ends.at - timedelta(seconds=1), case)
        yield _outside(words % {"source": _source_name(case), "day": day}, ends)


def _outside(words: str, limit: Limit) -> Finding:
    fields = {"story": "rights_until"}
    return Finding("R2", words, limit.at.isoformat(), field=fields.get(limit.by, ""), row=limit.row)


def _permission(case: Case) -> Iterator[Finding]:
    """R3: where the source is asked story by story, it has said yes."""
    owed = case.attribution
    if owed is None:
        return
    asked = Attribution.Permission
    name = {"source": _source_name(case)}
    by_story = owed.licence is not None and owed.licence.type == Licence.Type.WRITTEN_CONSENT
    if owed.permission == asked.REFUSED:
        yield Finding(
            "R3",
            _("%(source)s refused this story. Spike it, or take another source.") % name,
            "refused",
            field="permission",
        )
    elif owed.permission == asked.REQUESTED:
        yield Finding(
            "R3",
            _("%(source)s has been asked for this story and has not answered yet.") % name,
            "requested",
            field="permission",
            is_waivable=True,
        )
    elif by_story and owed.permission == asked.NOT_NEEDED:
        yield Finding(
            "R3",
            _("%(source)s agrees story by story. Ask, and note the answer here.") % name,
            "not asked",
            field="permission",
        )
    elif by_story and not owed.permission_ref:
        yield Finding(
            "R3",
            _("Note where the permission of %(source)s is written.") % name,
            "no reference",
            field="permission_ref",
        )


def _scope(case: Case) -> Iterator[Finding]:
    """R4: the licence allows what is done, in this language."""
    owed, licence = case.attribution, case.licence
    if owed is None or licence is None or owed.relation not in _WORDS_OF_THEIRS:
        return
    name = {"source": _source_name(case)}
    words = translation_refusal(owed, case.language)
    if not words and case.language == _language_of(owed):
        if not licence.may_republish:
            words = _("The licence of %(source)s does not allow republication.") % name
        elif not licence.allows(case.language):
            words = _("The licence of %(source)s does not cover pages in %(language)s.") % {
                **name,
                "language": languages.name_of(case.language),
            }
    adapted = owed.relation == Attribution.Relation.ADAPTED
    if not words and adapted and licence.edits != Licence.Edits.FREE:
        words = _("The licence of %(source)s does not allow a text to be adapted.") % name
    if words:
        yield Finding("R4", words, f"{licence.pk} {case.language}", row=licence, field="licence")


def _credited(case: Case) -> Iterator[Finding]:
    """R6: the page says whose story it is, as far as the licence wants it."""
    owed, licence = case.attribution, case.licence
    if owed is None:
        return
    name = _source_name(case)
    if owed.relation != Attribution.Relation.OURS and not case.shows(name):
        words = _("The page does not name %(source)s. Tell whoever keeps the site's templates.")
        yield Finding("R6", words % {"source": name}, "name")
    if licence is not None:
        yield from _missing_duties(owed, licence)
        yield from _unshown_duties(case, owed, licence)


def _missing_duties(owed: Attribution, licence: Licence) -> Iterator[Finding]:
    wanted = {
        "original_byline": (licence.owes_byline, owed.original_byline),
        "original_title": (licence.owes_title, owed.original_title),
        "original_published_on": (licence.owes_date, owed.original_published_on),
        "original_url": (licence.link == Licence.Link.ARTICLE, owed.original_url),
    }
    words = {
        "original_byline": _("The licence wants the original's author named. Write the name here."),
        "original_title": _("The licence wants the original's title shown. Write it here."),
        "original_published_on": _("The licence wants the original's day shown. Write it here."),
        "original_url": _("The licence wants a link to the original. Write its address here."),
    }
    for field, (is_owed, value) in wanted.items():
        if is_owed and not value:
            yield Finding("R6", words[field], field, field=field)
    if licence.link == Licence.Link.HOME and not owed.source.home_url:
        yield Finding(
            "R6",
            _("The licence wants a link to the source. Write its web address there."),
            "home",
            row=owed.source,
        )


def _unshown_duties(case: Case, owed: Attribution, licence: Licence) -> Iterator[Finding]:
    """What is owed and known, and still not on the page: a slip of the template."""
    link = {
        Licence.Link.HOME: owed.source.home_url,
        Licence.Link.ARTICLE: owed.original_url,
    }.get(Licence.Link(licence.link), "")
    day = owed.original_published_on
    source = case.credit.source
    wanted = [
        owed.original_byline if licence.owes_byline else "",
        owed.original_title if licence.owes_title else "",
        day.isoformat() if licence.owes_date and day is not None else "",
        source.terms.credit_line if source is not None and source.terms is not None else "",
        link,
    ]
    for words in filter(None, wanted):
        if not case.shows(words):
            yield Finding(
                "R6",
                _("The page does not show “%(words)s”. Tell whoever keeps the site's templates.")
                % {"words": words},
                words,
            )


def _noticed(case: Case) -> Iterator[Finding]:
    """R7: the rights notice stands on the page, word for word."""
    source = case.credit.source
    if source is not None and source.notice and not case.shows(source.notice):
        yield Finding(
            "R7",
            _("The page does not show “%(words)s”. Tell whoever keeps the site's templates.")
            % {"words": source.notice},
            "notice",
        )


def _translator(case: Case) -> Iterator[Finding]:
    """R8: a translation names who translated it."""
    if not case.edition.is_translation:
        return
    names = [name.name for name in case.credit.translators]
    if not names or not all(case.shows(name) for name in names):
        yield Finding(
            "R8",
            _("The translation names no translator. Let the person who made it save the text."),
            case.language,
            is_waivable=True,
        )


def _unchanged(case: Case) -> Iterator[Finding]:
    """R9: a republished text differs from the original no more than was agreed."""
    owed, licence = case.attribution, case.licence
    if owed is None or licence is None or licence.edits == Licence.Edits.FREE:
        return
    if not is_republication(owed, case.language):
        return
    name = {"source": _source_name(case)}
    strict = licence.edits == Licence.Edits.NONE
    if not owed.reference_text:
        if strict:
            yield Finding(
                "R9",
                _(
                    "The licence of %(source)s allows no changes, and there is no original text to"
                    " compare with. Paste it here."
                )
                % name,
                "no original",
                Level.WARN,
                field="reference_text",
            )
        return
    share = changed_share(owed.reference_text, richtext.plain_text(case.text.body))
    if strict and share > 0:
        yield Finding(
            "R9",
            _(
                "The licence of %(source)s allows no changes, and this body differs from the"
                " original. Put its words back."
            )
            % name,
            case.text.text_hash_now,
            field="body",
            is_waivable=True,
        )
    elif not strict and share > MUCH_CHANGED:
        yield Finding(
            "R9",
            _(
                "The licence of %(source)s allows small changes: %(percent)s %% of the words are"
                " not the original's."
            )
            % {**name, "percent": round(share * 100)},
            case.text.text_hash_now,
            Level.WARN,
            field="body",
        )


def changed_share(original: str, text: str) -> float:
    """Return how much of a text differs from its original, word by word (0.0 to 1.0)."""
    before, after = original.split(), text.split()
    if before == after:
        return 0.0
    return 1.0 - SequenceMatcher(None, before, after, autojunk=False).ratio()


def _cap(case: Case) -> Iterator[Finding]:
    """R10: no more stories a month than the licence allows."""
    licence = case.licence
    if licence is None or not licence.max_stories_a_month:
        return
    if case.article.published("first_published_at", case.language) is not None:
        return
    used, most = _stories_this_month(case, licence), licence.max_stories_a_month
    facts = {"source": _source_name(case), "used": used, "most": most}
    if used >= most:
        words = _(
            "%(used)s of the %(most)s stories a month of %(source)s are used. Wait for the next"
            " month, or agree on more."
        )
        concerns = f"{licence.pk} {case.at:%Y-%m}"
        yield Finding("R10", words % facts, concerns, row=licence, is_waivable=True)
    elif used >= NEARLY_FULL * most:
        words = _("%(used)s of the %(most)s stories a month of %(source)s are used.")
        concerns = f"{licence.pk} {case.at:%Y-%m} {used}"
        yield Finding("R10", words % facts, concerns, Level.WARN, row=licence)


def _stories_this_month(case: Case, licence: Licence) -> int:
    """Other stories under a licence first published in this month of the licence's zone."""
    today = case.at.astimezone(ZoneInfo(licence.zone)).date()
    begins = day_begins(today.replace(day=1), licence.zone)
    found: set[int] = set()
    for language in languages.PUBLIC:
        first = languages.column("first_published_at", language)
        stories = Article.objects.filter(
            attributions__licence=licence,
            attributions__primary=True,
            **{f"{first}__gte": begins, f"{first}__lte": case.at},
        )
        found.update(stories.values_list("pk", flat=True))
    return len(found - {case.article.pk})


def _disclosed(case: Case) -> Iterator[Finding]:
    """R11: readers are told of a state behind a source; editors read what we know of it."""
    if case.attribution is None:
        return
    source = case.attribution.source
    credit = case.credit.source
    disclosure = credit.disclosure if credit is not None else ""
    if source.state_link in _TIED and not (disclosure and case.shows(disclosure)):
        yield Finding(
            "R11",
            _("%(source)s is tied to a state, and readers are not told so. Write the disclosure.")
            % {"source": _source_name(case)},
            "disclosure",
            row=source,
        )
    if source.advisory_internal:
        yield Finding(
            "R11",
            source.advisory_internal,
            f"{source.pk} {_digest(source.advisory_internal)}",
            Level.WARN,
            row=source,
        )


def _pictured(case: Case) -> Iterator[Finding]:
    """R12: the picture may be used now, and for this."""
    image = case.article.image
    if image is None:
        return
    denied = [d for d in case.leases if d.kind == Lease.Kind.DENY and d.covers(case.at)]
    allowed = [lease for lease in case.leases if lease.kind == Lease.Kind.ALLOW]
    if denied:
        yield Finding(
            "R12",
            _("The picture must not be used now: %(note)s. Choose another one.")
            % {"note": denied[0].note or denied[0].get_kind_display()},
            f"deny {denied[0].pk}",
            field="image",
        )
    elif allowed and not any(lease.covers(case.at) for lease in allowed):
        yield Finding(
            "R12",
            _("No lease of the picture covers this day. Extend one, or choose another picture."),
            f"lease {image.pk}",
            row=image,
        )
    if image.restriction:
        yield Finding(
            "R12",
            _("The picture's use is restricted: %(words)s") % {"words": image.restriction},
            f"{image.pk} {_digest(image.restriction)}",
            row=image,
            is_waivable=True,
        )


def _origin_stands(case: Case) -> Iterator[Finding]:
    """R14: the original has not been withdrawn, nor corrected without us."""
    owed = case.attribution
    if owed is None or owed.origin_status == Attribution.OriginStatus.CURRENT:
        return
    is_live = case.article.is_live(case.language, at=case.at)
    is_corrected = owed.origin_status == Attribution.OriginStatus.CORRECTED
    if (is_corrected or is_live) and origins.is_settled(case.edition):
        return
    level = Level.BLOCK
    if not is_corrected:
        words = _("%(source)s has withdrawn the original. Withdraw this story too.")
    elif is_live:
        # What is published now is how readers get the correction: nothing may keep it from them.
        words = _("%(source)s has corrected the original. See that this text says what is right.")
        level = Level.WARN
    else:
        words = _(
            "%(source)s has corrected the original. Correct this text, then say that nothing is"
            " left to correct."
        )
    yield Finding(
        "R14",
        words % {"source": _source_name(case)},
        f"{owed.origin_status} {owed.origin_at}",
        level,
        field="origin_status",
        is_waivable=True,
    )


def _labelled(case: Case) -> Iterator[Finding]:
    """R15: what was paid for says so on its page."""
    owed = case.attribution
    if (
        owed is not None
        and owed.relation == Attribution.Relation.PAID
        and "story__paid" not in (case.html)
    ):
        yield Finding(
            "R15",
            _("The page does not say that it was paid for. Tell whoever keeps the templates."),
            "label",
        )


def _dated(case: Case) -> Iterator[Finding]:
    """R17: days of the week fit their dates, and the dates are some."""
    for wrong in wrong_days(case.edition, case.text, case.attribution):
        yield Finding(
            WEEKDAYS,
            check_wording.words(wrong),
            day_key(wrong),
            field="body",
            is_waivable=True,
        )


def _waited(case: Case) -> Iterator[Finding]:
    """R18: the source's own readers had the story first, for as long as was agreed."""
    owed, licence = case.attribution, case.licence
    if owed is None or licence is None or not licence.wait_days:
        return
    if owed.original_published_on is None:
        yield Finding(
            "R18",
            _("The licence wants us to wait after the original. Say when that was published."),
            "day",
            field="original_published_on",
        )
        return
    days = timedelta(days=licence.wait_days)
    begins = day_begins(owed.original_published_on + days, licence.zone)
    if case.at < begins:
        yield Finding(
            "R18",
            _("%(source)s wants its own readers to have this first: wait until %(day)s.")
            % {"source": _source_name(case), "day": _day(begins, case)},
            begins.isoformat(),
            field="original_published_on",
            is_waivable=True,
        )


RULES: tuple[Rule, ...] = (
    Rule("R1", _who),
    Rule("R2", _when),
    Rule("R3", _permission, waived_by=permissions.may_waive_rights, hours=24),
    Rule("R4", _scope),
    Rule("R6", _credited),
    Rule("R7", _noticed),
    Rule("R8", _translator, waived_by=permissions.may_waive_rights),
    Rule("R9", _unchanged, waived_by=permissions.may_waive_rights),
    Rule("R10", _cap, waived_by=permissions.may_waive_rights),
    Rule("R11", _disclosed),
    Rule("R12", _pictured, waived_by=permissions.may_waive_rights),
    Rule("R14", _origin_stands, waived_by=permissions.may_waive_rights, hours=24),
    Rule("R15", _labelled),
    Rule(WEEKDAYS, _dated, waived_by=permissions.may_publish, asks_reason=False),
    Rule("R18", _waited, waived_by=permissions.may_waive_rights),
)
_BY_CODE = {rule.code: rule for rule in RULES}


# The rules on what a page owes its source, whoever wrote the text.
OWED = frozenset({"R1", "R6", "R7", "R11", "R15"})


# Words


def _source_name(case: Case) -> str:
    """The source as the page names it."""
    assert case.attribution is not None  # rules look before they name  # noqa: S101
    source = case.attribution.source
    name: str = getattr(source, languages.column("name", case.language)) or source.name_original
    return name


def _language_of(attribution: Attribution) -> str:
    return attribution.original_language or attribution.source.default_language


def _day(moment: datetime, case: Case) -> str:
    """The day of a moment by the clock that the licence goes by."""
    zone = case.licence.zone if case.licence is not None else timezone.get_default_timezone_name()
    return date_format(moment.astimezone(ZoneInfo(zone)), "DATE_FORMAT")


def _digest(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=4).hexdigest()


def shortened(concerns: str) -> str:
    """Return what a waiver keeps of what a finding concerns."""
    return concerns[:120]
