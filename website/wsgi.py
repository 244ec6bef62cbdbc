"""The entrance for the server."""

import gc
import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.prod")
# Seconds that a thread which makes a page has the processor to itself: whoever wants a kept page, which takes
# 50 µs, waits so long for it and not Python's 5 ms.
sys.setswitchinterval(0.001)
site = get_wsgi_application()

# Models can be imported only once the application is there.
from website import database_file, missing  # noqa: E402
from website.content_type import with_a_known_kind  # noqa: E402
from website.pagecache.serving import cached  # noqa: E402
from website.search import asked  # noqa: E402
from website.tally import at_the_end  # noqa: E402


def write_down_what_was_counted() -> None:
    for counting in (missing, asked):
        counting.write_down(now=timezone.now())


def leave_the_database_in_one_file() -> None:
    """Workers end without closing anything; what they left in the log would ruin a restored file."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        database_file.empty_log(Path(settings.DATABASES["default"]["NAME"]))


application = cached(with_a_known_kind(site))

# What is there by now stays for good. Python looked through all of it for garbage in the middle of somebody's
# page, and through the rest too often: a fifth of the work on large pages, with pauses of 0.1 seconds.
gc.freeze()
gc.set_threshold(10_000, 10, 10)


# Here only: a command or a test has counted nothing that anyone should keep. The last is done first.
at_the_end(leave_the_database_in_one_file)
at_the_end(write_down_what_was_counted)
