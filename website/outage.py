"""What is answered while the database is away: in words, and with what was typed, so that nothing is lost."""

import re
import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as stock_server_error

AGAIN: Final = 10  # seconds until it is worth another try
LONGEST: Final = 1_000_000  # characters handed back of one field
# What the form put there, not a person; and what nobody wants to see on a page.
_NOT_TYPED: Final = re.compile(
    r"^_|password|csrf|token|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|(^|-)id$|__prefix__"
)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, of the session or of who it is."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return stock_server_error(request)
    text = render_to_string("503.html", {"typed": typed(request), "was_sent": request.method == "POST"})
    return HttpResponse(
        text, status=503, headers={"Retry-After": str(AGAIN), "Cache-Control": "private, no-store"}
    )


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field that holds words, under a name that can be read."""
    if request.method != "POST":
        return []
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    return [
        (readable(name), value[:LONGEST])
        for name, value in sent
        if value.strip() and not value.isdecimal() and not _NOT_TYPED.search(name)
    ]


def readable(name: str) -> str:
    words = re.sub(r"[-_]+", " ", name).strip()
    return words[:1].upper() + words[1:]
