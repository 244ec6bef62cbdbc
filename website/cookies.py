"""A cookie that makes no sense is no cookie: a public page must not answer it with one of its own."""

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_TOKEN: Final = re.compile(r"(?:[a-zA-Z0-9]{32}){1,2}")


class NonsenseMiddleware:
    """Django would give whoever sends a broken CSRF cookie a new one at once, on whatever page.

    Before all that may fail: the stock pages of errors do so, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
        if token is not None and not _TOKEN.fullmatch(token):
            del request.COOKIES[settings.CSRF_COOKIE_NAME]
        return self.get_response(request)
