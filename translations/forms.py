"""What people send to the desk."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Section
from translations import wording
from translations.models import Side, Team, Unit
from translations.permissions import Pair


class Filters(forms.Form):
    """What narrows the lists of the queue; sent with GET, every field may be empty."""

    q = forms.CharField(label=_("Words in the headline"), required=False, max_length=200)
    direction = forms.ChoiceField(label=_("Direction"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    translator = forms.ChoiceField(label=_("Translator"), required=False)

    def __init__(
        self,
        query: Mapping[str, Any],
        *,
        pairs: Iterable[Pair],
        sections: Iterable[Section],
        people: Iterable[tuple[int, str]],
    ) -> None:
        super().__init__(query)
        self._offer("direction", ((f"{s}-{t}", wording.direction((s, t))) for s, t in pairs))
        self._offer("section", ((str(section.pk), section.name) for section in sections))
        self._offer("translator", ((str(pk), name) for pk, name in people))

    def chosen(self, name: str) -> str:
        """Return what was chosen; an answer that is not on offer narrows nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))

    @property
    def pair(self) -> Pair | None:
        source, _dash, target = self.chosen("direction").partition("-")
        return (source, target) if target else None

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", _("All")), *choices]


class Act(forms.Form):
    """What somebody does to one unit."""

    DRAFT, READY, COPY = "draft", "ready", "copy"

    target = forms.CharField(required=False, strip=False)
    based_on = forms.IntegerField(min_value=1)
    act = forms.ChoiceField(choices=[(act, act) for act in (DRAFT, READY, COPY)])


class Due(forms.Form):
    """By when a translation must be ready; empty takes the date away."""

    due_at = forms.DateTimeField(
        label=_("Due"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class Assign(forms.Form):
    """Who is to translate something, by when, and what they should mind."""

    to = forms.ChoiceField(label=_("Who"))
    due_at = forms.DateTimeField(
        label=_("Due"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(
        label=_("What to mind"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: the quotation is exact, leave the names of ships as they are."),
    )

    def __init__(
        self,
        answers: Mapping[str, Any] | None = None,
        *,
        people: Iterable[tuple[int, str]],
        teams: Iterable[Team] = (),
        anybody: str = "",
        sources: Sequence[tuple[str, str]] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(answers, initial=dict(initial or {}))
        first = [("anybody", anybody)] if anybody else []
        of_teams = [(f"team-{team.pk}", team.name) for team in teams]
        of_people = [(f"person-{pk}", name) for pk, name in people]
        groups = ((_("Teams"), of_teams), (_("People"), of_people))
        if len(sources) > 1:
            self.fields["source"] = forms.ChoiceField(
                label=_("Translated from"), choices=sources, required=False
            )
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [*first, *((name, found) for name, found in groups if found)]

    @property
    def person_pk(self) -> int | None:
        return self._chosen("person")

    @property
    def team_pk(self) -> int | None:
        return self._chosen("team")

    def _chosen(self, kind: str) -> int | None:
        found, _dash, pk = self.cleaned_data["to"].partition("-")
        return int(pk) if found == kind else None


class HandOver(Assign):
    """Who is to go on with a translation."""

    due_at = None  # type: ignore[assignment]  # Django's way to leave out an inherited field


class HandBack(forms.Form):
    """Why a translation is given up."""

    reason = forms.CharField(
        label=_("A word for whoever takes it on next"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Verdict(forms.Form):
    """What a reviewer says of a whole translation."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # Which units the reviewer knows not to have approved one by one, when asked.
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Your word on the whole"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def confirmed_units(self) -> set[int]:
        """The primary keys in ``confirmed``."""
        words = str(self.cleaned_data.get("confirmed", "")).split(",")
        return {int(word) for word in words if word.isdecimal() and len(word) < 19}


class Seen(forms.Form):
    """Which version of a unit was on the screen."""

    based_on = forms.IntegerField(min_value=1)


class Mending(Seen):
    """What a reviewer writes in place of a unit's translation."""

    target = forms.CharField(required=False, strip=False)


class Fault(forms.Form):
    """What a reviewer finds wrong with a unit, and in which words of it."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=[("", _("Choose a reason")), *Unit.Reason.choices]
    )
    note = forms.CharField(
        label=_("Say it in your words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    side = forms.ChoiceField(
        required=False, choices=[("", ""), *Side.choices], widget=forms.HiddenInput
    )
    quote = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class Remark(forms.Form):
    """What somebody says beside a unit, and of which words."""

    text = forms.CharField(max_length=5000)
    side = forms.ChoiceField(required=False, choices=[("", ""), *Side.choices])
    quote = forms.CharField(required=False, max_length=2000)

    @property
    def about(self) -> dict[str, Any]:
        """The words that were selected, for ``discussing``; empty if none were."""
        side, quote = self.cleaned_data["side"], self.cleaned_data["quote"]
        return {"side": Side(side), "quote": quote} if side and quote else {}
