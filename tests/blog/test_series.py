"""Articles to be read one after the other: what readers see of it, and what editors may do."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from blog.models import Series, SeriesPart
from blog.series import parts_of, standing
from tests.factories import LONG_AGO, ArticleFactory, DraftFactory, SeriesFactory
from website.models import Redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    """Three public parts, whose order is not that of their dates, and hidden ones between them."""
    tomorrow = timezone.now() + timedelta(days=1)
    parts = [
        ArticleFactory(title="First", published_at=LONG_AGO),
        DraftFactory(title="Hidden draft"),
        ArticleFactory(title="Second", published_at=LONG_AGO + timedelta(days=9)),
        ArticleFactory(title="Hidden until tomorrow", published_at=tomorrow),
        ArticleFactory(title="Third", published_at=LONG_AGO + timedelta(days=1)),
    ]
    return SeriesFactory(name="From zero", slug="from-zero", parts=parts)


def part(title):
    return SeriesPart.objects.get(article__title=title).article


# --- Where an article stands --------------------------------------------------


def test_parts_stand_in_the_order_of_the_editor_and_hidden_ones_do_not_count(series):
    now = timezone.now()
    found = standing(part("Second"), now)

    assert [article.title for article in parts_of(series, now)] == ["First", "Second", "Third"]
    assert (found.number, found.count) == (2, 3)
    assert (found.before.title, found.after.title) == ("First", "Third")


def test_the_ends_of_a_series_have_one_neighbour(series):
    first, last = (standing(part(title), timezone.now()) for title in ("First", "Third"))

    assert (first.before, first.after.title) == (None, "Second")
    assert (last.before.title, last.after) == ("Second", None)


def test_an_article_of_no_series_or_not_public_yet_stands_nowhere(series):
    assert standing(ArticleFactory(), timezone.now()) is None
    assert standing(part("Hidden draft"), timezone.now()) is None


def test_an_article_is_part_of_one_series_only(series):
    with pytest.raises(IntegrityError), transaction.atomic():
        SeriesFactory(parts=[part("First")])


# --- Pages --------------------------------------------------------------------


def test_an_article_leads_to_the_parts_around_it(client, series):
    text = client.get(part("Second").get_absolute_url()).content.decode()

    assert "Part 2 of 3 of the series" in text
    assert f'rel="prev" href="{part("First").get_absolute_url()}"' in text
    assert f'rel="next" href="{part("Third").get_absolute_url()}"' in text
    assert "Hidden" not in text


def test_the_page_of_a_series_lists_its_public_parts_in_order(client, series):
    text = client.get("/series/from-zero/").content.decode()

    assert text.index("First") < text.index("Second") < text.index("Third")
    assert "3 parts, in order" in text
    assert "Hidden" not in text


def test_the_list_of_series_counts_what_readers_can_read(client, series):
    SeriesFactory(name="Nothing yet", parts=[DraftFactory()])
    text = client.get("/series/").content.decode()

    assert "From zero" in text
    assert "3 parts" in text
    assert "Nothing yet" not in text


def test_a_series_without_a_public_part_is_not_there(client):
    SeriesFactory(slug="waiting", parts=[DraftFactory()])
    SeriesFactory(slug="empty")

    assert {client.get(f"/series/{slug}/").status_code for slug in ("waiting", "empty", "none")} == {404}
    assert client.get("/series/").status_code == 200


def test_a_series_comes_into_being_with_the_first_part_that_may_be_seen():
    soon = timezone.now() + timedelta(hours=1)
    series = SeriesFactory(parts=[ArticleFactory(published_at=soon), ArticleFactory(published_at=soon)])

    assert not series.is_public
    assert series in Series.objects.public(soon)
    assert series.visible_spans() == [(soon, None)]


def test_ten_parts_cost_what_two_cost(client, count_queries):
    series = SeriesFactory(parts=ArticleFactory.create_batch(2))
    pages = ["/series/", series.get_absolute_url(), series.parts.first().article.get_absolute_url()]
    two = [count_queries(client, page) for page in pages]
    for article in ArticleFactory.create_batch(8):
        SeriesPart.objects.create(series=series, article=article, order=9)
        SeriesFactory(parts=[ArticleFactory()])

    assert [count_queries(client, page) for page in pages] == two


# --- In the admin -------------------------------------------------------------


def sent(*articles, **more):
    form = {"name": "New one", "slug": "new-one", "description": ""}
    form |= {"parts-TOTAL_FORMS": len(articles), "parts-INITIAL_FORMS": 0}
    for number, article in enumerate(articles):
        form |= {f"parts-{number}-article": article.pk, f"parts-{number}-order": number}
    return form | more


def test_an_editor_makes_a_series(as_group):
    one, two = ArticleFactory(), DraftFactory()
    as_group("editor").post(reverse("admin:blog_series_add"), sent(two, one))

    assert [row.article for row in Series.objects.get().parts.all()] == [two, one]


def test_an_article_of_another_series_is_refused_in_words(as_group, series):
    answer = as_group("editor").post(reverse("admin:blog_series_add"), sent(part("First")))

    assert "This article is part of a series already." in answer.content.decode()
    assert Series.objects.count() == 1


def test_a_part_without_a_number_comes_last(as_group, series):
    added = ArticleFactory(title="Added")
    form = sent(added, name="From zero", slug="from-zero", **{"parts-0-order": ""})
    as_group("editor").post(reverse("admin:blog_series_change", args=[series.pk]), form)
    as_group("editor").post(reverse("admin:blog_series_add"), sent(ArticleFactory(), **{"parts-0-order": ""}))

    assert list(parts_of(series, timezone.now()))[-1] == added
    assert Series.objects.get(slug="new-one").parts.get().order == 1


def test_the_desk_leads_to_a_series_only_where_readers_find_it(as_group, series):
    def ways(row):
        return as_group("editor").get(reverse("admin:blog_series_change", args=[row.pk])).content.decode()

    assert "View on site" in ways(series)
    assert "View on site" not in ways(SeriesFactory(parts=[DraftFactory()]))


@pytest.mark.parametrize("slug", ["feed", "page"])
def test_an_address_that_a_series_needs_for_itself_is_refused(as_group, slug):
    answer = as_group("editor").post(reverse("admin:blog_series_add"), sent(slug=slug))

    assert answer.context["adminform"].form.errors["slug"]


def test_a_renamed_series_leaves_a_way_behind(client, series):
    series.slug = "from-nothing"
    series.save()

    assert Redirect.objects.get().old_path == "/series/from-zero/"
    assert client.get("/series/from-zero/")["Location"] == "/series/from-nothing/"


def test_a_series_may_go_and_its_articles_stay(series):
    series.delete()

    assert standing(ArticleFactory._meta.model.objects.get(title="First"), timezone.now()) is None
