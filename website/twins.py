"""Every public page a second time, as Markdown: at its address with ``.md``, or to who asks for it.

The words are those of the page itself, so a twin can tell nothing that the page does not.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers

from blog.markdown import page_as_markdown
from blog.sanitising import BodyTooComplex

MARKDOWN: Final = "text/markdown"
NOT_PAGES: Final = ("/admin/", "/preview/", "/static/", "/media/", "/posters/", "/embed/")
_MAIN: Final = re.compile(r"<main\b[^>]*>(.*?)</main>", re.DOTALL)
_NAVIGATION: Final = re.compile(r"<(nav|form|dialog|template)\b.*?</\1>", re.DOTALL)
_CANONICAL: Final = re.compile(r'<link rel="canonical" href="([^"]+)">')
_TITLE: Final = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)


class TwinMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith(NOT_PAGES):
            return self.get_response(request)
        is_asked = wants_markdown(request)
        if path.endswith(".md"):
            page, is_asked = page_of(path), True
        else:
            page = twin_address(path) if is_asked and _has_page(twin_address(path)) else path
        response = self._answer(request, page)
        return _negotiated(response, is_asked=is_asked)

    def _answer(self, request: HttpRequest, page: str) -> HttpResponseBase:
        """As at ``page``; so a page in Markdown writes the addresses below it as the page itself does."""
        asked = request.path, request.path_info
        request.path_info = page
        if page != asked[1] and not page.endswith(".md"):
            request.path = request.path.removesuffix(asked[1]) + page
        response = self.get_response(request)
        request.path, request.path_info = asked
        return response


def wants_markdown(request: HttpRequest) -> bool:
    """Only who prefers it: a browser, which takes anything, gets the page."""
    if MARKDOWN not in request.headers.get("Accept", ""):
        return False
    try:
        return request.get_preferred_type(["text/html", MARKDOWN]) == MARKDOWN
    except (
        ValueError,
        LookupError,
    ):  # so Python calls a parameter whose letters make no sense, or their name
        return False


def twin_address(path: str) -> str:
    return f"{path.rstrip('/') or '/index'}.md"


def with_twin(path: str) -> tuple[str, str]:
    """Both addresses of a page."""
    return path, twin_address(path)


def page_of(path: str) -> str:
    """The address that answers for a twin: its own where there is one, else the page's."""
    if _has_page(path):
        return path
    return "/" if path == "/index.md" else f"{path.removesuffix('.md')}/"


def _has_page(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _negotiated(response: HttpResponseBase, *, is_asked: bool) -> HttpResponseBase:
    if not isinstance(response, HttpResponse):
        return response
    kind = response.headers.get("Content-Type", "")
    if kind.startswith(("text/html", MARKDOWN)):
        patch_vary_headers(response, ["Accept"])
    if is_asked and response.status_code == 200 and kind.startswith("text/html"):
        _turn(response)
    return response


def _turn(response: HttpResponse) -> None:
    html = response.content.decode()
    main = _MAIN.search(html)
    try:
        text = _text(main[1] if main else "")
    except BodyTooComplex:
        return
    response.content = text.encode()
    response["Content-Type"] = f"{MARKDOWN}; charset=utf-8"
    if canonical := _CANONICAL.search(html):
        response["Link"] = f'<{unescape(canonical[1])}>; rel="canonical"'
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))


def _text(main: str) -> str:
    """The heading of the page first, as a heading of the first level."""
    main = _NAVIGATION.sub("", main)
    title = _TITLE.search(main)
    rest = main.replace(title[0], "", 1) if title else main
    heading = f"# {page_as_markdown(f'<p>{title[1]}</p>')}\n\n" if title else ""
    return f"{heading}{page_as_markdown(rest)}\n"
