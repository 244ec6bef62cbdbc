import re
from datetime import date, timedelta

import feedparser
import pytest
import vobject
from django.utils import timezone

from careers.models import Credential, LifecycleEvent, Source
from careers.views.changes import IN_A_FEED, SHOWN
from tests.factories import ExamVersionFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/changes/"
FEED = "/careers/changes/feed/"
CALENDAR = "/careers/certifications/calendar.ics"
DAY = timedelta(days=1)


def event(days=1, kind="last_exam", **fields):
    name = fields.pop("name", "Data")
    version = ExamVersionFactory(exam_code=None, credential__name=f"{name} {LifecycleEvent.objects.count()}")
    known = {"credential": version.credential, "version": version, "kind": kind}
    known |= {"happens_on": timezone.localdate() + days * DAY if days is not None else None}
    return LifecycleEvent.objects.create(**known | fields)


def text(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --- The page -------------------------------------------------------------------


def test_what_comes_what_is_overdue_and_what_has_been_have_their_places(client):
    names = {
        event(9, name="Coming").credential.name: "coming",
        event(None, name="Undated", certainty="announced").credential.name: "undated",
        event(-9, name="Overdue", certainty="announced").credential.name: "overdue",
        event(-9, name="Past").credential.name: "past",
    }

    page = text(client)

    places = [page.index(name) for name in names]
    assert places == sorted(places)
    headings = ["Coming up", "Without a date", "Announced, and overdue", "What has changed"]
    assert [page.index(f">{heading}<") for heading in headings] == sorted(
        page.index(f">{heading}<") for heading in headings
    )
    assert page.count("; nothing confirms it.") == 1


def test_an_empty_log_says_so(client):
    page = text(client)

    assert "Nothing with a date is announced." in page
    assert "Nothing yet." in page


def test_a_line_tells_language_certainty_note_and_source(client):
    link = "https://example.org/"
    source = Source.objects.create(key="a", title="The page", url=link, kind="general", checked="May 2026")
    event(kind="language_removed", languages=["ja"], certainty="disputed", note="See <there>.", source=source)

    page = text(client)

    for words in (
        "Languages end",
        "Japanese",
        "sources disagree",
        "See &lt;there&gt;.",
        "The page</a>, May 2026",
    ):
        assert words in page
    assert "(unverified)" in page


def test_a_day_of_which_less_is_known_is_no_day_for_machines_either(client):
    event(happens_on=date(2999, 7, 1), happens_on_precision="quarter")
    event(happens_on=date(2999, 7, 1), happens_on_precision="month")

    page = text(client)

    assert "Third quarter of 2999" in page
    assert '<time datetime="2999-07">July 2999</time>' in page
    assert 'datetime="2999-07-01"' not in page
    assert "Source: not known" in page


def test_a_reader_s_own_list_is_made_on_the_page_and_kept_in_both_subscriptions(client):
    one, two, other = (event(name=name).credential for name in ("One", "Two", "Other"))
    without_events = ExamVersionFactory(credential__name="Quiet").credential
    query = f"?certification={one.slug}&amp;certification={two.slug}"

    everything, page = text(client), text(client, PAGE + query.replace("&amp;", "&"))

    assert everything.count('name="certification"') == 3
    assert without_events.name not in everything
    assert page.count('" checked>') == 2
    assert f'href="{other.get_absolute_url()}"' not in page
    for address in (FEED, CALENDAR):
        assert f'href="{address}{query}"' in page


def test_a_certification_chosen_stays_on_the_list_with_nothing_to_tell_of(client):
    quiet = ExamVersionFactory(credential__name="Quiet").credential

    page = text(client, f"{PAGE}?certification={quiet.slug}")

    assert f'value="{quiet.slug}" checked> Quiet' in page
    assert "Nothing yet of what you chose." in page


def test_feed_and_calendar_are_found_from_the_page_by_programs(client):
    page = text(client)

    for kind, address in (("application/atom+xml", FEED), ("text/calendar", CALENDAR)):
        assert re.search(
            f'<link rel="alternate" type="{re.escape(kind)}" title="[^"]+" href="{address}">', page
        )


def test_a_choice_narrows_the_page_and_both_subscriptions(client):
    shown, hidden = event(name="Shown"), event(name="Hidden")
    query = f"?provider={shown.credential.provider.slug}"

    page = text(client, PAGE + query)

    assert f'href="{shown.credential.get_absolute_url()}"' in page
    assert f'href="{hidden.credential.get_absolute_url()}"' not in page
    assert f'type="application/atom+xml" title="What is changing: {shown.credential.provider.name}"' in page
    assert f'href="{FEED}{query}"' in page
    assert f'value="http://testserver{CALENDAR}{query}"' in page
    assert 'content="noindex"' in page
    assert 'content="noindex"' not in text(client)


def test_what_cannot_be_chosen_is_said_and_left_out(client):
    event(name="Data")

    page = text(client, f"{PAGE}?provider=nobody&kind=nothing")

    assert "There is no such provider, no such kind here; it is left out." in page
    assert "Data" in page


def test_a_long_log_has_pages_that_keep_the_choice(client):
    first = event(-1)
    for days in range(SHOWN):
        event(-2 - days, credential=first.credential, version=first.version, key=f"event-{days}")
    event(5, name="Coming")

    query = f"provider={first.credential.provider.slug}"
    one, two = text(client, f"{PAGE}?{query}"), text(client, f"{PAGE}?{query}&page=2")

    assert one.count('class="change"') == SHOWN
    assert two.count('class="change"') == 1
    assert f'href="?{query}&amp;page=2"' in one
    assert "Coming up" not in two


@pytest.mark.parametrize("page", ["0", "2", "01", "-1", "x", "", "1.5", "²", "9" * 5000])
def test_a_page_that_is_not_there_is_not_found(client, page):
    assert client.get(f"{PAGE}?page={page}").status_code == 404


def test_ten_changes_cost_what_two_cost(client, count_queries):
    costs = []
    source = Source.objects.create(key="a", title="A", kind="official")
    for count in (2, 8):
        for number in range(count):
            event((-1) ** number * (number + 1), source=source)
        costs.append([count_queries(client, address) for address in (PAGE, FEED, CALENDAR, "/careers/")])

    assert costs[0] == costs[1]


def test_the_catalogue_s_own_page_tells_the_next_three(client):
    for days in (4, 3, 2, 1, -1):
        event(days)

    page = text(client, "/careers/")

    assert page.count('class="change"') == 3
    assert f'href="{PAGE}">Everything that is changing' in page


def test_with_nothing_to_come_the_catalogue_s_own_page_has_no_heading_for_it(client):
    event(-1)

    assert "What changes next" not in text(client, "/careers/")


# --- Feed and calendar ------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "kind"),
    [(FEED, "application/atom+xml; charset=utf-8"), (CALENDAR, "text/calendar; charset=utf-8")],
)
def test_both_say_what_they_are_and_are_asked_again_cheaply(client, address, kind):
    event()

    response = client.get(address)
    again = client.get(address, headers={"If-None-Match": response["ETag"]})

    assert response["Content-Type"] == kind
    assert again.status_code == 304


def test_the_feed_has_the_last_changed_first_and_whole_addresses(client):
    old, new = event(1), event(9)
    LifecycleEvent.objects.filter(pk=old.pk).update(updated_at=timezone.now() - 9 * DAY)

    found = feedparser.parse(client.get(FEED).content)

    assert not found.bozo
    assert [entry.link for entry in found.entries] == [
        f"http://testserver{row.credential.get_absolute_url()}" for row in (new, old)
    ]


def test_the_calendar_has_what_one_would_enter(client):
    for kind in ("last_exam", "beta_open", "general_availability", "price_change", "rename"):
        event(kind=kind)

    found = vobject.readOne(client.get(CALENDAR).content.decode())

    assert len(found.vevent_list) == 3


def test_a_choice_names_the_calendar(client):
    chosen = event()

    body = client.get(f"{CALENDAR}?provider={chosen.credential.provider.slug}&kind=betas").content.decode()

    assert f"X-WR-CALNAME:Certifications: {chosen.credential.provider.name}\\, Betas" in body
    assert "BEGIN:VEVENT" not in body


@pytest.mark.parametrize("address", [FEED, CALENDAR])
def test_a_subscription_follows_what_is_renamed(client, address):
    chosen = event().credential
    queries = [f"?certification={chosen.slug}", f"?provider={chosen.provider.slug}"]
    for row in (chosen, chosen.provider):
        row.slug = f"new-{row.slug}"
        row.save()
    event(name="Other")

    for query in queries:
        body = client.get(address + query).content
        assert chosen.name.encode() in body
        assert b"Other" not in body


@pytest.mark.parametrize("address", [FEED, CALENDAR])
@pytest.mark.parametrize("query", ["provider=x", "role=x", "kind=x", "certification=x", "provider=%00"])
def test_a_subscription_to_what_is_gone_does_not_become_one_to_everything(client, address, query):
    event()

    assert client.get(f"{address}?{query}").status_code == 404


@pytest.mark.parametrize("address", [FEED, CALENDAR])
def test_a_list_goes_on_without_the_one_that_is_gone(client, address):
    kept, gone, other = event(name="Kept"), event(name="Gone"), event(name="Other")
    query = f"?certification={kept.credential.slug}&certification={gone.credential.slug}"
    Credential.objects.filter(pk=gone.credential_id).update(status="draft")

    body = client.get(address + query).content

    assert b"Kept" in body
    assert b"Gone" not in body
    assert other.credential.name.encode() not in body


def test_a_day_that_another_event_corrected_is_in_no_calendar(client):
    said = event(9, certainty="announced")
    event(5, credential=said.credential, version=said.version)

    (found,) = vobject.readOne(client.get(CALENDAR).content.decode()).vevent_list

    assert found.dtstart.value == timezone.localdate() + 5 * DAY
    assert "It had been announced for" in found.description.value


def test_what_confirms_may_be_older_than_all_that_the_feed_shows(client):
    said = event(-9, certainty="announced")
    done = event(-9, credential=said.credential, version=said.version)
    for number in range(IN_A_FEED):
        event(1, credential=said.credential, version=said.version, key=f"event-{number}")
    LifecycleEvent.objects.filter(pk=done.pk).update(updated_at=timezone.now() - 99 * DAY)

    found = feedparser.parse(client.get(FEED).content)

    assert len(found.entries) == IN_A_FEED
    assert "nothing confirms it" not in " ".join(entry.summary for entry in found.entries)


@pytest.mark.parametrize("address", [PAGE, FEED, CALENDAR])
def test_no_character_of_a_note_breaks_what_is_made_of_it(client, address):
    event(note="a\x0b\x1b\x85\ufffe\u2028b")

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [PAGE, FEED, CALENDAR, "/careers/"])
def test_drafts_tell_nothing(client, address):
    hidden = event(name="Secret")
    Credential.objects.filter(pk=hidden.credential_id).update(status="draft")

    assert b"Secret" not in client.get(address).content


def test_a_day_before_all_calendars_is_no_error(client):
    event(happens_on=date(1, 1, 1))
    event(happens_on=date(9999, 12, 31))

    for address in (PAGE, FEED, CALENDAR):
        assert client.get(address).status_code == 200
