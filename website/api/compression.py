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
        if preferred(request.headers.get("Accept-Encoding", ""), (GZIP,)) != GZIP:
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
