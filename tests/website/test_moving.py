import pytest
from django.urls import reverse

from tests.blog.conftest import form_of
from tests.factories import ArticleFactory, CategoryFactory, DraftFactory
from tests.website.test_redirects import move
from tests.website.test_review import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    return log_in(client, "publisher")


def save(desk, article, **changes):
    sent = form_of(article, **changes)
    return desk.post(reverse("admin:blog_article_change", args=[article.pk]), sent, follow=True).text


def test_an_editor_is_told_where_the_old_address_leads_and_how_to_undo_it(publisher):
    said = save(publisher, ArticleFactory(slug="a"), slug="b", _publish="1", published_at="2026-01-05T09:00")

    assert "Readers who come to /blog/a/ are led to /blog/b/. To undo this, change the address back." in said


def test_a_category_tells_the_same(publisher):
    category = CategoryFactory(slug="a")
    address = reverse("admin:blog_category_change", args=[category.pk])

    said = publisher.post(address, {"name": "Name", "slug": "b", "order": "0"}, follow=True).text

    assert "/category/a/ are led to /category/b/" in said


@pytest.mark.parametrize(("slug", "when"), [("taken", "will show")])
def test_who_takes_an_address_that_led_elsewhere_is_told(publisher, slug, when):
    move(ArticleFactory(slug="taken", title="The first"), "moved-on")

    said = save(publisher, DraftFactory(slug="mine"), slug=slug)

    assert "Links to /blog/taken/ led to “The first” until now" in said
    assert when in said


def test_an_address_kept_or_a_draft_moved_is_nothing_to_tell(publisher):
    said = save(publisher, DraftFactory(slug="a"), slug="b")
    said += save(publisher, ArticleFactory(slug="c"), title="Other", published_at="2026-01-05T09:00")

    assert "are led to" not in said
    assert "Links to" not in said
