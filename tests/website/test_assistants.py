import re

import pytest

from tests.factories import ArticleFactory, CategoryFactory, CredentialFactory, DraftFactory, RoleFactory

pytestmark = pytest.mark.django_db


def llms(client):
    return client.get("/llms.txt").content.decode()


def test_it_begins_with_the_name_and_what_the_site_is_about(client):
    assert llms(client).startswith("# Waymark\n\n> Career guides whose facts stay true.\n")


def test_articles_stand_under_their_category_and_facts_under_theirs(client):
    ropes = CategoryFactory(name="Ropes")
    ArticleFactory(title="On knots", slug="knots", summary="All of them.", category=ropes)
    RoleFactory(name="Rigger", slug="rigger")
    CredentialFactory(name="Knotter", slug="knotter")
    text = llms(client)

    assert "## Ropes\n\n- [On knots](http://testserver/blog/knots.md): All of them.\n" in text
    assert "## Roles\n\n- [Rigger](http://testserver/careers/roles/rigger.md)" in text
    assert "(http://testserver/careers/certifications/knotter.md)" in text


def test_every_address_in_it_answers_in_markdown(client):
    ArticleFactory()
    RoleFactory()

    for address in re.findall(r"\]\(http://testserver(\S+)\)", llms(client)):
        assert client.get(address)["Content-Type"] == "text/markdown; charset=utf-8", address


def test_drafts_are_not_in_it_and_hostile_titles_are_only_words(client):
    DraftFactory(title="Secret plan")
    ArticleFactory(title="[x](http://evil.example) <script>")
    text = llms(client)

    assert "Secret" not in text
    assert "\\[x\\](http://evil.example) &lt;script&gt;" in text


def test_it_costs_as_much_with_ten_of_each_as_with_two(client, count_queries):
    counts = []
    for number in (2, 8):
        ArticleFactory.create_batch(number)
        RoleFactory.create_batch(number)
        CredentialFactory.create_batch(number)
        counts.append(count_queries(client, "/llms.txt"))

    assert counts[0] == counts[1]
