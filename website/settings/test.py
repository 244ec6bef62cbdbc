"""Fast and strict. SQLite lives in a file, as on the real site, so that a browser can read beside a test."""

import tempfile
from pathlib import Path

from .base import *

SCRATCH = Path(tempfile.mkdtemp(prefix="waymark-test-"))

DEBUG = False
SECRET_KEY = "only the tests sign with this"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "db.sqlite3")}
    # Nothing here outlives a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # A busy machine is slow, not wrong.
    DATABASES["default"]["OPTIONS"]["options"] = (
        "-c statement_timeout=60s -c lock_timeout=30s -c idle_in_transaction_session_timeout=300s"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0

PAGE_COPIES = SCRATCH / "pages"
MEDIA_ROOT = SCRATCH / "media"
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
BUNDLES_ROOT = SCRATCH / "bundles"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 3600  # a browser that goes from test to test asks once
CACHES["logins"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "logins"}
CACHES["posters"]["LOCATION"] = SCRATCH / "posters"
API_REQUESTS_PER_MINUTE = 0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
