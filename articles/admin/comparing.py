"""Two texts beside each other, field by field, with what changed marked word for word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import richtext
from articles.diffing import (
    BlockChange,
    BlockState,
    ChangeKind,
    diff_bodies,
    diff_html,
    printed_changes_html,
)
from articles.models import Revision, WorkingCopy
from articles.richtext import Block, Html

_FIELDS: dict[str, Promise] = {
    "dateline": _("Dateline"),
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "image_caption": _("Picture caption"),
    "image_alt": _("Alternative text"),
    "slug": _("Address"),
}
_STATES: dict[BlockState, Promise] = {
    BlockState.ADDED: _("New paragraph"),
    BlockState.REMOVED: _("Removed paragraph"),
    BlockState.MOVED: _("Moved paragraph"),
}


@dataclass(frozen=True)
class Row:
    """One line or paragraph; what came and went is marked with ``ins`` and ``del``."""

    state: str
    note: str
    html: Html


@dataclass(frozen=True)
class Comparison:
    """Lines of the text that differ, by their names, and the whole body."""

    lines: Sequence[tuple[str, Html]]
    body: Sequence[Row]

    @property
    def is_same(self) -> bool:
        return not self.lines and all(row.state == BlockState.SAME for row in self.body)


def compare(old: Revision | WorkingCopy, new: Revision | WorkingCopy) -> Comparison:
    """Return what changed from one text to another."""
    labels = {"removed_label": gettext("Removed:"), "added_label": gettext("Added:")}
    lines = [
        (str(name), diff_html(getattr(old, field), getattr(new, field), **labels))
        for field, name in _FIELDS.items()
        if getattr(old, field) != getattr(new, field)
    ]
    body = [
        Row(
            state=change.state.value,
            note=str(_STATES.get(change.state, "")),
            html=_shown(change, **labels),
        )
        for change in diff_bodies(old.body, new.body)
    ]
    return Comparison(lines, body)


def _shown(change: BlockChange, *, removed_label: str, added_label: str) -> Html:
    """Return a block as readers see it, marked where it changed."""
    old, new = change.old, change.new
    if new is None:
        return Html(f"<del>{_printed(old)}</del>")
    if old is None:
        return Html(f"<ins>{_printed(new)}</ins>")
    if all(stretch.kind is ChangeKind.SAME for stretch in change.changes):
        return _printed(new)
    marked = printed_changes_html(
        change.changes, removed_label=removed_label, added_label=added_label
    )
    return Html(richtext.join_blocks([replace(new, bid="", html=marked)]))


def _printed(block: Block | None) -> Html:
    return richtext.public_html(richtext.join_blocks([block] if block is not None else []))
