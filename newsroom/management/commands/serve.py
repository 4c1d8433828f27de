"""``manage.py serve``: the newsroom's web server, the same on a desk and in production."""

import http.client
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path

import environ
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import BaseCommand, CommandError, call_command
from django.db import close_old_connections, connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.utils import timezone
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

# Each thread of each worker holds one database connection.
THREADS_PER_WORKER = 4
# A worker that has not finished its requests by then is ended.
STOP_SECONDS = 10
# A due change is with readers this much later at most.
TICK_SECONDS = 5
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}

env = environ.Env()
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Serve the newsroom until Ctrl-C or SIGTERM."""

    help = (
        "Serve the newsroom until Ctrl-C or SIGTERM."
        " PORT and NEWSROOM_WORKERS are read from the environment."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen at (default: %(default)s)"
        )
        parser.add_argument("--port", type=int, help="port to listen at (default: PORT, else 8000)")
        parser.add_argument(
            "--demo",
            action="store_true",
            help="first migrate, and load the demo stories into an empty database",
        )

    def handle(self, *, host: str, port: int | None, demo: bool, **_options: object) -> None:
        refuse_the_known_key()
        refuse_pages_without_style()
        port = whole_number("PORT", default=8000) if port is None else port
        workers = whole_number("NEWSROOM_WORKERS", default=2)
        refuse_a_taken_port(host, port)
        # Workers read their settings anew.
        site = os.environ.setdefault(
            "NEWSROOM_SITE_URL", f"http://{bracketed(reachable(host))}:{port}"
        )
        if demo:
            self.stdout.write("Preparing the database …")
            self.stdout.flush()
            call_command("migrate", interactive=False, verbosity=0)
            call_command("demo", stdout=self.stdout)
        else:
            self.check_migrations()
        # Workers open their own.
        for connection in connections.all(initialized_only=True):
            connection.close()
            if isinstance(connection, PostgreSQL):
                connection.close_pool()

        # Forked workers would inherit locks that this process's threads hold.
        multiprocessing.set_start_method("spawn", force=True)
        server = Granian(
            "newsroom.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS_PER_WORKER,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
            working_dir=settings.BASE_DIR,
            log_level=LogLevels.warning,
        )
        # A closed terminal stops the server, which would else only start its workers anew.
        nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        hangup = signal.SIG_IGN if nohup else server.signal_handler_interrupt
        server.on_startup(partial(signal.signal, signal.SIGHUP, hangup))
        threading.Thread(target=tick_for_ever, daemon=True).start()
        threading.Thread(target=prove_for_ever, args=(site,), daemon=True).start()
        threading.Thread(target=self.say_when_ready, args=(host, port), daemon=True).start()
        server.serve(target_loader=load_worker)
        self.stdout.write("The newsroom has stopped.")

    def say_when_ready(self, host: str, port: int) -> None:
        """Print the address once the first page has been answered."""
        if wait_for_an_answer(reachable(host), port):
            address = f"http://{bracketed(reachable(host))}:{port}/"
            ready = f"The newsroom is ready: {address} (Ctrl-C stops it)"
            self.stdout.write(self.style.SUCCESS(ready))
            self.stdout.flush()


def tick_for_ever() -> None:
    """
    Look at the clock every few seconds, in the server's own process.

    Several servers may do so at once. A look that fails, because the database is away for a
    moment, is logged and followed by the next.
    """
    # Workers import this module before the applications are set up.
    from newsroom import ticking  # noqa: PLC0415
    from newsroom.mailing import Site  # noqa: PLC0415

    site = Site(name=settings.SITE_NAME, url=settings.SITE_URL)
    while True:
        time.sleep(TICK_SECONDS)
        try:
            ticking.tick(site=site, by_mail=settings.SENDS_MAIL, at=timezone.now())
        except Exception:
            # Whatever it was: nobody would start the clock again.
            logger.exception("could not look at the clock")
        finally:
            close_old_connections()


def prove_for_ever(site: str) -> None:
    """
    Ask the site's own addresses whether what was taken from readers is gone.

    Apart from the clock: answers may take seconds. They come from the workers, so nothing here
    waits for itself.
    """
    # Workers import this module before the applications are set up.
    from articles import proving  # noqa: PLC0415

    fetch = partial(proving.fetch_from, site.rstrip("/"))
    while True:
        time.sleep(TICK_SECONDS)
        try:
            proving.ask_due(fetch=fetch, at=timezone.now())
        except Exception:
            # Whatever it was: nobody would start this again.
            logger.exception("could not keep what the site's addresses answered")
        finally:
            close_old_connections()


def load_worker(_target: str) -> WSGIHandler:
    """
    Return the application, in a worker.

    Ctrl-C reaches every process of the terminal's group, and a worker that is told to stop twice,
    by the terminal and by the server, does not stop. So it leaves the group and listens to the
    server alone, and when the server has been killed it ends by itself.
    """
    os.setpgid(0, 0)
    threading.Thread(target=stop_without_server, daemon=True).start()
    # The application may be set up in workers only.
    from newsroom.wsgi import application  # noqa: PLC0415

    return application


def stop_without_server() -> None:
    """Wait until the process that started this one is gone, then stop."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os.kill(os.getpid(), signal.SIGTERM)


def refuse_the_known_key() -> None:
    """Raise ``CommandError`` when more than this machine would be served with the public key."""
    known = settings.SECRET_KEY.startswith("django-insecure-")
    if known and not LOCAL_HOSTS.issuperset(settings.ALLOWED_HOSTS):
        raise CommandError(
            "NEWSROOM_ALLOWED_HOSTS names hosts beyond this machine, but the secret key is the one"
            " that everybody knows. Set NEWSROOM_SECRET_KEY to 50 random characters."
        )


def refuse_pages_without_style() -> None:
    """Raise ``CommandError`` when the static files' list is missing: every page would fail."""
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise CommandError("The style sheets and scripts are not collected yet. Run: ./run prepare")


def whole_number(variable: str, *, default: int) -> int:
    """Return a positive number from the environment; raise ``CommandError`` for anything else."""
    try:
        number: int = env.int(variable, default=default)
    except (ImproperlyConfigured, ValueError):
        number = 0
    if number < 1:
        raise CommandError(f"{variable} must be a whole number above 0.")
    return number


def refuse_a_taken_port(host: str, port: int) -> None:
    """
    Raise ``CommandError`` when the address cannot be listened at.

    The server itself would share the port with another copy of it, and readers would get
    their pages from either.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Connections of a server that has just stopped do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as reason:
            raise CommandError(
                f"The newsroom cannot listen at {host}, port {port}: {reason}."
                " Choose another port: PORT=8001"
            ) from reason


def reachable(host: str) -> str:
    """Return the address by which this machine reaches a server that listens at ``host``."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - compared, not bound


def bracketed(host: str) -> str:
    """Return a host as it stands in an address: IPv6 numbers in brackets."""
    return f"[{host}]" if ":" in host else host


def wait_for_an_answer(host: str, port: int) -> bool:
    """Ask for the front page until something answers; return whether it did within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(host, port, timeout=60)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return True
        finally:
            connection.close()
    return False
