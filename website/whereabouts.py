"""Addresses as readers and editors write them, and what of ours they mean."""

import copy
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import ResolverMatch, resolve

from .public import public_models
from .redirects import MAX_PATH, where_now

NO_ADDRESS = "Give an address on this site that begins with a slash, such as /blog/ or /careers/roles/."
NOTHING_THERE = "Readers find nothing at {}. Choose a page they can open."
# Browsers leave out tabs and line ends, and take a backslash for a slash: //elsewhere would be another site.
_NOT_IN_A_PATH = re.compile(r"[\s\\?#\x00-\x20\x7f-\x9f\ud800-\udfff]")


def folded(path: str) -> str:
    """How this site writes the address: small letters, single slashes, one at the end unless it is a file."""
    squeezed = re.sub(r"/{2,}", "/", f"/{path}").lower()
    is_file = "." in squeezed.rpartition("/")[2]
    return squeezed if is_file or squeezed.endswith("/") else f"{squeezed}/"


def view_at(path: str) -> ResolverMatch | None:
    """What readers would be answered by. The desk is nothing to send them to."""
    try:
        match = resolve(path)
    except Http404:
        return None
    is_desk = {"admin", "editor"} & {*match.app_names, *match.namespaces}
    return None if is_desk else match


def answer_at(request: HttpRequest, path: str, query: QueryDict) -> HttpResponse | None:
    """What a reader would get who asked for ``path``; None if that is nothing."""
    match = view_at(path)
    if match is None:
        return None
    asked = copy.copy(request)
    asked.method, asked.GET, asked.path, asked.path_info = "GET", query, path, path  # type: ignore[assignment]
    try:
        answer: HttpResponse = match.func(asked, *match.args, **match.kwargs)
    except Http404:
        return None
    return answer


def page_at(path: str) -> Any | None:
    """The row whose own page readers find there."""
    match = view_at(path)
    if match is None or set(match.kwargs) != {"slug"}:
        return None
    for model in public_models():
        manager: Any = model._default_manager
        page = manager.public().filter(slug=match.kwargs["slug"]).first()
        if page and page.get_absolute_url() == path:
            return page
    return None


def path_of(typed: str, *, host: str) -> str:
    """The path of an address inside this site, given with or without the site's name before it."""
    text = typed.strip()
    if re.match(r"https?://", text, re.IGNORECASE):
        text = _without_site(text, host)
    if not text.startswith("/") or text.startswith("//") or _NOT_IN_A_PATH.search(text):
        raise ValidationError(NO_ADDRESS)
    path = folded(text)
    if len(path) > MAX_PATH:
        raise ValidationError(f"An address has at most {MAX_PATH} characters.")
    return path


def open_path(typed: str, request: HttpRequest) -> str:
    """The same, of a page that readers can open now. An address that moved counts as where it leads."""
    path = path_of(typed, host=request.get_host())
    path = where_now(path) or path
    answer = answer_at(request, path, QueryDict())
    if answer is None or answer.status_code != 200:
        raise ValidationError(NOTHING_THERE.format(path))
    return path


def _without_site(address: str, host: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise ValidationError(NO_ADDRESS) from None
    if parts.netloc.lower() != host.lower():
        raise ValidationError("That is another site. Readers are led to pages of this one only.")
    return address.partition("://")[2][len(parts.netloc) :] or "/"
