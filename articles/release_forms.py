"""What is asked about languages that go out together, and how a story's languages go out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.correcting import Kind, Told
from articles.forms import ActForm, MomentForm
from articles.releasing import Mode


class TermsForm(ActForm):
    """Whether a release waits for every language, or leaves late translations behind."""

    whole = forms.BooleanField(
        label=_("Wait for every language"),
        required=False,
        initial=True,
        help_text=_("Otherwise the source goes out with the languages that are ready by then."),
    )


class ModeForm(TermsForm):
    mode = forms.ChoiceField(label=_("How the languages go out"), choices=Mode.choices)
    field_order = ("mode",)


class JointToldForm(ActForm):
    """
    The kind of a joint change, and what the readers of each language are told of it.

    ``told`` says by language what was said of it so far; it asks nothing where no reader had
    the text before.
    """

    KINDS = (Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE, Kind.TYPO)

    def __init__(self, *args: Any, told: Mapping[str, Told | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(told)
        if not told:
            return
        kinds = [said.kind for said in told.values() if said is not None]
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind of change is it?"),
            choices=[("", "—"), *((kind.value, kind.label) for kind in self.KINDS)],
            initial=kinds[0] if kinds else "",
            error_messages={"required": _("Say what kind of change it is.")},
        )
        for language, said in told.items():
            self.fields[f"text_{language}"] = forms.CharField(
                label=_("What readers are told (%(language)s)")
                % {"language": languages.name_of(language)},
                initial=said.text if said is not None else "",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        kind = self.cleaned_data.get("kind")
        for language in self.languages:
            name = f"text_{language}"
            text = self.cleaned_data.get(name)
            if kind == Kind.TYPO and text:
                self.add_error(
                    name, _("Readers are told nothing of a typing error. Choose another kind.")
                )
            elif kind and kind != Kind.TYPO and not text:
                self.add_error(name, _("Write what readers are told about the change."))
        return None

    def told(self) -> dict[str, Told]:
        answer = self.cleaned_data
        return {
            language: Told(Kind(answer["kind"]), answer[f"text_{language}"])
            for language in self.languages
        }


class JointMomentForm(JointToldForm, MomentForm):
    """The same for a change that goes out later, with the moment."""

    field_order = ("moment", "zone")
