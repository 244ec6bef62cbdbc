"""What the words of a body name, and what is kept of it whenever it is saved."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from blog.models import Mention
from blog.rendering import mentions_in, render_body
from tests.factories import (
    ArticleFactory,
    CredentialFactory,
    DraftFactory,
    ExamVersionFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    role = RoleFactory(name="Data Engineer", slug="data-engineer")
    gold = CredentialFactory(name="Gold Badge", slug="gold")
    ExamVersionFactory(credential=gold, exam_code="AIP-C01")
    return (
        role,
        gold,
        SkillFactory(name="Python", slug="python"),
        TechnologyFactory(name="Kafka", slug="kafka"),
    )


def named(body):
    (found,) = mentions_in([render_body(body).source])
    return {mention.fact.name: mention for mention in found}


def counts(body):
    return {name: mention.count for name, mention in named(body).items()}


def kept(article):
    return [(row.content[2:], row.count, row.first_heading) for row in article.mentions.all()]


# --- What is named ------------------------------------------------------------


def test_names_are_counted_everywhere_in_the_text(facts):
    assert counts(
        "<h2>Data engineers</h2><p>Python, <strong>Py</strong>thon and <em>Kafka</em></p>"
        "<ul><li>AIP-C01</li></ul><table><tr><th>Python</th></tr></table><blockquote><p>Kafka</p></blockquote>"
    ) == {"Data Engineer": 1, "Python": 3, "Kafka": 2, "Gold Badge": 1}


@pytest.mark.parametrize(
    "body",
    [
        "<pre><code>Python</code></pre>",
        "<p>Run <code>Python</code></p>",
        "<p>A <code>Data</code> Engineer</p>",
        '<p><a href="https://example.org/">Python</a></p>',
        '<p><a href="/blog/other/">A Data</a> Engineer</p>',
        '<p><a href="https://example.org/careers/skills/python/">Python</a></p>',
        '<careers-block data-kind="role-card" data-ref="data-engineer"></careers-block>',
        '<p><careers-fact data-ref="gold" data-field="price"></careers-fact></p>',
        "<p>Data<br>Engineer</p><p>Py</p><p>thon</p>",
        "",
    ],
)
def test_code_and_links_that_lead_elsewhere_name_nothing(facts, body):
    assert counts(body) == {}


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/careers/skills/python/">Python</a>',
        '<a href="/careers/skills/python/">the <strong>Python</strong> page</a>',
        'Python <a href="/careers/skills/python?a=b#c">here</a>',
        '<a href="/careers/skills/python">Python</a>, Python',
    ],
)
def test_a_name_whose_page_is_linked_is_linked(facts, link):
    assert named(f"<p>{link}</p>")["Python"].is_linked


def test_a_live_link_names_a_certification_and_a_live_fact_links_it(facts):
    link = named('<p><careers-link data-ref="gold"></careers-link></p>')["Gold Badge"]
    assert (link.count, link.is_linked, link.place) == (1, True, None)

    fact = '<careers-fact data-ref="gold" data-field="price"></careers-fact>'
    assert named(f"<p>AIP-C01 costs {fact}</p>")["Gold Badge"].is_linked


def test_a_live_link_by_an_old_slug_is_one_too(facts):
    facts[1].slug = "new"
    facts[1].save()

    assert counts('<p><careers-link data-ref="gold"></careers-link></p>') == {"Gold Badge": 1}


def test_the_first_heading_is_the_one_above(facts):
    found = named("<p>Python</p><h2>One</h2><p>Kafka</p><h3>On Data Engineers</h3><p>Python, Kafka</p>")

    assert {name: one.first_heading for name, one in found.items()} == {
        "Python": "",
        "Kafka": "One",
        "Data Engineer": "On Data Engineers",
    }


def test_each_of_many_names_beside_many_links_is_judged_by_itself(facts):
    own = '<a href="/careers/skills/python/">Python</a>'
    other = '<a href="https://example.org/">Python</a>'

    body = f"<p>{own} Kafka {other} Python {other}, {own} {other} Kafka</p>"
    assert counts(body) == {"Python": 3, "Kafka": 2}


def test_a_word_that_is_a_link_in_part_only_is_one_word(facts):
    assert counts('<p><a href="/careers/skills/python/">Python</a>ista</p>') == {}


def test_the_place_to_link_is_the_first_in_running_text(facts):
    found = named(
        '<h2>Python</h2><p>See <a href="/careers/skills/java/">Kafka</a>. We use Python daily.</p>'
        "<h2>Kafka</h2>"
    )

    place = found["Python"].place
    assert (place.before, place.said, place.after) == ("See Kafka. We use ", "Python", " daily.")
    assert found["Kafka"].place is None


def test_of_facts_with_one_name_the_likeliest_leads_unless_it_is_a_draft():
    skill, _ = SkillFactory(name="SQL"), TechnologyFactory(name="SQL")

    def leading():
        (found,) = mentions_in(["<p>SQL</p>"])
        return [(one.fact.noun, one.leads) for one in found]

    assert leading() == [("skill", True), ("technology", False)]
    skill.status = "draft"
    skill.save()
    assert leading() == [("skill", False), ("technology", True)]


# --- What is kept -------------------------------------------------------------


def test_what_an_article_names_is_kept_when_it_is_saved(facts):
    role, gold, python, kafka = facts

    article = ArticleFactory(body="<h2>One</h2><p>A data engineer with Python and AIPC01; Kafka, Python.</p>")

    assert kept(article) == [
        ((role.pk, None, None, None), 1, "One"),
        ((None, python.pk, None, None), 2, "One"),
        ((None, None, None, gold.pk), 1, "One"),
        ((None, None, kafka.pk, None), 1, "One"),
    ]


def test_another_body_has_other_rows_and_the_same_body_the_same(facts):
    article = ArticleFactory(body="<p>Python</p>")
    before = article.mentions.get().pk

    article.title = "New"
    article.save()
    assert article.mentions.get().pk == before

    article.body = "<p>Kafka</p>"
    article.save(update_fields=["body"])
    assert article.mentions.get().technology == facts[3]


def test_a_body_that_cannot_be_saved_changes_no_rows(facts):
    article, other = ArticleFactory(body="<p>Python</p>"), ArticleFactory()

    article.body, article.slug = "<p>Kafka</p>", other.slug
    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()

    assert article.mentions.get().skill == facts[2]


def test_a_very_long_heading_is_kept_as_far_as_it_fits(facts):
    article = ArticleFactory(body=f"<h2>{'Long ' * 100}</h2><p>Python</p>")

    assert len(article.mentions.get().first_heading) == 200


def test_rows_go_with_the_article_and_with_the_fact(facts):
    one, other = ArticleFactory(body="<p>Python</p>"), ArticleFactory(body="<p>Python</p>")

    one.delete()
    assert Mention.objects.get().article == other
    facts[2].delete()
    assert not Mention.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"role": 1, "skill": 1}, {"role": 1, "count": 0}])
def test_a_row_is_of_one_fact_at_least_once(facts, fields):
    values = {"role": facts[0], "skill": facts[2]}
    chosen = {name: values.get(name, value) for name, value in fields.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.create(article=ArticleFactory(), **{"count": 1, **chosen})


def test_an_article_has_one_row_for_a_fact(facts):
    article = ArticleFactory(body="<p>Python</p>")

    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.create(article=article, skill=facts[2], count=1)


def test_saving_with_ten_names_costs_as_many_queries_as_with_two():
    skills = [SkillFactory(name=f"Skill {letter}") for letter in "abcdefghij"]

    def cost(number):
        article = DraftFactory(body="")
        article.body = "".join(f"<p>{skill.name}</p>" for skill in skills[:number])
        with CaptureQueriesContext(connection) as queries:
            article.save()
        assert article.mentions.count() == number
        return len(queries)

    assert cost(2) == cost(10)
