"""The page cache before a site and a token of our own making: what it keeps, for whom, and how long."""

from datetime import UTC, datetime

import pytest

from tests.website.wsgi import PUBLIC, CopiesByHand, FakeSite, FakeTokens, ask
from website.pagecache.asking import LONGEST
from website.pagecache.boundaries import Horizon
from website.pagecache.wrapper import BRIEFLY, PageCache

START = datetime(2026, 3, 4, tzinfo=UTC).timestamp()


class Clock:
    now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tokens():
    return FakeTokens()


@pytest.fixture
def site():
    return FakeSite(body=lambda environ: f"{environ['PATH_INFO']} {environ['QUERY_STRING']}".encode() * 100)


@pytest.fixture
def make(site, tokens, clock, tmp_path):
    def made(**options):
        options.setdefault("copies", CopiesByHand(tmp_path, 1_000_000, clock=clock))
        options.setdefault("horizon", lambda since: Horizon(START + 3600))
        options.setdefault("limit", 1_000_000)
        return PageCache(site, tokens=tokens, clock=clock, **options)

    return made


@pytest.fixture
def cache(make):
    return make()


def test_a_page_is_made_once_and_then_answered_from_memory(cache, site):
    first, second = ask(cache, "/blog/"), ask(cache, "/blog/")

    assert first == second
    assert first.body.startswith(b"/blog/")
    assert len(site.asked) == site.closed == 1
    assert (cache.counts.hits, cache.counts.misses) == (1, 1)


def test_whatever_was_committed_makes_the_page_anew(cache, site, tokens):
    ask(cache)
    tokens.value += 1
    ask(cache)

    assert len(site.asked) == 2


def test_nothing_is_kept_that_was_made_while_somebody_saved(cache, site, tokens):
    def saving(environ):
        tokens.value += 1
        return b"half old"

    site.body = saving
    ask(cache)
    site.body = lambda environ: b"new"

    assert ask(cache).body == b"new"
    assert ask(cache).body == b"new"
    assert len(site.asked) == 2


def test_a_token_that_comes_back_does_not_bring_its_pages_back(cache, site, tokens):
    ask(cache)
    tokens.value = 2
    ask(cache)
    tokens.value = 1
    ask(cache)

    assert len(site.asked) == 3


def test_a_page_stands_until_the_next_moment_at_which_something_appears(make, site, clock):
    cache = make(horizon=lambda since: Horizon(since.timestamp() + 60))
    ask(cache)

    clock.now += 59
    ask(cache)
    assert len(site.asked) == 1

    clock.now += 1
    ask(cache)
    ask(cache)
    assert len(site.asked) == 2


def test_what_appears_while_a_page_is_made_is_not_missed(make, site, clock):
    cache = make(horizon=lambda since: Horizon(START + 1 if since.timestamp() < START + 1 else START + 3600))

    def slow(environ):
        clock.now += 2
        return b"without the news"

    site.body = slow
    ask(cache)
    site.body = lambda environ: b"with the news"

    assert ask(cache).body == b"with the news"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_go_through_and_leave_nothing(cache, site, method):
    ask(cache, method=method)
    ask(cache)

    assert [asked["REQUEST_METHOD"] for asked in site.asked] == [method, "GET"]


@pytest.mark.parametrize(
    "headers",
    [
        {"COOKIE": "sessionid=abc"},
        {"COOKIE": "a=b; __Host-sessionid=abc"},
        {"AUTHORIZATION": "Basic x"},
        {"RANGE": "bytes=0-10"},
        {"IF_MATCH": '"x"'},
        {"TRANSFER_ENCODING": "chunked"},
    ],
)
def test_a_persons_own_request_is_neither_answered_from_memory_nor_kept(cache, site, headers):
    ask(cache, **headers)
    ask(cache)
    ask(cache, **headers)

    assert len(site.asked) == 3
    name, value = next(iter(headers.items()))
    assert site.asked[2][f"HTTP_{name}"] == value


@pytest.mark.parametrize(
    "path", ["/admin/", "/preview/x/", "/static/a.css", "/media/a.jpg", "/healthz", "/readyz"]
)
def test_what_is_no_page_goes_through(cache, site, path):
    ask(cache, path)
    ask(cache, path)

    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=b"),
        ("Cache-Control", "no-store"),
        ("Cache-Control", "private"),
        ("Vary", "Cookie"),
        ("Vary", "Accept, *"),
    ],
)
def test_what_is_one_persons_answer_is_not_kept(cache, site, header):
    site.headers = [header, *(pair for pair in [PUBLIC] if pair[0] != header[0])]
    ask(cache)
    ask(cache)

    assert len(site.asked) == 2


def test_what_does_not_call_itself_public_is_not_kept(cache, site):
    site.headers = [("Content-Type", "text/html")]
    ask(cache)
    ask(cache)

    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "status", ["302 Found", "500 Error", "503 Busy", "400 Bad", "403 No", "206 Part", "429 Slow"]
)
def test_only_what_stands_for_the_address_is_kept(cache, site, status):
    site.status = status
    assert ask(cache).status == int(status[:3])
    ask(cache)

    assert len(site.asked) == 2


def test_what_is_missing_is_kept_for_a_moment_and_still_counted(make, site, clock):
    counted = []
    cache = make(on_missing=counted.append)
    site.status, site.headers = "404 Not Found", []
    for _ in range(3):
        assert ask(cache, "/no/").status == 404
    assert len(site.asked) == 1
    assert counted == ["/no/", "/no/"]

    clock.now += BRIEFLY
    ask(cache, "/no/")
    assert len(site.asked) == 2


def test_what_was_asked_for_by_parameters_is_told_of_when_it_comes_from_memory(make, site):
    told = []
    cache = make(on_asked=lambda path, query: told.append((path, query)))
    for _ in range(3):
        ask(cache, "/search/?q=python&utm=1")
    ask(cache, "/blog/")
    ask(cache, "/blog/")

    assert len(site.asked) == 2
    assert told == [("/search/", "q=python")] * 2


def test_an_application_that_fails_leaves_nobody_waiting(cache, site):
    def fail(environ):
        raise RuntimeError("broken")

    site.body, good = fail, site.body
    with pytest.raises(RuntimeError):
        ask(cache)
    site.body = good

    assert ask(cache).status == 200


def test_unknown_parameters_make_no_page_of_their_own(cache, site):
    answers = [ask(cache, f"/blog/?utm={n}&page=2") for n in range(20)]

    assert {answer.body for answer in answers} == {b"/blog/ page=2" * 100}
    assert len(site.asked) == 1


def test_where_a_redirect_leads_is_the_visitors_own(cache, site):
    """Django keeps the whole question in it."""

    def leading(environ):
        site.headers = [PUBLIC, ("Location", f"/blog/?{environ['QUERY_STRING']}")]
        return b""

    site.status, site.body = "301 Moved Permanently", leading

    assert ask(cache, "/blog?evil=1").headers["location"] == "/blog/?evil=1"
    assert ask(cache, "/blog").headers["location"] == "/blog/?"
    assert ask(cache, "/blog?evil=1").headers["location"] == "/blog/?evil=1"


def test_the_page_that_is_kept_never_saw_what_the_visitor_sent(cache, site):
    ask(
        cache,
        "/?x=1",
        USER_AGENT="me",
        X_FORWARDED_HOST="evil.example",
        COOKIE="a=b",
        REFERER="x",
        ACCEPT="text/x",
    )

    seen = {name for name in site.asked[0] if name.startswith("HTTP_")}
    assert seen <= {"HTTP_HOST", "HTTP_X_FORWARDED_FOR"}
    assert site.asked[0]["QUERY_STRING"] == ""


def test_each_host_has_pages_of_its_own_and_odd_spellings_have_none(cache, site):
    site.body = lambda environ: environ["HTTP_HOST"].encode()

    assert [ask(cache, HOST=host).body for host in ["a.example", "b.example", "A.example"]] == [
        b"a.example",
        b"b.example",
        b"A.example",
    ]
    ask(cache, HOST="a.example")
    ask(cache, HOST="A.example")
    assert len(site.asked) == 4


def test_markdown_is_kept_beside_the_page(cache, site):
    site.body = lambda environ: environ.get("HTTP_ACCEPT", "page").encode()

    assert ask(cache, ACCEPT="text/markdown").body == b"text/markdown"
    assert ask(cache, ACCEPT="text/html, text/markdown;q=0.5").body == b"page"
    assert ask(cache, ACCEPT="*/*").body == b"page"
    assert len(site.asked) == 2


def test_a_head_request_is_answered_from_the_page_and_makes_it(cache, site):
    head = ask(cache, method="HEAD")
    page = ask(cache)

    assert (head.status, head.body, head.headers) == (200, b"", page.headers)
    assert len(site.asked) == 1
    assert page.body


def test_junk_addresses_leave_memory_bounded_and_the_pages_where_they_are(make, site):
    cache = make(limit=1_000_000)
    top = [f"/blog/{n}/" for n in range(20)]
    for path in top:
        ask(cache, path)
    known = len(site.asked)
    site.status = "404 Not Found"
    for n in range(2_000):
        ask(cache, f"/junk-{n}/")
        ask(cache, f"/search/?q={n}")

    site.asked.clear()
    for path in top:
        assert ask(cache, path).status == 200
    assert known == 20
    assert site.asked == []
    assert cache.store.bytes <= 1_000_000


@pytest.mark.parametrize("target", [f"/{'a' * LONGEST}/", f"/blog/?x={'a' * LONGEST}"])
def test_who_asks_at_length_is_answered_and_forgotten(cache, site, target):
    """Else thousands of addresses of 64 kB each would stay in lists that count only how many there are."""
    for _ in range(2):
        assert ask(cache, target).status == 200

    assert len(site.asked) == 2
    assert (cache.counts.passed, len(cache.store)) == (2, 0)
