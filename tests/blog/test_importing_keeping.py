"""Which article a text belongs to, and what is written of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from blog import publishing
from blog.importing import keeping
from blog.importing.keeping import AlreadyImported, Draft, NotOpen, Source
from blog.models import Article, ArticleSource, Author
from tests.factories import LONG_AGO, ArticleFactory, AuthorFactory, CategoryFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
SOURCE = Source("One text.", "one.txt")


def draft(**fields):
    made = {"title": "One", "body": "<p>One text.</p>", "category": CategoryFactory(), **fields}
    return Draft(**made)


def kept(source=SOURCE, onto=None, by=None, **fields):
    return keeping.keep(draft(**fields), source, onto=onto, by=by, now=LONG_AGO)


def test_a_draft_has_all_its_parts_and_its_person():
    desk, role, person = AuthorFactory(), RoleFactory(), UserFactory()

    article = kept(by=person, authors=[desk], new_authors=["Ann New"], hashtags=["A", "B"], roles=[role.slug])

    assert article.state == Article.State.DRAFT
    assert article.created_by == person
    assert [byline.author.name for byline in article.bylines.all()] == [desk.name, "Ann New"]
    assert [tag.name for tag in article.hashtags.all()] == ["A", "B"]
    assert list(article.roles.all()) == [role]


def test_the_same_text_is_known_by_itself_whatever_its_lines_end_in():
    article = kept()

    known = keeping.known(Source("\r\nOne text.  \r\n", "other.md"), title="Other")

    assert (known.article, known.by, known.is_edited) == (article, "text", False)


def test_a_changed_text_is_known_by_its_title_then_by_its_file():
    article = kept()

    assert keeping.known(Source("Two texts."), title=" one ").by == "title"
    assert keeping.known(Source("Two texts.", "one.txt"), title="Two").by == "file"
    assert keeping.known(Source("Two texts.", "two.txt"), title="Two") is None
    assert keeping.known(Source("Two texts."), title="one").article == article


def test_an_article_nobody_imported_is_known_by_its_title_and_counts_as_written_by_hand():
    article = ArticleFactory(title="By hand")

    known = keeping.known(SOURCE, title="by hand")

    assert (known.article, known.is_edited, known.is_open) == (article, True, False)


def test_work_by_hand_on_an_imported_draft_is_noticed():
    article = kept()
    article.body = "<p>Better.</p>"
    publishing.save(article, by=None, now=LONG_AGO)

    assert keeping.known(SOURCE, title="One").is_edited


def test_an_update_changes_the_draft_and_makes_no_second():
    first, second = AuthorFactory(), AuthorFactory()
    article = kept(authors=[first, second], hashtags=["A", "B"])

    again = kept(
        Source("One text, changed."), onto=article, title="One more", authors=[second], hashtags=["B", "C"]
    )

    assert again.pk == article.pk
    assert Article.objects.count() == ArticleSource.objects.count() == 1
    assert [byline.author for byline in again.bylines.all()] == [second]
    assert [tag.name for tag in again.hashtags.all()] == ["B", "C"]
    assert keeping.known(Source("One text, changed."), title="").by == "text"


def test_what_was_published_meanwhile_is_left_alone():
    article = kept()
    publishing.publish(Article.objects.get(), by=None, now=LONG_AGO)

    with pytest.raises(NotOpen):
        kept(Source("Changed."), onto=article, body="<p>Changed.</p>")

    assert Article.objects.get().state == Article.State.PUBLISHED
    assert "Changed" not in Article.objects.get().body


def test_the_same_text_becomes_no_second_article():
    kept()

    with pytest.raises(AlreadyImported):
        kept(title="Another")

    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_at_once_make_one_article():
    category = CategoryFactory()

    def one(_):
        try:
            keeping.keep(draft(category=category), SOURCE, onto=None, by=None, now=LONG_AGO + timedelta(1))
        except AlreadyImported:
            return "known"
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(one, range(4)))

    assert sorted(answers) == ["known", "known", "known", "made"]
    assert Article.objects.count() == 1


def test_an_author_is_added_once():
    kept(new_authors=["Ann New"])
    kept(Source("Two."), title="Two", new_authors=["Ann New"])

    assert Author.objects.filter(name="Ann New").count() == 1


def test_roles_that_readers_can_meet_are_known_by_all_their_names():
    role = RoleFactory(name="Machine Learning Engineer")
    role.titles.create(title="ML Engineer")
    RoleFactory(name="Draft", status="draft")

    assert keeping.role_names() == {role.slug: ("Machine Learning Engineer", "ML Engineer")}
