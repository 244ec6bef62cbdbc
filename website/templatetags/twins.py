from urllib.parse import quote, urlencode

from django import template
from django.http import HttpRequest

from website.pagecache.parameters import taken_at
from website.twins import NOT_PAGES, twin_address

register = template.Library()
KEPT = ("q", "page")  # what makes another page of an address; the rest narrows or compares
LONGEST = 1000  # characters of what was asked: a question longer than this need not be repeated


@register.simple_tag
def markdown_twin(request: HttpRequest) -> str:
    """Where the page that was asked for is as Markdown; empty where it is not."""
    if request.path.startswith(NOT_PAGES):
        return ""
    taken = taken_at(request.path) if request.GET else ()
    asked = {name: request.GET[name] for name in KEPT if name in taken and request.GET.get(name)}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{quote(twin_address(request.path))}{query}" if len(query) <= LONGEST else ""
