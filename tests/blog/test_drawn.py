"""A card, a chip or a tile is drawn once for all it says; whatever changes on it, it is drawn anew."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import drawn
from blog.drawn import byline, card, careers_way, chip, lead, tile
from blog.listed import listed, said_of
from blog.models import Article, Author, Category, Hashtag, Picture
from blog.models.columns import BYLINE, CARD
from blog.questions import cards
from tests.blog.test_views import picture
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, RoleFactory

pytestmark = pytest.mark.django_db
FULL = {"cover": True, "summary": True}
SHOWS_NOTHING = {"cover__alt", "cover_alt"}


@pytest.fixture(autouse=True)
def nothing_drawn():
    for kind in (drawn._card, drawn._lead, drawn._chip, drawn._tile, drawn._byline, drawn._way):
        kind._kept.clear()


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
    return render_to_string("blog/_article_card.html", {"article": article, **FULL})


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
    monkeypatch.setattr(drawn, "render_to_string", None)

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
    seen = {card(shown(), **FULL)}
    another = Picture.objects.create(title="A bridge", token="b" * 32, width=800, height=600)
    for change in ({"category": CategoryFactory()}, {"cover": another}, {"cover": None}):
        Article.objects.update(**change)
        assert card(shown(), **FULL) == anew(shown())
        seen.add(card(shown(), **FULL))

    assert len(seen) == 4


def test_each_kind_of_card_is_another(article):
    kinds = [{}, {"cover": True}, {"summary": True}, FULL]

    assert len({card(shown(), **kind) for kind in kinds}) == len(kinds)


def test_no_more_are_kept_than_there_is_room_for(article, monkeypatch):
    monkeypatch.setattr(drawn, "MOST", 2)
    for number in range(5):
        Article.objects.update(title=f"Title {number}")
        assert f"Title {number}" in card(shown(), **FULL)

    assert len(drawn._card._kept) <= 2


def test_a_card_asks_the_database_for_nothing(article, django_assert_num_queries):
    found = shown()

    with django_assert_num_queries(0):
        card(found, **FULL)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "Rust!"},
        {"slug": "rusty"},
        {"article_count": 1},
        {"article_count": 2},
        {"article_count": 0},
    ],
    ids=str,
)
def test_a_chip_follows_its_hashtag_and_how_often_that_is_used(changes):
    def hashtag(**values):
        row = Hashtag(name="Rust", slug="rust")
        vars(row).update(values)
        return row

    chip(hashtag())
    again = chip(hashtag(**changes))

    assert again == render_to_string("blog/_hashtag_chip.html", {"hashtag": hashtag(**changes)})
    assert chip(hashtag(**changes)) is again


@pytest.mark.parametrize("name", ["name", "slug", "description", "order"])
def test_a_tile_follows_each_column_of_its_category(name):
    def category(**values):
        row = Category(pk=3, name="Tools", slug="tools", description="Of the trade.", order=1)
        vars(row).update({"article_count": 7, **values})
        return row

    values = {name: 2 if name == "order" else "another"}
    before, after = tile(category()), tile(category(**values))

    assert after == render_to_string("blog/_category_tile.html", {"category": category(**values)})
    assert (after is before) == (name == "order")
    assert tile(category(article_count=8)) != before


def test_a_byline_follows_its_authors_their_order_and_the_word_before_them(article):
    def authors():
        return list(article.bylines.select_related("author"))

    first = byline(authors())

    assert byline(authors()) is first
    assert byline(authors(), by="By ") == first.replace("<span>", "<span>By ")
    assert byline(authors()[::-1]) != first
    Author.objects.filter(name="Ada Byron").update(name="Ada Lovelace")
    assert "Ada Lovelace and" not in first
    assert "Ada Lovelace" in byline(authors())


def test_the_way_into_the_catalogue_follows_the_roles_and_the_articles_it_names(article):
    role = RoleFactory(name="Data engineer")
    first = careers_way([role, role], [article])

    assert careers_way([role, role], [article]) is first
    role.name, article.title = "Data analyst", "Another title"
    again = careers_way([role, role], [article])
    assert "Data engineer" in first
    assert ("Data analyst" in again, "Another title" in again) == (True, True)


# --- Articles that are only listed ----------------------------------------------------------------------


@pytest.fixture
def in_a_list(article):
    def asked():
        [found] = listed([article.pk], timezone.now())
        return found

    return asked


@pytest.mark.parametrize("has_cover", [True, False])
def test_what_a_list_knows_of_an_article_is_what_its_card_is_made_of(article, in_a_list, has_cover):
    if not has_cover:
        Article.objects.update(cover=None)

    assert in_a_list().said == said_of(shown())


@pytest.mark.parametrize("draw", [card, lead])
def test_a_card_of_a_list_is_drawn_from_its_article_the_first_time_and_then_without(in_a_list, draw):
    first = draw(in_a_list())
    with CaptureQueriesContext(connection) as queries:
        again = draw(in_a_list())

    assert again is first
    assert again == draw(shown())
    assert len(queries) == 2  # the list itself, and its authors


def test_a_card_of_what_has_gone_meanwhile_is_nothing(article, in_a_list):
    found = in_a_list()
    article.delete()

    assert card(found) == ""


def test_what_is_not_on_the_card_is_asked_of_the_article(article, in_a_list):
    found = in_a_list()

    assert (str(found), found.get_absolute_url()) == (article.title, article.get_absolute_url())
    assert found.created_at == article.created_at
    assert (found == article, {found} == {article}) == (True, True)


def test_a_list_has_who_is_public_in_the_order_of_the_keys(article):
    hidden, other = ArticleFactory(state=Article.State.DRAFT), ArticleFactory()

    assert listed([other.pk, hidden.pk, article.pk], timezone.now()) == [other, article]
