"""Answers for programs, also for those that run as pages of other sites."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag


def for_any_site(
    request: HttpRequest, response: HttpResponse, *, changed_at: int | None = None
) -> HttpResponseBase:
    """Conditional here already: what the middleware answers with "not modified" would lose the headers."""
    if response.status_code == 200:
        set_response_etag(response)
    answer = get_conditional_response(
        request, etag=response.get("ETag"), last_modified=changed_at, response=response
    )
    answer = answer or response
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
