"""What every operation needs: the story's lock, a new revision, a line in its activity."""

import re
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Max
from django.utils.text import slugify

from articles import richtext
from articles.models import (
    TEXT_FIELDS,
    Activity,
    Address,
    Article,
    Edition,
    Revision,
    Text,
    WorkingCopy,
)
from articles.permissions import Person

SLUG_LENGTH = 100
_DASHES = re.compile("[\u2010-\u2015/]")


@dataclass(frozen=True)
class Draft:
    """What somebody wrote for one edition: plain text, and ``body`` as HTML of any origin."""

    dateline: str = ""
    headline: str = ""
    standfirst: str = ""
    body: str = ""
    image_caption: str = ""
    image_alt: str = ""
    slug: str = ""

    @classmethod
    def of(cls, text: Text) -> "Draft":
        """Return what a working copy or revision says."""
        return cls(**{field.name: getattr(text, field.name) for field in fields(cls)})

    @property
    def words(self) -> int:
        """How many words there are to read and to translate, in all fields together."""
        plain = (getattr(self, name) for name in TEXT_FIELDS if name != "body")
        return sum(len(text.split()) for text in plain) + richtext.count_words(self.body)

    def normalised(self) -> "Draft":
        """Return the same words as they are stored: white space folded, body sanitised."""
        plain = {name: fold(getattr(self, name)) for name in TEXT_FIELDS if name != "body"}
        return Draft(**plain, body=richtext.sanitise(self.body), slug=self.slug.strip())


def fold(text: str) -> str:
    """Fold white space and drop what no line of plain text should hold."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def lock(edition: Edition) -> Edition:
    """
    Return the edition as it is now, its story locked until the transaction ends.

    One lock for the whole story: what happens to one edition may depend on another.
    """
    article = Article.objects.select_for_update().get(pk=edition.article_id)
    fresh = Edition.objects.select_related(
        "live_revision__source_revision", "working_copy__revision"
    ).get(pk=edition.pk)
    fresh.article = article
    return fresh


def record(
    article: Article,
    verb: Activity.Verb,
    *,
    by: Person | None,
    at: datetime,
    language: str = "",
    revision: Revision | None = None,
    reason: str = "",
) -> Activity:
    """Write down who did what to a story; called inside the transaction that does it."""
    return Activity.objects.create(
        article_id=article.pk,
        language=language,
        actor_id=by.pk if by is not None else None,
        verb=verb,
        revision=revision,
        reason=reason,
        at=at,
    )


def add_revision(
    edition: Edition,
    draft: Draft,
    *,
    occasion: Revision.Occasion,
    source_revision: Revision | None,
    by: Person | None,
    at: datetime,
) -> Revision:
    """Append a revision with the next number; called under the story's lock."""
    latest = edition.revisions.aggregate(latest=Max("number"))["latest"] or 0
    revision = Revision(
        edition=edition,
        number=latest + 1,
        occasion=occasion,
        source_revision=source_revision,
        created_by_id=by.pk if by is not None else None,
        created_at=at,
        **vars(draft),
    )
    revision.text_hash = revision.text_hash_now
    revision.words = draft.words
    revision.save()
    return revision


def snapshot(
    copy: WorkingCopy, occasion: Revision.Occasion, *, by: Person | None, at: datetime
) -> Revision:
    """Make a revision of a working copy, its authors with it; called under the story's lock."""
    revision = add_revision(
        copy.edition,
        Draft.of(copy),
        occasion=occasion,
        source_revision=copy.source_revision,
        by=by,
        at=at,
    )
    revision.authors.set(copy.contributors.all())
    return revision


def propose_slug(edition: Edition, headline: str) -> str:
    """
    Return an address made from a headline that no other story ever had in this language.

    At most 100 characters, cut at a word; the story's number if the headline has no Latin
    letter or figure.
    """
    # slugify drops dashes, and would make one word of the two beside them.
    slug = slugify(_DASHES.sub("-", headline))
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    if not slug:
        return str(edition.article_id)
    taken = set(
        Address.objects.filter(language=edition.language, slug__startswith=slug)
        .exclude(article_id=edition.article_id)
        .values_list("slug", flat=True)
    )
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
