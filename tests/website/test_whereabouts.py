"""What of this site an address means, however it is written; and that no address leads off it."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from tests.factories import ArticleFactory, DraftFactory, RoleFactory
from website.whereabouts import answer_at, folded, open_path, page_at, path_of

HOST = "testserver"
OFF_THE_SITE = [
    "https://evil.example/",
    "//evil.example/blog/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://evil.example\\@testserver/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "/blog/\r\nX-Made-Up: 1",
    "/blog/\x00",
    "/blog/\ud800/",
    "http://[::1",
    "http://testserver//evil.example/",
    "evil.example",
    "",
    "/" + "x" * 5000,
]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("/Blog/Some-Slug", "/blog/some-slug/"),
        ("//blog///a//", "/blog/a/"),
        ("/sitemap.XML", "/sitemap.xml"),
        ("/", "/"),
        ("", "/"),
    ],
)
def test_an_address_has_one_way_to_be_written(typed, written):
    assert folded(typed) == written
    assert folded(written) == written


@pytest.mark.parametrize("typed", OFF_THE_SITE)
def test_what_leads_off_the_site_or_nowhere_is_refused(typed):
    with pytest.raises(ValidationError):
        path_of(typed, host=HOST)


@pytest.mark.parametrize(
    "typed", ["/blog/a/", " /blog/a ", "http://testserver/blog/a/", "HTTPS://TestServer/Blog/A"]
)
def test_an_address_may_be_given_with_the_name_of_the_site(typed):
    assert path_of(typed, host=HOST) == "/blog/a/"


@pytest.mark.django_db
def test_a_page_is_found_by_its_address_and_a_draft_is_not():
    article, role, draft = ArticleFactory(), RoleFactory(), DraftFactory()

    assert page_at(article.get_absolute_url()) == article
    assert page_at(role.get_absolute_url()) == role
    assert [page_at(path) for path in (draft.get_absolute_url(), "/blog/", "/admin/", "/nowhere/")] == [
        None
    ] * 4


@pytest.mark.django_db
def test_a_listing_can_be_opened_and_the_desk_and_a_draft_cannot(rf):
    draft = DraftFactory()
    request = rf.post("/admin/missing/")
    request.user = None

    assert open_path("/careers/certifications", request) == "/careers/certifications/"
    for path in ("/admin/", "/admin/editor/pictures/", draft.get_absolute_url(), "/nowhere/"):
        with pytest.raises(ValidationError, match="find nothing"):
            open_path(path, request)


@pytest.mark.django_db
def test_an_address_that_moved_counts_as_where_it_leads(rf):
    article = ArticleFactory(slug="a")
    article.slug = "b"
    article.save()

    assert open_path("/blog/a/", rf.get("/")) == "/blog/b/"


@pytest.mark.django_db
def test_asking_what_another_address_answers_leaves_the_request_as_it_was(rf):
    request = rf.post("/here/")

    assert answer_at(request, "/blog/", QueryDict()).status_code == 200
    assert (request.method, request.path) == ("POST", "/here/")
