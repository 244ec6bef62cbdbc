"""What the article's page says and offers: to who writes, and to who may only read."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from blog import publishing
from blog.models import Article
from tests.factories import ArticleFactory

from .accessibility import violations_in_light_and_dark
from .desk import account, log_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page):
    """``desk("writer")``: a page in which such a person is logged in, and what its scripts throw."""

    def enter(group):
        account(group)
        log_in(page, group)
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        return page

    return enter


@pytest.mark.parametrize("half_typed", ["0202-01-01T10:00", "22026-01-01T10:00"])
def test_a_year_half_typed_says_nothing_below_its_field(desk, half_typed):
    page = desk("publisher")
    page.goto(reverse("admin:blog_article_add"))
    page.fill("#id_published_at", "2050-01-01T10:00")
    expect(page.locator("#id_published_at_moment")).to_contain_text("Goes live")

    page.fill("#id_published_at", half_typed)

    expect(page.locator("#id_published_at_moment")).to_have_text("")
    page.get_by_role("button", name="Publish", exact=True).wait_for()
    assert page.errors == []


def test_who_may_only_read_an_article_sees_it_and_its_preview_without_a_fault(desk):
    article = ArticleFactory(title="Of a colleague", body="<p>Their own words.</p>")
    page = desk("writer")
    page.goto(reverse("admin:blog_article_change", args=[article.pk]))
    page.get_by_text("You may read this, not change it").wait_for()

    page.get_by_role("button", name="Preview", exact=True).click()

    expect(page.frame_locator(".preview-panel iframe").get_by_text("Their own words.")).to_be_visible()
    assert page.errors == []


def test_discarding_a_draft_has_a_button_of_full_size_and_so_has_its_way_back(desk):
    article = ArticleFactory(title="Live")
    draft = Article.objects.get(pk=article.pk)
    draft.title = "Waiting"
    publishing.save(draft, by=None, now=timezone.now())
    page = desk("publisher")
    page.goto(reverse("admin:blog_article_change", args=[article.pk]))
    discard = page.get_by_role("button", name="Discard this draft")
    assert discard.bounding_box()["height"] >= 32

    discard.click()
    back = page.get_by_role("button", name="Restore version 1 as the newest draft")
    assert back.bounding_box()["height"] >= 32
    assert violations_in_light_and_dark(page) == []
    back.click()

    expect(page.locator("#id_title")).to_have_value("Waiting")
