"""Which requests the page cache answers, and all that it lets an answer depend on."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from website.missing import ASKED_AGAIN
from website.twins import MARKDOWN, NOT_PAGES, wants_markdown

from .parameters import kept_at
from .store import Key

Environ = dict[str, Any]

# Answered by whoever is asked now; or kept by others already, as uploads are. Programs are counted, and told
# of each parameter that means nothing.
ELSEWHERE: Final = (*NOT_PAGES, "/healthz", "/readyz", "/api/")


LONGEST: Final = 2_000  # characters; whoever asks at length is not to be remembered by thousands


def forwarded_scheme() -> Callable[[Environ], str]:
    """As Django decides whether a request came by HTTPS."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    if not trusted:
        return lambda environ: str(environ.get("wsgi.url_scheme", "http"))
    name, secure = trusted

    def scheme(environ: Environ) -> str:
        said = environ.get(name)
        if said is None:
            return str(environ.get("wsgi.url_scheme", "http"))
        return "https" if said.split(",", 1)[0].strip() == secure else "http"

    return scheme


class Asking:
    def __init__(self) -> None:
        self._scheme = forwarded_scheme()
        self._trusted = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]
        self._session = settings.SESSION_COOKIE_NAME

    def key_of(self, environ: Environ) -> Key | None:
        """None for what is not to be kept, whoever asks for it."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if path.startswith(ELSEWHERE) or "HTTP_RANGE" in environ or "HTTP_AUTHORIZATION" in environ:
            return None
        if len(path) + len(query) > LONGEST or _has_conditions_of_its_own(environ):
            return None
        accept = environ.get("HTTP_ACCEPT", "")
        return Key(
            environ["HTTP_HOST"],
            path,
            kept_at(as_text(path), query) if query else "",
            self._scheme(environ),
            MARKDOWN in accept and _prefers_markdown(accept),
        )

    def is_personal(self, environ: Environ) -> bool:
        """Whoever is logged in gets what Django answers, and leaves nothing for others."""
        return self._session in environ.get("HTTP_COOKIE", "")

    def stripped(self, environ: Environ, key: Key) -> Environ:
        """The request as anyone could have made it: what is not in the key is not in here."""
        clean = {name: value for name, value in environ.items() if not name.startswith(("HTTP_", "CONTENT_"))}
        clean.pop("wsgi.file_wrapper", None)
        clean |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query, "HTTP_HOST": key.host}
        clean |= {"wsgi.input": BytesIO(), "HTTP_X_FORWARDED_FOR": environ.get("HTTP_X_FORWARDED_FOR", "")}
        if self._trusted:
            clean[self._trusted] = key.scheme
        if key.markdown:
            clean["HTTP_ACCEPT"] = MARKDOWN
        if self.is_stripped(environ, key):
            clean[ASKED_AGAIN] = True  # if nothing is there
        return clean

    def is_stripped(self, environ: Environ, key: Key) -> bool:
        """Whether an answer that is not kept could have been another one for this visitor."""
        return environ.get("QUERY_STRING", "") != key.query or "HTTP_COOKIE" in environ


def _has_conditions_of_its_own(environ: Environ) -> bool:
    return (
        not environ.get("HTTP_HOST")
        or "HTTP_IF_MATCH" in environ
        or "HTTP_IF_UNMODIFIED_SINCE" in environ
        or environ.get("CONTENT_LENGTH", "") not in ("", "0")
        or "HTTP_TRANSFER_ENCODING" in environ
        or bool(environ.get("SCRIPT_NAME"))
    )


def _prefers_markdown(accept: str) -> bool:
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accept
    return wants_markdown(request)


def as_text(path: str) -> str:
    """WSGI hands over the bytes of an address as if they were Latin-1."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace")
