"""The newsroom's settings for tests: quick, and apart from the site of this machine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# What somebody set for a site must change no test; DATABASE_URL alone chooses the database.
for _variable in [
    name
    for name in os.environ
    if name.startswith("NEWSROOM_") or name in {"CACHE_URL", "EMAIL_URL"}
]:
    del os.environ[_variable]

from newsroom.settings import *  # noqa: E402, F403 - this is what the module is for
from newsroom.settings import DATABASES, STORAGES  # noqa: E402

# One folder a run, shared by its processes, removed by the one that made it.
if "TESTS_FOLDER" not in os.environ:
    os.environ["TESTS_FOLDER"] = tempfile.mkdtemp(prefix="newsroom-tests-")
    atexit.register(shutil.rmtree, os.environ["TESTS_FOLDER"], ignore_errors=True)
TESTS_FOLDER = Path(os.environ["TESTS_FOLDER"])

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in life: threads of one process would share a database in memory, and its locks.
    DATABASES["default"]["TEST"] = {"NAME": str(TESTS_FOLDER / "db.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    # A pool keeps connections to a database that the end of the run wants to drop.
    del DATABASES["default"]["OPTIONS"]["pool"]

MEDIA_ROOT = TESTS_FOLDER / "media"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Names without hashes, found where they lie: nothing has to be collected before a test.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
