"""A crawler that visits every address it finds, as a reader could."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import URLPattern, get_resolver

LINK = re.compile(r"""(?:href|src|action)="([^"#]+)|<loc>([^<]+)|"next": "([^"]+)""")
NOT_FOR_READERS = ("/admin/", "/static/")
# They depend on the words of the address itself, or on nothing we say.
HEADERS_THAT_FOLLOW_THE_BODY = {"ETag", "Content-Length"}


def crawl(client, starts, *, alike=None):
    """Every address with what it answers: status, headers and body in one text.

    What matches ``alike`` is like others in all that matters, and not asked.
    """
    waiting, answers = deque(starts), {}
    while waiting:
        address = waiting.popleft()
        if address not in answers and not (alike and alike.search(address)):
            answers[address] = answer(client, address)
            waiting.extend(links(address, answers[address]))
    assert len(answers) < 5_000, "The site has no end."
    return answers


def answer(client, address):
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = [f"{n}: {v}" for n, v in response.headers.items() if n not in HEADERS_THAT_FOLLOW_THE_BODY]
    return "\n".join([str(response.status_code), *headers, "", body.decode("utf-8", "replace")])


def links(address, text):
    for found in LINK.findall(text):
        target = urlsplit(urljoin(f"http://testserver{address}", unescape("".join(found))))
        if target.netloc == "testserver" and not target.path.startswith(NOT_FOR_READERS):
            yield target._replace(scheme="", netloc="", fragment="").geturl()


def patterns():
    """The name and the parameters of every address readers may ask for."""
    staff = tuple(path.lstrip("/") for path in NOT_FOR_READERS)
    return [
        (name, parameters)
        for name, route, parameters in routes(get_resolver())
        if not route.startswith(staff)
    ]


def routes(resolver, namespace="", prefix=""):
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", route, tuple(entry.pattern.converters)
        else:
            yield from routes(
                entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, route
            )
