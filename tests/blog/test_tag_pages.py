import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import tag_pages
from blog.models import Article, ArticleHashtag, Hashtag, HashtagAlias
from tests.factories import LONG_AGO, ArticleFactory, CredentialFactory, DraftFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stories(for_the_module):
    for_the_module(tell)


def tell():
    """Python is on most; ai and python on three, with java on one of those; rust stands alone."""
    ArticleFactory.create_batch(2, hashtags=["ai", "python", "agents"])
    ArticleFactory(hashtags=["ai", "python", "java"])
    ArticleFactory.create_batch(4, hashtags=["python"])
    ArticleFactory.create_batch(2, hashtags=["rust"])
    DraftFactory(hashtags=["rust", "java", "secret"])
    HashtagAlias.objects.create(name="Artificial Intelligence", hashtag=Hashtag.objects.get(name="ai"))


def page(client, url):
    return client.get(url).context


def ways(found):
    return [(way.name, way.address, way.count) for way in found]


def test_two_hashtags_list_the_articles_that_carry_both(client, stories):
    context = page(client, "/tag/ai+python/")

    assert context["title"] == "#ai + #python"
    assert context["page"].paginator.count == 3


@pytest.mark.parametrize(
    ("typed", "led_to"),
    [
        ("python+ai", "ai+python"),
        ("ai+ai", "ai"),
        ("artificial-intelligence+python", "ai+python"),
        ("ArtificialIntelligence", "ai"),
        ("Python+AI+java", "ai+java+python"),
        ("artificial-intelligence+ai", "ai"),
    ],
)
def test_a_combination_has_one_address_and_the_others_lead_there(client, stories, typed, led_to):
    answer = client.get(f"/tag/{typed}/")

    assert (answer.status_code, answer.get("Location")) == (301, f"/tag/{led_to}/")


@pytest.mark.parametrize("typed", ["c-plus-plus+python", "python+c-plus-plus"])
def test_an_alias_is_known_by_what_it_reads_like_in_an_address(client, stories, typed):
    HashtagAlias.objects.create(name="C++", hashtag=Hashtag.objects.get(name="rust"))

    assert client.get(f"/tag/{typed}/").get("Location") == "/tag/python+rust/"
    assert client.get("/tag/c-plus-plus/").get("Location") == "/tag/rust/"


@pytest.mark.parametrize(
    "typed", ["ai+nobody", "ai+secret", "ai+java+python+rust", "ai+", "+ai", "ai++python", "ai+%00", "_+ai"]
)
def test_a_combination_with_what_readers_cannot_meet_is_not_there(client, stories, typed):
    assert client.get(f"/tag/{typed}/").status_code == 404


def test_the_address_search_engines_keep_is_the_page_itself(client, stories):
    text = client.get("/tag/ai+python/").content.decode()

    assert '<link rel="canonical" href="http://testserver/tag/ai+python/">' in text


def test_search_engines_are_told_what_a_combination_lists(client, stories):
    text = client.get("/tag/ai+python/").content.decode()

    assert '<meta name="description" content="Articles with both of the hashtags #ai + #python">' in text


def test_one_hashtag_tells_what_it_is_often_with_and_how_many_have_both(client, stories):
    text = client.get("/tag/ai/").content.decode()

    assert ways(page(client, "/tag/ai/")["narrowing"]) == [
        ("agents", "/tag/agents+ai/", 2),
        ("python", "/tag/ai+python/", 3),
        ("java", "/tag/ai+java/", 1),
    ]
    assert '<a class="chip" rel="tag" href="/tag/agents/">' in text
    assert "2 articles with both #ai and #agents" in text


def test_two_hashtags_narrow_to_three_and_broaden_to_one(client, stories):
    context = page(client, "/tag/ai+python/")

    assert ways(context["narrowing"]) == [
        ("agents", "/tag/agents+ai+python/", 2),
        ("java", "/tag/ai+java+python/", 1),
    ]
    assert ways(context["broadening"]) == [("#ai", "/tag/ai/", 3), ("#python", "/tag/python/", 7)]


def test_three_hashtags_narrow_no_further(client, stories):
    context = page(client, "/tag/agents+ai+python/")

    assert context["narrowing"] == []
    assert ways(context["broadening"]) == [
        ("#agents + #ai", "/tag/agents+ai/", 2),
        ("#agents + #python", "/tag/agents+python/", 2),
        ("#ai + #python", "/tag/ai+python/", 3),
    ]


@pytest.mark.parametrize("url", ["/tag/ai+rust/", "/tag/agents+java+rust/"])
def test_hashtags_without_a_common_article_still_lead_on_and_are_kept_out_of_search_engines(
    client, stories, url
):
    answer = client.get(url)

    assert answer.status_code == 200
    assert b'content="noindex, follow"' in answer.content
    assert all(way.count for way in answer.context["broadening"])
    assert {"/tag/rust/"} <= {way.address for way in answer.context["broadening"]}


def test_every_way_on_leads_to_a_page_with_as_many_articles_as_it_says(client, stories):
    seen, waiting = {}, ["/tag/ai/", "/tag/rust/", "/tag/ai+rust/"]
    while waiting:
        context = page(client, url := waiting.pop())
        seen[url] = context["page"].paginator.count
        for way in [*context["narrowing"], *context["broadening"]]:
            assert seen.get(way.address, way.count) == way.count > 0
            waiting += {way.address} - seen.keys() - set(waiting)

    assert len(seen) > 8


@pytest.mark.parametrize(
    ("url", "thin"), [("/tag/ai/", False), ("/tag/java/", True), ("/tag/ai+java/", True)]
)
def test_a_page_with_one_article_is_kept_out_of_search_engines(client, stories, url, thin):
    assert (b"noindex" in client.get(url).content) == thin


def test_a_page_tells_what_its_articles_are_about_the_most_told_first(client):
    role, credential = RoleFactory(name="Engineer"), CredentialFactory(name="Proof")
    for article in ArticleFactory.create_batch(2, hashtags=["ai"]):
        article.credentials.add(credential)
    article.roles.add(role, RoleFactory(name="Unborn", status="draft"))
    ArticleFactory(hashtags=["other"]).roles.add(role)

    assert ways(page(client, "/tag/ai/")["subjects"]) == [
        ("Proof", credential.get_absolute_url(), 2),
        ("Engineer", role.get_absolute_url(), 1),
    ]


def test_a_hashtag_that_is_a_role_offers_its_page_also_by_another_name(client):
    role = RoleFactory(name="Machine Learning Engineer")
    article = ArticleFactory(hashtags=["mle"])
    assert role.get_absolute_url() not in client.get("/tag/mle/").content.decode()

    HashtagAlias.objects.create(name="machinelearningengineer", hashtag=article.hashtags.get())

    assert (
        f'</span> <a href="{role.get_absolute_url()}">Machine Learning Engineer: what it is'
        in client.get("/tag/mle/").content.decode()
    )


def test_one_can_search_among_many_articles_but_not_among_few(client, stories):
    assert '<input type="hidden" name="tag" value="python">' in client.get("/tag/python/").content.decode()
    assert 'id="tag-search"' not in client.get("/tag/ai/").content.decode()


def test_fifteen_hundred_articles_cost_as_many_queries_as_two(client):
    with_two = many_articles(2)
    few = asked(client, with_two)
    with_many = many_articles(1500)

    for url, queries in few.items():
        with CaptureQueriesContext(connection) as now:
            assert client.get(url.replace("few", with_many)).status_code == 200
        assert len(now) == queries <= 22  # two of them only for cards that nobody has drawn yet


def many_articles(number):
    """Each with the hashtag, every second with another, all with one of fifty more."""
    name = "few" if number == 2 else "many"
    first = ArticleFactory()
    rows = [
        Article(
            title=f"{name} {n}",
            slug=f"{name}-{n}",
            category=first.category,
            state="published",
            published_at=LONG_AGO,
        )
        for n in range(number)
    ]
    articles = Article.objects.bulk_create(rows)
    tags = list(
        Hashtag.objects.resolve([name, f"{name}b", f"{name}c", *(f"{name} t{n}" for n in range(50))]).values()
    )
    pairs = {
        (article.pk, tag.pk) for n, article in enumerate(articles) for tag in (*tags[:3], tags[3 + n % 50])
    }
    ArticleHashtag.objects.bulk_create(
        ArticleHashtag(content_object_id=article, tag_id=tag) for article, tag in sorted(pairs)
    )
    return name


def asked(client, name):
    found = {}
    for url in (f"/tag/{name}/", f"/tag/{name}+{name}b/", f"/tag/{name}+{name}b+{name}c/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        found[url] = len(queries)
    return found


def look_at(number, monkeypatch):
    monkeypatch.setattr(tag_pages, "LOOKED_AT", number)
    monkeypatch.setattr(tag_pages, "LATEST", number)
    monkeypatch.setattr(tag_pages._latest, "_written", {})


def test_of_very_many_the_newest_are_looked_at_and_no_number_is_claimed(client, stories, monkeypatch):
    few = page(client, "/tag/python/")
    look_at(6, monkeypatch)
    monkeypatch.setattr("blog.counting.MANY", 6)
    many = page(client, "/tag/python/")

    assert few["page"].paginator.count == many["page"].paginator.count == 7
    assert few["page"].object_list == many["page"].object_list
    assert {way.count for way in few["narrowing"]} == {1, 2, 3}
    assert {way.count for way in many["narrowing"]} == {None}
    answer = client.get("/tag/python/").content.decode()
    assert "Articles with both #python and #ai" in answer
    assert "None" not in answer


def test_of_more_with_both_than_are_counted_it_is_said_that_there_are_more(client, stories, monkeypatch):
    monkeypatch.setattr("blog.counting.MOST_WITH", 1)
    monkeypatch.setattr("blog.counting._with_all._written", {})
    both = client.get("/tag/ai+python/").content.decode()
    three = client.get("/tag/ai+python+rust/").content.decode()

    assert "More than 1 article with both hashtags." in both
    assert "1+<span" in three


def test_of_very_many_with_subjects_no_number_is_claimed_either(client, stories, monkeypatch):
    look_at(1, monkeypatch)
    for article in Article.objects.filter(hashtags__name="rust").public():
        article.roles.add(RoleFactory(name=f"Role {article.pk}"))

    (way,) = page(client, "/tag/rust/")["subjects"]

    assert (way.name.startswith("Role"), way.count) == (True, None)
