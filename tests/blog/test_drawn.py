"""A card is drawn once for all it says; whatever changes on it, it is drawn anew."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from blog import drawn_cards
from blog.drawn_cards import card
from blog.models import Article, Author, Picture
from blog.models.articles import BYLINE, CARD
from blog.questions import cards
from tests.blog.test_views import picture
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory

pytestmark = pytest.mark.django_db
FULL = {"cover": True, "summary": True}
SHOWS_NOTHING = {"cover__alt", "cover_alt"}


@pytest.fixture(autouse=True)
def nothing_drawn():
    drawn_cards._drawn.clear()


@pytest.fixture
def article():
    return ArticleFactory(
        category=CategoryFactory(name="Tools"),
        cover=picture(),
        summary="In short.",
        authors=[AuthorFactory(name="Ada Byron"), AuthorFactory(name="Grace Hopper")],
    )


def shown():
    [found] = cards([article.pk for article in Article.objects.all()], timezone.now())
    return found


def anew(article):
    return render_to_string(drawn_cards.TEMPLATE, {"article": article, **FULL})


def change(row, name):
    """Another value of the same kind."""
    old = getattr(row, name)
    field = row._meta.get_field(name)
    if field.is_relation:
        return
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        new = old.replace(year=old.year - 1)
    elif isinstance(old, int):
        new = old * 3 + 500 if name == "word_count" else (old + 40) % 90 + 1
    else:
        new = ("f" * len(old)) if name == "token" else f"{old}other"
    type(row).objects.filter(pk=row.pk).update(**{name: new})


def test_a_card_is_drawn_once(article, monkeypatch):
    first = card(shown(), **FULL)
    monkeypatch.setattr(drawn_cards, "render_to_string", None)

    assert card(shown(), **FULL) is first
    assert first == anew(shown())


@pytest.mark.parametrize("column", [*CARD, *(name for name in BYLINE if "__" in name)])
def test_a_card_follows_each_column_that_it_is_made_of(article, column):
    before = card(shown(), **FULL)
    of, _, name = column.rpartition("__")
    row = article.bylines.first().author if of == "author" else getattr(article, of) if of else article
    change(row, name)

    assert card(shown(), **FULL) == anew(shown())
    assert before != card(shown(), **FULL) or column in (
        "cover__alt",
        "cover__height",
        "cover__width",
        "cover_alt",
    )


def test_a_card_follows_who_wrote_it_and_in_which_order(article):
    before = card(shown(), **FULL)
    ada, grace = article.bylines.all()
    ada.order, grace.order = grace.order, ada.order
    ada.save()
    grace.save()

    swapped = card(shown(), **FULL)
    assert swapped == anew(shown()) != before
    grace.delete()
    assert card(shown(), **FULL) == anew(shown()) != swapped
    assert Author.objects.count() == 2


def test_a_card_follows_its_category_and_its_cover(article):
    drawn = {card(shown(), **FULL)}
    another = Picture.objects.create(title="A bridge", token="b" * 32, width=800, height=600)
    for change in ({"category": CategoryFactory()}, {"cover": another}, {"cover": None}):
        Article.objects.update(**change)
        assert card(shown(), **FULL) == anew(shown())
        drawn.add(card(shown(), **FULL))

    assert len(drawn) == 4


def test_each_kind_of_card_is_another(article):
    kinds = [{}, {"cover": True}, {"summary": True}, FULL]

    assert len({card(shown(), **kind) for kind in kinds}) == len(kinds)


def test_no_more_are_kept_than_there_is_room_for(article, monkeypatch):
    monkeypatch.setattr(drawn_cards, "MOST", 2)
    for number in range(5):
        Article.objects.update(title=f"Title {number}")
        assert f"Title {number}" in card(shown(), **FULL)

    assert len(drawn_cards._drawn) <= 2


def test_a_card_asks_the_database_for_nothing(article, django_assert_num_queries):
    found = shown()

    with django_assert_num_queries(0):
        card(found, **FULL)
