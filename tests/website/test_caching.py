import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from tests.factories import UserFactory
from website.caching import CachingMiddleware

EVERYONES = "public, max-age=0, must-revalidate"


def answered(response, method="GET", **cookies):
    request = RequestFactory().generic(method, "/")
    request.COOKIES |= cookies
    return CachingMiddleware(lambda request: response)(request).headers


def kept(response, method="GET", **cookies):
    return answered(response, method, **cookies).get("Cache-Control")


def kept_by_a_cdn(response, method="GET", **cookies):
    return answered(response, method, **cookies).get("CDN-Cache-Control")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_plain_page_is_everyones(method):
    assert kept(HttpResponse(), method) == EVERYONES


def test_nobody_keeps_a_way_to_another_page_for_good():
    assert kept(HttpResponse(status=301)) == EVERYONES


def test_who_works_on_the_site_sees_at_once_what_became_of_a_page():
    assert kept(HttpResponse(), sessionid="abc") == "private, no-cache"


def test_no_browser_is_allowed_to_show_an_old_page():
    """A shared cache is told by itself; what all are told lets nobody show a page without asking."""
    told = answered(HttpResponse())["Cache-Control"]

    assert "stale" not in told
    assert "s-maxage" not in told


def test_a_cdn_shows_a_page_for_seconds_and_for_a_day_while_we_are_away():
    assert kept_by_a_cdn(HttpResponse()) == (
        "public, max-age=10, stale-while-revalidate=30, stale-if-error=86400"
    )


def test_how_long_a_cdn_shows_pages_unasked_is_a_setting(settings):
    settings.CDN_SECONDS = settings.CDN_STALE_SECONDS = 0

    assert kept_by_a_cdn(HttpResponse()) == (
        "public, max-age=0, stale-while-revalidate=0, stale-if-error=86400"
    )


def test_a_cdn_is_told_nothing_of_what_is_not_everyones():
    assert kept_by_a_cdn(HttpResponse(), "POST") is None
    assert kept_by_a_cdn(HttpResponse(status=404)) is None
    assert kept_by_a_cdn(HttpResponse(), sessionid="abc") is None
    assert kept_by_a_cdn(HttpResponse(headers={"Cache-Control": "no-store"})) is None


def test_what_was_posted_or_is_not_there_is_nobodys():
    assert kept(HttpResponse(), "POST") is None
    assert kept(HttpResponse(status=404)) is None


def test_a_page_that_looked_at_a_cookie_or_sets_one_is_a_persons_own():
    with_cookie = HttpResponse()
    with_cookie.set_cookie("name", "value")

    assert kept(with_cookie) is None
    assert kept(HttpResponse(headers={"Vary": "Accept-Language, Cookie"})) is None


def test_what_a_view_said_itself_stands():
    assert kept(HttpResponse(headers={"Cache-Control": "no-store"})) == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["index", "login", "jsi18n", "blog_article_changelist"])
def test_no_page_of_the_admin_is_everyones(client, name):
    if name != "login":
        client.force_login(UserFactory(is_superuser=True))

    response = client.get(reverse(f"admin:{name}"))

    assert response.status_code == 200
    assert "public" not in response.headers.get("Cache-Control", "")
