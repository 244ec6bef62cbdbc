import pytest
from django.urls import reverse

from tests.factories import ArticleFactory, RoleFactory, UserFactory
from tests.website.wsgi import PUBLIC, CopiesByHand, FakeSite, FakeTokens, ask
from website.pagecache import serving
from website.pagecache.boundaries import Horizon
from website.pagecache.wrapper import PageCache

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache(monkeypatch, tmp_path):
    now = [1000.0]
    cache = PageCache(
        FakeSite(headers=[PUBLIC]),
        tokens=FakeTokens(),
        horizon=lambda since: Horizon(9000),
        limit=1_000_000,
        copies=CopiesByHand(tmp_path, 1000),
        clock=lambda: now[0],
    )
    cache.now = now
    monkeypatch.setattr(serving, "current", cache)
    return cache


def asked(client, path):
    return client.get(reverse("admin:bar"), {"path": path}).json()


def test_the_bar_says_what_the_page_is_and_where_to_edit_it(client):
    client.force_login(UserFactory(is_superuser=True))
    article = ArticleFactory(slug="a", title="An article")

    said = asked(client, "/blog/a/")

    assert said["page"] == "An article"
    assert said["standing"] == "Live"
    assert said["edit"] == reverse("admin:blog_article_change", args=[article.pk])
    assert said["age"] is None


def test_a_fact_can_be_edited_from_its_page_and_a_listing_is_nobodys(client):
    client.force_login(UserFactory(is_superuser=True))
    change = reverse("admin:careers_role_change", args=[RoleFactory(slug="one").pk])

    assert asked(client, "/careers/roles/one/")["edit"] == change
    assert asked(client, "/blog/")["page"] == asked(client, "/nowhere/")["edit"] == ""


def test_who_may_not_see_it_in_the_admin_is_led_nowhere(client):
    client.force_login(UserFactory(is_staff=True))
    ArticleFactory(slug="a")

    assert asked(client, "/blog/a/")["edit"] == ""


def test_strangers_are_told_nothing(client):
    ArticleFactory(slug="a", title="An article")

    response = client.get(reverse("admin:bar"), {"path": "/blog/a/"})

    assert response.status_code == 302
    assert b"An article" not in response.content


def test_the_bar_says_how_old_the_page_is_that_readers_get(client, cache):
    client.force_login(UserFactory(is_superuser=True))
    ask(cache, "/blog/")
    cache.now[0] += 90

    assert asked(client, "/blog/")["age"] == 90
    assert asked(client, "/other/")["age"] is None


def test_the_figures_of_the_cache_are_for_the_staff(client, cache):
    ask(cache, "/blog/")
    ask(cache, "/blog/")
    address = reverse("admin:page_cache")
    assert client.get(address).status_code == 302

    client.force_login(UserFactory(is_staff=True))
    text = client.get(address).content.decode()
    assert '<th scope="row">Share from memory</th><td>50.0 %</td>' in text
    assert '<th scope="row">Pages in memory</th><td>1</td>' in text


def test_without_a_cache_the_page_says_so(client):
    client.force_login(UserFactory(is_staff=True))

    assert "The page cache is off" in client.get(reverse("admin:page_cache")).content.decode()


def test_a_login_leaves_a_hint_and_a_logout_takes_it_away(client):
    user = UserFactory(is_staff=True, username="ann")
    user.set_password("correct horse battery")
    user.save()

    sent = {"username": "ann", "password": "correct horse battery"}
    hint = client.post(reverse("admin:login"), sent).cookies["staff"]
    assert (hint.value, hint["samesite"], hint["httponly"], hint["max-age"]) == ("1", "Lax", "", 8 * 3600)
    assert "staff" not in client.get("/admin/").cookies

    assert client.post(reverse("admin:logout")).cookies["staff"].value == ""


def test_the_hint_opens_nothing(client):
    client.cookies["staff"] = "1"

    assert client.get(reverse("admin:bar")).status_code == 302
