from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import kinship
from blog.kinship import related_to
from tests.factories import ArticleFactory, CredentialFactory, DraftFactory, RoleFactory

pytestmark = pytest.mark.django_db


def kin(article, most=4):
    return related_to(article, timezone.now(), most=most)


def test_related_articles_share_subjects_or_hashtags_and_the_nearest_come_first():
    role, credential = RoleFactory(), CredentialFactory()
    article = ArticleFactory(hashtags=["Python", "SQL"])
    by_hashtags = ArticleFactory(hashtags=["Python", "SQL"])
    by_subjects = ArticleFactory(hashtags=["Python"])
    by_one_hashtag = ArticleFactory(hashtags=["SQL"])
    ArticleFactory(hashtags=["Java"])
    for each in (article, by_subjects):
        each.roles.add(role)
        each.credentials.add(credential)

    assert kin(article) == [by_subjects, by_hashtags, by_one_hashtag]


def test_equally_near_articles_come_newest_first():
    article = ArticleFactory(hashtags=["Python"])
    older = ArticleFactory(hashtags=["Python"], published_at=datetime(2026, 1, 1, tzinfo=UTC))
    newer = ArticleFactory(hashtags=["Python"], published_at=datetime(2026, 2, 1, tzinfo=UTC))

    assert kin(article) == [newer, older]


def test_an_article_that_shares_nothing_has_no_relatives():
    article = ArticleFactory(hashtags=["Python"])
    ArticleFactory(hashtags=["Java"])

    assert kin(article) == []


def test_a_subject_weighs_as_much_as_two_hashtags():
    role = RoleFactory()
    article = ArticleFactory(hashtags=["Python", "SQL", "Git"])
    by_role = ArticleFactory(published_at=datetime(2026, 2, 1, tzinfo=UTC))
    by_three = ArticleFactory(hashtags=["Python", "SQL", "Git"])
    article.roles.add(role)
    by_role.roles.add(role)

    assert kin(article) == [by_three, by_role]


def test_no_more_are_related_than_are_asked_for():
    article = ArticleFactory(hashtags=["Python"])
    for _ in range(3):
        ArticleFactory(hashtags=["Python"])

    assert len(kin(article, most=2)) == 2


def test_what_readers_may_not_see_is_nobodys_kin():
    article = ArticleFactory(hashtags=["Python"])
    DraftFactory(hashtags=["Python"])

    assert kin(article) == []


def test_a_retired_subject_relates_nobody():
    role = RoleFactory(status="retired")
    article, other = ArticleFactory(), ArticleFactory()
    for each in (article, other):
        each.roles.add(role)

    assert kin(article) == []


def test_of_what_many_share_only_the_newest_are_looked_at(monkeypatch):
    monkeypatch.setattr(kinship, "NEWEST", 3)
    monkeypatch.setattr(kinship._near, "_written", {})
    article = ArticleFactory(hashtags=["Python", "Rare", "Rarer"])
    old = ArticleFactory(hashtags=["Python", "Rare", "Rarer"])
    frequent = [ArticleFactory(hashtags=["Python"]) for _ in range(4)]

    with CaptureQueriesContext(connection) as queries:
        found = kin(article, most=9)

    # The nearest by what is rare, however old; of what is frequent the three written last.
    assert found[0] == old
    assert set(found[1:]) <= set(frequent[1:])
    assert "OFFSET 2" in " ".join(query["sql"] for query in queries)


def test_the_number_of_queries_depends_on_no_number_of_kin(django_assert_max_num_queries):
    article = ArticleFactory(hashtags=["Python", "SQL"])
    article.roles.add(RoleFactory())
    for _ in range(5):
        ArticleFactory(hashtags=["Python"]).roles.set(article.roles.all())

    with django_assert_max_num_queries(7):  # three of its own, three of the kin, their authors
        assert len(kin(article)) == 4


def test_who_shares_nothing_asks_for_nothing(django_assert_num_queries):
    article = ArticleFactory()

    with django_assert_num_queries(0):
        nobody = kinship.related(article, timezone.now(), roles=[], hashtags=[], most=4)
    assert nobody == []


@pytest.mark.parametrize("tie", ["hashtags", "roles", "credentials"])
def test_the_newest_of_what_is_shared_are_found_by_an_index(tie):
    """Without it SQLite takes a tenth of a second for a role with a thousand articles."""
    known = kinship.ties()[tie]
    wanted = [known.rows._meta.get_field(name).column for name in (known.thing, known.article)]
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, known.rows._meta.db_table)

    assert wanted in [one["columns"] for one in found.values() if one["index"] or one["unique"]]
