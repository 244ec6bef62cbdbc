"""Which articles tell of a fact, and how."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import told, usage
from blog.models import Article
from blog.told import articles_of
from careers.models import Recommendation, RoleSkill, RoleTechnology
from tests.factories import (
    ArticleFactory,
    CredentialFactory,
    DraftFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def block(kind, ref, by=""):
    by = f' data-by="{by}"' if by else ""
    return f'<careers-block data-kind="{kind}" data-ref="{ref}"{by}></careers-block>'


def ways(fact):
    return {use.article.title: [way.how for way in use.ways] for use in usage.articles_showing(fact)}


def everything():
    """A certification that is reached in every way there is."""
    role, skill = RoleFactory(slug="r", name="Engineer"), SkillFactory(slug="s", name="Python")
    provider = ProviderFactory(slug="p", name="Acme")
    gold = CredentialFactory(slug="gold", provider=provider)
    gold.skills.add(skill)
    Recommendation.objects.create(role=role, credential=gold, tier="core", reason="Good")
    RoleSkill.objects.create(role=role, skill=skill, importance=4, level=4)
    return role, skill, provider, gold


def test_a_certification_is_told_of_directly_as_a_subject_and_through_lists():
    _, _, _, gold = everything()
    ArticleFactory(title="Subject").credentials.add(gold)
    ArticleFactory(
        title="In words",
        body='<p><careers-link data-ref="gold"></careers-link> costs '
        '<careers-fact data-ref="gold" data-field="price"></careers-fact></p>',
    )
    for by, ref in (("role", "r"), ("skill", "s"), ("provider", "p")):
        ArticleFactory(title=by, body=block("certifications", ref, by))
    DraftFactory(title="Card", body=block("role-card", "r"))

    assert ways(gold) == {
        "Subject": ["is about it"],
        "In words": ["links to it by name", "tells a fact of it"],
        "role": ["lists it with what Engineer should earn"],
        "skill": ["lists it with certifications in Python"],
        "provider": ["lists it with what Acme awards"],
    }


def test_a_role_is_compared_drawn_listed_and_written_about():
    role, *_ = everything()
    RoleFactory(slug="other")
    both = ArticleFactory(title="Both", body=block("comparison", "r,other") + block("role-card", "r"))
    both.roles.add(role)
    DraftFactory(title="Draft", body=block("certifications", "r", "role"))

    assert ways(role) == {
        "Both": ["is about it", "compares it", "has its role card"],
        "Draft": ["lists its certifications"],
    }


def test_a_skill_is_named_on_cards_and_a_technology_in_comparisons():
    role, skill, *_ = everything()
    RoleFactory(slug="other")
    tool = TechnologyFactory()
    RoleTechnology.objects.create(role=role, technology=tool)
    ArticleFactory(title="Card", body=block("role-card", "r"))
    ArticleFactory(title="Comparison", body=block("comparison", "r,other"))

    assert ways(skill) == {"Card": ["names it on the role card of Engineer"]}
    assert ways(tool) == {"Comparison": ["names it in comparing Engineer"]}


def test_what_a_draft_would_list_is_not_shown_through_it():
    role, skill, *_ = everything()
    ArticleFactory(body=block("role-card", "r"))
    role.status = "draft"
    role.save()

    assert ways(skill) == {}
    assert not Article.objects.filter(usage.telling_of(skill)).exists()


def test_every_way_says_what_becomes_of_it_when_the_fact_is_withdrawn():
    role, *_ = everything()
    ArticleFactory(body=block("role-card", "r"))

    (use,) = usage.articles_showing(role)

    assert [way.without for way in use.ways] == ["the card disappears"]


def test_each_article_counts_once_for_each_fact():
    _, _, _, gold = everything()
    for _ in range(2):
        article = ArticleFactory(
            body=block("certifications", "r", "role") + block("certifications", "p", "provider")
        )
        article.credentials.add(gold)
    other = CredentialFactory()

    counts = usage.counts("careers.Credential")

    assert (counts[gold.pk], counts[other.pk]) == (2, 0)


def test_what_no_article_can_show_is_in_none():
    assert usage.counts("careers.Source") == {}
    assert usage.articles_showing(ArticleFactory().category) == []


def test_the_condition_finds_the_same_articles_and_knows_lists_apart():
    _, _, _, gold = everything()
    listed, direct = (
        ArticleFactory(body=block("certifications", "s", "skill")),
        ArticleFactory(body='<careers-link data-ref="gold"></careers-link>'),
    )

    assert set(Article.objects.filter(usage.telling_of(gold))) == {listed, direct}
    assert set(Article.objects.filter(usage.telling_of(gold, in_lists=False))) == {direct}


def test_what_holds_a_fact_is_what_names_it_and_nothing_that_lists_it():
    role, skill, _, gold = everything()
    naming = DraftFactory(body=block("certifications", "r", "role"))

    assert usage.holding([gold]) == []
    assert usage.holding([role]) == [(role, [naming])]
    assert usage.holding([]) == usage.holding([TechnologyFactory()]) == []
    assert usage.holding([skill]) == []


@pytest.mark.parametrize("ask", ["counts", "holding", "showing"])
def test_ten_articles_cost_as_many_queries_as_two(ask):
    roles = []

    def cost(number):
        while len(roles) < number:
            roles.append(RoleFactory())
            ArticleFactory(body=block("role-card", roles[-1].slug) + block("role-card", roles[0].slug))
        asked = {
            "counts": lambda: usage.counts("careers.Role"),
            "holding": lambda: usage.holding(roles),
            "showing": lambda: usage.articles_showing(roles[0]),
        }
        with CaptureQueriesContext(connection) as queries:
            asked[ask]()
        return len(queries)

    assert cost(2) == cost(10)


# --- Only in words ------------------------------------------------------------


def test_an_article_that_tells_of_a_fact_does_not_only_name_it():
    _, _, _, gold = everything()
    gold.name = "Gold Badge"
    gold.save()
    named, subject = (ArticleFactory(body="<p>The Gold Badge</p>") for _ in range(2))
    subject.credentials.add(gold)
    listing = ArticleFactory(body="<p>The Gold Badge</p>" + block("certifications", "r", "role"))

    assert set(Article.objects.filter(usage.only_naming(gold))) == {named}
    assert set(Article.objects.filter(usage.only_naming(gold, in_lists=False))) == {named, listing}
    assert {row.article for row in usage.mentions_of(gold)} == {named, subject, listing}


def test_what_words_cannot_name_is_named_nowhere():
    ArticleFactory(body="<p>Acme</p>")

    assert not usage.mentions_of(ProviderFactory(name="Acme")).exists()
    assert not usage.mentions_of(ArticleFactory()).exists()
    assert not Article.objects.filter(usage.only_naming(ProviderFactory())).exists()


@pytest.fixture
def anew():
    """Queries that were written with another number of many are not asked."""
    told.asked_of.cache_clear()
    yield
    told.asked_of.cache_clear()


@pytest.mark.parametrize("many", [0, 300])
@pytest.mark.usefixtures("anew")
def test_the_newest_that_tell_of_a_fact_are_the_same_however_many_there_are(monkeypatch, many):
    monkeypatch.setattr("blog.counting.MANY", many)
    role = RoleFactory(slug="r", name="Ropemaker")
    card = block("role-card", "r")
    about, showing = ArticleFactory(), ArticleFactory(body=card)
    both, draft = ArticleFactory(body=card), DraftFactory(body=card)
    for article in (about, both, draft):
        article.roles.add(role)
    naming, _ = ArticleFactory(body="<p>Ropemaker</p>"), ArticleFactory()
    about_it, named = articles_of(role, NOW), articles_of(role, NOW, in_words=True)

    assert set(about_it.newest) == {about, showing, both}
    assert about_it.number == 3
    assert list(named.newest) == [naming]
