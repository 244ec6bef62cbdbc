"""The most that Python can do under the same server: as many bytes as an article has, always the same."""

from collections.abc import Iterable
from typing import Any

BODY = [b"x" * 6_000]
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "public, max-age=0, must-revalidate"),
    ("ETag", '"constant"'),
    ("Content-Length", str(len(BODY[0]))),
]


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return BODY
