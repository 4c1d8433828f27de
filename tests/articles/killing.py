"""
Publish editions and die in the middle: a program of its own, run by ``test_killed.py``.

Each line it reads names an edition, a person and a step. It publishes the edition in a process
that is killed before that step: steps are the statements that write, the commit, and what comes
after it. It answers with the status that process ended with.
"""

import os
import signal
import sys
from datetime import datetime

import django
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def main() -> None:
    django.setup()
    for line in sys.stdin:
        edition, person, at, step = line.split()
        child = os.fork()
        if child == 0:
            publish(int(edition), int(person), datetime.fromisoformat(at), Steps(int(step)))
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


class Steps:
    """How many steps this process has still to live."""

    def __init__(self, left: int) -> None:
        self.left = left

    def next(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            self.next()
        return execute(sql, params, many, context)


def publish(edition: int, person: int, at: datetime, steps: Steps) -> None:
    # The models are there once Django is set up.
    from articles import publishing  # noqa: PLC0415
    from articles.correcting import Kind, Told  # noqa: PLC0415
    from articles.models import Edition  # noqa: PLC0415
    from newsroom.models import User  # noqa: PLC0415

    found, by = Edition.objects.get(pk=edition), User.objects.get(pk=person)
    told = Told(Kind.CORRECTION, "Salah jumlah.") if found.live_revision_id else None
    commit = connection.commit

    def commit_one_step_later() -> None:
        steps.next()
        commit()

    connection.commit = commit_one_step_later
    with connection.execute_wrapper(steps.watch):
        publishing.publish(found, by=by, at=at, told=told)
    steps.next()


if __name__ == "__main__":
    main()
