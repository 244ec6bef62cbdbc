"""What other programs read, as other programs read it."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from careers.changes import changes
from careers.feeds import BEGINNING, atom, calendar, stable_id
from careers.models import Credential, ExamVersion, LifecycleEvent, Provider

ON = date(2026, 11, 24)
THEN = datetime(2026, 9, 1, 8, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
CREDENTIAL = Credential(pk=1, name="Data", slug="data", provider=Provider(name="Provider"))
VERSION = ExamVersion(pk=1, exam_code="DA-1", credential=CREDENTIAL)

# What a stored text can hold: no control characters but the usual, no halves of characters.
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=300
)


def absolute(path):
    return f"https://example.org{path}"


def event(key="one", **fields):
    known = {"credential": CREDENTIAL, "version": VERSION, "kind": "last_exam", "happens_on": ON}
    known |= {"created_at": THEN, "updated_at": THEN + timedelta(days=1), "certainty": "confirmed"}
    return LifecycleEvent(key=key, **known | fields)


def fed(*events, name=""):
    page, here = absolute("/careers/changes/"), absolute("/careers/changes/feed/")
    return atom(changes(events, on=ON), name=name, page=page, here=here, absolute=absolute)


def entered(*events, name=""):
    return calendar(changes(events, on=ON), name=name, absolute=absolute)


# --- Atom ---------------------------------------------------------------------


def test_a_feed_reader_finds_everything_where_the_standard_puts_it():
    found = feedparser.parse(fed(event(note="Others & <more> go on.")))

    assert not found.bozo
    assert found.version == "atom10"
    assert found.feed.id == "https://example.org/careers/changes/feed/"
    assert {(link.rel, link.href) for link in found.feed.links} == {
        ("alternate", "https://example.org/careers/changes/"),
        ("self", "https://example.org/careers/changes/feed/"),
    }
    (entry,) = found.entries
    assert entry.title == "Data (DA-1): last day to sit it"
    assert entry.link == "https://example.org/careers/certifications/data/"
    assert entry.summary == "24 November 2026. Others &amp; &lt;more&gt; go on."
    assert (entry.published, entry.updated) == ("2026-09-01T08:00:00+00:00", "2026-09-02T08:00:00+00:00")
    assert entry.tags[0].term == "Provider"


def test_the_feed_has_what_the_standard_demands():
    root = ET.fromstring(fed(event(), event("two")))

    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1
    entries = root.findall("a:entry", ATOM)
    for name in ("id", "title", "updated"):
        assert all(len(entry.findall(f"a:{name}", ATOM)) == 1 for entry in entries)
    assert len({entry.findtext("a:id", namespaces=ATOM) for entry in entries}) == 2


def test_an_entry_keeps_its_id_whatever_becomes_of_it():
    assert stable_id("one") == "urn:uuid:5b41fb8f-2f6c-5fb3-a08d-1e6e18b49b48"
    ids = {
        feedparser.parse(fed(event(**fields))).entries[0].id
        for fields in ({}, {"happens_on": ON + timedelta(days=9)}, {"note": "x", "certainty": "announced"})
    }
    assert ids == {stable_id("one")}


def test_a_feed_is_as_old_as_its_newest_entry():
    newer = event("two", updated_at=THEN + timedelta(days=30))

    assert feedparser.parse(fed(event(), newer)).feed.updated == "2026-10-01T08:00:00+00:00"
    assert feedparser.parse(fed()).feed.updated == BEGINNING.isoformat()


@given(texts)
def test_any_text_comes_out_of_the_feed_as_it_went_in(text):
    root = ET.fromstring(fed(event(note=text), name=text))

    summary = root.findtext("a:entry/a:summary", namespaces=ATOM)
    assert "<" not in summary
    assert root.findtext("a:title", namespaces=ATOM).replace("\r", "") in (
        f"What is changing: {text}",
        "What is changing in certifications",
    )


# --- Calendar -----------------------------------------------------------------


def read(body):
    """The events as another reader understands them."""
    return list(getattr(vobject.readOne(body.decode()), "vevent_list", []))


def test_a_calendar_program_finds_a_whole_day():
    (found,) = read(entered(event(note="Others go on.")))

    assert found.summary.value == "Data (DA-1): last day to sit it"
    assert found.description.value == "24 November 2026. Others go on."
    assert (found.dtstart.value, found.dtend.value) == (ON, ON + timedelta(days=1))
    assert found.url.value == "https://example.org/careers/certifications/data/"
    assert found.uid.value == f"{stable_id('one')}@waymark"
    assert (found.status.value, found.transp.value) == ("CONFIRMED", "TRANSPARENT")
    assert found.dtstamp.value == THEN + timedelta(days=1)


@pytest.mark.parametrize("certainty", ["announced", "expected", "disputed"])
def test_what_is_not_confirmed_is_tentative_and_says_why(certainty):
    (found,) = read(entered(event(certainty=certainty)))

    assert found.status.value == "TENTATIVE"
    assert "(" in found.description.value


@pytest.mark.parametrize("fields", [{"happens_on_precision": "month"}, {"happens_on": None}])
def test_what_has_no_day_stands_on_none(fields):
    found = read(entered(event(**fields), event("two")))

    assert [entry.uid.value for entry in found] == [f"{stable_id('two')}@waymark"]


def test_a_name_cannot_add_a_line_of_its_own():
    body = entered(name="x\r\nX-MADE-UP:y, z; and so on")

    assert b"\r\nX-MADE-UP" not in body
    assert vobject.readOne(body.decode()).contents["x-wr-calname"][0].value.startswith("Certifications: x")


def test_an_empty_calendar_is_a_calendar():
    found = icalendar.Calendar.from_ical(entered())

    assert found["PRODID"] == "-//Waymark//Careers//EN"
    assert found["VERSION"] == "2.0"


def test_the_last_day_of_all_is_no_error():
    assert read(entered(event(happens_on=date.max)))[0].dtstart.value == date.max


def test_lines_end_as_the_standard_says_and_are_short():
    body = entered(event(note="Füße, " * 50))

    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75


@given(texts)
def test_any_text_comes_out_of_the_calendar_as_it_went_in(text):
    for parsed in (
        read(entered(event(note=text)))[0].description.value,
        str(icalendar.Calendar.from_ical(entered(event(note=text))).walk("VEVENT")[0]["DESCRIPTION"]),
    ):
        assert parsed.rstrip() == f"24 November 2026. {text}".rstrip()


def test_a_note_cannot_add_an_event_of_its_own():
    note = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Made up"

    assert [found.summary.value for found in read(entered(event(note=note)))] == [
        "Data (DA-1): last day to sit it"
    ]
