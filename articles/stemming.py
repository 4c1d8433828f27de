"""
Words as search sees them: folded, and reduced to their stems.

Text in, words out. The same functions prepare what is indexed and what is
asked, so that both databases find the same articles.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]  # ships no types, nor does Sastrawi
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary  # type: ignore[import-untyped]
from Sastrawi.Stemmer.Stemmer import Stemmer  # type: ignore[import-untyped]
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory  # type: ignore[import-untyped]

# Longer "words" are links and noise; the cut keeps them findable by their beginning.
LONGEST_WORD = 40
LONGEST_QUERY = 1_000
MOST_TERMS = 16
SHORTEST_BEGINNING = 3

# Letters and digits, each with its combining accents; apostrophes only inside a word.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+(?:'(?:[^\W_][\u0300-\u036f]*)+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_QUOTATION_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PHRASE_OR_REST = re.compile(r'"([^"]*)"|([^"]+)')
_LATIN_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Term:
    """
    One thing an article must contain to be found.

    ``stems`` are one word or, for a phrase, several in this order. Where
    ``beginning`` is not empty, any word that starts with it will do as well.
    """

    stems: tuple[str, ...]
    beginning: str = ""

    def matches(self, word: str, language: str) -> bool:
        """Return whether a word of a text, as ``words`` gives it, belongs to this term."""
        if self.beginning and word.startswith(self.beginning):
            return True
        return stem(word, language) in self.stems


def words(text: str) -> list[str]:
    """Return the words of a text in their order, without case, accents and apostrophes."""
    return [word for _start, _end, word in word_spans(text)]


def word_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start and end of every word in ``text``, and the word as ``words`` gives it."""
    for found in _WORD.finditer(text.translate(_APOSTROPHES)):
        if word := _folded(found.group()):
            yield found.start(), found.end(), word


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold()).removesuffix("'s")
    return "".join(sign for sign in decomposed if sign.isalnum())[:LONGEST_WORD]


def stems(text: str, language: str) -> list[str]:
    """
    Return the stems of a text's words in their order.

    Indonesian and English words are reduced to their stems; the words of any
    other language are only folded.
    """
    return [stem(word, language) for word in words(text)]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Return the stem of one folded word."""
    # Both stemmers know plain Latin letters only: Sastrawi would drop all others.
    if not _LATIN_WORD.fullmatch(word):
        return word
    if language == "id":
        stemmed: str = _indonesian().stem_word(word)
        return stemmed
    if language == "en":
        # The stemmer keeps its working state in itself, so threads must not share one.
        english: str = snowballstemmer.stemmer("english").stemWord(word)
        return english
    return word


@lru_cache(maxsize=1)
def _indonesian() -> Stemmer:
    # The factory's own stemmer remembers every word it ever met; stem() has a bounded memory.
    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


def query_terms(query: str, language: str) -> list[Term]:
    """
    Return what an article must contain to answer a reader's query.

    Words in double quotes are a phrase. The last word, unless quoted, is also
    taken for the beginning of a word when it has three letters or more. Only
    the first 1,000 characters and 16 terms count. A query without a word has
    no terms.
    """
    query = query[:LONGEST_QUERY].translate(_QUOTATION_MARKS)
    terms: list[Term] = []
    for phrase, rest in _PHRASE_OR_REST.findall(query):
        if phrase_stems := tuple(stems(phrase, language)):
            terms.append(Term(phrase_stems))
        terms.extend(Term((stem(word, language),), word) for word in words(rest))
    last = len(terms) - 1
    return [
        term if at == last and len(term.beginning) >= SHORTEST_BEGINNING else Term(term.stems)
        for at, term in enumerate(terms[:MOST_TERMS])
    ]
