import re
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.utils.translation import gettext, ngettext, override, pgettext, trans_real

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))


def placeholders(text: str) -> list[str]:
    """Return what a translation must keep: named values and tags."""
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*\}|</?[a-z][^>]*>", text))


def translations(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Return each text of a message with its translation."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    # Indonesian has one form for every number, made from the English plural.
    return [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_message_is_translated_and_certain(file):
    catalogue = polib.pofile(str(file), encoding="utf-8")

    assert [
        entry.msgid for entry in catalogue if not entry.translated() and not entry.obsolete
    ] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_translation_keeps_the_values_and_tags_of_its_message(file):
    pairs = [
        pair
        for entry in polib.pofile(str(file), encoding="utf-8")
        for pair in translations(entry)
        if pair[1] and placeholders(pair[0]) != placeholders(pair[1])
    ]

    assert pairs == []


def test_indonesian_is_among_the_catalogues():
    assert ROOT / "locale/id/LC_MESSAGES/django.po" in CATALOGUES


def test_compiled_messages_keep_plurals_and_contexts_and_leave_doubtful_ones_out(
    tmp_path, settings, monkeypatch
):
    folder = tmp_path / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "A probe of one word"
msgstr "Percobaan satu kata"

msgid "%(count)s probe"
msgid_plural "%(count)s probes"
msgstr[0] "%(count)s percobaan"

msgctxt "verb"
msgid "Probe"
msgstr "Cobalah"

msgctxt "noun"
msgid "Probe"
msgstr "Percobaan"

#, fuzzy
msgid "A doubtful probe"
msgstr "Entahlah"

msgid "A probe without translation"
msgstr ""
""",
        encoding="utf-8",
    )
    settings.LOCALE_PATHS = [tmp_path]

    call_command("compilemessages")

    monkeypatch.setattr(trans_real, "_translations", {})
    with override("id"):
        found = [
            gettext("A probe of one word"),
            ngettext("%(count)s probe", "%(count)s probes", 3) % {"count": 3},
            pgettext("verb", "Probe"),
            pgettext("noun", "Probe"),
            gettext("A doubtful probe"),
            gettext("A probe without translation"),
        ]
    assert found == [
        "Percobaan satu kata",
        "3 percobaan",
        "Cobalah",
        "Percobaan",
        "A doubtful probe",
        "A probe without translation",
    ]
    assert sorted(file.name for file in folder.iterdir()) == ["django.mo", "django.po"]
