"""What people fill in: the facts of a story, its text, and what an act asks for."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles import languages, leading, local_time
from articles.credit import primary_attribution
from articles.editing import Facts
from articles.editor import BodyField, BodyWidget
from articles.models import (
    Article,
    Attribution,
    Author,
    Image,
    Licence,
    Section,
    Source,
    Topic,
    WorkingCopy,
)
from articles.pictures import Labels, Words
from articles.recording import Draft
from articles.withdrawing import PREPARED, prepared_notice


class BylineField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # none at run time
    """Authors in the order they are named, which matters in a byline."""

    def clean(self, value: Any) -> list[Model]:  # type: ignore[override]  # rows in an order
        chosen = {str(author.pk): author for author in super().clean(value)}
        return [chosen[key] for key in dict.fromkeys(map(str, value or ())) if key in chosen]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [str(key) for key in initial or ()] != [str(key) for key in data or ()]


class LanguagesField(forms.MultipleChoiceField):
    """Languages of the public site, kept as tags with a space between; none stands for all."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            label=_("Languages"),
            choices=[(code, languages.name_of(code)) for code in languages.PUBLIC],
            required=False,
            help_text=_("Of our pages. None ticked stands for every language."),
        )

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class FactFields(forms.Form):
    """What every edition of a story shares."""

    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.order_by("position", "pk"), empty_label=None
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=Topic.objects.all(), required=False
    )
    authors = BylineField(
        label=_("Byline"),
        queryset=Author.objects.all(),
        required=False,
        help_text=_("In the order you choose them."),
    )
    image = forms.ModelChoiceField(label=_("Picture"), queryset=Image.objects.all(), required=False)
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=Source.objects.order_by("name", "pk"), required=False
    )
    relation = forms.ChoiceField(label=_("Relation"), choices=Attribution.Relation.choices)
    original_title = forms.CharField(label=_("Original title"), max_length=300, required=False)
    original_url = forms.URLField(
        label=_("Original address"), max_length=500, required=False, assume_scheme="https"
    )
    original_language = forms.ChoiceField(
        label=_("Original language"), choices=[("", "—"), *languages.CHOICES], required=False
    )
    original_published_on = forms.DateField(
        label=_("Originally published on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        source = self.cleaned_data.get("source")
        relation = self.cleaned_data.get("relation")
        if source is None or relation is None:
            return None
        ours = relation == Attribution.Relation.OURS
        if ours and source.kind != Source.Kind.OWN:
            self.add_error(
                "relation",
                _("A story from another source is not our own: say how it came from there."),
            )
        elif not ours and source.kind == Source.Kind.OWN:
            self.add_error(
                "relation", _("What our own newsroom wrote is our own story: choose that.")
            )
        return None


class LicenceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # none at run time
    """Licences named with whose they are and until when."""

    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, Licence)  # the queryset's rows  # noqa: S101
        ends = f", – {date_format(obj.valid_until, 'SHORT_DATE_FORMAT')}" if obj.valid_until else ""
        return f"{obj.source.name}: {obj.get_type_display()}{ends}"


class FactsForm(FactFields):
    """
    The facts of a story that is there, with what its source agreed to.

    Each field remembers what it was opened with, so that two people who change different
    facts at once both keep what they wrote.
    """

    licence = LicenceField(
        label=_("Licence"),
        queryset=Licence.objects.select_related("source").order_by("source__name", "-pk"),
        required=False,
        empty_label=_("The source's newest"),
    )
    permission = forms.ChoiceField(
        label=_("Permission for this story"),
        choices=Attribution.Permission.choices,
        required=False,
    )
    permission_ref = forms.CharField(label=_("Where it is written"), max_length=200, required=False)
    rights_from = forms.DateField(
        label=_("First day, if later than the licence's"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    rights_until = forms.DateField(
        label=_("Last day, if earlier than the licence's"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    origin_status = forms.ChoiceField(
        label=_("The original now"), choices=Attribution.OriginStatus.choices, required=False
    )
    origin_ref = forms.CharField(
        label=_("Where the source says so"),
        help_text=_("An address or a letter. Another one opens the task anew."),
        max_length=300,
        required=False,
    )
    original_byline = forms.CharField(label=_("Original byline"), max_length=200, required=False)
    reference_text = forms.CharField(
        label=_("Text of the original"),
        help_text=_("For comparison: readers never see it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # the signature is Django's
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        begins, ends = (self.cleaned_data.get(name) for name in ("rights_from", "rights_until"))
        if begins and ends and ends < begins:
            self.add_error("rights_until", _("The last day lies before the first one."))
        return None

    def facts(self, article: Article) -> Facts:
        """Return the facts as they are now with what was changed in this form."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data}
        return replace(facts_of(article), **changed)


def facts_of(article: Article) -> Facts:
    """Return what every edition of a story shares. Three queries on a story fetched whole."""
    bylines = article.bylines.select_related("author").order_by("position", "pk")
    shared = Facts(
        section=article.section,
        authors=[byline.author for byline in bylines],
        topics=list(article.topics.order_by("pk")),
        image=article.image,
    )
    attribution = primary_attribution(article)
    if attribution is None:
        return shared
    return replace(
        shared,
        source=attribution.source,
        relation=attribution.relation,
        original_title=attribution.original_title,
        original_url=attribution.original_url,
        original_language=attribution.original_language,
        original_published_on=attribution.original_published_on,
        original_byline=attribution.original_byline,
        reference_text=attribution.reference_text,
        licence=attribution.licence,
        permission=attribution.permission,
        permission_ref=attribution.permission_ref,
        rights_from=attribution.rights_from,
        rights_until=attribution.rights_until,
        origin_status=attribution.origin_status,
        origin_ref=attribution.origin_ref,
    )


def initial_facts(facts: Facts) -> dict[str, Any]:
    """Return facts as a form is opened with them: keys instead of rows."""
    return {name: _key(value) for name, value in vars(facts).items()}


def _key(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [row.pk for row in value]
    return value


class StartForm(FactFields):
    """What must be known to start a story; the rest comes with the writing."""

    # Django's way to leave out a field of the parent.
    topics = None  # type: ignore[assignment]
    authors = None  # type: ignore[assignment]
    image = None  # type: ignore[assignment]
    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.filter(active=True).order_by("name", "pk"),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("First written in"),
        choices=languages.CHOICES,
        widget=forms.RadioSelect,
        help_text=_("The other languages are translated from it."),
    )
    headline = forms.CharField(
        label=_("Working headline"),
        max_length=200,
        required=False,
        help_text=_("You can change it at any time."),
    )
    field_order = ("headline", "language", "section", "source", "relation")

    def facts(self) -> Facts:
        names = {field.name for field in fields(Facts)} & set(self.cleaned_data)
        return Facts(**{name: self.cleaned_data[name] for name in names})


class TextForm(forms.ModelForm):  # type: ignore[type-arg]  # none at run time
    """
    The text of one edition.

    ``version`` is that of the working copy the form was opened with; 0 says that there was
    none.
    """

    version = forms.IntegerField(
        min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    body = BodyField(label=_("Body"), required=False)

    class Meta:
        model = WorkingCopy
        fields = (
            "dateline",
            "headline",
            "standfirst",
            "body",
            "image_caption",
            "image_alt",
            "slug",
        )
        widgets: ClassVar = {
            "headline": forms.Textarea(attrs={"rows": 2}),
            "standfirst": forms.Textarea(attrs={"rows": 3}),
            "image_caption": forms.Textarea(attrs={"rows": 2}),
            "image_alt": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget = BodyWidget(language=language)
        self.fields["slug"].error_messages["invalid"] = _(
            "Use letters, digits and hyphens alone: this is part of the page's address."
        )
        for name in ("dateline", "headline", "standfirst", "image_caption", "image_alt"):
            self.fields[name].widget.attrs["lang"] = language

    def draft(self) -> Draft:
        return Draft(**{field.name: self.cleaned_data[field.name] for field in fields(Draft)})


class PictureForm(forms.Form):
    """A picture from outside, with what stands beside it in every language."""

    # No ImageField: it would decode the file before we have looked at its size.
    file = forms.FileField(
        label=_("File"),
        help_text=_("JPEG, PNG, WebP or AVIF, at most 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.avif"}),
        error_messages={"required": _("Choose the picture's file.")},
    )
    credit = forms.CharField(
        label=_("Credit"),
        max_length=160,
        required=False,
        help_text=_("Who made the picture, as readers see it: “Photo: Dewi Lestari”."),
    )
    decorative = forms.BooleanField(
        label=_("Decorative"),
        required=False,
        help_text=_("The picture says nothing that the text does not: no alternative text."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # the signature is Django's
        super().__init__(*args, **kwargs)
        for language in languages.PUBLIC:
            for name, label, longest in (
                ("caption", _("caption"), 400),
                ("alt", _("alternative text"), 300),
            ):
                self.fields[languages.column(name, language)] = forms.CharField(
                    label=capfirst(label),
                    max_length=longest,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
                )

    def labels(self) -> Labels:
        answer = self.cleaned_data
        return Labels(
            credit=answer["credit"],
            decorative=answer["decorative"],
            words={
                language: Words(
                    caption=answer[languages.column("caption", language)],
                    alt=answer[languages.column("alt", language)],
                )
                for language in languages.PUBLIC
            },
        )


class ActForm(forms.Form):
    """What an act asks for; this one asks nothing."""


class OptionalNoteForm(ActForm):
    note = forms.CharField(
        label=_("Note for the reviewer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoteForm(ActForm):
    note = forms.CharField(
        label=_("What should be changed?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what should be changed.")},
    )


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why. It stays in the story's history.")},
    )


# Where our stories and embargoes come from; the newsroom's own zone first.
ZONES = (
    ("Asia/Jakarta", _("WIB, Jakarta")),
    ("Asia/Makassar", _("WITA, Makassar")),
    ("Asia/Jayapura", _("WIT, Jayapura")),
    ("Europe/Moscow", _("Moscow")),
    ("UTC", _("UTC")),
    ("Europe/London", _("London")),
    ("America/New_York", _("New York")),
)


class MomentForm(ActForm):
    """A local time in a zone; what a clock there shows twice or never is not guessed at."""

    moment = forms.DateTimeField(
        label=_("When"),
        # Naive until the zone is known.
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"required": _("Say when.")},
    )
    zone = forms.ChoiceField(label=_("By the clock of"), choices=ZONES, initial=ZONES[0][0])

    def clean_moment(self) -> datetime:
        # The field reads it in the newsroom's zone; what was typed is a clock's face.
        return timezone.make_naive(self.cleaned_data["moment"])

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        wall, zone = self.cleaned_data.get("moment"), self.cleaned_data.get("zone")
        if wall is None or zone is None:
            return None
        try:
            self.cleaned_data["moment"] = local_time.moment(wall, zone)
        except local_time.Ambiguous as doubt:
            self.add_error("moment", self._both(doubt, _("That time comes twice there")))
        except local_time.NeverComes as doubt:
            self.add_error("moment", self._both(doubt, _("That time is left out there")))
        return None

    def _both(self, doubt: local_time.Doubt, words: Promise) -> str:
        first, second = sorted(doubt.readings)
        return _("%(words)s: %(first)s or %(second)s. Give it by the clock of UTC.") % {
            "words": words,
            "first": f"{first.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
            "second": f"{second.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
        }


class EndForm(MomentForm):
    """When a text goes offline by itself."""


class EmbargoForm(MomentForm):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveEmbargoForm(EmbargoForm):
    """
    Another moment for an embargo; ``standing`` is the one it has.

    Earlier is for whoever may bring it forward, and says why: others have agreed to the later one.
    """

    def __init__(
        self, *args: Any, standing: datetime | None, may_bring_forward: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.may_bring_forward = may_bring_forward

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        moment = self.cleaned_data.get("moment")
        if moment is None or self.standing is None or moment >= self.standing:
            return None
        if not self.may_bring_forward:
            self.add_error("moment", _("Only a publisher brings an embargo forward. Ask one."))
        elif not self.cleaned_data["reason"].strip():
            self.add_error("reason", _("Write why. It stays in the story's history."))
        return None


class OfflineForm(ReasonForm):
    """
    Why a text goes offline, and what its address answers meanwhile.

    ``elsewhere`` says whether readers of another language have it.
    """

    answer = forms.ChoiceField(
        label=_("What its address answers"),
        choices=[
            ("", _("It is not found.")),
            *Article.OfflineAnswer.choices,
        ],
        required=False,
    )
    leads_to = forms.CharField(
        label=_("To which story it leads"),
        help_text=_("The address or the headline of a story that readers have in this language."),
        required=False,
        max_length=500,
    )
    others = forms.BooleanField(
        label=_("Take it offline in the other language too"), required=False
    )

    def __init__(
        self,
        *args: Any,
        language: str,
        elsewhere: bool,
        by_default: bool,
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.at = at
        self.fields["leads_to"].widget.attrs["lang"] = language
        self.fields["others"].initial = by_default
        if not elsewhere:
            del self.fields["others"]

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        words = self.cleaned_data.get("leads_to", "").strip()
        redirects = self.cleaned_data.get("answer") == Article.OfflineAnswer.REDIRECT
        if bool(words) != redirects:
            self.add_error("leads_to", _LEAD_WHERE if redirects else _LEAD_AT_ALL)
        elif words:
            self._find(words)
        return None

    def _find(self, words: str) -> None:
        """Put the story in the place of the words that name it."""
        try:
            self.cleaned_data["leads_to"] = leading.live_story(
                words, language=self.language, site=settings.SITE_URL, at=self.at
            )
        except leading.NoSuchStory:
            self.add_error("leads_to", _("Readers have no story of ours of that name here."))
        except leading.SeveralStories:
            self.add_error("leads_to", _("Several stories have that headline. Give the address."))


_LEAD_WHERE = _("Say to which story it leads.")
_LEAD_AT_ALL = _("Choose above that it leads to another story, or leave this empty.")


class OptionalReasonForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoticesForm(ActForm):
    """What readers of each language are told when a text goes for good."""

    because = forms.ChoiceField(
        label=_("Why"),
        choices=[
            ("wrong", _("It was wrong")),
            ("legal", _("For legal reasons")),
            ("source_withdrawn", _("Its source withdrew it")),
            ("ethics", _("It broke our ethical rules")),
            ("other", _("Something else: write it below")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # the signature is Django's
        super().__init__(*args, **kwargs)
        for language in languages.PUBLIC:
            self.fields[f"notice_{language}"] = forms.CharField(
                label=_("What readers are told (%(language)s)")
                % {"language": languages.name_of(language)},
                help_text=_("Left empty, a prepared sentence says why."),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )

    def notices(self) -> dict[str, str]:
        """Return the words for each language, prepared ones where none were written."""
        because = self.cleaned_data["because"]
        return {
            language: self.cleaned_data[f"notice_{language}"]
            or (prepared_notice(because, language) if because in PREPARED else "")
            for language in languages.PUBLIC
        }


class WithdrawForm(NoticesForm):
    others = forms.BooleanField(
        label=_("Withdraw it in the other language too"), required=False, initial=True
    )


class KillForm(NoticesForm):
    reason = forms.CharField(
        label=_("Reason, for the newsroom"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why. It stays in the story's history.")},
    )
