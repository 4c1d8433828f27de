"""Words that stand twice: “dan dan”, “the the”."""

import re
from collections.abc import Iterator

from articles.desk_checks.finding import Finding, Fix, Severity, Span
from articles.desk_checks.text import Text

CODE = "doubled-word"
_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]{2,})([ \u00a0]+)\1(?![\w’'-])")
# What is rightly said twice.
_ALLOWED = {
    "id": {"ha", "he", "hi", "tik", "tok", "dag", "dig", "dug", "no", "bye"},
    "en": {"that", "had", "ha", "no", "very", "bye", "so", "long", "many", "now", "is"},
    "ru": {"да", "нет", "очень", "ха", "чуть", "еле"},
}
# Indonesian doubles roots on purpose, and many a writer leaves the hyphen out: “anak anak”. Only
# words that are never doubled are reported: those without a meaning of their own, and derived ones.
_NEVER_DOUBLED = {
    "yang", "dan", "di", "ke", "dari", "untuk", "dengan", "pada", "dalam", "oleh", "ini", "itu",
    "tersebut", "akan", "telah", "sudah", "sedang", "bisa", "dapat", "harus", "juga", "adalah",
    "ialah", "merupakan", "karena", "sebab", "bahwa", "jika", "kalau", "bila", "saat", "ketika",
    "sejak", "hingga", "sampai", "atau", "tetapi", "tapi", "namun", "maka", "agar", "supaya",
    "serta", "sebagai", "secara", "seperti", "antara", "terhadap", "tentang", "atas", "para",
    "sebuah", "seorang", "suatu", "tak", "tidak", "bukan", "belum", "hanya", "saja", "persen",
    "rupiah", "ujar", "usai", "setelah", "sebelum", "selama", "menurut", "guna", "demi", "kepada",
    "daripada", "saya", "kami", "kita", "dia", "ia", "mereka", "anda", "sangat", "paling", "pun",
    "lalu", "kemudian", "sehingga", "meski", "meskipun", "walaupun", "demikian", "sementara",
    "selain", "sekitar", "hampir", "setiap", "seluruh", "beberapa", "kembali",
}  # fmt: skip
_DERIVED = re.compile(r"(?:me|ber|ter)[a-z]{4,}|di[a-z]{4,}(?:kan|i)|[a-z]{3,}nya")
# Begin alike, and are roots.
_ROOTS = {
    "merah", "meja", "mesin", "teriak", "terus", "tengah", "benar", "berita", "berat", "beras",
    "teman", "tempat", "termos",
}  # fmt: skip


def check(text: Text) -> Iterator[Finding]:
    """Find words written twice, side by side and in the same case."""
    for block, words in enumerate(text.blocks):
        for match in _TWICE.finditer(words):
            if _is_meant(match[1], text.language):
                continue
            span = Span(*match.span())
            yield Finding(
                code=CODE,
                severity=Severity.WARNING,
                block=block,
                span=span,
                facts=(match[1],),
                fixes=(Fix(span, match[1]),),
                params={"word": match[1]},
            )


def _is_meant(word: str, language: str) -> bool:
    # With a capital it may be a name: Fak Fak, Bora Bora.
    if not word.islower() or word in _ALLOWED.get(language, set()):
        return True
    if language != "id":
        return False
    if word in _NEVER_DOUBLED:
        return False
    return word in _ROOTS or not _DERIVED.fullmatch(word)
