import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.models import signals
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from blog import tagging
from blog.models import ArticleHashtag, Hashtag, HashtagAlias
from tests.factories import ArticleFactory, DraftFactory

CLIENTS_TWELVE = (
    "#Java #Python #Programming #Software #Architecture #AI #ArtificialIntelligence #genai #machinelearning "
    "#ml #career #generativeai"
)
pytestmark = pytest.mark.django_db


def names(article):
    return [tag.name for tag in article.hashtags.all()]


def statements(captured):
    """Without SAVEPOINT and the like, which only tests add (they run inside a transaction already)."""
    return [q["sql"] for q in captured if q["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]


@pytest.fixture
def article():
    return ArticleFactory()


@pytest.mark.parametrize(
    "spellings",
    [
        ["Python", "python", "#PYTHON"],
        ["Größe", "GRÖSSE"],
        ["Machine Learning", "#MachineLearning", "machine-learning"],
    ],
)
def test_spellings_of_one_word_end_as_one_hashtag_named_as_first_typed(article, spellings):
    for spelling in spellings:
        article.hashtags.add(spelling)

    assert names(article) == [spellings[0]]
    assert Hashtag.objects.count() == 1


def test_an_alias_stands_for_its_hashtag(article):
    learning = Hashtag.objects.create(name="Machine Learning")
    HashtagAlias.objects.create(name="ML", hashtag=learning)

    article.hashtags.set(["ml", "#machinelearning"])

    assert names(article) == ["Machine Learning"]


def test_names_that_differ_in_signs_only_get_readable_slugs_of_their_own(article):
    article.hashtags.set(["C", "C++", "C#", "F#", ".NET", "Node.js"])

    slugs = [tag.slug for tag in article.hashtags.all()]
    assert slugs == ["c", "c-plus-plus", "c-sharp", "f-sharp", "dotnet", "nodejs"]


def test_two_names_with_one_slug_are_numbered(article):
    article.hashtags.set(["Q/A", "Q.A"])

    assert [tag.slug for tag in article.hashtags.all()] == ["q-a", "q-a-2"]


def test_a_hashtag_never_takes_an_address_its_listing_needs(article):
    article.hashtags.set(["Feed"])

    assert article.hashtags.get().slug == "feed-2"


def test_hashtags_keep_the_order_they_were_given_in(article):
    article.hashtags.set(["zebra", "ant", "mule"])

    assert names(article) == ["zebra", "ant", "mule"]


@pytest.mark.parametrize("name", ["🚀", "...", "", "#", "x" * 61, "ﷺ" * 20])
def test_a_name_that_cannot_be_a_hashtag_is_refused_and_nothing_is_made(article, name):
    with pytest.raises(ValidationError):
        article.hashtags.set(["Java", name])

    assert not Hashtag.objects.exists()


def test_setting_the_clients_twelve_takes_six_queries_when_new_and_two_when_unchanged(article):
    twelve = tagging.from_text(CLIENTS_TWELVE)

    with CaptureQueriesContext(
        connection,
    ) as new:
        article.hashtags.set(twelve)
    with CaptureQueriesContext(connection) as unchanged:
        article.hashtags.set(twelve)

    assert len(statements(new)) <= 6
    assert len(statements(unchanged)) <= 2
    assert article.hashtags.count() == 12


def test_setting_hashtags_costs_the_same_among_five_hundred(article):
    Hashtag.objects.resolve(f"topic {n}" for n in range(500))
    mixed = ["Topic 3", "topic 4", "Topic-499", "Brand new", "Also new"]

    with CaptureQueriesContext(connection) as captured:
        article.hashtags.set(mixed)

    assert len(statements(captured)) <= 6
    assert Hashtag.objects.count() == 502


def test_set_takes_away_what_is_not_named_and_says_so(article):
    article.hashtags.set(["Java", "Python"])
    heard = []

    def listen(action, pk_set, **kwargs):
        heard.append((action, len(pk_set)))

    signals.m2m_changed.connect(listen, sender=ArticleHashtag)
    article.hashtags.set(["python", "Go", "Rust"])
    signals.m2m_changed.disconnect(listen, sender=ArticleHashtag)

    assert set(names(article)) == {"Python", "Go", "Rust"}
    assert heard == [("pre_remove", 1), ("post_remove", 1), ("pre_add", 2), ("post_add", 2)]


def test_remove_and_clear_take_hashtags_off_the_article_only(article):
    article.hashtags.set(["Java", "Python", "Go"])

    article.hashtags.remove("#PYTHON")
    assert names(article) == ["Java", "Go"]
    article.hashtags.clear()
    assert names(article) == []
    assert Hashtag.objects.count() == 3


def test_a_hashtag_made_by_someone_else_in_the_same_moment_is_taken(article, monkeypatch):
    known = type(Hashtag.objects.all()).known
    looks = []

    def blind_once(self, keys):
        looks.append(1)
        return {} if len(looks) == 1 else known(self, keys)

    theirs = Hashtag.objects.create(name="Python")
    monkeypatch.setattr(type(Hashtag.objects.all()), "known", blind_once)

    article.hashtags.set(["python", "Java"])

    assert set(article.hashtags.all()) == {theirs, Hashtag.objects.get(name="Java")}


def test_the_database_itself_refuses_a_second_hashtag_with_one_key():
    Hashtag.objects.create(name="Python")

    with pytest.raises(IntegrityError):
        Hashtag.objects.bulk_create([Hashtag(name="PYTHON", key="python", slug="other")])


def test_an_alias_that_is_a_hashtag_itself_is_refused_however_it_is_saved():
    learning = Hashtag.objects.create(name="Machine Learning")
    Hashtag.objects.create(name="ML")

    with pytest.raises(ValidationError, match="is a hashtag itself"):
        HashtagAlias.objects.create(name="#ml", hashtag=learning)
    with pytest.raises(ValidationError, match="is a hashtag itself"):
        HashtagAlias(name="ml", hashtag=learning).full_clean()


def test_an_alias_means_one_hashtag_only():
    learning, markup = Hashtag.objects.create(name="Machine Learning"), Hashtag.objects.create(name="Markup")
    HashtagAlias.objects.create(name="ML", hashtag=learning)

    with pytest.raises(ValidationError, match="already means “Machine Learning”"):
        HashtagAlias(name="m-l", hashtag=markup).full_clean()
    with pytest.raises(ValidationError, match="already means “Machine Learning”"):
        Hashtag(name="ml").full_clean()


def test_suggestions_offer_the_most_used_first_and_know_aliases():
    learning = Hashtag.objects.create(name="Machine Learning")
    HashtagAlias.objects.create(name="ML", hashtag=learning)
    Hashtag.objects.create(name="MLOps")
    ArticleFactory(hashtags=["MLOps"])

    assert [(tag.name, tag.uses) for tag in Hashtag.objects.matching("#m")] == [
        ("MLOps", 1),
        ("Machine Learning", 0),
    ]
    assert [tag.name for tag in Hashtag.objects.matching("ml")] == ["MLOps", "Machine Learning"]
    assert [tag.name for tag in Hashtag.objects.matching("machine l")] == ["Machine Learning"]


def test_only_hashtags_of_public_articles_are_public():
    ArticleFactory(hashtags=["Shown"])
    DraftFactory(hashtags=["Secret"])

    assert [tag.name for tag in Hashtag.objects.public()] == ["Shown"]
    assert not Hashtag.objects.get(name="Secret").is_public


def test_from_text_names_every_fault_at_once():
    with pytest.raises(ValidationError) as refusal:
        tagging.from_text(f"Java, 🚀, {'x' * 61}")

    assert len(refusal.value.messages) == 2
    assert "🚀" in refusal.value.messages[0]


def test_too_many_hashtags_and_too_much_text_are_refused():
    with pytest.raises(ValidationError, match="at most 30"):
        tagging.from_text(",".join(f"t{n}" for n in range(31)))
    with pytest.raises(ValidationError, match="too much text"):
        tagging.from_text("x" * 100_000)


def test_as_text_reads_back_as_the_same_hashtags():
    hashtags = list(Hashtag.objects.resolve(["C#", "Washington, DC", "Machine Learning", "A #b"]).values())

    assert tagging.from_text(tagging.as_text(hashtags)) == [tag.name for tag in hashtags]


def test_a_new_name_that_reads_as_several_hashtags_is_refused():
    with pytest.raises(ValidationError, match="reads as 3 hashtags"):
        tagging.from_text('"Java #Python #genai"')
    with pytest.raises(ValidationError, match="reads as 2 hashtags"):
        Hashtag(name="#Java #Python").full_clean(exclude=["slug"])

    assert tagging.from_text('"Java #", C#') == ["Java #", "C#"]


def test_a_name_of_several_hashtags_that_there_is_already_can_go_on_being_used_and_be_renamed():
    old = Hashtag.objects.create(name="A #b")

    old.full_clean()
    assert tagging.from_text('"A #b"') == ["A #b"]


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_with_a_message(text):
    try:
        read = tagging.from_text(text)
    except ValidationError as refusal:
        read = refusal.messages

    assert all(read)


def test_names_that_mean_the_same_are_told_in_a_sentence():
    HashtagAlias.objects.create(name="ML", hashtag=Hashtag.objects.create(name="Machine Learning"))
    Hashtag.objects.create(name="Python")

    assert tagging.folding(["ML", "machinelearning", "Python", "New"]) == (
        "4 typed became 3: ML and machinelearning are Machine Learning."
    )
    assert tagging.folding(["Machine Learning", "ml"]) == "2 typed became 1: ml is Machine Learning."
    assert tagging.folding(["Python", "New"]) == tagging.folding([]) == ""
