import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.models import Article, Author, Category
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def category(name, **more):
    return {"name": name, "slug": name.lower(), "description": "", "order": "0", **more}


def author(name, *links, **more):
    form = {"name": name, "slug": name.lower(), "short_bio": "", "bio": "", "photo_alt": ""}
    form |= {"links-TOTAL_FORMS": len(links), "links-INITIAL_FORMS": 0}
    for number, (label, url) in enumerate(links):
        form |= {f"links-{number}-label": label, f"links-{number}-url": url, f"links-{number}-order": number}
    return form | more


@pytest.fixture
def editor(as_group):
    return as_group("editor")


@pytest.mark.parametrize("slug", ["feed", "page"])
def test_an_address_a_listing_needs_is_refused(editor, slug):
    for page, sent in [("category", category("A", slug=slug)), ("author", author("A", slug=slug))]:
        answer = editor.post(reverse(f"admin:blog_{page}_add"), sent)
        assert answer.context["adminform"].form.errors["slug"]


def test_an_author_has_links_and_needs_no_account(editor):
    editor.post(
        reverse("admin:blog_author_add"), author("Desk", ("Site", "example.org"), ("Code", "https://c.org"))
    )

    links = Author.objects.get().links.all()
    assert [link.url for link in links] == ["https://example.org", "https://c.org"]


def test_a_link_that_is_no_web_address_is_refused(editor):
    answer = editor.post(reverse("admin:blog_author_add"), author("Desk", ("Bad", "javascript:alert(1)")))

    assert answer.status_code == 200
    assert not Author.objects.exists()


@pytest.mark.parametrize("page", ["category", "author"])
def test_what_articles_need_cannot_be_deleted_and_the_page_says_why(as_group, page):
    article = ArticleFactory(title="Needs it", authors=[AuthorFactory()])
    row = article.category if page == "category" else article.authors.get()
    address = reverse(f"admin:blog_{page}_delete", args=[row.pk])
    publisher = as_group("publisher")

    told = publisher.get(address).content.decode()
    assert f"Nothing was deleted: {row} is in use." in told
    assert f'<a href="{reverse("admin:blog_article_change", args=[article.pk])}">Needs it</a>' in told
    publisher.post(address, {"post": "yes"})

    assert Article.objects.filter(pk=article.pk).exists()
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("page", ["category", "author"])
def test_what_articles_need_is_not_deleted_from_the_list_either(as_group, page):
    article = ArticleFactory(title="Needs it", authors=[AuthorFactory()])
    row = article.category if page == "category" else article.authors.get()
    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}

    told = as_group("publisher").post(reverse(f"admin:blog_{page}_changelist"), chosen).content.decode()

    assert "some of what you chose is in use" in told
    assert "Needs it" in told
    assert type(row).objects.filter(pk=row.pk).exists()


def test_an_author_of_many_articles_is_told_of_fifty_in_as_many_queries_as_of_two(as_group, count_queries):
    publisher, costs = as_group("publisher"), []
    author, category = AuthorFactory(), CategoryFactory()
    address = reverse("admin:blog_author_delete", args=[author.pk])
    for more in (2, 50):
        ArticleFactory.create_batch(more, authors=[author], category=category)
        costs.append(count_queries(publisher, address))

    assert "and 2 more" in publisher.get(address).content.decode()
    assert costs[1] <= costs[0] + 1


def test_what_no_article_needs_can_be_deleted(as_group):
    category = CategoryFactory()

    as_group("publisher").post(reverse("admin:blog_category_delete", args=[category.pk]), {"post": "yes"})

    assert not Category.objects.exists()


def test_a_byline_is_called_by_its_author_and_article():
    article = ArticleFactory(title="Needs it", authors=[AuthorFactory(name="Robin")])

    assert str(article.bylines.get()) == "Robin on “Needs it”"


def test_deleting_an_account_leaves_its_articles_and_its_byline():
    person = UserFactory()
    byline = AuthorFactory(user=person)
    article = ArticleFactory(created_by=person, authors=[byline])

    person.delete()

    article.refresh_from_db()
    assert article.created_by is None
    assert article.authors.get().user is None


@pytest.mark.parametrize("page", ["category", "author", "hashtag"])
def test_ten_rows_cost_what_two_rows_cost(editor, page):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            editor.get(reverse(f"admin:blog_{page}_changelist"))
        return len(captured)

    def fill(number):
        for _ in range(number):
            word = f"word {Category.objects.count()}"
            ArticleFactory(category=CategoryFactory(), authors=[AuthorFactory()], hashtags=[word])

    fill(2)
    cost()
    two = cost()
    fill(8)

    assert cost() == two
