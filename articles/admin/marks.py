"""How a story is shown in a line: its headline, and where its editions stand.

Marks are words first, colour only beside them.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from articles import languages
from articles.following import Severity
from articles.models import Article
from articles.standing import Public, Standing, Work, edition_in, open_copy


def headline_of(article: Article) -> tuple[str, str]:
    """
    Return a story's headline as the newsroom knows it, and its language.

    The language of the screen if there is one, else the story's first; what is being written
    before what is public. No query on a story from ``waiting.with_editions``.
    """
    wanted = dict.fromkeys((get_language() or "", article.origin_language, *languages.PUBLIC))
    for language in wanted:
        edition = edition_in(article, language)
        if edition is None:
            continue
        text = open_copy(edition) or edition.live_revision
        if text is not None and text.headline:
            return text.headline, language
    return "", article.origin_language


def marks(standing: Standing) -> SafeString:
    """Return the label of an edition with one mark for each of its parts."""
    parts = format_html_join(
        " ",
        '<span class="mark mark--{}">{}</span>',
        zip(_tones(standing), standing.words, strict=True),
    )
    return format_html('<span class="marks">{}</span>', parts)


def second_look_mark() -> SafeString:
    return format_html('<span class="mark mark--forced">{}</span>', gettext("needs a second look"))


def _tones(standing: Standing) -> list[str]:
    """Return a name for each of ``standing.words``, in their order."""
    tones = []
    if standing.public is not Public.NEVER:
        tones.append(standing.public.value)
    if standing.work is not Work.NONE:
        tones.append(standing.work.value)
    if not tones:
        tones.append("none")
    if standing.severity is not None:
        tones.append("wrong" if standing.severity is Severity.CORRECTION else "behind")
    return tones
