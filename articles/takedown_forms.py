"""What is asked about a request to take a story down, and about the answer to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.forms import ActForm, NoticesForm, ReasonForm
from articles.models import Takedown
from articles.takedowns import Asked, readable

_FORMAT = "%Y-%m-%dT%H:%M"


class LocalMomentField(forms.DateTimeField):
    """A moment by the newsroom's own clock."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=[_FORMAT, "%Y-%m-%d %H:%M"],
            widget=forms.DateTimeInput(format=_FORMAT, attrs={"type": "datetime-local"}),
            **options,
        )


class TakedownForm(ActForm):
    """
    Who wants a story taken down, by what right, in which words and languages.

    ``shown`` are the languages that readers have now; ``hours`` is the newsroom's time for an
    answer.
    """

    from_name = forms.CharField(
        label=_("Who asks"),
        max_length=200,
        error_messages={"required": _("Write who asks.")},
    )
    contact = forms.CharField(
        label=_("How to reach them"),
        max_length=200,
        required=False,
        help_text=_("Seen by editors and publishers alone."),
    )
    basis = forms.ChoiceField(
        label=_("By what right"), choices=[("", "—"), *Takedown.Basis.choices]
    )
    words = forms.CharField(
        label=_("What is asked"),
        help_text=_("Word for word, or where the letter is filed."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what is asked, or where it is filed.")},
    )
    received_at = LocalMomentField(
        label=_("Arrived"), required=False, help_text=_("Left empty, it arrived now.")
    )
    due_at = LocalMomentField(label=_("To be answered by"), required=False)

    def __init__(
        self, *args: Any, shown: Sequence[str], hours: int, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["due_at"].help_text = ngettext(
            "Left empty, the licence says within how many hours; otherwise within %(hours)s hour.",
            "Left empty, the licence says within how many hours; otherwise within %(hours)s hours.",
            hours,
        ) % {"hours": hours}
        for code in languages.PUBLIC:
            name = languages.name_of(code)
            label = (
                _("About the %(language)s text")
                if code in shown
                else _("About the %(language)s text (not with readers now)")
            )
            self.fields[f"scope_{code}"] = forms.BooleanField(
                label=label % {"language": name}, required=False, initial=code in shown
            )
        scope = [f"scope_{code}" for code in languages.PUBLIC]
        self.order_fields(["from_name", "contact", "basis", "words", *scope])

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        if not self._scope():
            self.add_error(
                f"scope_{languages.PUBLIC[0]}", _("Choose at least one language it is about.")
            )
        received = self.cleaned_data.get("received_at") or self.at
        due = self.cleaned_data.get("due_at")
        if received > self.at:
            self.add_error("received_at", _("That moment is still to come."))
        elif due is not None and due <= received:
            self.add_error("due_at", _("That lies before the request arrived."))
        return None

    def asked(self) -> Asked:
        answer = self.cleaned_data
        return Asked(
            from_name=answer["from_name"],
            contact=answer["contact"],
            basis=answer["basis"],
            words=answer["words"],
            languages=self._scope(),
            received_at=answer["received_at"] or self.at,
            due_at=answer["due_at"],
        )

    def _scope(self) -> list[str]:
        return [code for code in languages.PUBLIC if self.cleaned_data.get(f"scope_{code}")]


class RequestField(forms.ChoiceField):
    """One of a story's requests, each named with who asks and when it arrived."""

    def __init__(self, requests: Sequence[Takedown], *, at: datetime) -> None:
        self.requests = {str(request.pk): request for request in requests}
        super().__init__(
            label=_("Which request"),
            choices=[(key, _name_of(request, at=at)) for key, request in self.requests.items()],
            # What is sent without a choice can only mean the one there is.
            required=len(requests) != 1,
            error_messages={
                "required": _("Say which request you answer."),
                "invalid_choice": _("Somebody has answered this request meanwhile. Look again."),
            },
        )

    def clean(self, value: Any) -> Takedown:
        key = super().clean(value) or next(iter(self.requests))
        return self.requests[key]


class CloseForm(ActForm):
    """Which of the open requests is answered."""

    def __init__(
        self, *args: Any, requests: Sequence[Takedown], at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request"] = RequestField(requests, at=at)
        self.order_fields(["request"])


class AnswerForm(CloseForm, ReasonForm):
    """The same with the reason for the answer."""


class WithdrawingAnswerForm(AnswerForm, NoticesForm):
    """The same with what readers are told."""

    field_order = ("request", "reason")


def _name_of(request: Takedown, *, at: datetime) -> str:
    """Return who asks, when it came, and in which of its languages readers have the text."""
    live = readable(request, at=at)
    scope = ", ".join(
        languages.name_of(code)
        if code in live
        else gettext("%(language)s (not with readers)") % {"language": languages.name_of(code)}
        for code in request.scope
    )
    received = date_format(localtime(request.received_at), "SHORT_DATETIME_FORMAT")
    return f"{request.from_name}, {received}: {scope}"
