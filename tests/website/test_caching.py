import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from tests.factories import UserFactory
from website.caching import CachingMiddleware

EVERYONES = "public, max-age=0, s-maxage=10, stale-while-revalidate=30, stale-if-error=86400"


def kept(response, method="GET", **cookies):
    request = RequestFactory().generic(method, "/")
    request.COOKIES |= cookies
    return CachingMiddleware(lambda request: response)(request).headers.get("Cache-Control")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_plain_page_is_everyones(method):
    assert kept(HttpResponse(), method) == EVERYONES


def test_nobody_keeps_a_way_to_another_page_for_good():
    assert kept(HttpResponse(status=301)) == EVERYONES


def test_who_works_on_the_site_sees_at_once_what_became_of_a_page():
    assert kept(HttpResponse(), sessionid="abc") == "private, no-cache"


def test_how_long_a_cdn_shows_pages_unasked_is_a_setting(settings):
    settings.CDN_SECONDS = settings.CDN_STALE_SECONDS = 0

    assert (
        kept(HttpResponse())
        == "public, max-age=0, s-maxage=0, stale-while-revalidate=0, stale-if-error=86400"
    )


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
