import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog import publishing
from blog.models import Article
from tests.factories import LONG_AGO, ArticleFactory, CategoryFactory, DraftFactory
from tests.website.test_redirects import move
from website.models import Redirect, Signpost
from website.signposts import LONGEST_WAY, Choice, answer_for, near, put_up

pytestmark = pytest.mark.django_db


def lead(path, target):
    put_up([path], Choice("moved", target), by=None, now=LONG_AGO)


def hide(article):
    publishing.unpublish(article, by=None, now=timezone.now())


def test_a_signpost_remembers_the_page_and_follows_it():
    article = ArticleFactory(slug="b")
    lead("/blog/a/", "/blog/b/")

    move(article, "c")

    assert answer_for("/blog/a/").address == "/blog/c/"


def test_a_signpost_may_lead_to_a_listing():
    lead("/blog/a/", "/careers/certifications/")

    assert answer_for("/blog/a/").address == "/careers/certifications/"


def test_where_the_target_goes_its_own_signpost_is_followed_in_one_step():
    b = ArticleFactory(slug="b")
    ArticleFactory(slug="c")
    lead("/blog/a/", "/blog/b/")
    lead("/blog/b/", "/blog/c/")
    hide(b)

    assert answer_for("/blog/a/").address == "/blog/c/"


def test_where_the_target_was_withdrawn_its_reason_is_told():
    b = ArticleFactory(slug="b")
    lead("/blog/a/", "/blog/b/")
    put_up(["/blog/b/"], Choice("withdrawn", reason="Wrong."), by=None, now=LONG_AGO, page=b)
    b.delete()

    assert answer_for("/blog/a/").sign.reason == "Wrong."


def test_where_the_target_is_lost_the_page_is_gone():
    b = ArticleFactory(slug="b")
    lead("/blog/a/", "/blog/b/")
    b.delete()

    found = answer_for("/blog/a/")
    assert (found.address, found.sign.path) == ("", "/blog/a/")


def test_signposts_in_a_ring_or_a_row_without_end_come_to_a_stop():
    articles = [ArticleFactory(slug=f"p{n}") for n in range(LONGEST_WAY + 3)]
    for one, other in zip(articles, [*articles[1:], articles[0]], strict=True):
        lead(one.get_absolute_url(), other.get_absolute_url())
    for article in articles:
        hide(article)

    assert answer_for("/blog/p0/").address == ""


def test_a_target_that_became_a_draft_under_a_new_address_gives_nothing_away():
    b = ArticleFactory(slug="b")
    lead("/blog/a/", "/blog/b/")
    hide(b)
    move(b, "secret-plans")

    found = answer_for("/blog/a/")
    assert found.address == ""
    assert "secret" not in f"{found.sign.target_path}{found.sign.reason}"


def test_a_page_published_again_takes_its_signs_down():
    article = move(ArticleFactory(slug="a"), "b")
    hide(article)
    put_up(["/blog/a/", "/blog/b/"], Choice("gone"), by=None, now=LONG_AGO, page=article)
    assert answer_for("/blog/a/").sign

    publishing.publish(article, by=None, now=timezone.now())

    assert not Signpost.objects.exists()
    assert answer_for("/blog/a/").address == "/blog/b/"


def test_a_draft_that_is_saved_leaves_the_sign_at_its_address():
    article = ArticleFactory(slug="a")
    hide(article)
    put_up(["/blog/a/"], Choice("gone"), by=None, now=LONG_AGO, page=article)

    article.save()

    assert Signpost.objects.exists()


def test_what_an_editor_decides_replaces_an_older_way_on():
    move(ArticleFactory(slug="a"), "b")

    put_up(["/blog/a/"], Choice("gone"), by=None, now=LONG_AGO)

    assert answer_for("/blog/a/").sign.kind == "gone"


def test_its_own_former_addresses_go_on_leading_to_a_page_that_is_hidden():
    article = move(ArticleFactory(slug="a"), "b")

    put_up(["/blog/a/", "/blog/b/"], Choice("gone"), by=None, now=LONG_AGO, page=article)

    assert Redirect.objects.get().old_path == "/blog/a/"


def test_putting_up_another_replaces_the_first_and_two_of_one_are_one():
    put_up(["/a/", "/a/"], Choice("withdrawn", reason="Wrong."), by=None, now=LONG_AGO)
    put_up(["/a/", "/\x00/", "/" + "a" * 400], Choice("gone"), by=None, now=LONG_AGO)

    assert [(row.path, row.kind, row.reason) for row in Signpost.objects.all()] == [("/a/", "gone", "")]


def test_what_is_near_keeps_its_order_and_shows_what_readers_see():
    category, one, draft, two = CategoryFactory(), ArticleFactory(), DraftFactory(), ArticleFactory()
    put_up(["/a/"], Choice("gone"), by=None, now=LONG_AGO, see_also=[two, category, draft, one])

    assert near(Signpost.objects.get()) == [two, category, one]


def test_a_saved_neighbour_that_is_no_public_model_is_left_out():
    sign = Signpost(see_also=[["auth.User", 1], ["nonsense", 1]])

    assert near(sign) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "moved", "target_path": ""},
        {"kind": "gone", "target_path": "/a/"},
        {"kind": "withdrawn", "reason": ""},
    ],
)
def test_the_database_refuses_a_sign_that_says_nothing(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signpost.objects.create(path="/a/", put_up_at=LONG_AGO, **fields)


def test_the_article_of_a_sign_stays_as_it_is():
    article = ArticleFactory(slug="a")
    put_up(["/blog/a/"], Choice("gone"), by=None, now=LONG_AGO, page=article)

    assert Article.objects.get().state == "published"
