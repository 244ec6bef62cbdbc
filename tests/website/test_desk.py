from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Picture
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory, UserFactory
from website.desk import desk_for

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MISSING_BLOCK = '<careers-block data-kind="role-card" data-ref="nobody"></careers-block>'


def piles(person=None, *, now=NOW):
    desk = desk_for(person or UserFactory(), now=now)
    shown = [*desk["piles"], desk["recent"], *desk["attention"]]
    return {pile.title: [line.label for line in pile.lines] for pile in shown}


def by_group(client, group):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return client


def complete(**fields):
    fields = {"category": CategoryFactory(description="About."), "authors": [AuthorFactory()], **fields}
    return ArticleFactory(**fields)


def test_the_desk_shows_my_drafts_and_not_those_of_others():
    me = UserFactory()
    DraftFactory(title="Mine", created_by=me)
    DraftFactory(title="Theirs", created_by=UserFactory())

    assert piles(me)["Your drafts"] == ["Mine"]


def test_the_drafts_of_others_are_for_those_who_may_go_on_with_them(client):
    DraftFactory(title="Theirs", created_by=UserFactory())

    shown = {}
    for group in ("writer", "editor", "publisher"):
        desk = by_group(client, group).get(reverse("admin:index")).context
        shown[group] = {pile.title: [line.label for line in pile.lines] for pile in desk["piles"]}

    assert "Drafts of others" not in shown["writer"]
    assert shown["editor"]["Drafts of others"] == shown["publisher"]["Drafts of others"] == ["Theirs"]


def test_a_form_about_to_be_sent_learns_whether_anyone_is_logged_in(client):
    address = reverse("admin:session")

    assert client.get(address).json() == {"login": "/admin/login/?next=%2Fadmin%2F"}
    client.force_login(UserFactory(is_staff=False))
    assert "token" not in client.get(address).json()
    answer = by_group(client, "writer").get(address)
    assert answer.json()["token"]
    assert "no-store" in answer["Cache-Control"]


def test_a_form_the_site_does_not_recognise_says_where_the_text_is():
    response = Client(enforce_csrf_checks=True).post(reverse("admin:blog_article_add"), {"title": "T"})

    assert response.status_code == 403
    assert "What you typed is still in the form" in response.content.decode()


def test_the_menu_begins_with_what_is_written(client):
    desk = by_group(client, "publisher").get(reverse("admin:index"))

    assert [app["name"] for app in desk.context["app_list"]] == ["Stories", "Facts", "Addresses"]


def test_scheduled_articles_come_in_the_order_they_go_out():
    complete(title="Later", published_at=NOW + 9 * DAY)
    complete(title="Sooner", published_at=NOW + DAY)

    assert piles()["Scheduled"] == ["Sooner", "Later"]


def test_recently_published_are_newest_first_and_only_what_readers_see():
    complete(title="Older", published_at=NOW - 2 * DAY)
    complete(title="Newer", published_at=NOW - DAY)
    complete(title="Gone", published_at=NOW - 3 * DAY, expires_at=NOW - DAY)
    complete(title="Coming", published_at=NOW + DAY)

    assert piles()["Recently published"] == ["Newer", "Older"]


def test_a_desk_in_order_has_nothing_that_needs_attention():
    complete()

    assert desk_for(UserFactory(), now=NOW)["attention"] == []


def test_what_is_missing_needs_attention():
    picture = Picture.objects.create(title="p", token="0" * 32, width=1, height=1, uploaded_by=UserFactory())
    complete(title="No summary", summary="")
    complete(title="Bare cover", cover=picture)
    complete(title="Described cover", cover=picture, cover_alt="A bridge")
    complete(title="Nobody's", authors=[])
    complete(title="Ending", expires_at=NOW + 3 * DAY)
    complete(title="Ending one day", expires_at=NOW + 90 * DAY)
    complete(title="Broken block", body=MISSING_BLOCK)
    CategoryFactory(name="Undescribed")

    found = piles()

    assert found["Published without a summary"] == ["No summary"]
    assert found["Covers without a description: only decoration?"] == ["Bare cover"]
    assert found["Published without an author"] == ["Nobody's"]
    assert found["Expiring within two weeks"] == ["Ending"]
    assert found["Live blocks that show nothing"] == ["Broken block"]
    assert found["Categories without a description"] == ["Undescribed"]


def test_a_draft_untouched_for_a_month_needs_attention():
    old, fresh = DraftFactory(title="Old"), DraftFactory(title="Fresh")
    Article.objects.filter(pk=old.pk).update(modified_at=NOW - 31 * DAY)
    Article.objects.filter(pk=fresh.pk).update(modified_at=NOW)

    assert piles()["Drafts nobody has touched for a month"] == ["Old"]


@pytest.mark.parametrize("group", ["writer", "editor", "publisher"])
def test_the_front_page_is_the_desk_for_everyone_on_it(client, group):
    answer = by_group(client, group).get(reverse("admin:index"))

    page = answer.content.decode()
    assert "Your drafts" in page
    assert reverse("admin:blog_article_add") in page


def test_someone_without_articles_to_see_gets_no_desk(client):
    client.force_login(UserFactory())
    DraftFactory(title="Secret draft")

    page = client.get(reverse("admin:index")).content.decode()

    assert "Your drafts" not in page
    assert "Secret draft" not in page


def counted(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("admin:index")).status_code == 200
    return len(captured)


def test_a_full_desk_costs_what_an_empty_one_costs(client):
    def fill(number):
        for _ in range(number):
            DraftFactory(created_by=publisher)
            ArticleFactory(body=MISSING_BLOCK, summary="")
            ArticleFactory(published_at=timezone.now() + DAY)

    by_group(client, "publisher")
    publisher = client.get(reverse("admin:index")).wsgi_request.user
    fill(2)
    two = counted(client)
    fill(8)

    assert counted(client) == two
