import pytest

from blog import publishing
from tests.factories import LONG_AGO, ArticleFactory, RoleFactory, UserFactory
from website.pagecache import serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn(settings, tmp_path, django_capture_on_commit_callbacks):
    """The addresses withdrawn by what is done, once it is committed."""
    settings.PAGE_CACHE, settings.PAGE_COPIES = True, tmp_path / "pages"

    def addresses(doing, *candidates):
        with django_capture_on_commit_callbacks(execute=True):
            doing()
        copies = serving.copies()
        return [path for path in candidates if copies.is_withdrawn(path, since=0)]

    return addresses


def test_unpublishing_withdraws_the_page_and_its_twin(withdrawn):
    article = ArticleFactory(slug="a", first_published_at=LONG_AGO)

    found = withdrawn(
        lambda: publishing.unpublish(article, by=UserFactory(is_superuser=True), now=LONG_AGO),
        "/blog/a/",
        "/blog/a.md",
        "/blog/",
    )

    assert found == ["/blog/a/", "/blog/a.md"]


def test_a_fact_that_becomes_a_draft_or_is_deleted_is_withdrawn(withdrawn):
    role, other = RoleFactory(slug="one"), RoleFactory(slug="two")

    def doing():
        role.status = "draft"
        role.save()
        other.delete()

    found = withdrawn(doing, "/careers/roles/one/", "/careers/roles/two/")
    assert found == ["/careers/roles/one/", "/careers/roles/two/"]


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_what_is_withdrawn_is_so_where_it_once_was(withdrawn, way):
    article = ArticleFactory(slug="a", first_published_at=LONG_AGO)
    article.slug = "b"
    article.save()
    publisher = UserFactory(is_superuser=True)
    doing = {
        "unpublish": lambda: publishing.unpublish(article, by=publisher, now=LONG_AGO),
        "delete": article.delete,
    }

    found = withdrawn(doing[way], "/blog/a/", "/blog/a.md", "/blog/b/", "/blog/b.md")

    assert found == ["/blog/a/", "/blog/a.md", "/blog/b/", "/blog/b.md"]


def test_what_readers_may_see_or_never_saw_is_not(withdrawn):
    article = ArticleFactory(slug="live")

    def doing():
        article.save()
        ArticleFactory(slug="draft", state="draft", published_at=None, first_published_at=None)

    assert withdrawn(doing, "/blog/live/", "/blog/draft/") == []


def test_without_the_cache_nothing_is_written(settings, tmp_path, withdrawn):
    settings.PAGE_CACHE = False
    role = RoleFactory(slug="one")

    assert withdrawn(role.delete, "/careers/roles/one/") == []
    assert not (tmp_path / "pages").exists()
