"""
What the checks on translations find, miss and get wrong, on real pairs of sentences.

    python benchmarks/checks.py FOLDER

``FOLDER`` holds ``number_labels.tsv`` (pairs with numbers, labelled) and ``parallel_open.tsv``
(published translations); neither is part of this repository. Prints one table: the labelled pairs,
what is found for every 1,000 published pairs, which changes planted in a clean target are noticed,
and the time a pair takes. ``--errors`` prints every pair with an error as well, to be read.
"""

import argparse
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from translations.checks import Pair, PairFinding, Severity, pair_of, run

_FACTS = ("num-", "number-", "scale-", "quote-figure", "date-", "time-", "weekday-")
_GRAVE = (Severity.ERROR, Severity.WARNING)
_CLEAN = 3_000
_DAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_SCALES = {
    "id": ["ribu", "juta", "miliar", "triliun"],
    "en": ["thousand", "million", "billion", "trillion"],
}


def rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(names, line.rstrip("\n").split("\t"), strict=True))


def facts_found(pair: Pair) -> list[PairFinding]:
    return [finding for finding in run(pair) if finding.code.startswith(_FACTS)]


def labelled(path: Path) -> None:
    """Print, for each label and direction, how many pairs are reported."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows(path):
        for source, target in (("id", "en"), ("en", "id")):
            pair = pair_of(row[source], row[target], source_language=source, target_language=target)
            found = facts_found(pair)
            counts[row["label"], "pairs"] += 1
            counts[row["label"], "any"] += bool(found)
            counts[row["label"], "grave"] += any(f.severity in _GRAVE for f in found)
    print(f"{'labelled pairs, both directions':36}{'pairs':>8}{'error/warning':>15}{'any':>8}")
    for label in ("error", "agree", "detail_added_or_dropped", "misaligned", "false_alarm"):
        total = counts[label, "pairs"]
        grave, some = counts[label, "grave"] / total, counts[label, "any"] / total
        print(f"  {label:34}{total:8}{grave:14.1%}{some:9.1%}")


def published(pairs: list[Pair], *, prints_errors: bool) -> None:
    """Print what is found in published pairs, and how long it takes."""
    begun = time.process_time()
    found = [(pair, finding) for pair in pairs for finding in run(pair)]
    seconds = time.process_time() - begun
    counts = Counter((finding.severity, finding.code) for _pair, finding in found)
    print(f"\n{f'{len(pairs):,} published pairs':36}{'found':>8}{'per 1,000':>15}")
    for severity in Severity:
        of = {code: count for (grave, code), count in counts.items() if grave is severity}
        total = sum(of.values())
        print(f"  {severity:34}{total:8}{total * 1000 / len(pairs):15.2f}")
        for code, count in sorted(of.items()):
            print(f"    {code:32}{count:8}{count * 1000 / len(pairs):15.2f}")
    print(f"  {'processor time a pair':34}{seconds * 1000 / len(pairs):8.2f} ms")
    if prints_errors:
        for pair, finding in found:
            if finding.severity is Severity.ERROR:
                said = " -> ".join(finding.facts)
                print(f"\n{finding.code} {said}\n  {pair.source.text}\n  {pair.target.text}")


Mutation = Callable[[str, str, random.Random], str | None]


def planted(pairs: list[Pair]) -> None:
    """Print how many changes are noticed that were planted in targets without a finding."""
    chance = random.Random(20160225)  # noqa: S311  # repeatable, not secret
    chance.shuffle(pairs)
    clean = []
    for pair in pairs:
        if not facts_found(pair):
            clean.append(pair)
        if len(clean) == _CLEAN:
            break
    print(
        f"\n{f'planted in {len(clean):,} clean targets':36}{'planted':>8}{'error':>8}"
        f"{'error/warning':>15}{'any':>8}"
    )
    for name, mutate in MUTATIONS.items():
        total = errors = grave = some = 0
        for pair in clean:
            changed = mutate(pair.target.text, pair.target_language, chance)
            if changed is None or changed == pair.target.text:
                continue
            found = facts_found(
                pair_of(
                    pair.source.text,
                    changed,
                    source_language=pair.source_language,
                    target_language=pair.target_language,
                )
            )
            total += 1
            errors += any(finding.severity is Severity.ERROR for finding in found)
            grave += any(finding.severity in _GRAVE for finding in found)
            some += bool(found)
            if name in WATCHED and not found:
                print(f"    missed: {pair.source.text}\n            {changed}")
        print(f"  {name:34}{total:8}{errors / total:8.1%}{grave / total:15.1%}{some / total:8.1%}")


def figure(text: str, _language: str, chance: random.Random) -> str | None:
    """Another figure in one place of a number."""
    found = list(re.finditer(r"\d", text))
    if not found:
        return None
    at = chance.choice(found).start()
    others = [one for one in "123456789" if one != text[at]]
    return f"{text[:at]}{chance.choice(others)}{text[at + 1 :]}"


def swapped(text: str, _language: str, chance: random.Random) -> str | None:
    """Two neighbouring figures exchanged."""
    found = [match for match in re.finditer(r"(?=(\d)(\d))", text) if match[1] != match[2]]
    found = [match for match in found if match[2] != "0" or text[match.start() - 1].isdigit()]
    if not found:
        return None
    match = chance.choice(found)
    at = match.start()
    return f"{text[:at]}{match[2]}{match[1]}{text[at + 2 :]}"


def _other_word(words: list[str], text: str, chance: random.Random) -> str | None:
    found = list(re.finditer(rf"\b(?:{'|'.join(words)})\b", text))
    if not found:
        return None
    match = chance.choice(found)
    other = chance.choice([word for word in words if word != match[0]])
    return f"{text[: match.start()]}{other}{text[match.end() :]}"


def scale_word(text: str, language: str, chance: random.Random) -> str | None:
    return _other_word(_SCALES[language], text, chance)


def weekday(text: str, language: str, chance: random.Random) -> str | None:
    return _other_word(_DAYS[language], text, chance)


def month(text: str, language: str, chance: random.Random) -> str | None:
    return _other_word(_MONTHS[language].split(), text, chance)


def separators(text: str, language: str, chance: random.Random) -> str | None:
    """One number with the separators of the other language."""
    thousands, decimal = (r"\.", ",") if language == "id" else (",", r"\.")
    number = rf"\d{{1,3}}(?:{thousands}\d{{3}})+(?:{decimal}\d+)?|\d+{decimal}\d+"
    own = rf"(?<![\w.,])(?:{number})(?![\w.,]?\d)"
    found = list(re.finditer(own, text))
    if not found:
        return None
    match = chance.choice(found)
    other = match[0].translate(str.maketrans(".,", ",."))
    return f"{text[: match.start()]}{other}{text[match.end() :]}"


def dropped(text: str, _language: str, chance: random.Random) -> str | None:
    """A number left out."""
    found = list(re.finditer(r"(?<!\S)\d[\d.,]*(?:\s|$)", text))
    if not found:
        return None
    match = chance.choice(found)
    return f"{text[: match.start()]}{text[match.end() :]}"


MUTATIONS: dict[str, Mutation] = {
    "figure changed": figure,
    "two figures exchanged": swapped,
    "scale word changed": scale_word,
    "day of the week changed": weekday,
    "month changed": month,
    "separators of the other language": separators,
    "number left out": dropped,
}
WATCHED: set[str] = set()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every pair with an error")
    parser.add_argument("--missed", action="append", default=[], choices=MUTATIONS)
    options = parser.parse_args()
    WATCHED.update(options.missed)
    labelled(options.folder / "number_labels.tsv")
    pairs = [
        pair_of(
            row["source"],
            row["target"],
            source_language=row["source_lang"],
            target_language=row["target_lang"],
        )
        for row in rows(options.folder / "parallel_open.tsv")
    ]
    published(pairs, prints_errors=options.errors)
    turned = [
        Pair(pair.target, pair.source, pair.target_language, pair.source_language) for pair in pairs
    ]
    planted([*pairs, *turned])


if __name__ == "__main__":
    main()
