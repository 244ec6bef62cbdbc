"""The entrance for the server."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.prod")
# A kept page takes 50 µs; who asks for it waits at most so long for a thread that is making another one.
sys.setswitchinterval(0.001)
site = get_wsgi_application()

from website import missing  # noqa: E402 -- models can be imported only once the application is there
from website.pagecache.serving import cached  # noqa: E402
from website.search import asked  # noqa: E402
from website.tally import at_the_end  # noqa: E402


def write_down_what_was_counted() -> None:
    for counting in (missing, asked):
        counting.write_down(now=timezone.now())


application = cached(site)


# Here only: a command or a test has counted nothing that anyone should keep.
at_the_end(write_down_what_was_counted)
