import pytest
from django.db import IntegrityError
from django.urls import reverse

from blog.models import Article, ArticleFinding, ArticleHashtag, Hashtag, HashtagAlias, HashtagMerge
from tests.blog.test_admin_hashtags import sent
from tests.factories import LONG_AGO, ArticleFactory, CategoryFactory, DraftFactory

pytestmark = pytest.mark.django_db
GARDEN = "/admin/blog/hashtag/garden/"


@pytest.fixture
def editor(as_group):
    return as_group("editor")


@pytest.fixture
def writer(as_group):
    return as_group("writer")


def named(name):
    return Hashtag.objects.get(name=name)


def merge_page(name):
    return reverse("admin:blog_hashtag_merge", args=[named(name).pk])


@pytest.fixture
def two():
    ArticleFactory(hashtags=["ML"])
    return ArticleFactory(hashtags=["ML", "Machine Learning"])


def test_merging_shows_numbers_first_and_changes_nothing_by_looking(editor, two):
    answer = editor.get(merge_page("ML"), {"into": "#machine-learning"})
    text = answer.content.decode()

    assert (answer.context["plan"].articles, answer.context["plan"].double) == (2, 1)
    assert "Merge #ML into #Machine Learning</button>" in text
    assert not HashtagMerge.objects.exists()


@pytest.mark.parametrize("typed", ["", "nobody", "ML", "\x00", "#", "🚀", "x" * 5000])
def test_merging_into_nothing_or_itself_is_a_clear_answer_and_not_done(editor, two, typed):
    for ask in (editor.get, editor.post):
        answer = ask(merge_page("ML"), {"into": typed})
        # What no address may hold is not there, as everywhere.
        refused = ask == editor.get and typed in ("\x00", "x" * 5000)
        assert answer.status_code == (404 if refused else 200)
        assert refused or answer.context["plan"] is None

    assert not HashtagMerge.objects.exists()


def test_one_article_is_one(editor):
    ArticleFactory(hashtags=["ML"])
    Hashtag.objects.create(name="Machine Learning")

    page = editor.post(merge_page("ML"), {"into": "Machine Learning"}, follow=True)

    assert "Merged #ML into #Machine Learning: 1 article. " in page.content.decode()


def test_a_merge_and_its_undo_are_told_and_logged_with_the_person(editor, two):
    page = editor.post(merge_page("ML"), {"into": "Machine Learning"}, follow=True)
    assert "Merged #ML into #Machine Learning: 2 articles." in page.content.decode()

    done = HashtagMerge.objects.get()
    assert done.by == editor.person
    back = editor.post(reverse("admin:blog_hashtag_unmerge", args=[done.pk]), follow=True)

    assert "Taken back: #ML into #Machine Learning." in back.content.decode()
    assert named("ML").article_hashtags.count() == 2
    history = editor.get(reverse("admin:blog_hashtag_history", args=[named("Machine Learning").pk]))
    assert "Merged #ML into it." in history.content.decode()


def test_a_merge_that_meets_somebody_saving_is_told_so_and_may_be_tried_again(editor, two, monkeypatch):
    def collide(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr("blog.hashtag_merging.merge", collide)
    answer = editor.post(merge_page("ML"), {"into": "Machine Learning"})

    assert "Nothing was changed: try again." in answer.content.decode()
    assert answer.context["plan"].articles == 2


def test_an_undo_that_cannot_be_is_told_why(editor, two):
    editor.post(merge_page("ML"), {"into": "Machine Learning"})
    named("Machine Learning").delete()

    answer = editor.post(
        reverse("admin:blog_hashtag_unmerge", args=[HashtagMerge.objects.get().pk]), follow=True
    )

    assert "is gone" in answer.content.decode()
    assert editor.post(reverse("admin:blog_hashtag_unmerge", args=[10**9])).status_code == 404


def test_a_writer_may_look_and_do_nothing(writer, two):
    other = named("Machine Learning")
    page = writer.get(GARDEN).content.decode()
    assert "These may be one" in page
    assert "<form" not in page.partition('id="content-main"')[2]

    pair = {"pair": [named("ML").pk, other.pk]}
    assert writer.post(merge_page("ML"), {"into": other.name}).status_code == 403
    assert writer.post(reverse("admin:blog_hashtag_apart"), pair).status_code == 403
    assert writer.post(reverse("admin:blog_hashtag_unmerge", args=[1])).status_code == 403
    assert Hashtag.objects.count() == 2


def test_what_is_kept_apart_is_not_proposed_again(editor, two):
    assert "one is short for the other" in editor.get(GARDEN).content.decode()

    pair = [named("Machine Learning").pk, named("ML").pk]
    for _ in range(2):
        editor.post(reverse("admin:blog_hashtag_apart"), {"pair": pair})

    assert editor.get(GARDEN).context["proposals"] == []


@pytest.mark.parametrize("pair", [[], ["1"], ["x", "\x00"], ["9" * 40, "1"], ["1", "1"]])
def test_keeping_nonsense_apart_changes_nothing(editor, two, pair):
    assert editor.post(reverse("admin:blog_hashtag_apart"), {"pair": pair}).status_code == 302
    assert len(editor.get(GARDEN).context["proposals"]) == 1


def test_the_garden_shows_what_is_on_no_article_and_what_no_text_supports(editor):
    Hashtag.objects.create(name="idle")
    DraftFactory(hashtags=["begun"])
    for n, article in enumerate(ArticleFactory.create_batch(3, hashtags=["rust", "go"])):
        finding = {"key": "a", "severity": "info", "field": "hashtags", "message": "x", "excerpt": "rust"}
        if n:
            ArticleFinding.objects.create(article=article, rule="hashtag-evidence", **finding)

    shown = editor.get(GARDEN)

    assert [topic.name for topic in shown.context["unused"]] == ["idle"]
    assert [(topic.name, missing) for topic, missing in shown.context["unsupported"]] == [("rust", 2)]
    assert "2 of 3 articles never mention it" in shown.content.decode()


def test_those_on_the_same_articles_are_found_in_the_rows(editor):
    ArticleFactory.create_batch(3, hashtags=["kernel", "scheduler"])
    ArticleFactory.create_batch(2, hashtags=["apple", "pear"])

    found = editor.get(GARDEN).context["proposals"]

    assert [(one.source.name, one.target.name) for one in found] == [("kernel", "scheduler")]


def test_a_renamed_hashtag_keeps_its_old_name_as_a_spelling_and_leads_from_its_old_address(editor, client):
    ArticleFactory(hashtags=["ML"])
    hashtag = named("ML")
    page = reverse("admin:blog_hashtag_change", args=[hashtag.pk])

    told = editor.post(page, sent("Machine Learning", slug="ml"), follow=True).content.decode()

    assert "stays as another spelling of it" in told
    hashtag.refresh_from_db()
    assert (hashtag.slug, [alias.name for alias in hashtag.aliases.all()]) == ("machine-learning", ["ML"])
    assert client.get("/tag/ml/").get("Location") == "/tag/machine-learning/"


def test_a_hashtag_renamed_back_takes_its_spelling_as_its_name_again(editor):
    hashtag = Hashtag.objects.create(name="Machine Learning", description="x")
    alias = HashtagAlias.objects.create(name="ML", hashtag=hashtag)
    rows = {"aliases-INITIAL_FORMS": 1, "aliases-0-id": alias.pk, "aliases-0-hashtag": hashtag.pk}
    page = reverse("admin:blog_hashtag_change", args=[hashtag.pk])

    assert editor.post(page, sent("ML", "ML", slug="machine-learning", **rows)).status_code == 302

    hashtag.refresh_from_db()
    assert (hashtag.name, hashtag.slug) == ("ML", "ml")
    assert [alias.name for alias in hashtag.aliases.all()] == ["Machine Learning"]


def test_an_address_chosen_with_a_new_name_is_the_one_it_gets(editor):
    hashtag = Hashtag.objects.create(name="ML")

    editor.post(
        reverse("admin:blog_hashtag_change", args=[hashtag.pk]), sent("Machine Learning", slug="learning")
    )

    hashtag.refresh_from_db()
    assert hashtag.slug == "learning"


def test_the_old_name_may_be_typed_as_a_spelling_too(editor):
    hashtag = Hashtag.objects.create(name="ML")

    editor.post(
        reverse("admin:blog_hashtag_change", args=[hashtag.pk]), sent("Machine Learning", "ml", slug="ml")
    )

    assert [alias.key for alias in hashtag.aliases.all()] == ["ml"]


def test_pages_of_hashtags_in_the_admin_cost_the_same_with_fifteen_hundred_uses(as_group, count_queries):
    publisher = as_group("publisher")
    few = costs(publisher, count_queries, used(2))
    many = costs(publisher, count_queries, used(1500))

    assert few == many


def used(number):
    """Two hashtags that are on the same articles."""
    category = CategoryFactory()
    articles = Article.objects.bulk_create(
        Article(
            title=f"{number} {n}",
            slug=f"a-{number}-{n}",
            category=category,
            state="published",
            published_at=LONG_AGO,
        )
        for n in range(number)
    )
    source, target = Hashtag.objects.resolve([f"Source {number}", f"Target {number}"]).values()
    ArticleHashtag.objects.bulk_create(
        ArticleHashtag(tag=tag, content_object=article) for article in articles for tag in (source, target)
    )
    return source, target


def costs(publisher, count_queries, hashtags):
    source, target = hashtags
    publisher.get(GARDEN)  # what every first page asks is asked
    addresses = [
        reverse("admin:blog_hashtag_changelist"),
        GARDEN,
        *(
            reverse(f"admin:blog_hashtag_{verb}", args=[source.pk])
            for verb in ("change", "delete", "history")
        ),
        reverse("admin:blog_hashtag_merge", args=[source.pk], query={"into": target.name}),
    ]
    return [count_queries(publisher, address) for address in addresses]
