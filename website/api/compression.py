"""Answers to programs are compressed for those who take them so; readers' pages are where they are kept."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from website.pagecache.encodings import GZIP, preferred

PLACE = "/api/"


class CompressionMiddleware(GZipMiddleware):
    """Outside of what gives and compares tags, which are of the text and not of its compressed form.

    Django's reads no weights: ``gzip;q=0`` would be taken for a wish.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith(PLACE):
            return response
        is_wanted = preferred(request.headers.get("Accept-Encoding", ""), (GZIP,)) == GZIP
        if response.status_code == 304 or not is_wanted:
            patch_vary_headers(response, ("Accept-Encoding",))
            return _still(request, response) if is_wanted else response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


def _still(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Not modified, under the tag that went with the compressed form (RFC 9110, 15.4.5): a cache finds by it
    which of the two it may go on using. What was too short to be compressed went under the other.
    """
    weak = f"W/{response.get('ETag')}"
    if weak in request.headers.get("If-None-Match", ""):
        response.headers["ETag"] = weak
    return response
