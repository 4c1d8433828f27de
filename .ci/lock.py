"""
Compile requirements.in and requirements-dev.in into the pinned files beside them.

The files fit every supported Python and system, and name no package index. With --upgrade
everything moves to its newest allowed release.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> None:
    """Write both files."""
    # Settings of this machine (its own index, its own folder of packages) must not enter the files.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))
    } | {"UV_SYSTEM_CERTS": "true"}
    for name in ("requirements", "requirements-dev"):
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--no-config",
            "--universal",
        ]
        command += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
        command += ["--custom-compile-command", "make lock", f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
