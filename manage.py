#!/usr/bin/env python
"""Django's command line for the newsroom, with the project's own Python when there is one."""

import os
import sys
from pathlib import Path

VENV = Path(__file__).resolve().parent / ".venv"


def main() -> None:
    """Run the command that was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        # Imported here so that its absence can be explained.
        from django.core.management import execute_from_command_line  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        if missing.name != "django":
            raise
        python = VENV / "bin" / "python"
        if Path(sys.prefix) == VENV or not python.exists():
            sys.exit("The newsroom is not set up here yet. Run: make run")
        os.execv(python, [str(python), *sys.argv])  # noqa: S606 - the same command, by the right Python
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
