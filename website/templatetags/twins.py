from urllib.parse import quote

from django import template
from django.http import HttpRequest

from website.twins import NOT_PAGES, twin_address

register = template.Library()


@register.simple_tag
def markdown_twin(request: HttpRequest) -> str:
    """Where the page that was asked for is as Markdown; empty where it is not."""
    if request.path.startswith(NOT_PAGES):
        return ""
    query = request.META.get("QUERY_STRING", "")
    return f"{quote(twin_address(request.path))}{'?' if query else ''}{query}"
