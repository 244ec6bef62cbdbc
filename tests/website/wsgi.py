"""Asking a WSGI application as a server does, and applications and tokens that do as they are told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from website.pagecache.copies import Copies
from website.pagecache.tokens import Unavailable

PUBLIC = ("Cache-Control", "public, max-age=0")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def environ(target: str = "/", method: str = "GET", **headers: str) -> dict[str, Any]:
    """``headers`` as WSGI names them, without ``HTTP_``."""
    path, _, query = target.partition("?")
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "HTTP_HOST": "testserver",
    } | {f"HTTP_{name}": value for name, value in headers.items()}


def ask(application: Any, target: str = "/", method: str = "GET", **headers: str) -> Answer:
    return sent(application, environ(target, method, **headers))


def sent(application: Any, request: dict[str, Any]) -> Answer:
    said: list[Any] = []
    parts = application(request, lambda status, headers, exc_info=None: said.extend([status, headers]))
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    return Answer(int(said[0][:3]), {name.lower(): value for name, value in said[1]}, body)


@dataclass
class FakeTokens:
    value: int = 1
    is_down: bool = False

    def read(self) -> int:
        if self.is_down:
            raise Unavailable
        return self.value


@dataclass
class FakeSite:
    """Says what it is told to, and how often it was asked for what."""

    body: Callable[[dict[str, Any]], bytes] = lambda environ: b"page"
    status: str = "200 OK"
    headers: list[tuple[str, str]] = field(default_factory=lambda: [PUBLIC, ("Content-Type", "text/html")])
    asked: list[dict[str, Any]] = field(default_factory=list)
    closed: int = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked.append(environ)
        body = self.body(environ)
        start_response(self.status, list(self.headers))
        return Parts(body, self)


class Parts:
    def __init__(self, body: bytes, site: FakeSite) -> None:
        self.body, self.site = body, site

    def __iter__(self) -> Any:
        yield self.body

    def close(self) -> None:
        self.site.closed += 1


class CopiesByHand(Copies):
    """Written when the test says ``flush()``, by no thread."""

    def _begin(self) -> None:
        pass
