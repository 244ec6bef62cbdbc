"""Beside the form of an article: what its text names, what of it is linked, what is a subject."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.models import Mention
from tests.blog.conftest import form_of
from tests.factories import (
    ArticleFactory,
    CredentialFactory,
    RoleFactory,
    SkillFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TEXT = (
    "<h2>Data Engineer</h2><p>A data engineer knows <a href='/careers/skills/python/'>Python</a> "
    "and has the Gold Badge.</p>"
)


@pytest.fixture
def facts():
    return (
        RoleFactory(name="Data Engineer", slug="data-engineer"),
        CredentialFactory(name="Gold Badge", slug="gold"),
        SkillFactory(name="Python", slug="python"),
    )


@pytest.fixture
def writer(as_group):
    return as_group("writer")


def ask(client, body=TEXT, **subjects):
    return client.post(reverse("admin:blog_article_names"), {"body": body, **subjects})


def change_page(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def html(answer):
    return " ".join(answer.json()["html"].split())


def test_what_is_found_is_counted_and_what_is_linked(writer, facts):
    answer = ask(writer).json()

    assert (answer["found"], answer["linked"]) == (3, 1)
    assert "3 found, 1 linked" in answer["html"]


def test_certifications_and_roles_come_before_skills_and_what_is_open_before_what_is_linked(writer, facts):
    page = html(ask(writer))

    places = [page.index(f'data-name="{name}"') for name in ("Gold Badge", "Data Engineer", "Python")]
    assert places == sorted(places)


def test_a_link_has_the_words_and_what_is_around_them(writer, facts):
    page = html(ask(writer))

    assert 'data-before="A " data-said="data engineer" data-after=" knows Python and has the Gold"' in page
    assert 'aria-label="Link Data Engineer"' in page
    assert 'aria-label="Link Python"' not in page


def test_only_an_official_name_becomes_a_live_link(writer, facts):
    assert " data-live>" in html(ask(writer))
    assert " data-live>" not in html(ask(writer, "<p>The Gold-Badge, data engineer</p>"))


def test_a_name_in_headings_alone_cannot_be_linked(writer, facts):
    page = html(ask(writer, "<h2>Data Engineer</h2><p>Words</p>"))

    assert "Only in headings" in page
    assert 'data-verb="link"' not in page


def test_roles_and_certifications_can_become_subjects_once(writer, facts):
    role, gold, _ = facts
    page = html(ask(writer))
    assert page.count('data-verb="subject"') == 2

    page = html(ask(writer, roles=[role.pk, "x"], credentials=[gold.pk]))
    assert 'data-verb="subject"' not in page
    assert page.count("a subject") == 2


def test_a_draft_of_the_catalogue_is_not_offered(writer, facts):
    facts[2].status = "draft"
    facts[2].save()

    assert ask(writer).json()["found"] == 2


def test_nothing_is_written(writer, facts):
    ask(writer)

    assert not Mention.objects.exists()


def test_ten_names_cost_as_many_queries_as_two(writer):
    skills = [SkillFactory(name=f"Skill {letter}") for letter in "abcdefghij"]

    def cost(number):
        with CaptureQueriesContext(connection) as queries:
            assert ask(writer, " ".join(skill.name for skill in skills[:number])).json()["found"] == number
        return len(queries)

    assert cost(2) == cost(10)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\0",
        "\ud83d",
        "<p>" * 90 + "x",
        "<table><td><careers-link data-ref='\0'>",
        "&#0;&#xd800;",
        "<a href='//['>x",
    ],
)
def test_odd_text_gets_an_answer(writer, facts, body):
    assert ask(writer, body.encode("utf-8", "replace").decode()).json()["found"] == 0


def test_a_text_that_nobody_can_mean_is_refused_in_a_sentence(writer, facts):
    answer = ask(writer, "<blockquote>" * 500 + "Python")

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_who_may_not_write_learns_nothing(client, facts):
    client.force_login(UserFactory())

    assert ask(client).status_code == 403


# --- In the form --------------------------------------------------------------


def test_the_form_of_an_article_lists_its_names_and_knows_its_subjects(as_group, facts):
    publisher = as_group("publisher")
    article = ArticleFactory(body=TEXT)
    article.roles.add(facts[0])

    page = " ".join(publisher.get(change_page(article)).content.decode().split())

    assert "3 found, 1 linked" in page
    assert page.count("; a subject") == 1


def test_a_form_with_a_mistake_lists_the_names_of_what_was_typed(as_group, facts):
    publisher = as_group("publisher")
    sent = form_of(title="", body="<p>Python, data engineers</p>", roles=[facts[0].pk])

    page = publisher.post(reverse("admin:blog_article_add"), sent).content.decode()

    assert "2 found, 0 linked" in page
    assert page.count("; a subject") == 1


def test_a_form_with_a_text_that_is_refused_still_opens(as_group, facts):
    page = as_group("publisher").post(
        reverse("admin:blog_article_add"), form_of(body="<blockquote>" * 500 + "Python")
    )

    assert "names no role" in page.content.decode()


def test_who_may_only_read_gets_no_list(writer, facts):
    page = writer.get(change_page(ArticleFactory(body=TEXT))).content.decode()

    assert "Names in the text" not in page
