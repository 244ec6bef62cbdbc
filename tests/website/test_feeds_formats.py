"""The two formats by themselves: what the standards demand, of any text a database may hold."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from careers.feeds import plain
from website.feeds import formats
from website.feeds.formats import Entry, Feed, Person, as_json, atom

THEN = datetime(2026, 9, 1, 8, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NASTY = '\0\x0b\x1b\x85\u2028\ufffe\r\n\t ]]><&";é🙂ש\u202e\ud800'
texts = st.text(max_size=200) | st.text(NASTY, max_size=200)


def entry(number=1, **fields):
    known = {
        "id": f"urn:x:{number}",
        "url": f"https://example.org/{number}",
        "title": "Title",
        "summary": "What it says.",
        "content": "<p>Text</p>",
        "published_at": THEN,
        "updated_at": THEN + timedelta(days=number),
        "authors": (Person("Ann", "https://example.org/ann/"), Person("Bob", "https://example.org/bob/")),
        "subjects": ("Data",),
    }
    return Entry(**known | fields)


def feed(*entries, **fields):
    known = {
        "id": "urn:x:feed",
        "title": "All",
        "description": "",
        "page_url": "https://example.org/",
        "url": "https://example.org/feed/",
    }
    return Feed(entries=entries, **known | fields)


def test_an_atom_feed_has_once_what_the_standard_demands():
    root = ET.fromstring(atom(feed(entry(1), entry(2), older_url="https://example.org/feed/?page=2")))

    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1
    for found in root.findall("a:entry", ATOM):
        for name in ("id", "title", "updated", "content"):
            assert len(found.findall(f"a:{name}", ATOM)) == 1
        assert len(found.findall("a:author", ATOM)) == 2
    assert [link.get("href") for link in root.findall("a:link[@rel='next']", ATOM)] == [
        "https://example.org/feed/?page=2"
    ]
    assert root.findall("a:link[@rel='previous']", ATOM) == []


def test_a_feed_is_as_new_as_what_changed_last_in_it():
    found = feedparser.parse(atom(feed(entry(9), entry(2))))

    assert found.feed.updated == "2026-09-10T08:00:00+00:00"
    assert found.entries[1].published == "2026-09-01T08:00:00+00:00"
    assert found.entries[1].updated == "2026-09-03T08:00:00+00:00"


def test_an_atom_feed_has_no_empty_elements_for_what_is_not_said():
    root = ET.fromstring(atom(feed(entry(summary=""))))

    assert root.find("a:subtitle", ATOM) is None
    assert root.find("a:entry/a:summary", ATOM) is None


def test_the_json_feed_leaves_out_what_it_has_nothing_to_say_of():
    told = json.loads(as_json(feed(entry(summary="", content=""))))

    assert {"next_url", "description"}.isdisjoint(told)
    assert {"summary", "image"}.isdisjoint(told["items"][0])
    assert told["items"][0]["content_html"] == "Title"
    assert told["items"][0]["authors"][1] == {"name": "Bob", "url": "https://example.org/bob/"}


@given(texts)
def test_any_text_comes_out_of_atom_but_for_what_xml_cannot_say(text):
    made = feed(
        entry(title=text, summary=text, content=text, subjects=(text,), authors=(Person(text, "x:y"),)),
        title=text,
        description=text,
    )
    root = ET.fromstring(atom(made).encode())

    found = root.find("a:entry", ATOM)
    assert root.findtext("a:title", namespaces=ATOM) == plain(text)
    assert found.findtext("a:title", namespaces=ATOM) == plain(text)
    assert found.findtext("a:content", namespaces=ATOM) == plain(text)
    assert found.findtext("a:author/a:name", namespaces=ATOM) == plain(text)


@given(texts)
def test_any_text_comes_out_of_the_json_feed(text):
    told = json.loads(as_json(feed(entry(title=text, content=text), title=text)).encode())

    assert told.get("title", "") == plain(text)
    assert told["items"][0].get("title", "") == plain(text)


def test_an_entry_that_is_known_is_written_as_it_would_be_anew():
    page = feed(entry(1), entry(2, title="]]> & <b>"))
    anew = atom(page)
    formats._written.cache_clear()

    assert atom(page) == anew == atom(page)


def test_an_entry_of_which_anything_changed_is_written_anew():
    changes = {
        "title": "Another",
        "summary": "",
        "content": "<p>More</p>",
        "updated_at": THEN + timedelta(days=9),
        "authors": (),
        "subjects": ("Data", "SQL"),
    }
    written = {atom(feed(entry(1, **{name: value}))) for name, value in changes.items()}

    assert len(written | {atom(feed(entry(1)))}) == len(changes) + 1
