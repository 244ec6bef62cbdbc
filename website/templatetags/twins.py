from urllib.parse import quote

from django import template
from django.http import HttpRequest

from website.twins import NOT_PAGES, twin_address

register = template.Library()
LONGEST = 1000  # characters of what was asked: a question longer than this need not be repeated


@register.simple_tag
def markdown_twin(request: HttpRequest) -> str:
    """Where the page that was asked for is as Markdown; empty where it is not."""
    query = request.META.get("QUERY_STRING", "")
    if request.path.startswith(NOT_PAGES) or len(query) > LONGEST:
        return ""
    return f"{quote(twin_address(request.path))}{'?' if query else ''}{query}"
