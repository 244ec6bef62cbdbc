import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import Article, LinkCheck, Picture
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


def in_the_menu(client):
    page = client.get(reverse("admin:blog_author_changelist")).content.decode()
    return re.findall(r'<a href="/admin/(\w+/\w+)/(add/)?"', page), page


def test_the_menu_of_everyone_is_as_long_as_their_powers_also_after_these_grew(client):
    person = UserFactory()
    client.force_login(person)
    offered = {}
    for group in ("writer", "editor", "writer"):
        person.groups.set([Group.objects.get(name=group)])
        offered[group], page = in_the_menu(client)
        assert '<a href="/admin/blog/author/" aria-current="page">' in page

    writer, editor = set(offered["writer"]), set(offered["editor"])
    assert writer < editor
    assert ("blog/author", "add/") in editor - writer
    assert ("website/redirect", "") in editor - writer


def test_who_is_above_all_finds_the_accounts_in_the_menu(admin_client):
    assert ("auth/user", "") in in_the_menu(admin_client)[0]
    assert ("auth/user", "") not in in_the_menu(by_group(Client(), "publisher"))[0]


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


def pressed(client, title):
    """The addresses of the buttons that vouch for what is due."""
    desk = client.get(reverse("admin:index"))
    lines = [line for pile in desk.context["attention"] if pile.title == title for line in pile.lines]
    assert all(f'action="{line.still_correct}"' in desk.content.decode() for line in lines)
    return {line.label: line.still_correct for line in lines}


def test_what_is_due_for_review_is_vouched_for_with_one_press(client):
    complete(title="Old", published_at=timezone.now() - 400 * DAY)
    complete(title="Fresh", published_at=timezone.now() - DAY)
    editor = by_group(client, "editor")

    buttons = pressed(editor, "Due for review")
    for address in buttons.values():
        editor.post(address, {"desk": "1"})

    assert list(buttons) == ["Old"]
    assert pressed(editor, "Due for review") == {}


def test_a_writer_is_asked_only_for_own_articles(client):
    writer = by_group(client, "writer")
    person = writer.get(reverse("admin:index")).wsgi_request.user
    complete(title="Mine", published_at=timezone.now() - 400 * DAY, created_by=person)
    complete(title="Theirs", published_at=timezone.now() - 400 * DAY)

    assert list(pressed(writer, "Due for review")) == ["Mine"]


def test_live_articles_with_dead_links_need_attention():
    def linking(status, **fields):
        article = complete(**fields)
        LinkCheck.objects.create(
            article=article, url=f"/{status}/", is_external=False, status=status, checked_at=NOW
        )

    linking("broken", title="Broken")
    linking("danger", title="Dangerous")
    linking("ok", title="Fine")
    linking("moved", title="Detour")
    linking("broken", title="A draft", state=Article.State.DRAFT)

    assert piles()["Links that lead nowhere"] == ["Broken", "Dangerous"]


@pytest.mark.parametrize(
    ("on", "asked"),
    [(datetime(2026, 11, 1, 12, tzinfo=UTC), "2025"), (datetime(2026, 11, 2, 12, tzinfo=UTC), "2026")],
)
def test_from_sixty_days_before_the_new_year_its_titles_need_attention(client, on, asked):
    publisher = UserFactory(is_superuser=True)
    for year in (2025, 2026):
        complete(title=f"Exams of {year}")
    complete(title="From 2025 to 2026 to 2027")

    found = piles(publisher, now=on)

    assert found[f"Titles with {asked} in them"] == [f"Exams of {asked}"]
    assert not any(title.startswith("Titles with") for title in piles(now=on))


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
            DraftFactory(created_by=publisher, returned_at=NOW, assigned_to=publisher)
            DraftFactory(submitted_at=NOW, approved_version=0, approved_by=UserFactory())
            DraftFactory(submitted_at=NOW)
            ArticleFactory(body=MISSING_BLOCK, summary="")
            ArticleFactory(published_at=timezone.now() + DAY)
            old = ArticleFactory(title="2026", published_at=timezone.now() - 400 * DAY)
            LinkCheck.objects.create(
                article=old, url="/x/", is_external=False, status="broken", checked_at=timezone.now()
            )

    by_group(client, "publisher")
    publisher = client.get(reverse("admin:index")).wsgi_request.user
    fill(2)
    two = counted(client)
    fill(8)

    assert counted(client) == two


def test_what_came_back_and_what_was_given_lie_on_ones_desk_with_the_reason():
    writer, editor = UserFactory(), UserFactory(is_superuser=True)
    back, given = DraftFactory(title="Back", created_by=writer), DraftFactory(title="Given")
    workflow.submit(back, by=editor, now=NOW)
    workflow.return_to_writer(back, by=editor, note="Sources, please.", now=NOW)
    Article.objects.filter(pk=given.pk).update(assigned_to=writer)

    found = {pile.title: pile for pile in desk_for(writer, now=NOW)["piles"]}

    assert [line.note for line in found["Returned to you"].lines] == ["“Sources, please.”, returned"]
    assert [line.label for line in found["Assigned to you"].lines] == ["Given"]
    assert not {"Returned to you", "Assigned to you"} & set(piles(editor))


def test_whoever_reviews_sees_what_waits_and_publishers_what_is_approved(client):
    writer = UserFactory()
    for title in ("Waiting", "Approved"):
        article = DraftFactory(title=title, created_by=writer, submitted_at=NOW)
    Article.objects.filter(pk=article.pk).update(approved_version=article.version)

    shown = {}
    for group in ("writer", "editor", "publisher"):
        desk = by_group(client, group).get(reverse("admin:index")).context
        shown[group] = {pile.title: [line.label for line in pile.lines] for pile in desk["piles"]}

    assert "Needs review" not in shown["writer"]
    assert shown["editor"]["Needs review"] == shown["publisher"]["Needs review"] == ["Waiting"]
    assert "Approved, not published" not in shown["editor"]
    assert shown["publisher"]["Approved, not published"] == ["Approved"]
