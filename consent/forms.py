"""What a decision looks like on its way in."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.http import url_has_allowed_host_and_scheme

from consent.models import Decision
from consent.offering import OfferedPurpose


class Choice(models.TextChoices):
    """What a reader pressed."""

    ACCEPT = "accept"
    REJECT = "reject"
    SAVE = "save"
    GRANT = "grant"
    FORGET = "forget"


class DecisionForm(forms.Form):
    """
    One decision.

    Beside these fields ``save`` reads ``p.<purpose>``, 1 or 0; a purpose that is not in the
    form was not on the reader's screen and is not answered.
    """

    choice = forms.ChoiceField(choices=Choice.choices)
    purpose = forms.CharField(required=False)
    source = forms.ChoiceField(choices=Decision.Source.choices, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    next = forms.CharField(required=False)

    def said(self, offered: tuple[OfferedPurpose, ...]) -> dict[str, bool]:
        """Return yes or no to each purpose the reader answered."""
        names = [purpose.question.name for purpose in offered]
        match self.cleaned_data["choice"]:
            case Choice.ACCEPT:
                return dict.fromkeys(names, True)
            case Choice.REJECT:
                return dict.fromkeys(names, False)
            case Choice.GRANT:
                return {self.cleaned_data["purpose"]: True}
        # The last value counts: a ticked box follows its hidden 0.
        return {name: self.data[f"p.{name}"] == "1" for name in names if f"p.{name}" in self.data}

    def came_from(self) -> Decision.Source:
        """Return where the reader was when deciding."""
        if self.cleaned_data["choice"] == Choice.GRANT:
            return Decision.Source.EMBED
        return Decision.Source(self.cleaned_data["source"] or Decision.Source.BANNER)

    def clean_next(self) -> str:
        """Return a path on this site, or ''."""
        target: str = self.cleaned_data["next"]
        # No host is allowed at all, so only a path can pass.
        safe = target.startswith("/") and url_has_allowed_host_and_scheme(
            target, allowed_hosts=None
        )
        return target if safe else ""
