"""Asks every public address for what nobody can mean. The answer may be no; it may not be an error.

``NAUGHTY=5000 pytest -s -o faulthandler_timeout=0 tests/website/test_bad_input.py -k naughty`` tries as many
and says how long the slowest took; by default a few.
"""

import logging
import os
import re
import time

import pytest
from django.http import QueryDict
from django.test import Client

from tests.website.naughty import naughty
from tests.website.test_every_page import ADDRESSES, EXAMPLES, site  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db

NONSENSE = {
    "a NUL": "a%00b",
    "half a character": "%ff",
    "half a surrogate pair": "%ED%A0%80",
    "zero": "0",
    "less than nothing": "-1",
    "a number no column holds": "9" * 20,
    "a number no integer holds": "9" * 4301,
    "a digit of another script": "%D9%A3",
    "a novel": "a" * 100_000,
    "a hundred thousand words": "a%20" * 25_000,
    "a pattern": "%25_\\",
    "a way up": "..%2f..%2fetc",
    "a line end": "%0d%0aX-Made-Up:%201",
}
PARAMETERS = [
    "page",
    "p",
    "q",
    "kind",
    "category",
    "tag",
    "author",
    "year",
    "role",
    "provider",
    "level",
    "status",
    "retired",
    "show",
    "certification",
    "say",
    "language",
    "skill",
    "price",
    "validity",
    "access",
    "sit",
    "sort",
    "weeks",
    "by",
    "in",
    "url",
    "format",
    "maxwidth",
    "maxheight",
]
PARTS = re.compile(r"<[^>]+>")
# The two forms of a feed differ in how they are written, not in how they are asked for.
ASKED = [(name, route) for name, route in ADDRESSES if not name.endswith("json-feed")]
# The header's search box and the numbered pages are the same for all.
READ_IN_ONE_PLACE = {"q", "page"}

NAUGHTY = int(os.environ.get("NAUGHTY", "100"))


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level(logging.CRITICAL)


@pytest.fixture(scope="module")
def read(for_the_module, site):  # noqa: F811
    return for_the_module(read_by_each)


def read_by_each():
    """Route by route, the parameters that its page reads."""
    read = {route: set() for _, route in ASKED}
    for name, route in ASKED:
        with pytest.MonkeyPatch.context() as watched:
            for method in ("get", "getlist", "__getitem__", "__contains__"):
                watched.setattr(QueryDict, method, noting(getattr(QueryDict, method), read[route]))
            Client().get(f"{EXAMPLES.get(name, f'/{route}')}?q=sample")
    return read


def noting(method, keys):
    def noted(self, key, *given):
        keys.add(key)
        return method(self, key, *given)

    return noted


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_no_address_fails_over_nonsense_in_one_of_its_parts(client, site, nonsense):  # noqa: F811
    for _, route in ASKED:
        for part in PARTS.findall(route):
            filled = PARTS.sub("2026", route.replace(part, nonsense))
            answer = client.get(f"/{filled}")
            assert answer.status_code == 404, filled
            assert "X-Made-Up" not in answer.headers


@pytest.mark.parametrize("number", range(len(NONSENSE)), ids=NONSENSE)
def test_no_page_fails_over_nonsense_in_a_parameter(client, read, number):
    """As its number by turns, and in all the others: each address meets both, and every third kind.

    Those that read parameters of their own meet all kinds.
    """
    nonsense = list(NONSENSE.values())[number]
    for turn, (name, route) in enumerate(ASKED):
        if read[route] <= READ_IN_ONE_PLACE and not name.startswith("search") and (turn + number) % 3:
            continue
        page = EXAMPLES.get(name, f"/{route}")
        # What is long by itself is shared among them.
        short = nonsense[: 100_000 // len(PARAMETERS)]
        everything = "&".join(f"{parameter}={short}" for parameter in PARAMETERS if parameter != "page")
        query = [f"{everything}&{nonsense}=1", f"page=1&page={nonsense}"][(turn + number) % 2]
        refusals = (400, 404) if page.startswith(("/api/", "/oembed")) else (404,)
        assert client.get(f"{page}?{query}").status_code in (200, *refusals), page


@pytest.mark.parametrize(
    "address",
    [
        "/archive/0/",
        "/archive/02026/",
        "/archive/10000/",
        "/archive/2026/0/",
        "/archive/2026/13/",
        "/archive/2026/99999/",
    ],
)
def test_a_month_outside_the_calendar_is_no_page(client, site, address):  # noqa: F811
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_page_is_changed_by_its_readers(client, site, method):  # noqa: F811
    for name, route in ADDRESSES:
        assert getattr(client, method)(EXAMPLES.get(name, f"/{route}")).status_code == 405, name


def test_no_naughty_string_makes_an_address_fail(client, site):  # noqa: F811
    longest, tried = [(0.0, "")], 0
    for number, string in enumerate(naughty(NAUGHTY)):
        for address in asked_with(string, number):
            began = time.perf_counter()
            answer = client.get(address)
            longest = sorted([*longest, (time.perf_counter() - began, address)])[-5:]
            tried += 1
            assert answer.status_code < 500, address[:2_000]
            assert "X-Made-Up" not in answer.headers
            assert "Set-Cookie" not in answer.headers

    # Whatever else the machine was doing then, it does hardly ever twice.
    again = max(seconds_of(client, address) for _, address in longest)
    told = f"{NAUGHTY} strings, {tried} answers, none a failure; the slowest five asked again: {again:.2f} s"
    print(f"{told}; at first {longest[-1][0]:.2f} s")  # noqa: T201 -- the figures of a long run
    assert tried > NAUGHTY


def seconds_of(client, address):
    began = time.perf_counter()
    client.get(address)
    return time.perf_counter() - began


def asked_with(string, number):
    """Address after address: in one parameter, in all of them, as the name of one, and in each part of it."""
    name, route = ASKED[number % len(ASKED)]
    page = EXAMPLES.get(name, f"/{route}")
    alone = PARAMETERS[number // len(ASKED) % len(PARAMETERS)]
    others = [parameter for parameter in PARAMETERS if parameter not in ("page", "kind")]
    yield f"{page}?{alone}={string}"
    yield f"{page}?q=sample&{'&'.join(f'{one}={string[:2_000]}' for one in others)}&{string}=1"
    for part in PARTS.findall(route):
        yield f"/{PARTS.sub('2026', route.replace(part, string))}"


def test_every_parameter_that_a_page_reads_is_tried(read):
    everywhere = set().union(*read.values())

    assert {"q", "page", "say"} <= everywhere
    assert everywhere <= {*PARAMETERS}
