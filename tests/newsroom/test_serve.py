import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def as_on_a_site(settings, tmp_path):
    """Take back the host that Django's test runner allows; pretend to have collected files."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def served(tmp_path, port, collected):
    """Return a server's process, in a group of its own, with an empty database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")}
    server = subprocess.Popen(
        # Else a run under nohup would hand down that a closed terminal is ignored.
        ["env", "--default-signal=HUP", sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=kept
        | {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
            "NEWSROOM_STATIC_ROOT": str(collected),
            "PORT": str(port),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    yield server
    for process in processes_of(server.pid):
        os.kill(process, signal.SIGKILL)
    server.stdout.close()
    server.wait()


def processes_of(session: int) -> list[int]:
    """Return the living processes of a session, oldest first."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,sid=,stat=", "--sort=start_time"],
        capture_output=True,
        check=True,
        encoding="ascii",
    )
    rows = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, of, state in rows if int(of) == session and state[0] != "Z"]


def read_until(server: subprocess.Popen, words: str) -> str:
    read = ""
    for line in server.stdout:
        read += line
        if words in line:
            return read
    pytest.fail(f"the server ended without saying {words!r}:\n{read}")


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/")
    status = connection.getresponse().status
    connection.close()
    return status < 500


def listens(port) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serve_says_when_it_is_ready_and_leaves_no_process(served, port, stop):
    said = read_until(served, "ready")
    assert f"http://127.0.0.1:{port}/" in said
    assert answers(port)

    # As a terminal does: to the whole group.
    os.killpg(served.pid, stop)

    assert served.wait(timeout=30) == 0
    assert served.stdout.read().splitlines()[-1] == "The newsroom has stopped."
    wait_until(lambda: processes_of(served.pid) == [])


def test_workers_end_when_the_server_was_killed(served):
    read_until(served, "ready")

    served.kill()

    wait_until(lambda: processes_of(served.pid) == [])


def test_a_worker_that_dies_is_replaced(served, port):
    read_until(served, "ready")
    before = processes_of(served.pid)
    worker = before[-1]

    os.kill(worker, signal.SIGKILL)

    wait_until(lambda: len(set(processes_of(served.pid)) - {worker}) == len(before))
    # The new one is there before it listens.
    wait_until(lambda: listens(port))
    assert answers(port)


def test_serve_refuses_a_port_that_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"cannot listen at 127.0.0.1, port {port}"):
            call_command("serve", port=port)


def test_serve_refuses_the_known_key_for_more_than_this_machine(settings):
    settings.ALLOWED_HOSTS = ["localhost", "news.example.org"]

    with pytest.raises(CommandError, match="Set NEWSROOM_SECRET_KEY"):
        call_command("serve")


def test_serve_refuses_to_send_pages_without_their_style_sheets(settings, tmp_path):
    (tmp_path / "staticfiles.json").unlink()

    with pytest.raises(CommandError, match="not collected yet"):
        call_command("serve")


@pytest.mark.parametrize("port", ["many", "", "0", "-1", "8000.5"])
def test_serve_says_when_port_is_not_a_number(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(CommandError, match=r"PORT must be a whole number above 0\."):
        call_command("serve")


def test_serve_refuses_a_port_beyond_the_last(monkeypatch):
    monkeypatch.setenv("PORT", "70000")

    with pytest.raises(CommandError, match="cannot listen"):
        call_command("serve")
