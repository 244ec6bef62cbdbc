"""``manage.py find_names``: articles read anew after facts got other names."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Article, Mention
from careers.models import RoleTitle
from tests.factories import ArticleFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    return RoleFactory(name="Data Engineer"), SkillFactory(name="Python")


def test_the_command_finds_new_names_and_tells_how_far_it_is(facts, capsys):
    article, same = ArticleFactory(body="<p>ETL developers</p>"), ArticleFactory(body="<p>Python</p>")
    before = same.mentions.get().pk
    RoleTitle.objects.create(role=facts[0], title="ETL Developer")

    call_command("find_names")

    assert article.mentions.get().role == facts[0]
    assert same.mentions.get().pk == before
    assert capsys.readouterr().out.splitlines() == ["2 of 2 articles read", "1 changed."]


def test_the_command_changes_no_article_and_costs_ten_articles_what_two_cost(facts, capsys):
    def cost(number):
        while Article.objects.count() < number:
            ArticleFactory(body="<p>Python</p>")
        Mention.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            call_command("find_names")
        assert Mention.objects.count() == number
        return len(queries)

    ArticleFactory(body="<p>Python</p>")
    modified = Article.objects.get().modified_at
    assert cost(2) == cost(10)
    assert Article.objects.earliest("pk").modified_at == modified
