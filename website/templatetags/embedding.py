from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse

from website.embedding.oembed import frame_code

register = template.Library()


@register.simple_tag
def oembed_address(request: HttpRequest) -> str:
    """In full: those who look for it do not put it together with the address of the page."""
    asked = {"url": request.build_absolute_uri(request.path), "format": "json"}
    return request.build_absolute_uri(f"{reverse('oembed')}?{urlencode(asked)}")


@register.inclusion_tag("website/_embed_this.html")
def embed_this(request: HttpRequest, kind: str, ref: str, names: str | list[str]) -> dict[str, str]:
    """The code with which ``kind`` stands in a page of another site."""
    # Joined here: a template would escape each name, and the code escapes it too.
    title = names if isinstance(names, str) else " vs ".join(names)
    view = f"embed-{kind}"
    return {"code": frame_code(request, view, ref, title), "preview": reverse(view, args=[ref])}
