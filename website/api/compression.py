"""Answers to programs are compressed for those who take them so; readers' pages are where they are kept."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PLACE = "/api/"


class CompressionMiddleware(GZipMiddleware):
    """Outside of what gives and compares tags, which are of the text and not of its compressed form."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith(PLACE):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
