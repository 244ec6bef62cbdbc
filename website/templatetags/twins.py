from urllib.parse import quote, urlencode

from django import template
from django.http import HttpRequest

from website.twins import NOT_PAGES, twin_address

register = template.Library()
KEPT = ("q", "page")  # what makes another page of an address; the rest narrows or compares
LONGEST = 1000  # characters of what was asked: a question longer than this need not be repeated


@register.simple_tag
def markdown_twin(request: HttpRequest) -> str:
    """Where the page that was asked for is as Markdown; empty where it is not."""
    if request.path.startswith(NOT_PAGES):
        return ""
    asked = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{quote(twin_address(request.path))}{query}" if len(query) <= LONGEST else ""
