"""
Bring the message catalogues up to date with the source, or check that they are (--check).

Needs xgettext, of Debian's package gettext.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
CATALOGUES = "locale/*/LC_MESSAGES/*.po"
NOT_SOURCE = (".*", "__pycache__", "*.mo", "staticfiles", "media", "db.sqlite3*", "test-results")
# What nobody is shown.
NOT_SHOWN = ("tests", "benchmarks", "docs", "deploy")


def main(arguments: list[str]) -> int:
    """Carry the command out and return its exit status."""
    if shutil.which("xgettext") is None:
        subprocess.run([FOLDER / "debian", "gettext"], check=False)
    if shutil.which("xgettext") is None:
        print("There is no xgettext here; on Debian: apt-get install gettext", file=sys.stderr)
        return 69
    if arguments != ["--check"]:
        collect(ROOT)
        return 0
    with tempfile.TemporaryDirectory(prefix="newsroom-messages-") as folder:
        copy = Path(folder) / "newsroom"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_SOURCE))
        collect(copy)
        complaints = [
            complaint
            for catalogue in sorted(copy.glob(CATALOGUES))
            for complaint in differences(ROOT / catalogue.relative_to(copy), catalogue)
        ]
    print(*complaints, sep="\n", end="\n" if complaints else "")
    return int(bool(complaints))


def collect(root: Path) -> None:
    """Write the source's messages into the catalogues of the tree at ``root``."""
    languages = [f"--locale={folder.name}" for folder in sorted((root / "locale").iterdir())]
    ignored = [f"--ignore={name}" for name in NOT_SHOWN]
    command = [sys.executable, "manage.py", "makemessages", "--no-obsolete", "--add-location=file"]
    subprocess.run(
        [*command, *languages, *ignored], cwd=root, check=True, stdout=subprocess.DEVNULL
    )


def differences(committed: Path, collected: Path) -> list[str]:
    """Return a line for each message that one of two catalogues has and the other lacks."""
    here, there = messages(committed), messages(collected)
    name = committed.relative_to(ROOT)
    return [
        *(f"{name} lacks a message of the source: {text}" for text in sorted(there - here)),
        *(f"{name} has a message that the source lacks: {text}" for text in sorted(here - there)),
    ]


def messages(catalogue: Path) -> set[str]:
    if not catalogue.exists():
        return set()
    return {
        " | ".join(filter(None, (entry.msgctxt, entry.msgid, entry.msgid_plural)))
        for entry in polib.pofile(str(catalogue), encoding="utf-8")
        if not entry.obsolete
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
