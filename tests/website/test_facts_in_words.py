"""A fact that articles only name in their words: readers and editors see where."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Article
from tests.factories import (
    ArticleFactory,
    CredentialFactory,
    DraftFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
    UserFactory,
)
from tests.website.test_facts_in_use import admin_page, text

IN_WORDS = [RoleFactory, SkillFactory, TechnologyFactory, CredentialFactory]


@pytest.fixture
def publisher(client, db):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="publisher"))
    client.force_login(person)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("factory", IN_WORDS)
def test_the_page_of_a_fact_lists_the_public_articles_that_only_name_it(client, factory):
    fact = factory(name="Blue Marble")
    assert "Named in" not in text(client.get(fact.get_absolute_url()))

    DraftFactory(title="Secret", body="<p>Blue Marble</p>")
    assert "Named in" not in text(client.get(fact.get_absolute_url()))

    for number in range(7):
        ArticleFactory(title=f"Story {number}", body="<p>A Blue Marble</p>")
    page = text(client.get(fact.get_absolute_url()))
    assert page.count('id="named-in"') == 1
    assert [number for number in range(7) if f">Story {number}</a>" in page] == [1, 2, 3, 4, 5, 6]
    assert '<a href="/search/?q=Blue%20Marble">Search all articles for Blue Marble</a>' in page
    assert "Secret" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("factory", IN_WORDS)
def test_ten_articles_that_name_a_fact_cost_its_page_what_two_cost(client, factory):
    fact = factory(name="Blue Marble")

    def cost(number):
        while Article.objects.count() < number:
            ArticleFactory(body="<p>Blue Marble</p>")
        client.get(fact.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(fact.get_absolute_url())
        return len(queries)

    assert cost(2) == cost(10)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", IN_WORDS)
def test_the_form_of_a_fact_says_which_articles_name_it(publisher, factory):
    fact = factory(name="Blue Marble")
    assert "Named in" not in text(publisher.get(admin_page(fact)))

    DraftFactory(title="Secret", body="<h2>On marbles</h2><p>Blue Marble, Blue Marble</p>")
    page = text(publisher.get(admin_page(fact)))

    assert "<strong>Named in 1 article.</strong>" in page
    assert ">Secret</a>" in page
    assert "On marbles" in page


@pytest.mark.django_db
def test_who_may_not_see_articles_learns_only_how_many_name_a_fact(client):
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="change_skill"))
    client.force_login(person)
    skill = SkillFactory(name="Python")
    ArticleFactory(title="Told", body="<p>Python</p>")

    page = text(client.get(admin_page(skill)))

    assert "Named in 1 article." in page
    assert "Told" not in page


@pytest.mark.django_db
def test_ten_articles_that_name_a_fact_cost_its_form_what_two_cost(publisher):
    skill = SkillFactory(name="Python")

    def cost(number):
        while Article.objects.count() < number:
            ArticleFactory(body="<p>Python</p>")
        publisher.get(admin_page(skill))
        with CaptureQueriesContext(connection) as queries:
            publisher.get(admin_page(skill))
        return len(queries)

    assert cost(2) == cost(10)


@pytest.mark.django_db
def test_deleting_a_fact_says_where_it_is_named_and_stops_nobody(publisher):
    skill = SkillFactory(name="Python")
    article = ArticleFactory(body="<h2>On snakes</h2><p>Python</p>")

    page = text(publisher.get(admin_page(skill, "delete")))
    assert f"1 in article {article.pk}, first under “On snakes”" in page

    publisher.post(admin_page(skill, "delete"), {"post": "yes"})
    assert not type(skill).objects.exists()
    assert not article.mentions.exists()
