"""What is asked about a change to a published text: its kind, and what readers are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.change_kinds import Finding, NoTypo, Swap, Verdict
from articles.correcting import Kind, Told
from articles.forms import ActForm, MomentForm, ReasonForm

# What an editor is to write for each kind.
HINTS: Mapping[str, Promise] = {
    Kind.TYPO: _("Spelling alone. Readers are told nothing, and the date of the text stays."),
    Kind.CORRECTION: _("Something was wrong. Say what was wrong and what is right."),
    Kind.CLARIFICATION: _("Something could be misread. Say how it is meant."),
    Kind.UPDATE: _("Something happened since. Say what is new."),
    Kind.NOTE: _("A note of ours, or a right of reply. A link may lead to the whole of it."),
}
_MISSING: Mapping[str, Promise] = {
    Kind.CORRECTION: _("Write what was wrong and what is right."),
    Kind.CLARIFICATION: _("Write how it is meant."),
    Kind.UPDATE: _("Write what is new."),
    Kind.NOTE: _("Write the note."),
}
_REASONS: Mapping[NoTypo, Promise] = {
    NoTypo.HEADLINE: _("The headline changes."),
    NoTypo.FIGURES: _("A figure changes."),
    NoTypo.DATES: _("A date or time changes."),
    NoTypo.NAMES: _("A name changes."),
    NoTypo.QUOTES: _("Somebody's words change."),
    NoTypo.NEGATION: _("A “not” or “may” comes, goes or changes."),
}
_LONGEST_SWAP = 60
_MOST_SWAPS = 4


@dataclass(frozen=True)
class Reason:
    """Why a change is no typing error, with the words that say so."""

    words: str
    swaps: tuple[Swap, ...]


def reasons(verdict: Verdict) -> list[Reason]:
    """Return in words what speaks against a typing error, each with at most four places."""
    return [_reason(finding, verdict) for finding in verdict.findings]


def reasons_in_words(verdict: Verdict) -> str:
    """Return the same as sentences."""
    return " ".join(
        " ".join((reason.words, ", ".join(map(_swap_in_words, reason.swaps)))).strip()
        for reason in reasons(verdict)
    )


def _reason(finding: Finding, verdict: Verdict) -> Reason:
    if finding.reason is NoTypo.TOO_MUCH:
        words = gettext("%(changed)d of %(words)d words change: that is more than spelling.")
        return Reason(words % {"changed": verdict.words_changed, "words": verdict.words}, ())
    swaps = tuple(
        Swap(*(Truncator(side).chars(_LONGEST_SWAP) for side in (swap.old, swap.new)))
        for swap in finding.swaps[:_MOST_SWAPS]
    )
    return Reason(str(_REASONS[finding.reason]), swaps)


def _swap_in_words(swap: Swap) -> str:
    if swap.old and swap.new:
        return f"{swap.old} → {swap.new}"
    return f"+ {swap.new}" if swap.new else f"− {swap.old}"


class KindInput(forms.RadioSelect):
    """The kinds of change, each with what it is for; ``against`` closes one and says why."""

    against: Mapping[str, Iterable[Reason]] = {}

    def create_option(  # noqa: PLR0917 - the signature is Django's
        self,
        name: str,
        value: Any,
        label: int | str,
        selected: bool,  # noqa: FBT001
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["hint"] = HINTS[value]
        option["against"] = self.against.get(value, ())
        if option["against"]:
            option["attrs"]["disabled"] = True
        return option


class ToldForm(ActForm):
    """
    The kind of a change and what readers are told.

    A typing error comes first where it may be one; otherwise it stands last, closed, with
    what speaks against it. A note of the newsroom is for whoever may add one.
    """

    kind = forms.ChoiceField(
        label=_("What kind of change is it?"),
        widget=KindInput,
        error_messages={"required": _("Say what kind of change it is.")},
    )
    text = forms.CharField(
        label=_("What readers are told"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands dated on the page and in the list of corrections."),
    )
    link = forms.URLField(
        label=_("Link of the note"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, verdict: Verdict, may_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verdict = verdict
        kinds = [Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE]
        if may_note:
            kinds.append(Kind.NOTE)
        else:
            del self.fields["link"]
        kinds.insert(0 if verdict.may_be_typo else len(kinds), Kind.TYPO)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # it is declared so above  # noqa: S101
        assert isinstance(field.widget, KindInput)  # likewise  # noqa: S101
        field.widget.against = {} if verdict.may_be_typo else {Kind.TYPO: reasons(verdict)}
        field.choices = [(kind.value, kind.label) for kind in kinds]

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        kind, text = self.cleaned_data.get("kind"), self.cleaned_data.get("text")
        if kind == Kind.TYPO and not self.verdict.may_be_typo:
            self.add_error("kind", reasons_in_words(self.verdict))
        elif kind == Kind.TYPO and text:
            self.add_error(
                "text", _("Readers are told nothing of a typing error. Choose another kind.")
            )
        elif kind and kind != Kind.TYPO and not text:
            self.add_error("text", str(_MISSING[kind]))
        if self.cleaned_data.get("link") and kind and kind != Kind.NOTE:
            self.add_error("link", _("Only a note has a link. Take it out, or choose a note."))
        return None

    def told(self) -> Told:
        answer = self.cleaned_data
        return Told(Kind(answer["kind"]), answer["text"], answer.get("link", ""))


class ScheduledToldForm(ToldForm, MomentForm):
    """The same for a change that goes out later, with the moment."""

    field_order = ("moment", "zone")


class ForcedToldForm(ToldForm, ReasonForm):
    """The same for a change that nobody has approved, with the reason why it goes out."""
