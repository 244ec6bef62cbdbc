import gzip

import brotli
import pytest

from tests.website.wsgi import environ
from website.pagecache.entries import Entry

TEXT = b"<p>words and words</p>" * 100
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "public"),
    ("ETag", '"abc"'),
    ("Vary", "Accept"),
    ("Content-Length", "1"),
]


def answered(entry, **headers):
    said = []
    method = headers.pop("method", "GET")
    body = b"".join(entry.answer(environ("/", method, **headers), lambda *parts: said.extend(parts)))
    return said[0], dict(said[1]), body


@pytest.fixture
def entry():
    return Entry("200 OK", HEADERS, TEXT)


def test_the_plain_answer_says_its_length_and_that_there_are_others(entry):
    status, headers, body = answered(entry)

    assert (status, body) == ("200 OK", TEXT)
    assert headers["Content-Length"] == str(len(TEXT))
    assert headers["Vary"] == "Accept, Accept-Encoding"
    assert headers["ETag"] == '"abc"'
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize(("coding", "unpacked"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_the_compressed_answer_is_the_same_text_with_a_weak_tag(entry, coding, unpacked):
    _, headers, body = answered(entry, ACCEPT_ENCODING=coding)

    assert unpacked(body) == TEXT
    assert len(body) < len(TEXT)
    assert headers["Content-Length"] == str(len(body))
    assert headers["Content-Encoding"] == coding
    assert headers["ETag"] == 'W/"abc"'


def test_what_is_short_or_packed_already_is_left_as_it_is():
    short = Entry("200 OK", HEADERS, b"short")
    picture = Entry("200 OK", [("Content-Type", "image/png")], TEXT)
    packed = Entry("200 OK", [*HEADERS, ("Content-Encoding", "br")], TEXT)

    for entry in (short, picture, packed):
        _, headers, body = answered(entry, ACCEPT_ENCODING="gzip")
        assert body == entry.body
        assert headers.get("Content-Encoding") in (None, "br")


@pytest.mark.parametrize("tags", ['"abc"', 'W/"abc"', '"x", W/"abc"', "*"])
def test_who_has_the_page_is_told_so(entry, tags):
    status, headers, body = answered(entry, IF_NONE_MATCH=tags, ACCEPT_ENCODING="gzip")

    assert (status, body) == ("304 Not Modified", b"")
    assert headers == {"Cache-Control": "public", "ETag": 'W/"abc"', "Vary": "Accept, Accept-Encoding"}


@pytest.mark.parametrize("tags", ['"other"', "abc", ""])
def test_who_has_another_gets_the_page(entry, tags):
    assert answered(entry, IF_NONE_MATCH=tags)[0] == "200 OK"


def test_a_date_counts_only_without_a_tag():
    date = "Wed, 04 Mar 2026 00:00:00 GMT"
    entry = Entry("200 OK", [*HEADERS, ("Last-Modified", date)], TEXT)

    assert answered(entry, IF_MODIFIED_SINCE=date)[0] == "304 Not Modified"
    assert answered(entry, IF_MODIFIED_SINCE="Tue, 03 Mar 2026 00:00:00 GMT")[0] == "200 OK"
    assert answered(entry, IF_MODIFIED_SINCE="nonsense")[0] == "200 OK"
    assert answered(entry, IF_MODIFIED_SINCE=date, IF_NONE_MATCH='"other"')[0] == "200 OK"


def test_what_is_missing_is_never_unchanged():
    assert answered(Entry("404 Not Found", HEADERS, TEXT), IF_NONE_MATCH='"abc"')[0] == "404 Not Found"


def test_a_head_request_gets_all_but_the_body(entry):
    status, headers, body = answered(entry, method="HEAD", ACCEPT_ENCODING="gzip")

    assert (status, body) == ("200 OK", b"")
    assert headers == answered(entry, ACCEPT_ENCODING="gzip")[1]


def test_an_answer_is_put_together_once(entry):
    answered(entry, ACCEPT_ENCODING="gzip")
    form = entry.forms["gzip"]
    answered(entry, ACCEPT_ENCODING="gzip;q=0.5")

    assert entry.forms["gzip"] is form


def test_its_size_counts_two_compressed_forms_of_a_third_each():
    assert Entry("200 OK", HEADERS, b"x" * 30_000).size >= 50_000
