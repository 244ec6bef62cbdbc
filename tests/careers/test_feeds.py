"""What other programs read, as other programs read it."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from careers.changes import changes
from careers.feeds import BEGINNING, atom, calendar, plain, stable_id
from careers.models import Credential, ExamVersion, LifecycleEvent, Provider

ON = date(2026, 11, 24)
THEN = datetime(2026, 9, 1, 8, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
CREDENTIAL = Credential(pk=1, name="Data", slug="data", provider=Provider(name="Provider"))
VERSION = ExamVersion(pk=1, exam_code="DA-1", credential=CREDENTIAL)

# Whatever a database may hold, however it came there.
texts = st.text(max_size=300) | st.text('\0\x0b\x1b\x85\u2028\ufffe\r\n\t ;,:\\"<&é🙂ש\u202e', max_size=300)


def absolute(path):
    return f"https://example.org{path}"


def event(key="one", **fields):
    known = {"credential": CREDENTIAL, "version": VERSION, "kind": "last_exam", "happens_on": ON}
    known |= {"created_at": THEN, "updated_at": THEN + timedelta(days=1), "certainty": "confirmed"}
    return LifecycleEvent(key=key, **known | fields)


def fed(*events, name="", query="", absolute=absolute):
    rows = changes(events, on=ON)
    return atom(rows, name=name, page="/careers/changes/", query=query, absolute=absolute)


def entered(*events, name=""):
    return calendar(changes(events, on=ON), name=name, absolute=absolute)


# --- Atom ---------------------------------------------------------------------


def test_a_feed_reader_finds_everything_where_the_standard_puts_it():
    found = feedparser.parse(fed(event(note="Others & <more> go on.")))

    assert not found.bozo
    assert found.version == "atom10"
    assert found.feed.id == "urn:uuid:f7e375a2-ba37-5171-afcd-58caae2df4d9"
    assert found.feed.language == "en-gb"
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


def test_a_feed_keeps_its_id_when_the_site_moves_and_differs_from_one_of_another_choice():
    moved = fed(absolute=lambda path: f"http://elsewhere.example{path}")

    assert feedparser.parse(moved).feed.id == feedparser.parse(fed()).feed.id
    assert feedparser.parse(fed(query="?provider=one")).feed.id != feedparser.parse(fed()).feed.id


def test_a_feed_of_a_choice_names_its_own_address_and_the_page_s():
    links = feedparser.parse(fed(query="?provider=one&kind=betas")).feed.links

    assert {(link.rel, link.href) for link in links} == {
        ("alternate", "https://example.org/careers/changes/?provider=one&kind=betas"),
        ("self", "https://example.org/careers/changes/feed/?provider=one&kind=betas"),
    }


@given(texts)
def test_any_text_comes_out_of_the_feed_as_it_went_in_but_for_what_xml_cannot_say(text):
    credential = Credential(pk=1, name=text, slug="data", provider=Provider(name=text))
    root = ET.fromstring(fed(event(note=text, credential=credential, version=None), name=text))

    summary = unescape(root.findtext("a:entry/a:summary", namespaces=ATOM))
    assert summary.rstrip() == f"24 November 2026. {plain(text)}".rstrip()
    assert root.findtext("a:entry/a:title", namespaces=ATOM) == f"{plain(text)}: last day to sit it"
    assert root.findtext("a:title", namespaces=ATOM) in (
        f"What is changing: {plain(text)}",
        "What is changing in certifications",
    )


def test_markup_in_a_note_is_markup_in_no_reader():
    summary = ET.fromstring(fed(event(note="<b>x</b>"))).findtext("a:entry/a:summary", namespaces=ATOM)

    assert "<" not in summary


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
    assert found.dtstamp.value == found.last_modified.value == THEN + timedelta(days=1)


@pytest.mark.parametrize("certainty", ["announced", "expected", "disputed"])
def test_what_is_not_confirmed_is_tentative_and_says_why(certainty):
    (found,) = read(entered(event(certainty=certainty)))

    assert found.status.value == "TENTATIVE"
    doubt = found.summary.value.removeprefix("Data (DA-1): last day to sit it ")
    assert doubt in ("(announced)", "(expected, not confirmed)", "(sources disagree)")
    assert doubt in found.description.value


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
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in entered()


def test_the_last_day_of_all_is_no_error():
    assert read(entered(event(happens_on=date.max)))[0].dtstart.value == date.max


def test_lines_end_as_the_standard_says_and_are_short():
    body = entered(event(note="Füße, " * 50))

    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75


@given(texts)
def test_any_text_comes_out_of_the_calendar_as_it_went_in_but_for_what_it_cannot_say(text):
    body = entered(event(note=text), name=text)

    for parsed in (
        read(body)[0].description.value,
        str(icalendar.Calendar.from_ical(body).walk("VEVENT")[0]["DESCRIPTION"]),
    ):
        assert parsed.rstrip() == f"24 November 2026. {plain(text)}".rstrip()


@given(texts)
def test_whatever_the_text_the_calendar_is_made_of_whole_short_lines(text):
    lines = entered(event(note=text), name=text).split(b"\r\n")

    assert max(map(len, lines)) <= 75
    for line in lines:
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        assert line.decode()[:1] in (" ", "") or re.match(rb"[A-Z-]+[:;]", line)


@pytest.mark.parametrize(
    "note",
    [
        "One, two; three: four\\five",
        "First line\nsecond line",
        "🙂" * 40,
        "שלום, עולם \u202e" * 12,
        "x" * 300,
        '"quoted", and ^caret^',
    ],
)
def test_two_readers_read_the_same_hostile_note(note):
    body = entered(event(note=note))

    wanted = f"24 November 2026. {note}".rstrip()
    assert read(body)[0].description.value.rstrip() == wanted
    assert str(icalendar.Calendar.from_ical(body).walk("VEVENT")[0]["DESCRIPTION"]).rstrip() == wanted


def test_a_note_cannot_add_an_event_of_its_own():
    note = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Made up"

    assert [found.summary.value for found in read(entered(event(note=note)))] == [
        "Data (DA-1): last day to sit it"
    ]
