"""What an operation refused, in words for people."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import (
    correcting,
    editing,
    languages,
    licensing,
    proving,
    publishing,
    releasing,
    reviewing,
    scheduling,
    takedowns,
    withdrawing,
)
from articles.change_forms import reasons_in_words
from articles.publishing import Stop

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
    reviewing.NothingInReview: _(
        "The text is not in review any more: somebody has decided, or took it back."
    ),
    reviewing.OwnWork: _("You wrote on this text. Somebody else must approve it."),
    reviewing.ForcedIt: _("You published this text without review. Somebody else must look at it."),
    reviewing.TextMoved: _(
        "Another text is in review than the one you read. Read this one before you decide."
    ),
    reviewing.SourceMoved: _(
        "The source text has changed since this translation was made. Bring it up to date first."
    ),
    reviewing.NoteMissing: _("Write what should be changed."),
    reviewing.NotSubmittable: _("Write a headline and a body before you submit the text."),
    editing.IsScheduled: _("The text is scheduled. Take it off the schedule before changing it."),
    editing.StoryClosed: _("Work on this story has been stopped: it was spiked or killed."),
    releasing.ModeSettled: _("Readers have had this story: how its languages go out is settled."),
    releasing.AlreadyTogether: _("The languages go out together already. Change that release."),
    releasing.NotTogether: _("The languages do not go out together any more."),
    releasing.NotARelease: _("Two languages or more go out together, the source among them."),
    releasing.InRelease: _(
        "This text goes out with the other languages. Take the release off the schedule."
    ),
    releasing.MomentPassed: _("That moment has passed. Choose a later one."),
    scheduling.NotScheduled: _("Nothing is scheduled any more: it went out, or was taken off."),
    withdrawing.NoticeMissing: _("Write what readers are told, in each language that has it."),
    withdrawing.WasPublished: _("Readers have had this story: withdraw or kill it instead."),
    withdrawing.NotInThatState: _("The story has changed meanwhile. Look again, then decide."),
    reviewing.WarningsUnread: _("Read the warnings and note each of them first."),
    licensing.NotFound: _("That was put right, or has changed meanwhile. Look again."),
    licensing.NobodyMayWaive: _("Nobody may let a story pass this rule. Put it right."),
    publishing.ReasonMissing: _("Write why. It stays in the story's history."),
    proving.NothingTaken: _("Readers have this text again: there is nothing to prove."),
    publishing.LeadsToItself: _("An address cannot lead to itself. Choose another story."),
    publishing.NotLive: _("Readers do not get this text now: nothing was changed."),
    correcting.KindMissing: _(
        "Readers have had this text before. Say what kind of change it is, then publish."
    ),
    correcting.NothingChanges: _(
        "Readers have not had this text before: publish it, it is no change."
    ),
    takedowns.RequestIncomplete: _("Write who asks, what is asked, and for which languages."),
    takedowns.TimesImpossible: _("A request arrived before now, and is due after it arrived."),
    takedowns.AlreadyAnswered: _("Somebody has answered this request meanwhile. Look again."),
    takedowns.StillReadable: _("Readers still have what the request is about: take it down first."),
    takedowns.NothingToFollow: _("Nothing is left to do here: somebody decided meanwhile."),
    correcting.NothingTold: _("Write what readers are told about the change."),
}
REFUSALS: tuple[type[Exception], ...] = (
    *_WORDS,
    publishing.CannotPublish,
    publishing.LeadsNowhere,
    correcting.NoTypingError,
    releasing.NotReady,
)


def words_for(refusal: Exception) -> str:
    """Return what happened and what to do, for any of ``REFUSALS``."""
    if isinstance(refusal, publishing.CannotPublish):
        return stopped_words(refusal.obstacles)
    if isinstance(refusal, publishing.LeadsNowhere):
        words = _("Readers do not have that story in this language: %(language)s. Choose another.")
        return words % {"language": languages.name_of(refusal.language)}
    if isinstance(refusal, correcting.NoTypingError):
        return reasons_in_words(refusal.verdict)
    if isinstance(refusal, releasing.NotReady):
        return " ".join(map(str, refusal.missing))
    return str(_WORDS[type(refusal)])


def stopped_words(obstacles: Iterable[Stop]) -> str:
    """Return everything that stands in the way, as sentences."""
    return " ".join(str(obstacle.label) for obstacle in obstacles)
