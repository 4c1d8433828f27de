"""Databases, a running site and a browser for tests. The cast stands in each folder's conftest."""

import contextlib
import dataclasses
import fcntl
import http.client
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import psycopg
import pytest
from django.utils import translation
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium refuses to sandbox for root, and looks for its maker's hosts unless told not to.
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# No time limit: the machine may be busy. In CI the same examples at every run.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "desk")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the messages that were translated since they were compiled last."""
    if hasattr(config, "workerinput"):
        return
    sources = ROOT.glob("locale/*/LC_MESSAGES/*.po")
    if any(is_newer(source, than=source.with_suffix(".mo")) for source in sources):
        subprocess.run([sys.executable, "manage.py", "compilemessages"], cwd=ROOT, check=True)


def is_newer(source: Path, *, than: Path) -> bool:
    return not than.exists() or source.stat().st_mtime > than.stat().st_mtime


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in tests/journeys."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "journeys"):
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def english() -> Iterator[None]:
    """Read what screens say in English, also after the answer."""
    with translation.override("en"):
        yield


# A running site


@dataclasses.dataclass(frozen=True)
class Site:
    """A newsroom as ``make run`` serves it, with an empty database of its own."""

    address: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run one of the site's commands and return what it printed; a refusal raises."""
        return manage(*arguments, environment=self.environment)


def manage(*arguments: str, environment: dict[str, str]) -> str:
    command = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert command.returncode == 0, command.stdout + command.stderr
    return command.stdout


@pytest.fixture(scope="session")
def collected() -> Path:
    """Return the folder of the static files as a site serves them, brought up to date."""
    # One process at a time: the first one does the work.
    with Path(os.environ["TESTS_FOLDER"], "collecting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["./run", "static"], cwd=ROOT, env=environment(), check=True)
    return ROOT / "staticfiles"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a database with the tables and nothing else in it, to be copied."""
    with empty_database(tmp_path_factory.mktemp("migrated")) as address:
        manage("migrate", "--verbosity=0", environment=environment(DATABASE_URL=address))
        yield address


@pytest.fixture
def site(tmp_path: Path, collected: Path, migrated: str) -> Iterator[Site]:
    """Return a site of the test's own; it ends with the test."""
    with empty_database(tmp_path, copy_of=migrated) as database:
        port = free_port()
        variables = environment(
            DATABASE_URL=database,
            PORT=str(port),
            NEWSROOM_STATIC_ROOT=str(collected),
            NEWSROOM_MEDIA_ROOT=str(tmp_path / "media"),
            NEWSROOM_SITE_URL=f"http://127.0.0.1:{port}",
        )
        log = tmp_path / "server.log"
        with log.open("w") as output:
            server = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=variables,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for_an_answer(server, port, log)
            yield Site(address=f"http://127.0.0.1:{port}", environment=variables)
        finally:
            server.terminate()
            server.wait(timeout=30)


def environment(**variables: str) -> dict[str, str]:
    """Return this process's environment for a site of its own, not for the tests' settings."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")
    }
    return inherited | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"} | variables


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_an_answer(server: subprocess.Popen, port: int, log: Path) -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    pytest.fail(f"The site did not start:\n{log.read_text()}")


@contextlib.contextmanager
def empty_database(folder: Path, *, copy_of: str = "") -> Iterator[str]:
    """Make a database of the kind DATABASE_URL names, or a copy of one; drop it at the end."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        file = folder / "db.sqlite3"
        if copy_of:
            shutil.copy(urlsplit(copy_of).path.removeprefix("/"), file)
        yield f"sqlite:///{file}"
        return
    name = f"site_{secrets.token_hex(6)}"
    template = urlsplit(copy_of).path.removeprefix("/") or "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


# A browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.fail("There is no Chromium here; on Debian: apt-get install chromium")
    # Playwright's event loop stays in this thread; Django would refuse every query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a page in a new browser profile; a script's error or a blocked file fails the test."""
    problems: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            problems.append(message.text)

    with contextlib.closing(
        chromium.new_context(locale="id-ID", timezone_id="Asia/Jakarta")
    ) as context:
        context.set_default_timeout(15_000)
        context.on("console", listen)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        yield context.new_page()
    assert problems == []
