"""The entrance for the server."""

import atexit
import os

from django.core.wsgi import get_wsgi_application
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.prod")
site = get_wsgi_application()

from website import missing  # noqa: E402 -- models can be imported only once the application is there
from website.pagecache.serving import cached  # noqa: E402

application = cached(site)

# Here only: a command or a test has counted nothing that anyone should keep.
atexit.register(lambda: missing.write_down(now=timezone.now()))
