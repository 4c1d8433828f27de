"""The rich-text editor of forms: fields that clean, and widgets that work without JavaScript."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.templatetags.static import static
from django.utils.functional import Promise, lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from js_asset import JSON

from articles import richtext
from articles.richtext import ALLOWED, LINK_SCHEMES, MARKS, Content, Kind, Role

_static = lazy(static, str)

# What the editor's buttons and questions say, by the tag of the markup they set.
_BUTTONS: dict[str, Promise] = {
    "h2": _("Heading"),
    "h3": _("Subheading"),
    "li": _("Bulleted list"),
    "ol": _("Numbered list"),
    "blockquote": _("Quotation"),
    "cite": _("Who said it"),
    "aside": _("Note"),
    "strong": _("Bold (Ctrl+B)"),
    "em": _("Italic (Ctrl+I)"),
    "a": _("Link"),
    "span": _("Words in another language"),
    "abbr": _("Abbreviation"),
    "undo": _("Undo (Ctrl+Z)"),
    "redo": _("Redo (Ctrl+Shift+Z)"),
}
_LABELS: dict[str, Promise | dict[str, Promise]] = {
    "buttons": _BUTTONS,
    "toolbar": _("Text formatting"),
    "picture": _("Picture"),
    "embed": _("Embedded content"),
    "set": _("Apply"),
    "remove": _("Remove"),
    "cancel": _("Cancel"),
    "link": {
        "label": _("Address of the link"),
        "help": _("A web address, a mail address, or a path of this site that begins with /."),
    },
    "foreign": {
        "label": _("Language of these words"),
        "help": _("Choose a language or type its code, for example ru or zh-Hant."),
    },
    "meaning": {
        "label": _("What the abbreviation stands for"),
        "help": _("Readers see this when they point at the abbreviation."),
    },
}
_LANGUAGES: list[tuple[str, Promise]] = [
    ("en", _("English")),
    ("id", _("Indonesian")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("nl", _("Dutch")),
    ("fr", _("French")),
    ("de", _("German")),
    ("ja", _("Japanese")),
    ("jv", _("Javanese")),
    ("la", _("Latin")),
    ("es", _("Spanish")),
    ("su", _("Sundanese")),
]
_CONFIG: dict[str, object] = {
    "engine": _static("django_prose_editor/editor.js"),
    "blocks": [tag for tag, element in ALLOWED.items() if element.role is Role.BLOCK],
    "parts": [tag for tag, element in ALLOWED.items() if element.role is Role.PART],
    "marks": list(MARKS),
    "notInHeadings": ["strong"] if ALLOWED["h2"].content is Content.PLAIN_WEIGHT else [],
    "schemes": list(LINK_SCHEMES),
    "language": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "languages": _LANGUAGES,
    "labels": _LABELS,
}
_CONTENTS = {
    Kind.HEADING: "heading",
    Kind.SUBHEADING: "heading",
    Kind.QUOTE: "quote",
    Kind.NOTE: "note",
}


class RichTextWidget(forms.Textarea):
    """
    A textarea of HTML that becomes an editor; ``language`` is the tag of the text's language.

    Needs the form's media on the page. Everything comes from our own static files and nothing is
    inline but a block of data, so ``script-src 'self'; style-src 'self'`` is enough.
    """

    content = "blocks"
    is_lazy = False

    class Media:
        css = {"all": ["editor/rich-text.css"]}
        js = [
            JSON(_CONFIG, id="rich-text-config"),
            Script("editor/rich-text.js", type="module"),
        ]

    def __init__(self, *, language: str = "", attrs: Mapping[str, Any] | None = None) -> None:
        self.language = language
        super().__init__({"rows": 4, "spellcheck": "true", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the textarea's context, with the language of the text."""
        context = super().get_context(name, value, dict(attrs or {}))
        if self.language:
            context["widget"]["attrs"]["lang"] = self.language
        return context

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Return the textarea inside the element that makes an editor of it."""
        return format_html(
            '<rich-text class="rich-text" content="{}"{}>{}</rich-text>',
            self.content,
            " lazy" if self.is_lazy else "",
            super().render(name, value, dict(attrs or {}), renderer),
        )

    def use_required_attribute(self, initial: Any) -> bool:
        """Leave it to the server: browsers cannot point at a textarea behind an editor."""
        return False


class BodyWidget(RichTextWidget):
    """The editor of a whole body: blocks, marks, and the ids that blocks carry."""

    def __init__(self, *, language: str = "", attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(language=language, attrs={"rows": 24, **(attrs or {})})


class UnitWidget(RichTextWidget):
    """
    The editor of one block's inner HTML, made when its textarea is first focused.

    Until then it is a textarea and a preview, so that a page can hold hundreds.
    """

    is_lazy = True

    def __init__(
        self, *, kind: Kind, language: str = "", attrs: Mapping[str, Any] | None = None
    ) -> None:
        self.content = _CONTENTS.get(kind, "line")
        super().__init__(language=language, attrs=attrs)


class BodyField(forms.CharField):
    """A whole body; its cleaned value is canonical HTML, '' when there are no words."""

    widget = BodyWidget

    def __init__(self, *, language: str = "", **options: Any) -> None:
        options.setdefault("widget", BodyWidget(language=language))
        super().__init__(**options)

    def to_python(self, value: object) -> str:
        """Return canonical HTML before the field looks whether there is any."""
        return richtext.sanitise(super().to_python(value) or "")

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare canonical forms: an editor may spell the same text in another way."""
        return self.to_python(initial) != self.to_python(data)


class UnitField(forms.CharField):
    """One block's inner HTML; its cleaned value is canonical for a block of this kind."""

    def __init__(self, *, kind: Kind, language: str = "", **options: Any) -> None:
        self.kind = kind
        options.setdefault("widget", UnitWidget(kind=kind, language=language))
        super().__init__(**options)

    def to_python(self, value: object) -> str:
        """Return canonical inner HTML before the field looks whether there is any."""
        return richtext.from_inner(self.kind, super().to_python(value) or "")

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare canonical forms: an editor may spell the same text in another way."""
        return self.to_python(initial) != self.to_python(data)
