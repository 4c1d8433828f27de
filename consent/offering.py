"""What readers are asked: the optional purposes on offer and the banner's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Max
from modeltranslation.utils import build_localized_fieldname

from consent.models import BannerText, CookieDeclaration, Purpose
from consent.verdicts import Question

BANNER_WORDS = ("lead", "link", "purposes", "accept", "reject", "choose")


@dataclass(frozen=True)
class Item:
    """One cookie or browser-storage key; ``name`` may end in a star, ``domain`` may be ''."""

    kind: str
    name: str
    path: str
    domain: str


@dataclass(frozen=True)
class OfferedPurpose:
    """One optional purpose in one language, with the question it asks and what it sets."""

    title: str
    summary: str
    question: Question
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Offer:
    """All that a page needs to ask its readers; falsy when there is nothing to ask."""

    words: dict[str, str]
    purposes: tuple[OfferedPurpose, ...]

    def __bool__(self) -> bool:
        return bool(self.purposes)

    @property
    def questions(self) -> list[Question]:
        return [purpose.question for purpose in self.purposes]


@dataclass(frozen=True)
class _Row:
    purpose: str
    title: str
    summary: str
    off_on_gpc: bool
    created: datetime
    item: Item
    words: dict[str, str]


def offer(language: str) -> Offer:
    """
    Return what readers of a language are asked now.

    One query and no cache: the answer may never be older than the register.
    """
    rows = list(_rows(language))
    return Offer(
        words=rows[0].words if rows else {},
        purposes=tuple(
            _purpose(list(group)) for _name, group in groupby(rows, key=lambda row: row.purpose)
        ),
    )


def _rows(language: str) -> Iterable[_Row]:
    def column(name: str) -> str:
        return build_localized_fieldname(name, language)

    banner = BannerText.objects.order_by("pk")
    rows = (
        CookieDeclaration.objects.filter(
            cookiegroup__is_required=False, cookiegroup__purpose__is_offered=True
        )
        # The same words on every row: one short query instead of a second one on every page.
        .annotate(**{f"banner_{word}": banner.values(column(word))[:1] for word in BANNER_WORDS})
        .order_by("cookiegroup__ordering", "cookiegroup__varname", "name", "domain", "pk")
        .values_list(
            "cookiegroup__varname",
            f"cookiegroup__purpose__{column('title')}",
            f"cookiegroup__purpose__{column('summary')}",
            "cookiegroup__purpose__off_on_gpc",
            "created",
            "kind",
            "name",
            "path",
            "domain",
            *(f"banner_{word}" for word in BANNER_WORDS),
        )
    )
    for name, title, summary, off_on_gpc, created, kind, cookie, path, domain, *words in rows:
        yield _Row(
            purpose=name,
            title=title or "",
            summary=summary or "",
            off_on_gpc=off_on_gpc,
            created=created,
            item=Item(kind=kind, name=cookie, path=path or "/", domain=domain),
            words={word: said or "" for word, said in zip(BANNER_WORDS, words, strict=True)},
        )


def _purpose(rows: list[_Row]) -> OfferedPurpose:
    first = rows[0]
    newest = max(row.created for row in rows)
    return OfferedPurpose(
        title=first.title,
        summary=first.summary,
        question=Question(
            name=first.purpose,
            # The library's rule: a purpose is as old as its newest cookie.
            version=newest.isoformat(),
            asked_at=int(newest.timestamp()),
            off_on_gpc=first.off_on_gpc,
        ),
        items=tuple(row.item for row in rows),
    )


def ask_again(purpose: Purpose, *, at: datetime) -> None:
    """Ask every reader about a purpose anew, whatever they said before ``at``."""
    declared = CookieDeclaration.objects.filter(cookiegroup=purpose)
    newest = declared.aggregate(newest=Max("created"))["newest"]
    # A purpose without cookies is not on offer: there is nothing to ask.
    if newest is not None and newest < at:
        declared.filter(created=newest).update(created=at)
