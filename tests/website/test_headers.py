import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.factories import ArticleFactory, UserFactory
from website.headers import Nonce, SecurityHeadersMiddleware, policy_text

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'"


def answer_of(view) -> HttpResponse:
    request = RequestFactory().get("/")
    request.resolver_match = None
    return SecurityHeadersMiddleware(view)(request)


def answer_under(policy: dict[str, list[str]]) -> HttpResponse:
    response = HttpResponse()
    response._csp_config = policy
    return answer_of(lambda request: response)


def uses_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<script nonce='{request.csp_nonce}'>")


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/", "/blog/", "/careers/", "/search/?q=a", "/nowhere/", "/healthz"])
def test_a_public_page_carries_the_strict_policy_and_no_nonce(client, url):
    headers = client.get(url).headers

    assert headers["Content-Security-Policy"].startswith(STRICT)
    assert "nonce" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_a_public_page_may_be_kept_by_any_cache(client):
    ArticleFactory(slug="kept")

    response = client.get("/blog/kept/")

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.django_db  # the end of an answer looks after the connections
def test_a_static_file_carries_the_headers_too(client):
    response = client.get("/static/admin/css/base.css")
    response.close()  # the file, which a collector of garbage would close in another test, with a warning

    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"].startswith(STRICT)
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_an_error_carries_the_headers_too(client, monkeypatch):
    def fail(*args):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("website.health.HealthMiddleware.answers", {"/broken": fail})
    client.raise_request_exception = False

    response = client.get("/broken")

    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"].startswith(STRICT)
    assert b"secret of the house" not in response.content


@pytest.mark.django_db
def test_the_admin_has_a_policy_of_its_own(client):
    client.force_login(UserFactory(is_superuser=True))

    policy = client.get("/admin/").headers["Content-Security-Policy"]

    assert "frame-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_nonce_is_announced_when_the_page_has_used_it(settings):
    settings.SECURE_CSP = settings.SECURE_CSP_ADMIN

    response = answer_of(uses_nonce)

    nonce = response.content.decode().split("'")[1]
    assert len(nonce) > 20
    assert f"script-src 'self' 'nonce-{nonce}';" in response.headers["Content-Security-Policy"]


def test_two_answers_never_share_a_nonce():
    assert str(Nonce()) != str(Nonce())


def test_a_view_may_bring_its_own_policy():
    response = answer_under({"default-src": ["'none'"], "frame-ancestors": ["'self'"]})

    assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'self'"


def test_an_empty_policy_sends_none():
    assert "Content-Security-Policy" not in answer_under({}).headers


def test_an_unused_nonce_leaves_no_trace_in_the_policy(settings):
    assert "NONCE" not in policy_text(settings.SECURE_CSP_ADMIN, Nonce())
