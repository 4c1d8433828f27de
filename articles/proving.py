"""
Proof that what was taken from readers is gone: the site asks its own addresses and writes down
what they answered.

Nothing here holds a lock or a transaction while it asks: an answer may take seconds.
"""

import gzip
import logging
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from http.client import HTTPException
from itertools import groupby
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from articles import languages
from articles.models import Activity, Article, Edition, Proof
from articles.whereabouts import Place, places, shows

# What takes an edition from its readers. A killed story is withdrawn language by language.
REMOVALS = (Activity.Verb.WITHDREW, Activity.Verb.TOOK_OFFLINE, Activity.Verb.RIGHTS_ENDED)
# How long it is asked again by itself until nothing shows the text any more; each wait is as
# long as all before it together.
KEEP_ASKING = timedelta(hours=24)
SHORTEST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)

TIMEOUT_SECONDS = 5
USER_AGENT = "newsroom-proof/1"

logger = logging.getLogger(__name__)


class Unreachable(Exception):
    """The site did not answer at all."""


class NothingTaken(Exception):
    """Readers have this edition, or nobody took it from them."""


@dataclass(frozen=True)
class Answer:
    """What came back from an address, redirects followed to ``path``."""

    status: int
    page: str
    path: str = ""


# Asks one address of this site, given as its path; raises ``Unreachable``.
Fetch = Callable[[str], Answer]


@dataclass(frozen=True)
class Asking:
    """One round of questions after a text was taken from readers, and what came of it."""

    at: datetime
    proofs: Sequence[Proof]

    @property
    def shown(self) -> list[Proof]:
        """The addresses that still show the text."""
        return [proof for proof in self.proofs if proof.found]

    @property
    def unknown(self) -> list[Proof]:
        """The addresses that did not answer, or answered something that proves nothing."""
        return [proof for proof in self.proofs if not proof.found and not proof.is_gone]

    @property
    def proves_it(self) -> bool:
        return all(proof.is_gone for proof in self.proofs)


@dataclass(frozen=True)
class Asked:
    """What a look at all that was taken away came to, in editions."""

    proven: int = 0
    shown: int = 0
    unknown: int = 0


def removal_of(edition: Edition, *, at: datetime) -> Activity | None:
    """Return how an edition was taken from the readers that it had last. One query."""
    article, language = edition.article, edition.language
    began = article.published("live_from", language)
    if began is None or article.is_live(language, at=at):
        return None
    taken = Activity.objects.filter(
        article=article, language=language, verb__in=REMOVALS, at__gte=began
    )
    return taken.order_by("-at", "-pk").first()


def latest(removal: Activity) -> Asking | None:
    """Return the last round of questions about a removal. One query."""
    rounds = _rounds(removal)
    return rounds[-1] if rounds else None


def ask_again(edition: Edition, *, fetch: Fetch, at: datetime) -> Asking:
    """
    Ask every address of an edition that was taken from readers, and keep the answers.

    Raises ``NothingTaken``. Takes as long as the site does to answer some twenty requests.
    """
    removal = removal_of(edition, at=at)
    if removal is None:
        raise NothingTaken
    return _ask(removal, edition, fetch=fetch, at=at)


def ask_due(*, fetch: Fetch, at: datetime) -> Asked:
    """
    Ask about all that was taken away within a day and is not proven gone, the newest first.

    Once it is proven nothing more is asked; until then at growing distances. Two processes that
    do so at once ask twice, and no more comes of it.
    """
    outcomes = [
        _ask(removal, edition, fetch=fetch, at=at)
        for edition, removal in _taken_since(at - KEEP_ASKING, at=at)
        if _is_due(removal, at=at)
    ]
    shown = sum(bool(asking.shown) for asking in outcomes)
    proven = sum(asking.proves_it for asking in outcomes)
    return Asked(proven=proven, shown=shown, unknown=len(outcomes) - shown - proven)


def fetch_from(site: str, address: str) -> Answer:
    """
    Ask a site as any reader does: certificate checked, no cookies, through every cache between.

    ``site`` is scheme and host. Raises ``Unreachable`` for whatever is no answer of HTTP.
    """
    # The site's own address, as whoever runs it has set it.
    request = Request(  # noqa: S310
        f"{site}{address}", headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
    )
    try:
        return _answer(request)
    except (OSError, EOFError, HTTPException, zlib.error) as failure:
        raise Unreachable from failure


def _answer(request: Request) -> Answer:
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            page = _page(response.read(), response.headers)
            return Answer(response.status, page, urlsplit(response.url).path)
    except HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, _page(refusal.read(), refusal.headers))


def _page(body: bytes, headers: Message) -> str:
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return body.decode(headers.get_content_charset("utf-8"), errors="replace")


def _taken_since(since: datetime, *, at: datetime) -> Iterator[tuple[Edition, Activity]]:
    """Give each edition that readers have lost since a moment, with how; the newest first."""
    taken = Activity.objects.filter(verb__in=REMOVALS, at__gte=since).order_by("-at", "-pk")
    for activity in taken.select_related("article"):
        edition = Edition.objects.get(article=activity.article_id, language=activity.language)
        edition.article = activity.article
        # What was brought back since, or taken away again, is another matter.
        if removal_of(edition, at=at) == activity:
            yield edition, activity


def _is_due(removal: Activity, *, at: datetime) -> bool:
    asking = latest(removal)
    if asking is None:
        return True
    waited = asking.at - removal.at
    wait = min(max(waited, SHORTEST_WAIT), LONGEST_WAIT)
    return not asking.proves_it and at - asking.at >= wait


def _ask(removal: Activity, edition: Edition, *, fetch: Fetch, at: datetime) -> Asking:
    wanted = places(edition)
    elsewhere = edition.article.leads_to(edition.language, at=at)
    proofs = [
        Proof(
            activity=removal,
            address=place.address,
            status=answer.status if answer is not None else None,
            found=answer is not None and place.shows_it(answer.page),
            # Nothing but its own addresses would lead there.
            led_to=elsewhere if answer is not None and answer.path == elsewhere else "",
            at=at,
        )
        for place, answer in zip(wanted, _answers(wanted, edition, fetch, at=at), strict=True)
    ]
    return Asking(at, Proof.objects.bulk_create(proofs))


def _answers(
    wanted: Sequence[Place], edition: Edition, fetch: Fetch, *, at: datetime
) -> list[Answer | None]:
    """Return what each place answers, None from where nothing answers any more."""
    answers: list[Answer | None] = []
    try:
        if _is_our_site(edition, fetch, at=at):
            answers.extend(fetch(place.address) for place in wanted)
    except Unreachable:
        logger.warning("the site did not answer when asked for proof of a withdrawal")
    return [*answers, *[None] * (len(wanted) - len(answers))]


def _is_our_site(edition: Edition, fetch: Fetch, *, at: datetime) -> bool:
    """
    Whether the site shows what it should: else that it shows nothing would prove nothing.

    A story that readers have must be at its address. While there is none, anything answers.
    """
    language = edition.language
    live = Article.objects.live(at=at, language=language)
    witness = live.order_by(languages.column("first_published_at", language), "pk").first()
    if witness is None:
        return True
    page = fetch(witness.path(language)).page
    return shows(page, [witness.published("headline", language)])


def _rounds(removal: Activity) -> list[Asking]:
    proofs = removal.proofs.order_by("at", "pk")
    return [Asking(at, list(found)) for at, found in groupby(proofs, key=lambda proof: proof.at)]
