"""Keeping articles fresh, in a real browser: for everyone, by keyboard, on a phone, light and dark."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Article, ArticleReview, ChangeNote
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory

from .accessibility import faults_on_a_desk_and_a_dark_phone
from .desk import account, log_in

pytestmark = pytest.mark.django_db(transaction=True)
NEW_YEAR = reverse("admin:blog_article_new_year") + "?on=2027-01-02"


@pytest.fixture
def old():
    """An article that readers have seen, with a year in it and a review that is due."""
    article = ArticleFactory(
        title="The best cloud exams of 2026",
        slug="cloud-exams-2026",
        summary="What to sit in 2026, and why.",
        published_at=timezone.now() - timedelta(days=400),
        authors=[AuthorFactory()],
        category=CategoryFactory(description="About."),
    )
    ChangeNote.objects.create(article=article, at=timezone.now() - timedelta(days=200), text="New fees.")
    DraftFactory(title="A draft of 2025")
    return article


@pytest.fixture
def publisher(page):
    account("publisher")
    log_in(page, "publisher")
    return page


def tick(page, title):
    row = page.locator("li", has=page.get_by_role("heading", name=title))
    row.get_by_label("Change this one").check()
    row.get_by_label("What else changed").fill("All fees and two new exams.")


def pages(page, article):
    """Every page of the desk and of the site that tells of freshness."""
    for address in (
        "/admin/",
        reverse("admin:blog_article_change", args=[article.pk]),
        article.get_absolute_url(),
    ):
        page.goto(address)
        yield
    page.goto(NEW_YEAR)
    yield
    page.get_by_role("button", name="Show what would change").click()
    tick(page, article.title)
    yield
    page.get_by_role("button", name="Show what would change").click()
    yield
    page.get_by_role("button", name="Change 1 article").click()
    yield


def test_every_page_is_for_everyone_in_light_and_dark_and_fits_a_phone(publisher, old):
    ArticleReview.objects.create(article=old, reviewed_at=timezone.now() - timedelta(days=370))
    faults = []

    for _ in pages(publisher, old):
        faults += faults_on_a_desk_and_a_dark_phone(publisher)

    assert faults == []


def test_an_article_is_vouched_for_from_the_desk_by_keyboard(publisher, old):
    publisher.goto("/admin/")
    publisher.get_by_role("button", name=old.title).focus()
    publisher.keyboard.press("Enter")

    expect(publisher.get_by_text("is still correct. Next review by")).to_be_visible()
    assert ArticleReview.objects.get().article == old


def test_vouching_on_the_form_warns_before_it_loses_what_was_typed(publisher, old):
    publisher.goto(reverse("admin:blog_article_change", args=[old.pk]))
    asked = []
    publisher.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    publisher.locator("#id_title").fill("Half a new title")
    publisher.get_by_role("button", name="Still correct").click()

    expect(publisher.locator("#id_title")).to_have_value("Half a new title")
    assert asked == ["beforeunload"]
    assert not ArticleReview.objects.exists()


def test_a_title_is_brought_into_the_new_year_and_put_back(publisher, old):
    publisher.goto(NEW_YEAR)
    tick(publisher, old.title)
    publisher.get_by_role("button", name="Show what would change").click()
    publisher.get_by_role("button", name="Change 1 article").click()
    expect(publisher.get_by_text("Changed 1 article.")).to_be_visible()
    changed = Article.objects.get(pk=old.pk).title
    publisher.get_by_role("button", name="Undo: Titles for 2027").press("Enter")
    expect(publisher.get_by_text("Taken back in 1 article: Titles for 2027.")).to_be_visible()

    assert (changed, Article.objects.get(pk=old.pk).title) == ("The best cloud exams of 2027", old.title)
