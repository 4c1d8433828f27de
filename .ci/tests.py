"""
Run every test: on SQLite, on PostgreSQL, and the journeys in a browser on both.

Arguments are handed to each pytest run. The last line printed is the sum of the runs. A run
that is impossible here is named before it, and fails in CI (CI=true).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_HERE = 69  # the status of .ci/postgres and .ci/debian when something cannot be had


@dataclass(frozen=True)
class Run:
    """One pytest run: where its tests store, and which of them it takes."""

    name: str
    on_postgresql: bool
    marker: str
    workers: int

    @property
    def needs_browser(self) -> bool:
        return self.marker == "journey"


@dataclass(frozen=True)
class Outcome:
    """What came of a run, in numbers of tests."""

    passed: int
    failed: int
    skipped: int
    status: int = 0

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


RUNS = (
    Run("SQLite", on_postgresql=False, marker="not journey", workers=2),
    Run("PostgreSQL", on_postgresql=True, marker="not journey", workers=2),
    Run("Journeys on SQLite", on_postgresql=False, marker="journey", workers=0),
    Run("Journeys on PostgreSQL", on_postgresql=True, marker="journey", workers=0),
)


def main(arguments: list[str]) -> int:
    """Run what can be run here and return the exit status of the whole."""
    lacking = what_is_lacking()
    outcomes = []
    lines = []
    left_out = False
    for run in RUNS:
        missing = [name for name, needed in needs(run).items() if needed and name in lacking]
        if missing:
            left_out = True
            lines.append(f"{run.name}: NOT RUN, there is no {' and no '.join(missing)} here")
            print(f"\n!!! {lines[-1]}\n", flush=True)
            continue
        print(f"\n=== {run.name} ===", flush=True)
        started = time.monotonic()
        outcomes.append(carry_out(run, arguments))
        lines.append(f"{run.name}: {outcomes[-1]} in {time.monotonic() - started:.0f} s")

    print("", *lines, sep="\n")
    print(
        Outcome(
            passed=sum(outcome.passed for outcome in outcomes),
            failed=sum(outcome.failed for outcome in outcomes),
            skipped=sum(outcome.skipped for outcome in outcomes),
        )
    )
    failed = any(outcome.status for outcome in outcomes)
    return int(failed or (left_out and os.environ.get("CI") == "true"))


def needs(run: Run) -> dict[str, bool]:
    return {"PostgreSQL": run.on_postgresql, "Chromium": run.needs_browser}


def what_is_lacking() -> set[str]:
    """Return which of PostgreSQL and Chromium is not here and cannot be installed."""
    lacking = set()
    if subprocess.run([FOLDER / "postgres", "true"], check=False).returncode == NOT_HERE:
        lacking.add("PostgreSQL")
    if not any(map(shutil.which, BROWSERS)):
        subprocess.run([FOLDER / "debian", "chromium", "fonts-liberation"], check=False)
    if not any(map(shutil.which, BROWSERS)):
        lacking.add("Chromium")
    return lacking


def carry_out(run: Run, arguments: list[str]) -> Outcome:
    """Run pytest once and return what it counted; no test at all is a failure."""
    with tempfile.TemporaryDirectory(prefix="newsroom-results-") as folder:
        report = Path(folder) / "report.xml"
        command: list[str | Path] = [
            *([FOLDER / "postgres"] if run.on_postgresql else []),
            *(sys.executable, "-m", "pytest", "-m", run.marker, "-n", str(run.workers)),
            *(f"--junitxml={report}", *arguments),
        ]
        # Nobody's DATABASE_URL is tested on: the tests drop databases.
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if not report.exists():
            return Outcome(passed=0, failed=1, skipped=0, status=status or 1)
        suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 - our own file
        counts = [
            {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
            for suite in suites
        ]
    total = sum(count["tests"] for count in counts)
    failed = sum(count["failures"] + count["errors"] for count in counts)
    skipped = sum(count["skipped"] for count in counts)
    return Outcome(passed=total - failed - skipped, failed=failed, skipped=skipped, status=status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
