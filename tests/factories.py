"""Rows for tests: each factory makes the plainest public row; a test says only what differs."""

from datetime import UTC, datetime

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from blog import models as blog
from careers import models as careers

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("person-{}".format)
    is_staff = True


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = blog.Category

    name = factory.Sequence("Category {}".format)
    slug = factory.Sequence("category-{}".format)


class AuthorFactory(DjangoModelFactory):
    class Meta:
        model = blog.Author

    name = factory.Sequence("Desk {}".format)
    slug = factory.Sequence("desk-{}".format)


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = blog.Article
        skip_postgeneration_save = True

    title = factory.Sequence("Article {}".format)
    slug = factory.Sequence("article-{}".format)
    summary = "What this article is about."
    body = "<p>A short body.</p>"
    category = factory.SubFactory(CategoryFactory)
    state = blog.Article.State.PUBLISHED
    published_at = LONG_AGO
    first_published_at = LONG_AGO

    @factory.post_generation
    def authors(self, create, extracted, **kwargs):
        for order, author in enumerate(extracted or []):
            blog.ArticleAuthor.objects.create(article=self, author=author, order=order)

    @factory.post_generation
    def hashtags(self, create, extracted, **kwargs):
        if extracted:
            self.hashtags.set(extracted)


class DraftFactory(ArticleFactory):
    state = blog.Article.State.DRAFT
    published_at = None
    first_published_at = None


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = blog.Series
        skip_postgeneration_save = True

    name = factory.Sequence("Series {}".format)
    slug = factory.Sequence("series-{}".format)

    @factory.post_generation
    def parts(self, create, extracted, **kwargs):
        """These articles, in this order."""
        for order, article in enumerate(extracted or []):
            blog.SeriesPart.objects.create(series=self, article=article, order=order)


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = careers.Provider

    name = factory.Sequence("Provider {}".format)
    slug = factory.Sequence("provider-{}".format)


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = careers.Role

    name = factory.Sequence("Role {}".format)
    slug = factory.Sequence("role-{}".format)
    main_focus = "One kind of work"


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = careers.Skill

    name = factory.Sequence("Skill {}".format)
    slug = factory.Sequence("skill-{}".format)


class TechnologyFactory(DjangoModelFactory):
    class Meta:
        model = careers.Technology

    name = factory.Sequence("Technology {}".format)
    slug = factory.Sequence("technology-{}".format)
    kind = careers.Technology.Kind.TOOL


class PathwayFactory(DjangoModelFactory):
    class Meta:
        model = careers.Pathway

    name = factory.Sequence("Pathway {}".format)
    slug = factory.Sequence("pathway-{}".format)


class CredentialFactory(DjangoModelFactory):
    class Meta:
        model = careers.Credential

    name = factory.Sequence("Credential {}".format)
    slug = factory.Sequence("credential-{}".format)
    provider = factory.SubFactory(ProviderFactory)
    level = careers.Credential.Level.ASSOCIATE


class ExamVersionFactory(DjangoModelFactory):
    class Meta:
        model = careers.ExamVersion

    credential = factory.SubFactory(CredentialFactory)
    exam_code = factory.Sequence("XX-{:03}".format)
