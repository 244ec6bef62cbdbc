from datetime import date, timedelta

import feedparser
import pytest
import vobject
from django.utils import timezone

from careers.models import Credential, LifecycleEvent, Source
from careers.views.changes import SHOWN
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
    assert page.count("Nothing confirms that it happened.") == 1


def test_an_empty_log_says_so(client):
    page = text(client)

    assert "Nothing is announced." in page
    assert "Nothing yet." in page


def test_a_line_tells_language_certainty_note_and_source(client):
    source = Source.objects.create(key="a", title="The page", url="https://example.org/", kind="official")
    event(kind="language_removed", languages=["ja"], certainty="disputed", note="See <there>.", source=source)

    page = text(client)

    for words in ("Languages end", "Japanese", "sources disagree", "See &lt;there&gt;.", "The page"):
        assert words in page


def test_a_choice_narrows_the_page_and_both_subscriptions(client):
    shown, hidden = event(name="Shown"), event(name="Hidden")
    query = f"?provider={shown.credential.provider.slug}"

    page = text(client, PAGE + query)

    assert shown.credential.name in page
    assert hidden.credential.name not in page
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


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "", "1.5", "²", "9" * 5000])
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
