"""One answer, as it is kept: ready for whoever asks, compressed or not, in full or as “not modified”."""

import gzip
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import brotli
from django.utils.http import parse_http_date_safe

from .encodings import BROTLI, GZIP, PLAIN, preferred
from .evidence import Evidence

Headers = list[tuple[str, str]]

NOT_MODIFIED: Final = "304 Not Modified"
COMPRESSIBLE: Final = ("text/", "application/json", "application/xml", "application/atom", "application/feed")
SMALLEST: Final = 500  # bytes; less does not get smaller
OVERHEAD: Final = 3_000  # bytes for headers, and what Python needs beside them
# As hard as the first reader to ask can wait for: Brotli's best takes sixty times as long.
COMPRESSED: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    BROTLI: lambda body: bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=5)),
    GZIP: lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
_OF_THE_BODY: Final = frozenset({"content-length", "content-type", "content-encoding"})


@dataclass(slots=True)
class Form:
    """The answer as one kind of visitor gets it."""

    headers: Headers
    body: list[bytes]
    unchanged: Headers


@dataclass(slots=True, eq=False)
class Entry:
    """``generation`` is the state of the database it is right for, until ``until``."""

    status: str
    headers: Headers
    body: bytes
    generation: Any = None
    until: float = 0.0
    made_at: float = 0.0  # when it was last known to be right
    ending: float | None = None  # when its page must be gone, whatever else is unknown
    evidence: Evidence | None = None  # by which it is told whether it is right for a later state
    forms: dict[str, Form] = field(default_factory=dict)

    @property
    def is_page(self) -> bool:
        return self.status.startswith("200")

    @property
    def is_error(self) -> bool:
        return self.status.startswith("5")

    @property
    def size(self) -> int:
        """As if it were compressed already in both ways, each to a third at worst."""
        evidence = self.evidence.size if self.evidence else 0
        return OVERHEAD + len(self.body) * 5 // 3 + evidence

    def header(self, name: str) -> str:
        return next((value for given, value in self.headers if given.lower() == name), "")

    def answer(
        self, environ: Mapping[str, Any], start_response: Any, more: Headers | None = None
    ) -> list[bytes]:
        coding = preferred(environ.get("HTTP_ACCEPT_ENCODING", ""))
        form = self.forms.get(coding) or self._form(coding)
        if ("HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ) and self._is_known(
            environ
        ):
            start_response(NOT_MODIFIED, form.unchanged + (more or []))
            return []
        start_response(self.status, form.headers + more if more else form.headers)
        return form.body if environ["REQUEST_METHOD"] != "HEAD" else []

    def _is_known(self, environ: Mapping[str, Any]) -> bool:
        """By the tag if the visitor has one, compared weakly; else by the date."""
        if not self.is_page:
            return False
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags is not None:
            tag = self.header("etag").removeprefix("W/")
            return bool(tag) and (tag in tags or tags.strip() == "*")
        changed = parse_http_date_safe(self.header("last-modified"))
        seen = parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
        return changed is not None and seen is not None and changed <= seen

    def _form(self, coding: str) -> Form:
        body, headers = self.body, [pair for pair in self.headers if pair[0].lower() != "content-length"]
        if self._shrinks():
            headers = [*_varying(headers)]
            if coding != PLAIN:
                body = COMPRESSED[coding](body)
                headers = [*_weakened(headers), ("Content-Encoding", coding)]
        unchanged = [pair for pair in headers if pair[0].lower() not in _OF_THE_BODY]
        form = Form([*headers, ("Content-Length", str(len(body)))], [body], unchanged)
        self.forms[coding] = form
        return form

    def _shrinks(self) -> bool:
        is_plain = not self.header("content-encoding")
        return (
            is_plain and len(self.body) >= SMALLEST and self.header("content-type").startswith(COMPRESSIBLE)
        )


def _varying(headers: Iterable[tuple[str, str]]) -> Headers:
    """Every form says that there are others, also the plain one."""
    named = [value for name, value in headers if name.lower() == "vary"]
    others = [pair for pair in headers if pair[0].lower() != "vary"]
    return [*others, ("Vary", ", ".join([*named, "Accept-Encoding"]))]


def _weakened(headers: Iterable[tuple[str, str]]) -> Headers:
    """The same text in other bytes has a weak tag (RFC 9110, 8.8.1)."""
    return [
        (name, f"W/{value}") if name.lower() == "etag" and value.startswith('"') else (name, value)
        for name, value in headers
    ]
