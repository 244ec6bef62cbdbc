from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from blog import links
from blog.links import Found, Link, check_and_keep, links_in, own_path
from blog.models import LinkCheck
from tests.factories import ArticleFactory

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
HOSTS = {"guide.example"}


def finder(**answers):
    """Finds what it is told, by the last part of the path; everything else is there."""

    def find(paths):
        find.asked = sorted(paths)
        return {path: answers.get(path.strip("/").rpartition("/")[2], Found()) for path in paths}

    return find


def kept(*bodies, **answers):
    articles = [ArticleFactory(body=body) for body in bodies]
    check_and_keep(articles, find=finder(**answers), hosts=HOSTS, now=NOW)
    return list(LinkCheck.objects.all())


# --- Reading ----------------------------------------------------------------


def test_links_are_found_with_their_words_wherever_they_stand():
    first = '<p>See <a href="/blog/a/">the <strong>first</strong> one</a>.</p>'
    body = first + '<ul><li><a href="/blog/b/">b</a></li></ul>'

    assert links_in(body) == [Link("/blog/a/", "the first one"), Link("/blog/b/", "b")]


def test_an_address_counts_once_and_places_on_the_page_and_mail_not_at_all():
    body = (
        '<p><a href="/a/">x</a><a href="/a/">y</a><a href="#s-b">z</a><a href="MAILTO:a@b.example">m</a></p>'
    )

    assert links_in(body) == [Link("/a/", "x")]


def test_an_address_in_code_is_no_link():
    assert links_in('<pre><code>&lt;a href="/a/"&gt;</code></pre><p>/blog/b/</p>') == []


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/blog/a/", "/blog/a/"),
        ("/blog/a/?x=1#s", "/blog/a/"),
        ("../b/", "/blog/b/"),
        ("b/", "/blog/here/b/"),
        ("?page=2", "/blog/here/"),
        ("https://guide.example/blog/a/", "/blog/a/"),
        ("HTTP://GUIDE.example:8000/blog/a/", "/blog/a/"),
        ("//guide.example/blog/a/", "/blog/a/"),
        ("https://guide.example", "/"),
        ("/blog/caf%C3%A9/", "/blog/café/"),
        ("https://other.example/blog/a/", None),
        ("//other.example/", None),
        ("https://guide.example.evil.example/", None),
        ("https://[broken/", None),
        ("https://guide.example:port/", None),
        ("ftp://guide.example/", None),
    ],
)
def test_a_link_is_our_own_when_it_is_relative_or_names_our_host(url, path):
    assert own_path(url, page="/blog/here/", hosts=HOSTS) == path


def test_our_hosts_are_those_the_site_answers_to(settings):
    settings.ALLOWED_HOSTS = ["*", "Guide.example", ".all.example"]

    assert links.own_hosts() == {"guide.example", "all.example"}


# --- Checking ---------------------------------------------------------------


@pytest.mark.django_db
def test_each_link_is_kept_with_what_became_of_it():
    body = '<p><a href="/x/fine/">1</a><a href="/x/gone/">2</a><a href="/x/old/">3</a><a href="https://a.example/">4</a></p>'

    rows = kept(body, gone=Found("No such page."), old=Found("It moved.", "/x/new/"))

    assert [(row.url, row.status, row.problem, row.suggested_fix) for row in rows] == [
        ("/x/fine/", "ok", "", ""),
        ("/x/gone/", "broken", "No such page.", ""),
        ("/x/old/", "moved", "It moved.", "/x/new/"),
        ("https://a.example/", "unasked", "", ""),
    ]
    assert [row.is_external for row in rows] == [False, False, False, True]
    assert [row.checked_at for row in rows] == [NOW, NOW, NOW, None]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest/", "http://127.1/", "https://name:word@a.example/"]
)
def test_a_link_no_reader_should_follow_is_known_without_asking_anyone(url):
    (row,) = kept(f'<p><a href="{url}">x</a></p>')

    assert row.status == "danger"
    assert row.problem


@pytest.mark.django_db
def test_all_articles_ask_the_site_once():
    articles = [ArticleFactory(body=f'<p><a href="/x/{n}/">x</a></p>') for n in range(3)]
    find = finder()

    check_and_keep(articles, find=find, hosts=HOSTS, now=NOW)

    assert find.asked == ["/x/0/", "/x/1/", "/x/2/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/" + "a" * 600, "/%00", "/a%0Ab", "/%FF"])
def test_an_address_that_nobody_can_have_is_not_asked_for_and_broken(path):
    article = ArticleFactory(body=f'<p><a href="{path}">x</a></p>')
    find = finder()

    (row,) = check_and_keep([article], find=find, hosts=HOSTS, now=NOW)

    assert (find.asked, row.status) == ([], "broken")


@pytest.mark.django_db
def test_a_link_of_any_length_and_script_can_be_kept():
    rows = kept(f'<p><a href="https://a.example/{"ü" * 5000}">{"word " * 200}</a></p>')

    assert len(rows[0].url) <= LinkCheck.MAX_URL
    assert rows[0].url.isascii()


@pytest.mark.django_db
def test_checking_anew_forgets_links_that_are_gone_and_keeps_what_other_sites_said():
    article = ArticleFactory(body='<p><a href="/x/a/">a</a><a href="https://a.example/">b</a></p>')
    check_and_keep([article], find=finder(), hosts=HOSTS, now=NOW)
    LinkCheck.objects.filter(is_external=True).update(status="broken", problem="Gone.", checked_at=NOW)
    article.body = '<p><a href="https://a.example/">other words</a><a href="/x/c/">c</a></p>'

    check_and_keep([article], find=finder(c=Found("No such page.")), hosts=HOSTS, now=LATER)

    rows = {row.url: (row.text, row.status, row.checked_at) for row in LinkCheck.objects.all()}
    assert rows == {
        "https://a.example/": ("other words", "broken", NOW),
        "/x/c/": ("c", "broken", LATER),
    }


@pytest.mark.django_db
def test_a_link_that_was_mended_elsewhere_is_fine_again():
    article = ArticleFactory(body='<p><a href="/x/a/">a</a></p>')
    check_and_keep([article], find=finder(a=Found("No such page.")), hosts=HOSTS, now=NOW)

    check_and_keep([article], find=finder(), hosts=HOSTS, now=LATER)

    row = LinkCheck.objects.get()
    assert (row.status, row.problem, row.checked_at) == ("ok", "", LATER)


@pytest.mark.django_db
def test_ten_links_cost_what_two_cost():
    def cost(number):
        body = "".join(f'<p><a href="/x/{n}/">x</a></p>' for n in range(number))
        article = ArticleFactory(body=body)
        check_and_keep([article], find=finder(), hosts=HOSTS, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            check_and_keep([article], find=finder(), hosts=HOSTS, now=LATER)
        return len(queries)

    assert cost(10) == cost(2)


@pytest.mark.django_db
def test_the_database_knows_each_link_of_an_article_once_and_when_it_was_checked():
    article = ArticleFactory()
    LinkCheck.objects.create(article=article, url="/a/", is_external=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCheck.objects.create(article=article, url="/a/", is_external=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCheck.objects.create(article=article, url="/b/", is_external=False, status="ok")


@pytest.mark.django_db
def test_those_never_asked_come_first_then_those_asked_longest_ago():
    article = ArticleFactory()
    for url, at in [("new", NOW), ("never", None), ("old", NOW - timedelta(days=9))]:
        status = "ok" if at else "unasked"
        LinkCheck.objects.create(article=article, url=url, is_external=True, checked_at=at, status=status)
    LinkCheck.objects.create(article=article, url="own", is_external=False)

    assert [row.url for row in LinkCheck.objects.longest_unasked()] == ["never", "old", "new"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"status": "broken", "problem": "No such page."},
            "The link “here” (/x/) leads nowhere. No such page.",
        ),
        (
            {"status": "moved", "problem": "It moved.", "suggested_fix": "/y/"},
            "The link “here” (/x/) takes a detour. It moved. Better: /y/",
        ),
        (
            {"status": "danger", "problem": "Private."},
            "The link “here” (/x/) leads where no reader should be sent. Private.",
        ),
    ],
)
def test_a_warning_names_the_link_by_its_words_and_address(fields, said):
    assert links.warning(LinkCheck(url="/x/", text="here", **fields)) == said
