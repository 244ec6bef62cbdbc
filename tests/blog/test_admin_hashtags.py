import pytest
from django.urls import reverse

from blog.models import Hashtag, HashtagAlias
from tests.factories import ArticleFactory, DraftFactory

pytestmark = pytest.mark.django_db
SUGGEST = "admin:blog_hashtag_suggest"


@pytest.fixture
def editor(as_group):
    return as_group("editor")


def offered(client, typed):
    return [row["text"] for row in client.get(reverse(SUGGEST), {"q": typed}).json()["results"]]


def sent(name, *aliases, **more):
    form = {
        "name": name,
        "slug": "",
        "description": "",
        "aliases-TOTAL_FORMS": len(aliases),
        "aliases-INITIAL_FORMS": 0,
    }
    return form | {f"aliases-{n}-name": alias for n, alias in enumerate(aliases)} | more


def test_suggestions_offer_ten_existing_ones_most_used_first(editor):
    Hashtag.objects.resolve(f"Python {n}" for n in range(12))
    ArticleFactory(hashtags=["Python 7"])

    names = offered(editor, "#PYTHON")

    assert len(names) == 10
    assert names[0] == "Python 7"


@pytest.mark.parametrize("page", ["delete", "changelist"])
def test_before_a_hashtag_is_deleted_the_page_says_what_readers_lose_and_offers_the_merge(as_group, page):
    publisher = as_group("publisher")
    ArticleFactory.create_batch(2, hashtags=["Go"])
    DraftFactory(hashtags=["Go"])
    hashtag = Hashtag.objects.get()
    address = reverse(f"admin:blog_hashtag_{page}", args=[hashtag.pk] if page == "delete" else [])
    chosen = {"action": "delete_selected", "_selected_action": hashtag.pk}

    answer = publisher.get(address) if page == "delete" else publisher.post(address, chosen)

    text = answer.content.decode()
    assert "2 articles that readers can see carry" in text
    assert "merge" in text
    assert page == "changelist" or reverse("admin:blog_hashtag_merge", args=[hashtag.pk]) in text


def test_a_hashtag_that_readers_never_met_is_deleted_without_more_words(as_group):
    hashtag = Hashtag.objects.create(name="Go")

    text = as_group("publisher").get(reverse("admin:blog_hashtag_delete", args=[hashtag.pk])).content.decode()

    assert "readers can see" not in text


def test_only_a_hashtag_that_has_a_page_leads_to_it(editor):
    ArticleFactory(hashtags=["Go"])
    DraftFactory(hashtags=["Rust"])
    ways = [
        "View on site" in editor.get(reverse("admin:blog_hashtag_change", args=[hashtag.pk])).content.decode()
        for hashtag in Hashtag.objects.order_by("name")
    ]

    assert ways == [True, False]


def test_suggestions_are_for_the_desk_only(client, person):
    Hashtag.objects.create(name="Secret")

    assert client.get(reverse(SUGGEST), {"q": "s"}).status_code == 302

    stranger = person("writer")
    stranger.groups.clear()
    client.force_login(stranger)
    assert client.get(reverse(SUGGEST), {"q": "s"}).status_code == 403


@pytest.mark.parametrize("typed", ["", "\x00", "🚀", "%", "_", "x" * 100_000])
def test_suggestions_take_anything_typed(editor, typed):
    Hashtag.objects.create(name="Python")

    assert editor.get(reverse(SUGGEST), {"q": typed}).status_code == 200


def test_a_hashtag_is_made_with_its_other_spellings(editor):
    editor.post(reverse("admin:blog_hashtag_add"), sent("Machine Learning", "ML", "#machine-learning-stuff"))

    hashtag = Hashtag.objects.get()
    assert hashtag.slug == "machine-learning"
    assert {alias.key for alias in hashtag.aliases.all()} == {"machinelearningstuff", "ml"}


@pytest.mark.parametrize("name", ["🚀", "...", "x" * 61, "python", "\x00"])
def test_a_name_that_cannot_be_or_is_taken_is_an_error_beside_the_field(editor, name):
    Hashtag.objects.create(name="Python")

    answer = editor.post(reverse("admin:blog_hashtag_add"), sent(name))

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["name"]


def test_an_alias_that_is_a_hashtag_itself_is_an_error_beside_the_alias(editor):
    Hashtag.objects.create(name="ML")

    answer = editor.post(reverse("admin:blog_hashtag_add"), sent("Machine Learning", "#ml"))

    assert "is a hashtag itself" in answer.content.decode()
    assert not HashtagAlias.objects.exists()


@pytest.mark.parametrize("aliases", [("ML", "ml"), ("machinelearning",)])
def test_aliases_that_clash_with_each_other_or_their_own_hashtag_are_told_so(editor, aliases):
    answer = editor.post(reverse("admin:blog_hashtag_add"), sent("Machine Learning", *aliases))

    assert answer.status_code == 200
    assert not HashtagAlias.objects.exists()


def test_a_changed_spelling_of_the_same_name_keeps_the_address(editor):
    hashtag = Hashtag.objects.create(name="python")

    editor.post(reverse("admin:blog_hashtag_change", args=[hashtag.pk]), sent("Python", slug="python"))

    hashtag.refresh_from_db()
    assert (hashtag.name, hashtag.slug, hashtag.key) == ("Python", "python", "python")


def test_the_list_counts_articles_and_leads_to_them(editor):
    ArticleFactory(hashtags=["C#"])
    ArticleFactory(hashtags=["C#"])

    page = editor.get(reverse("admin:blog_hashtag_changelist")).content.decode()

    assert '?hashtag=C%23">2</a>' in page
