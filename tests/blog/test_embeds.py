"""What an article shows is written down whenever its body is saved."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from blog import publishing
from blog.models import Article, ArticleEmbed
from tests.factories import (
    ArticleFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def block(kind, ref, **data):
    more = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<careers-block data-kind="{kind}" data-ref="{ref}"{more}></careers-block>'


CARD = block("role-card", "engineer")
FACT = '<careers-fact data-ref="gold" data-field="price"></careers-fact>'


def rows(article):
    return [
        (row.order, row.kind, row.params, row.noun, row.slug, getattr(row, f"{row.noun}_id"))
        for row in article.embeds.all()
    ]


# --- On saving ----------------------------------------------------------------


@pytest.mark.django_db
def test_every_fact_that_an_article_shows_gets_a_row():
    a, b = RoleFactory(slug="a"), RoleFactory(slug="b")
    provider, gold = ProviderFactory(slug="p"), CredentialFactory(slug="gold")

    article = ArticleFactory(
        body=block("comparison", "b,a", heading="Which?")
        + f"<p>It costs {FACT}.</p>"
        + block("certifications", "p", by="provider")
    )

    assert rows(article) == [
        (0, "comparison", {"heading": "Which?"}, "role", "b", b.pk),
        (0, "comparison", {"heading": "Which?"}, "role", "a", a.pk),
        (1, "fact", {"field": "price"}, "credential", "gold", gold.pk),
        (2, "certifications", {"by": "provider"}, "provider", "p", provider.pk),
    ]


@pytest.mark.django_db
def test_another_body_has_other_rows_and_the_same_body_the_same():
    RoleFactory(slug="engineer")
    article = ArticleFactory(body=CARD)
    before = article.embeds.get().pk

    article.title = "New"
    article.save()
    assert article.embeds.get().pk == before

    article.body = "<p>Words.</p>"
    article.save(update_fields=["body"])
    assert not article.embeds.exists()


@pytest.mark.django_db
def test_saving_other_fields_only_asks_nothing_of_the_catalogue(django_assert_num_queries):
    article = ArticleFactory(body=CARD)

    with django_assert_num_queries(1):
        Article(pk=article.pk, title="New", category=article.category).save(update_fields=["title"])


@pytest.mark.django_db
def test_a_body_that_cannot_be_saved_changes_no_rows():
    RoleFactory(slug="engineer")
    article = ArticleFactory(body=CARD)
    other = ArticleFactory()

    article.body, article.slug = "<p>Words.</p>", other.slug
    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()

    assert article.embeds.count() == 1


@pytest.mark.django_db
def test_whoever_publishes_writes_the_rows():
    RoleFactory(slug="engineer")
    article = Article(title="A", body=CARD, category=CategoryFactory())

    publishing.publish(article, by=None, now=NOW)

    assert article.embeds.get().role.slug == "engineer"


# --- Names that change hands --------------------------------------------------


@pytest.mark.django_db
def test_a_renamed_fact_is_still_the_one_that_is_shown():
    role = RoleFactory(slug="engineer")
    article = ArticleFactory(body=CARD)

    role.slug = "builder"
    role.save()
    assert article.embeds.get().role == role

    article.save()
    assert (article.embeds.get().role, article.embeds.get().slug) == (role, "engineer")


@pytest.mark.django_db
def test_a_fact_that_comes_later_is_shown_from_then_on():
    article = ArticleFactory(body=CARD)
    assert rows(article) == [(0, "role-card", {}, "role", "engineer", None)]

    role = RoleFactory(slug="engineer")
    SkillFactory(slug="engineer")

    assert article.embeds.get().role == role


@pytest.mark.django_db
def test_a_slug_that_another_fact_takes_leads_to_that_one():
    role = RoleFactory(slug="engineer")
    article = ArticleFactory(body=CARD)
    role.slug = "builder"
    role.save()

    other = RoleFactory(slug="engineer")

    assert article.embeds.get().role == other


# --- What the database holds to -----------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [DraftFactory, ArticleFactory])
def test_a_fact_that_an_article_shows_is_not_deleted(factory):
    role = RoleFactory(slug="engineer")
    article = factory(body=CARD)

    with pytest.raises(ProtectedError):
        role.delete()

    article.body = ""
    article.save()
    role.delete()


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_to_delete_it():
    role = RoleFactory(slug="engineer")
    ArticleFactory(body=CARD)

    with pytest.raises(IntegrityError), connection.cursor() as cursor, transaction.atomic():
        cursor.execute("DELETE FROM careers_role WHERE id = %s", [role.pk])


@pytest.mark.django_db
def test_an_article_goes_with_its_rows():
    RoleFactory(slug="engineer")
    ArticleFactory(body=CARD).delete()

    assert not ArticleEmbed.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"noun": "role", "slug": ""},
        {"noun": "moon", "slug": "a"},
        {"noun": "skill", "slug": "a", "role": True},
        {"noun": "role", "slug": "a", "role": True, "skill": True},
    ],
)
def test_a_row_shows_what_it_names_and_nothing_else(fields):
    factories = {"role": RoleFactory, "skill": SkillFactory}
    article = ArticleFactory()
    facts = {name: factories[name]() for name in ("role", "skill") if fields.pop(name, False)}

    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleEmbed.objects.create(article=article, order=0, kind="role-card", **fields, **facts)


# --- Articles that were there before ------------------------------------------


@pytest.mark.django_db
def test_the_articles_of_before_get_their_rows():
    role, old = RoleFactory(slug="engineer"), SkillFactory(slug="old")
    old.slug = "new"
    old.save()
    article = ArticleFactory(
        body=CARD
        + block("certifications", "old", by="skill", heading="A &amp; B")
        + block("comparison", "engineer,nobody")
    )
    now = rows(article)
    ArticleEmbed.objects.all().delete()

    import_module("blog.migrations.0003_what_articles_show_already").read(apps, None)

    assert rows(article) == now
    assert [row[-1] for row in now] == [role.pk, old.pk, role.pk, None]
