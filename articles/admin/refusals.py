"""What an operation refused, in words for people."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import actions, editing, publishing, reviewing
from articles.publishing import Obstacle

_WORDS: dict[type[Exception], Promise] = {
    editing.NothingToSave: _(
        "There is no open text any more: it was published or closed meanwhile."
    ),
    editing.NotOpenForEditing: _(
        "The text is in review, approved or in the translation desk. Take it back first."
    ),
    editing.AlreadyLive: _(
        "Readers have this story already in some language. Take it offline there first."
    ),
    actions.MomentPassed: _("That moment has passed. Choose a later one."),
    reviewing.NothingInReview: _(
        "The text is not in review any more: somebody has decided, or took it back."
    ),
    reviewing.OwnWork: _("You wrote on this text. Somebody else must approve it."),
    reviewing.TextMoved: _(
        "Another text is in review than the one you read. Read this one before you decide."
    ),
    reviewing.SourceMoved: _(
        "The source text has changed since this translation was made. Bring it up to date first."
    ),
    reviewing.NoteMissing: _("Write what should be changed."),
    reviewing.NotSubmittable: _("Write a headline and a body before you submit the text."),
    publishing.ReasonMissing: _("Write why. It stays in the story's history."),
    publishing.NotLive: _("Readers do not get this text now: nothing was changed."),
}
REFUSALS: tuple[type[Exception], ...] = (*_WORDS, publishing.CannotPublish)


def words_for(refusal: Exception) -> str:
    """Return what happened and what to do, for any of ``REFUSALS``."""
    if isinstance(refusal, publishing.CannotPublish):
        return stopped_words(refusal.obstacles)
    return str(_WORDS[type(refusal)])


def stopped_words(obstacles: Iterable[Obstacle]) -> str:
    """Return everything that stands in the way, as sentences."""
    return " ".join(str(obstacle.label) for obstacle in obstacles)
