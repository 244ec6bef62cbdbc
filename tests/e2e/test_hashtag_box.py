"""Whatever somebody types among the hashtags is kept, however soon they go on."""

from urllib.parse import unquote_plus

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from blog.models import Article
from tests.factories import ArticleFactory, CategoryFactory

from .desk import account, log_in

pytestmark = pytest.mark.django_db(transaction=True)
SUGGESTIONS = "**/suggest/**"
FIELD = ".field-hashtags .select2-search__field"
OFFERS = ".select2-results__option"
CHIPS = ".field-hashtags .select2-selection__choice"


@pytest.fixture
def form(page):
    """A new article's form, with all but its hashtags; Python is there to be offered."""
    CategoryFactory(name="Data")
    ArticleFactory(hashtags=["Python"])
    account("writer")
    log_in(page, "writer")
    page.goto(reverse("admin:blog_article_add"))
    page.fill("#id_title", "Typed in haste")
    page.select_option("#id_category", label="Data")
    return page


@pytest.fixture
def no_offers(form):
    """Offers that never come, as on a train."""
    form.route(SUGGESTIONS, lambda route: None)
    return form


def typed(page, words):
    page.locator(FIELD).click()
    page.keyboard.type(words)


def covered(page):
    """Whether the list lies on the field."""
    field, offers = (page.locator(one).bounding_box() for one in (FIELD, ".select2-dropdown"))
    return offers["y"] < field["y"] + field["height"] and field["y"] < offers["y"] + offers["height"]


def saved(page):
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("as a draft.").wait_for()
    return [tag.name for tag in Article.objects.get(title="Typed in haste").hashtags.all()]


def test_enter_keeps_the_words_before_their_offers_have_come(no_offers):
    typed(no_offers, "Docker")
    no_offers.keyboard.press("Enter")
    expect(no_offers.locator(CHIPS)).to_contain_text("Docker")
    no_offers.keyboard.type("Kubernetes\n")

    assert saved(no_offers) == ["Docker", "Kubernetes"]


def test_enter_does_not_take_what_was_offered_for_other_words(form):
    form.locator(FIELD).click()
    expect(form.locator(OFFERS, has_text="Python")).to_be_visible()
    form.route(SUGGESTIONS, lambda route: None)
    form.keyboard.type("Docker\n")

    assert saved(form) == ["Docker"]


def test_words_are_kept_when_a_button_is_pressed_at_once(no_offers):
    typed(no_offers, "#Docker #Machine Learning")

    assert saved(no_offers) == ["Docker", "Machine Learning"]


@pytest.mark.parametrize("left_by", ["Tab", "x of another"])
def test_words_are_kept_when_the_field_is_left(no_offers, left_by):
    typed(no_offers, "Docker\nKubernetes")
    if left_by == "Tab":
        no_offers.keyboard.press("Tab")
    else:
        no_offers.locator(".select2-selection__choice__remove").first.click()

    assert saved(no_offers) == ["Docker", "Kubernetes"][left_by != "Tab" :]


def test_how_often_the_marked_offer_is_used_can_be_read_as_well_as_its_name(form):
    typed(form, "pyt")
    marked = form.locator(f"{OFFERS}--highlighted", has_text="Python")

    colours = [
        one.evaluate("one => getComputedStyle(one).color")
        for one in (marked, marked.locator(".hashtag-uses"))
    ]

    assert colours[0] == colours[1]


def test_what_was_typed_to_find_an_offer_is_not_a_hashtag_too(form):
    typed(form, "pyt")
    form.locator(OFFERS, has_text="Python").click()
    expect(form.locator(CHIPS)).to_have_count(1)
    typed(form, "pytho")
    expect(form.locator(OFFERS, has_text="pytho")).to_have_count(1)
    form.keyboard.press("Escape")

    assert saved(form) == ["Python"]


def test_enter_takes_the_offer_that_is_marked(form):
    typed(form, "pyt")
    expect(form.locator(f"{OFFERS}--highlighted", has_text="Python")).to_be_visible()
    form.keyboard.press("Enter")

    assert saved(form) == ["Python"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("#Java #Python #genai", ["Java", "Python", "genai"]),
        ("#Java #Python, career", ["Java", "Python", "career"]),
        ("#ai #AI #genai", ["ai", "genai"]),
        ("#Java#C# #Machine Learning", ["Java", "C#", "Machine Learning"]),
    ],
)
def test_several_hashtags_are_several_once_their_offers_have_come_too(form, words, meant):
    with form.expect_response(lambda answer: unquote_plus(answer.url).endswith(words.split()[-1])):
        typed(form, words)
    expect(form.locator(OFFERS, has_text="Searching")).to_have_count(0)
    form.keyboard.press("Enter")

    assert saved(form) == meant


def test_on_a_phone_the_list_of_offers_follows_the_field_to_another_line(no_offers):
    no_offers.set_viewport_size({"width": 320, "height": 900})
    typed(no_offers, "Docker, Kubernetes, ")
    before = no_offers.locator(FIELD).bounding_box()["y"]
    no_offers.keyboard.type("#Java #Machine Learning")

    assert no_offers.locator(FIELD).bounding_box()["y"] > before
    assert not covered(no_offers)
