"""A kind of content that makes no sense is no kind. Django reads it before anything else, and would raise."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.http import parse_header_parameters

from website.pagecache.wrapper import Application

UNKNOWN: Final = "application/octet-stream"


def with_a_known_kind(application: Application) -> Application:
    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if said := environ.get("CONTENT_TYPE"):
            try:
                parse_header_parameters(said)
            except ValueError:
                environ["CONTENT_TYPE"] = UNKNOWN
        return application(environ, start_response)

    return answer
