from urllib.parse import quote

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Article, HashtagAlias
from careers.models import RoleTitle
from tests.factories import ArticleFactory, CategoryFactory, DraftFactory, RoleFactory, UserFactory
from tests.website.test_review import log_in
from tests.website.test_search_views import indexed
from website.models import SearchCount, SearchLesson
from website.search import asked

pytestmark = pytest.mark.django_db
LIST = "/admin/searches/"


@pytest.fixture
def editor(client):
    return log_in(client, "editor")


def about(query):
    return f"/admin/searches/query/?q={quote(query)}"


def teach(client, query, verb, **sent):
    return client.post(about(query), {"verb": verb, **sent}, follow=True)


def searched(text, times=3, in_vain=0):
    SearchCount.objects.create(text=text, day=timezone.localdate(), times=times, in_vain=in_vain)


def rows(client, **asked_for):
    return [one.text for one, _ in client.get(LIST, asked_for).context["rows"]]


def test_what_readers_searched_for_is_there_at_once_in_three_lists(editor):
    searched("knots", 5)
    searched("bowlin", 3, in_vain=3)
    for _ in range(4):
        editor.get("/search/?q=just+now")

    assert rows(editor) == ["knots", "just now", "bowlin"]
    assert rows(editor, show="rising", days="7") == ["knots", "just now", "bowlin"]
    assert rows(editor, show="in-vain", days="90") == ["just now", "bowlin"]


def test_the_desk_leads_there_those_who_may(editor):
    assert f'href="{LIST}"' in editor.get("/admin/").text
    assert f'href="{LIST}"' not in log_in(editor, "writer").get("/admin/").text


@pytest.mark.parametrize("asked_for", [{"show": "x"}, {"days": "0"}, {"days": "8"}])
def test_a_list_there_is_not_is_the_first(editor, asked_for):
    assert editor.get(LIST, asked_for).context["show"] == "top"


def test_a_row_says_what_was_taught(editor):
    searched("jobs")
    teach(editor, "Jobs", "lead", page="/careers/")

    page = editor.get(LIST)

    assert page.context["rows"][0][1] == ["Lead readers there: /careers/"]
    assert "Taught lately" in page.text


@pytest.mark.parametrize("address", [LIST, about("knots")])
def test_ten_cost_as_many_queries_as_two(editor, address):
    def cost(number):
        for n in range(number):
            role = RoleFactory(name=f"Knots {number} {n}")
            indexed(role)
            searched(f"knots {number} {n}")
            teach(editor, f"knots {number} {n}", "promote", page=role.get_absolute_url())
        editor.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(address).status_code == 200
        return len(queries)

    assert cost(8) == cost(2)


def test_why_each_page_has_its_rank_is_said_in_words(editor):
    indexed(RoleFactory(name="Rigger"), ArticleFactory(title="A rigger tells"), DraftFactory(title="Rigger"))

    page = editor.get(about("rigger"))

    assert [reasons for _, _, reasons, _ in page.context["rows"]] == [
        "Called exactly that: 200 + 9 for its kind",
        "Its title has the words: 1",
    ]
    assert "Read as <strong>rigger</strong>" in page.text


@pytest.mark.parametrize("query", ["", "%20", "%00"])
def test_a_search_without_a_word_has_no_page(editor, query):
    assert editor.get(f"/admin/searches/query/?q={query}").status_code == 404


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "ﷺ" * 300, "'\"-x", "a" * 5000, "\ud800 x"])
def test_a_wild_search_has_a_page_without_its_markup(editor, query):
    page = editor.get("/admin/searches/query/", {"q": query.encode("utf-8", "surrogatepass")})

    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_a_page_is_put_first_and_taken_back(editor):
    indexed(article := ArticleFactory(title="Splicing"))

    page = teach(editor, "knots", "promote", page=f"http://testserver{article.get_absolute_url()}")
    assert "stands first from now on" in page.text
    assert article.get_absolute_url() in editor.get("/search/?q=knots").text

    page = teach(editor, "knots", "take-back", lesson=SearchLesson.objects.get().pk)
    assert "Taken back: “knots”: put first" in page.text
    assert article.get_absolute_url() not in editor.get("/search/?q=knots").text


def test_another_name_is_given_by_address_by_hashtag_or_by_name(editor):
    hashtag = ArticleFactory(hashtags=["Knots"]).hashtags.get()
    role = RoleFactory(name="Rigger")

    teach(editor, "bends", "name", page="#knots")
    teach(editor, "rope wright", "name", page="rigger")
    teach(editor, "rope artist", "name", page=role.get_absolute_url())

    assert HashtagAlias.objects.get().hashtag == hashtag
    assert {title.title for title in RoleTitle.objects.all()} == {"rope wright", "rope artist"}


def test_a_brief_says_how_often_readers_asked(editor):
    searched("knots", 7, in_vain=5)

    page = teach(editor, "Knots", "brief", category=CategoryFactory().pk)

    article = Article.objects.get()
    assert "There is a draft “Knots” now" in page.text
    assert "“knots”: 7 times in 90 days, 5 of them in vain" in article.comments.get().text


def test_every_act_is_in_the_log(editor):
    category, article, role = CategoryFactory(), ArticleFactory(), RoleFactory()

    teach(editor, "a", "promote", page=article.get_absolute_url())
    teach(editor, "b", "lead", page="/blog/")
    teach(editor, "c", "name", page=role.get_absolute_url())
    teach(editor, "d", "brief", category=category.pk)
    teach(editor, "b", "take-back", lesson=SearchLesson.objects.get(kind="lead").pk)

    logged = LogEntry.objects.order_by("pk").values_list("action_flag", "change_message")
    assert list(logged) == [
        (1, f"“a”: put first: {article.get_absolute_url()}"),
        (1, "“b”: lead readers there: /blog/"),
        (2, "Also called “c”: readers search for it so."),
        (1, "A brief: readers search for “d”."),
        (3, "“b”: lead readers there: /blog/"),
    ]


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("promote", {"page": "/careers/"}),
        ("promote", {"page": "/blog/secret/"}),
        ("promote", {"page": "\x00"}),
        ("promote", {}),
        ("lead", {"page": "https://evil.example/"}),
        ("lead", {"page": "/admin/"}),
        ("name", {"page": "#nothing"}),
        ("name", {"page": "nobody\x00"}),
        ("name", {"page": "/careers/"}),
        ("name", {}),
        ("brief", {"category": "9" * 3}),
        ("brief", {"category": "x"}),
        ("take-back", {"lesson": "1"}),
        ("take-back", {"lesson": "9" * 30}),
        ("fly", {}),
        ("", {}),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_does_nothing(editor, verb, sent):
    DraftFactory(slug="secret")

    page = teach(editor, "knots", verb, **sent)

    assert page.status_code == 200
    assert page.context["refused"]
    assert not SearchLesson.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_lesson_of_another_search_is_not_taken_back_here(editor):
    teach(editor, "b", "lead", page="/blog/")

    teach(editor, "a", "take-back", lesson=SearchLesson.objects.get().pk)

    assert SearchLesson.objects.exists()


@pytest.mark.parametrize("address", [LIST, about("knots")])
def test_a_writer_may_neither_look_nor_teach(client, address):
    log_in(client, "writer")

    assert client.get(address).status_code == 403
    assert client.post(address, {"verb": "lead", "page": "/blog/"}).status_code == 403
    assert not SearchLesson.objects.exists()


@pytest.mark.parametrize(
    ("verb", "sent"), [("name", {"page": "rigger"}), ("name", {"page": "#knots"}), ("brief", {"category": 1})]
)
def test_whoever_may_only_teach_changes_no_fact_no_hashtag_and_no_article(client, verb, sent):
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="teach_searchlesson"))
    client.force_login(person)
    ArticleFactory(hashtags=["knots"])
    RoleFactory(name="Rigger")

    assert teach(client, "bends", verb, **sent).status_code == 403
    assert (RoleTitle.objects.count(), HashtagAlias.objects.count(), Article.objects.count()) == (0, 0, 1)


def test_a_search_that_looks_like_somebodys_own_is_not_listed(editor):
    for _ in range(3):
        editor.get("/search/", {"q": "jane@example.org"})

    assert rows(editor) == []
    assert not asked.tally.take()
