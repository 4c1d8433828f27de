"""What is left to do when the source of a story corrects or withdraws the original."""

from datetime import datetime, timedelta

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from articles import following, languages
from articles.following import Severity
from articles.models import Activity, Article, Attribution, Edition, Publication

OriginStatus = Attribution.OriginStatus

# How long readers may have a text whose original became that.
CLOCKS = {
    OriginStatus.CORRECTED: following.CLOCKS[Severity.CORRECTION],
    OriginStatus.WITHDRAWN: timedelta(hours=24),
}
# A publish of these kinds says what the original says now; a typing error or a note does not.
_FOLLOWS = (
    Publication.Kind.FIRST,
    Publication.Kind.CORRECTION,
    Publication.Kind.CLARIFICATION,
    Publication.Kind.UPDATE,
)


def to_follow(*, at: datetime) -> QuerySet[Edition]:
    """
    Return what readers get although its original was corrected or withdrawn, the most urgent
    first.

    Annotated with ``origin_status``, ``origin_since`` and ``origin_due_at``. Corrected: each
    language until it is published anew or somebody finds nothing to correct. Withdrawn: one
    language of the story, until a publisher keeps it or no reader has it.
    """
    live = _with_origin(_live(at=at)).filter(Q(origin_since__isnull=False))
    corrected = Q(origin_status=OriginStatus.CORRECTED) & ~_is_followed()
    earlier = _live(at=at).filter(article=OuterRef("article"), pk__lt=OuterRef("pk"))
    withdrawn = Q(origin_status=OriginStatus.WITHDRAWN) & ~_is_kept() & ~Exists(earlier)
    return live.filter(corrected | withdrawn).order_by(F("origin_due_at"), "pk")


def is_settled(edition: Edition) -> bool:
    """
    Whether nothing is left to do in this language. One query.

    Whether readers have it is not asked: see ``to_follow``.
    """
    followed = Q(origin_status=OriginStatus.CORRECTED) & _is_followed()
    kept = Q(origin_status=OriginStatus.WITHDRAWN) & _is_kept()
    return _with_origin(Edition.objects.filter(pk=edition.pk)).filter(followed | kept).exists()


def _with_origin(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Annotate what became of the original, since when we know, and until when to follow it."""
    owed = Attribution.objects.filter(article=OuterRef("article"), primary=True)
    return editions.annotate(
        origin_status=Subquery(owed.values("origin_status")[:1]),
        origin_since=Subquery(owed.values("origin_at")[:1]),
    ).annotate(
        origin_due_at=ExpressionWrapper(
            F("origin_since")
            + Case(
                *(
                    When(origin_status=became, then=Value(within))
                    for became, within in CLOCKS.items()
                )
            ),
            output_field=DateTimeField(),
        )
    )


def _live(*, at: datetime) -> QuerySet[Edition]:
    live = Q(pk__in=[])
    for language in languages.PUBLIC:
        stories = Article.objects.live(at=at, language=language)
        live |= Q(language=language, article__in=stories.values("pk"))
    return Edition.objects.filter(live)


def _is_followed() -> Q:
    published = Publication.objects.filter(
        edition=OuterRef("pk"), kind__in=_FOLLOWS, at__gt=OuterRef("origin_since")
    )
    found_right = _said(Activity.Verb.NOTHING_WRONG).filter(language=OuterRef("language"))
    return Q(Exists(published)) | Q(Exists(found_right))


def _is_kept() -> Exists:
    return Exists(_said(Activity.Verb.KEPT))


def _said(verb: Activity.Verb) -> QuerySet[Activity]:
    return Activity.objects.filter(
        article=OuterRef("article"), verb=verb, at__gt=OuterRef("origin_since")
    )
