"""Merging hashtags: numbers first, one transaction, and the way back."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import hashtag_merging, publishing, snapshots
from blog.models import Article, ArticleHashtag, Hashtag, HashtagAlias, HashtagMerge
from tests.factories import LONG_AGO, ArticleFactory, CategoryFactory, DraftFactory, UserFactory
from website.models import Redirect, Signpost
from website.search import index
from website.search.matching import search

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def named(name):
    return Hashtag.objects.get(name=name)


def tags(article):
    return list(article.article_hashtags.order_by("pk").values_list("tag__name", flat=True))


def merge(source="ML", target="Machine Learning", **more):
    return hashtag_merging.merge(named(source), named(target), **{"by": None, "now": NOW, **more})


def undo(done, **more):
    return hashtag_merging.undo(done, **{"by": None, "now": NOW, **more})


@pytest.fixture
def three():
    """With one, with both, with the other."""
    return [
        ArticleFactory(hashtags=["Go", "ML", "Java"]),
        ArticleFactory(hashtags=["ML", "Machine Learning"]),
        ArticleFactory(hashtags=["Machine Learning"]),
    ]


def test_a_merge_leaves_every_article_with_the_one_that_stays_in_its_place_and_once(three):
    merge()

    assert [tags(article) for article in three] == [
        ["Go", "Machine Learning", "Java"],
        ["Machine Learning"],
        ["Machine Learning"],
    ]
    assert not Hashtag.objects.filter(name="ML").exists()


def test_the_name_and_the_spellings_of_the_one_that_is_gone_mean_the_other(three):
    HashtagAlias.objects.create(name="mach-learn", hashtag=named("ML"))

    merge()

    known = Hashtag.objects.all().known(["ml", "machlearn"])
    assert {hashtag.name for hashtag in known.values()} == {"Machine Learning"}
    assert len(known) == 2


def test_the_numbers_before_a_merge_are_those_of_the_merge(three):
    DraftFactory(hashtags=["ML"])
    HashtagAlias.objects.create(name="mach-learn", hashtag=named("ML"))
    for article, name in zip(three, ["ml", "Mach-Learn", "Go"], strict=True):
        waiting = snapshots.Related(hashtags=(name,))
        publishing.save(Article.objects.get(pk=article.pk), related=waiting, by=None, now=NOW)

    numbers = hashtag_merging.plan(named("ML"), named("Machine Learning"), now=NOW)

    assert (numbers.articles, numbers.public, numbers.double, numbers.waiting) == (3, 2, 1, 2)
    assert numbers.spellings == ["ML", "mach-learn"]
    assert merge().articles == numbers.articles


def test_a_draft_that_waited_with_the_old_name_goes_live_with_the_other(three):
    article = Article.objects.get(pk=three[2].pk)
    publishing.save(article, related=snapshots.Related(hashtags=("ML", "Go")), by=None, now=NOW)

    merge()
    publishing.publish(Article.objects.get(pk=article.pk), by=None, now=NOW)

    assert sorted(tags(article)) == ["Go", "Machine Learning"]


def test_what_was_merged_is_no_change_of_the_articles_that_had_it(three):
    article = Article.objects.get(pk=three[0].pk)
    publishing.save(article, related=snapshots.Related(hashtags=("Go", "ml", "Rust")), by=None, now=NOW)
    merge()

    article = Article.objects.get(pk=article.pk)
    related = snapshots.open_working_copy(article)
    publishing.save(article, related=related, by=None, now=NOW)

    assert related.hashtags == ("Go", "Machine Learning", "Rust")
    assert article.version == 1


def test_the_old_address_and_those_before_it_lead_to_the_one_that_stays(client):
    ArticleFactory(hashtags=["C#", "DotNet"])
    hashtag = named("C#")
    hashtag.slug = "csharp"
    hashtag.save()
    Signpost.objects.create(
        path="/c-sharp-page/",
        kind="moved",
        target_path="/tag/csharp/",
        target_model="blog.Hashtag",
        target_ref=hashtag.pk,
        put_up_at=LONG_AGO,
    )

    merge("C#", "DotNet")

    for path in ("/tag/csharp/", "/tag/c-sharp/", "/c-sharp-page/"):
        answer = client.get(path)
        assert (answer.status_code, answer.get("Location")) == (301, "/tag/dotnet/")


def test_undoing_brings_everything_back_as_it_was(client, three):
    hashtag, other = named("ML"), named("Machine Learning")
    Hashtag.objects.filter(pk=hashtag.pk).update(description="What it is.")
    HashtagAlias.objects.create(name="mach-learn", hashtag=hashtag)
    Redirect.objects.create(old_path="/tag/old-ml/", target_model="blog.Hashtag", target_ref=hashtag.pk)
    before = everything()

    done = merge()
    assert named("Machine Learning").description == "What it is."
    assert undo(done) == hashtag

    assert everything() == before
    assert client.get("/tag/ml/").status_code == 200
    assert client.get("/tag/old-ml/").get("Location") == "/tag/ml/"
    assert other.get_absolute_url() != hashtag.get_absolute_url()


def everything():
    models = [Hashtag, HashtagAlias, ArticleHashtag, Redirect]
    changing = {"id", "created_at"}
    return [
        sorted(
            tuple(row.items())
            for row in model.objects.values(
                *(f.attname for f in model._meta.fields if f.name not in changing)
            )
        )
        for model in models
    ]


def test_undoing_leaves_alone_what_editors_did_since(three):
    done = merge()
    three[0].hashtags.remove("Machine Learning")
    three[2].hashtags.set(["Rust"])
    later = ArticleFactory(hashtags=["ml"])

    undo(done)

    assert [tags(article) for article in [*three, later]] == [
        ["Go", "Java"],
        ["ML", "Machine Learning"],
        ["Rust"],
        ["Machine Learning"],
    ]


def test_a_merge_into_one_that_was_merged_on_is_undone_from_the_last(three):
    ArticleFactory(hashtags=["AI"])
    first, last = merge(), merge("Machine Learning", "AI")

    with pytest.raises(ValidationError, match="take that back first"):
        undo(first)
    undo(last)
    undo(first)

    assert tags(three[0]) == ["Go", "ML", "Java"]


def test_a_merge_is_undone_once_and_not_where_the_name_means_something_else(three):
    done = merge()
    HashtagAlias.objects.filter(key="ml").delete()
    ArticleFactory(hashtags=["ML"])
    with pytest.raises(ValidationError, match="means “ML” by now"):
        undo(done)

    named("ML").delete()
    undo(done)
    with pytest.raises(ValidationError, match="taken back already"):
        undo(done)


def test_what_cannot_be_merged_is_refused_and_nothing_is_changed(three):
    gone = named("Java")
    Hashtag.objects.filter(pk=gone.pk).delete()

    for other in (gone, named("ML")):
        with pytest.raises(ValidationError):
            hashtag_merging.merge(named("ML"), other, by=None, now=NOW)

    assert not HashtagMerge.objects.exists()
    assert Hashtag.objects.filter(name="ML").exists()


def test_a_merge_that_fails_half_way_changes_nothing(three, monkeypatch):
    before = everything()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(HashtagAlias.objects, "create", fail)
    with pytest.raises(RuntimeError):
        merge()

    assert everything() == before


def test_the_log_says_who_and_when_and_outlives_the_person(three):
    person = UserFactory(username="ann")
    done = merge(by=person)
    undo(done, by=person)
    person.delete()

    done.refresh_from_db()
    assert (str(done), done.by_name, done.at, done.undone_by_name) == (
        "#ML into #Machine Learning",
        "ann",
        NOW,
        "ann",
    )


def test_search_finds_articles_under_the_name_that_stays(three, django_capture_on_commit_callbacks):
    index_all()

    with django_capture_on_commit_callbacks(execute=True):
        done = merge()
    assert three[0].get_absolute_url() in found("machine learning")
    assert "/tag/ml/" not in found("ml")
    assert "/tag/machine-learning/" in found("ml")

    with django_capture_on_commit_callbacks(execute=True):
        undo(done)
    assert three[0].get_absolute_url() not in found("machine learning")
    assert "/tag/ml/" in found("ml")


def index_all():
    for _ in index.rebuild():
        pass


def found(text):
    return {hit.url for hit in search(text, kind="", page=1, now=NOW).hits}


def test_merging_fifteen_hundred_articles_costs_as_many_queries_as_two():
    few, many = cost(2), cost(1500)

    assert few == many
    assert many[1] <= 35


def cost(number):
    category = CategoryFactory()
    rows = [
        Article(
            title=f"A {n}", slug=f"a-{number}-{n}", category=category, state="published", published_at=NOW
        )
        for n in range(number)
    ]
    articles = Article.objects.bulk_create(rows)
    source, target = Hashtag.objects.resolve([f"Source {number}", f"Target {number}"]).values()
    both = articles[::2]
    uses = [*((source, article) for article in articles), *((target, article) for article in both)]
    ArticleHashtag.objects.bulk_create(ArticleHashtag(tag=tag, content_object=one) for tag, one in uses)

    with CaptureQueriesContext(connection) as planning:
        hashtag_merging.plan(source, target, now=NOW)
    with CaptureQueriesContext(connection) as merging:
        hashtag_merging.merge(source, target, by=None, now=NOW)
    assert ArticleHashtag.objects.filter(tag=target).count() == number
    return len(planning), len(merging)


def test_everything_that_names_a_hashtag_is_known_to_the_merge():
    """A new table that points at hashtags fails here, and has to be taught to ``hashtag_merging``."""
    fields = Hashtag._meta.get_fields(include_hidden=True)
    pointing = {
        field.related_model._meta.label for field in fields if field.auto_created and field.is_relation
    }

    # An article joins hashtags by ArticleHashtag; a pair kept apart goes with one of its two.
    assert pointing == {"blog.Article", "blog.ArticleHashtag", "blog.HashtagAlias", "blog.HashtagsApart"}
