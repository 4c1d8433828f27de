"""Finding again the words that a remark is about, in a text that has been written on since."""

from dataclasses import dataclass

# How much of the text is shown on each side of the words, in characters.
AROUND = 60


@dataclass(frozen=True)
class Found:
    """Words in their text: what stands before and after them is cut to a few words."""

    before: str
    words: str
    after: str


def fold(text: str) -> str:
    """Return words as they are compared: every run of spaces and line ends is one space."""
    return " ".join(text.split())


def locate(text: str, quote: str, near: int | None) -> tuple[int, int] | None:
    """
    Return from where to where some words stand in a plain text, None if they do not.

    Of several places the one nearest to ``near`` counts, the first if that is None. Both texts
    are ``fold``ed first; the places are those in the folded text.
    """
    text, quote = fold(text), fold(quote)
    if not quote:
        return None
    places = []
    start = text.find(quote)
    while start >= 0:
        places.append(start)
        start = text.find(quote, start + 1)
    if not places:
        return None
    nearest = min(places, key=lambda place: abs(place - (near or 0)))
    return nearest, nearest + len(quote)


def find(text: str, quote: str, near: int | None) -> Found | None:
    """Return some words with what stands around them now, None if they are gone."""
    span = locate(text, quote, near)
    if span is None:
        return None
    text = fold(text)
    start, end = span
    before, after = text[:start], text[end:]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return Found(before, text[start:end], after)
