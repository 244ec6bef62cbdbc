"""With the cache or without: byte for byte the same for everyone. A long run: TRIPLES=5000."""

import gzip
import os
import random

import brotli
import pytest

from tests.factories import LONG_AGO
from tests.website.test_every_page import URLS, fill
from tests.website.wsgi import CopiesByHand, FakeTokens, ask
from website import missing
from website.pagecache.boundaries import horizon
from website.pagecache.wrapper import PageCache
from website.search import asked

pytestmark = pytest.mark.django_db

TRIPLES = int(os.environ.get("TRIPLES", "150"))
SEED = int(os.environ.get("SEED", "6"))
SUFFIXES = [
    "",
    "",
    "",
    "utm_source=x",
    "page=2",
    "page=1",
    "page=x",
    "q=sample",
    "%00=1",
    "a[]=1&&=&=x",
    "page=%F0",
]
OTHERS = [
    "/Blog/Sample/",
    "/blog/sample",
    "//blog/",
    "/blog/sample.md",
    "/index.md",
    "/no/",
    "/%F0/",
    "/admin/",
    "/healthz",
]
COOKIES = [
    None,
    None,
    None,
    "_ga=1",
    f"csrftoken={'a' * 32}; staff=1",
    "csrftoken=<no token>",
    "sessionid=junk",
    "__Host-sessionid=junk",
]
HEADERS = [
    {},
    {},
    {"ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"},
    {"ACCEPT": "text/markdown"},
    {"ACCEPT": "text/markdown;q=0.1, text/html"},
    {"ACCEPT": "application/x-nonsense"},
    {"ACCEPT_ENCODING": "gzip, br"},
    {"ACCEPT_ENCODING": "gzip"},
    {"ACCEPT_LANGUAGE": "de"},
    {"X_FORWARDED_HOST": "evil.example"},
    {"X_FORWARDED_PROTO": "https"},
    {"X_FORWARDED_FOR": "1.2.3.4, 5.6.7.8", "X_REAL_IP": "1.2.3.4"},
    {"X_ORIGINAL_URL": "/admin/", "X_REWRITE_URL": "/admin/", "X_HTTP_METHOD_OVERRIDE": "POST"},
    {"HOST": "localhost"},
    {"HOST": "LOCALHOST:8000"},
    {"HOST": "evil.example"},
    {"HOST": "localhost@evil.example"},
    {"IF_NONE_MATCH": '"nothing"'},
    {"IF_NONE_MATCH": "*"},
    {"IF_MODIFIED_SINCE": "Wed, 04 Mar 2026 00:00:00 GMT"},
    {"RANGE": "bytes=0-9"},
    {"AUTHORIZATION": "Basic eDp5"},
    {"USER_AGENT": "<script>alert(1)</script>", "REFERER": "javascript:alert(1)"},
]
METHODS = ["GET"] * 8 + ["HEAD"] * 2 + ["POST", "OPTIONS", "TRACE"]
UNPACKED = {"gzip": gzip.decompress, "br": brotli.decompress}
# What compression and conditions change on purpose; and the second in which an answer was given.
LEFT_OUT = {"vary", "content-encoding", "content-length", "etag", "expires"}


@pytest.fixture(scope="module")
def site(for_the_module):
    for_the_module(fill)


@pytest.fixture
def plain(site, django_site):
    return django_site


@pytest.fixture
def cache(plain, tmp_path):
    copies = CopiesByHand(tmp_path, 8_000_000)
    return PageCache(plain, tokens=FakeTokens(), horizon=horizon, limit=8_000_000, copies=copies)


def unpacked(answer, method="GET"):
    """Django leaves it to the server to send no body where none was asked for."""
    body = answer.body if method != "HEAD" else b""
    packed = UNPACKED.get(answer.headers.get("content-encoding"))
    if body and packed:
        body = packed(body)
    if answer.status == 304:  # Django repeats fewer headers in it
        return answer.status, body, answer.headers.get("cache-control")
    return (
        answer.status,
        body,
        {name: value for name, value in answer.headers.items() if name not in LEFT_OUT},
    )


def parting(one, other):
    """Where two answers part, short enough to be read."""
    (status, body, headers), (other_status, other_body, other_headers) = one, other
    at = next(
        (place for place, pair in enumerate(zip(body, other_body, strict=False)) if pair[0] != pair[1]), 0
    )
    return (
        (status, other_status),
        (body[max(0, at - 60) : at + 60], other_body[max(0, at - 60) : at + 60])
        if body != other_body
        else "",
        headers if status == 304 else {*headers.items()} ^ {*other_headers.items()},
    )


def triples(number):
    chance = random.Random(SEED)
    for _ in range(number):
        address = chance.choice([*URLS, *OTHERS])
        suffix = chance.choice(SUFFIXES)
        if suffix:
            address += ("&" if "?" in address else "?") + suffix
        headers = dict(chance.choice(HEADERS))
        cookie = chance.choice(COOKIES)
        method = chance.choice(METHODS)
        if method == "HEAD":  # the cache says "not modified" to these too, as it should; Django does not
            headers = {name: value for name, value in headers.items() if not name.startswith("IF_")}
        yield address, method, headers | ({"COOKIE": cookie} if cookie else {})


def test_cached_equals_uncached(cache, plain):
    different = []
    for address, method, headers in triples(TRIPLES):
        given = [
            unpacked(ask(application, address, method, **headers), method)
            for application in (cache, cache, plain)
        ]
        if given[0] != given[2] or given[1] != given[2]:
            different.append((address, method, headers, *(parting(one, given[2]) for one in given[:2])))

    assert different == []
    assert cache.counts.hits > TRIPLES // 4


def test_nothing_that_was_sent_is_left_for_the_next(cache, plain):
    """Poisoning: whatever strangers asked before, readers get what they would have got."""
    for address, method, headers in triples(TRIPLES):
        ask(cache, address, method, **headers)

    for url in URLS[::4]:
        kept, fresh = ask(cache, url), ask(plain, url)
        assert unpacked(kept) == unpacked(fresh)
        assert kept.headers.get("etag") == fresh.headers.get("etag")


def test_a_tag_that_the_site_gave_is_known_to_the_cache_and_the_other_way_round(cache, plain):
    tags = [ask(application, "/", ACCEPT_ENCODING="gzip").headers["etag"] for application in (cache, plain)]

    for application in (cache, plain):
        assert [ask(application, "/", IF_NONE_MATCH=tag).status for tag in tags] == [304, 304]


@pytest.mark.parametrize(
    ("target", "headers"), [("/no/", {}), ("/no/?x=1", {}), ("/no/", {"COOKIE": "_ga=1"})]
)
def test_who_asks_for_what_is_missing_is_counted_once(cache, monkeypatch, target, headers):
    counted = []
    monkeypatch.setattr(missing, "note", lambda path, now: counted.append(path))

    assert ask(cache, target, **headers).status == 404
    assert counted == ["/no/"]


@pytest.mark.parametrize("tag", ["*", "own"])
def test_a_head_request_with_a_condition_is_where_the_cache_keeps_to_the_rules_and_django_does_not(
    cache, plain, tag
):
    """RFC 9110, 13.1.2: a condition counts for HEAD as for GET. So the triples above leave these out."""
    known = tag if tag == "*" else ask(cache, "/").headers["etag"]

    assert ask(cache, "/", IF_NONE_MATCH=known).status == 304
    assert ask(cache, "/", "HEAD", IF_NONE_MATCH=known).status == 304
    assert ask(plain, "/", "HEAD", IF_NONE_MATCH=known).status == 200
    assert ask(cache, "/", "HEAD", IF_NONE_MATCH='"other"').status == 200


def test_a_search_answered_from_memory_is_counted_like_the_first(plain, tmp_path):
    def again(path, query):
        asked.again(path, query, now=LONG_AGO)

    copies = CopiesByHand(tmp_path, 8_000_000)
    cache = PageCache(
        plain, tokens=FakeTokens(), horizon=horizon, limit=8_000_000, copies=copies, on_asked=again
    )
    for _ in range(3):
        assert ask(cache, "/search/?q=nothing+like+it").status == 200

    assert cache.counts.hits == 2
    counted = asked.tally.take()
    assert sum(counted.values()) == 3
    assert {(one.text, one.is_in_vain) for one in counted} == {("nothing like it", True)}
