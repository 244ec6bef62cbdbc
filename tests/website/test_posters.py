from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from PIL import Image

from blog.models import Article
from careers.models import Status
from tests.factories import ArticleFactory, CategoryFactory, DraftFactory, RoleFactory
from website import posters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["posters"].clear()


@pytest.fixture
def drawings(monkeypatch):
    """What was drawn, each in no time."""
    found = []
    monkeypatch.setattr(posters, "draw", lambda wanted: found.append(wanted) or b"drawn")
    return found


@pytest.mark.parametrize("factory", [ArticleFactory, RoleFactory])
def test_a_page_has_a_picture_that_may_be_kept_for_ever(client, factory):
    response = client.get(posters.address(factory()))

    assert response.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_title_category_and_site_are_drawn(client, drawings, settings):
    settings.SITE_NAME = "Elsewhere"
    article, role = ArticleFactory(title="Knots", category__name="Ropes"), RoleFactory(name="Sailor")

    for page in (article, role):
        client.get(posters.address(page))

    told = [(wanted.title, wanted.kicker, wanted.site) for wanted in drawings]
    assert told == [("Knots", "Ropes", "Elsewhere"), ("Sailor", "Role", "Elsewhere")]


def test_the_colour_is_that_of_the_category(client):
    articles = [ArticleFactory(category=category) for category in CategoryFactory.create_batch(2)]

    assert len({posters.of_article(article).tone for article in articles}) == 2


def test_a_picture_is_drawn_once(client, drawings):
    address = posters.address(ArticleFactory())

    assert client.get(address).content == client.get(address).content == b"drawn"
    assert len(drawings) == 1


def test_other_words_have_another_address_and_the_former_one_leads_there(client, drawings):
    article = ArticleFactory(title="Knots")
    former = posters.address(article)
    Article.objects.update(title="Better knots")
    article.refresh_from_db()

    response = client.get(former)

    assert posters.address(article) != former
    assert (response.status_code, response.headers["Location"]) == (302, posters.address(article))
    assert "immutable" not in response.headers.get("Cache-Control", "")
    assert drawings == []


@pytest.mark.parametrize(
    "change", [{"kicker": "x"}, {"site": "x"}, {"title": "x"}, {"tone": 1}, {"terrain": 5}]
)
def test_the_fingerprint_knows_everything_that_is_drawn(change):
    same = {"title": "A", "kicker": "B", "site": "C", "tone": 0, "terrain": 0}

    first, other = posters.Poster(**same), posters.Poster(**same | change)

    assert posters.fingerprint(first) == posters.fingerprint(posters.Poster(**same))
    assert posters.fingerprint(first) != posters.fingerprint(other)


def test_a_change_of_style_leaves_no_old_picture_behind(monkeypatch):
    wanted = posters.of_role(RoleFactory())
    before = posters.fingerprint(wanted)
    monkeypatch.setattr(posters, "STYLE", posters.STYLE + 1)

    assert posters.fingerprint(wanted) != before


def test_what_readers_may_not_see_has_no_picture(client, drawings):
    now = timezone.now()
    category = CategoryFactory()
    hidden = [
        DraftFactory(category=category),
        ArticleFactory(category=category, published_at=now + timedelta(days=1)),
        ArticleFactory(category=category, expires_at=now - timedelta(days=1)),
        RoleFactory(status=Status.DRAFT),
    ]

    answers = {client.get(posters.address(page)).status_code for page in hidden}
    guesses = {client.get(f"/posters/article/{page.slug}/{'0' * 16}.png").status_code for page in hidden}

    assert answers == guesses == {404}
    assert drawings == []


def test_a_picture_goes_with_its_article(client, drawings):
    article = ArticleFactory()
    address = posters.address(article)
    client.get(address)
    Article.objects.update(state=Article.State.ARCHIVED)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "path", ["hashtag/a/0.png", "article/none/0.png", "role/none/0.png", "article/a.png"]
)
def test_what_has_no_picture_is_not_found(client, path):
    assert client.get(f"/posters/{path}").status_code == 404


def test_a_full_disk_costs_no_picture(client, drawings, monkeypatch, caplog):
    def full(key, value):
        raise OSError("No space left")

    monkeypatch.setattr(caches["posters"], "set", full)

    response = client.get(posters.address(ArticleFactory()))

    assert response.content == b"drawn"
    assert "could not be kept" in caplog.text


def test_pictures_are_kept_on_the_disk_for_ever_but_not_without_end(drawings, monkeypatch):
    kept = caches["posters"]
    monkeypatch.setattr(kept, "_max_entries", 3)

    for number in range(9):
        posters.drawn(posters.Poster(str(number), "", "", 0, 0))

    assert kept.default_timeout is None
    assert 1 <= len(kept._list_cache_files()) <= 3
    assert settings.CACHES["posters"]["OPTIONS"]["MAX_ENTRIES"] <= 5000


def test_asking_for_a_picture_costs_one_query_and_no_text(client, drawings, django_assert_max_num_queries):
    address = posters.address(ArticleFactory())

    with django_assert_max_num_queries(2) as asked:  # the other is whether anything is due
        client.get(address)

    assert '"body' not in " ".join(query["sql"] for query in asked.captured_queries)
