from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Hashtag
from tests.blog.conftest import form_of
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory

pytestmark = pytest.mark.django_db
LIST = "admin:blog_article_changelist"
TWELVE = (
    "#Java #Python #Programming #Software #Architecture #AI #ArtificialIntelligence #genai #machinelearning "
    "#ml #career #generativeai"
)


@pytest.fixture
def publisher(as_group):
    return as_group("publisher")


def change_page(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def stored(article):
    return Article.objects.get(pk=article.pk)


def titles(answer):
    return {article.title for article in answer.context["cl"].result_list}


def test_a_new_article_gets_its_authors_in_order_and_the_twelve_hashtags_pasted(publisher):
    first, second = AuthorFactory(), AuthorFactory()
    lines = {"byline": [second.pk, first.pk]}

    publisher.post(
        reverse("admin:blog_article_add"), form_of(category=CategoryFactory().pk, hashtags=TWELVE, **lines)
    )

    article = Article.objects.get()
    assert [line.author for line in article.bylines.all()] == [second, first]
    assert [tag.name for tag in article.hashtags.all()] == TWELVE.replace("#", "").split()
    assert article.slug == "a-new-title"


def test_the_form_shows_hashtags_as_text_that_reads_back_the_same(publisher):
    article = DraftFactory(hashtags=["C#", "Machine Learning", "Washington, DC"])

    shown = publisher.get(change_page(article)).context["adminform"].form["hashtags"].value()
    text = (
        publisher.get(change_page(article))
        .context["adminform"]
        .form["hashtags"]
        .field.widget.format_value(shown)
    )
    publisher.post(change_page(article), form_of(article, hashtags=text))

    assert [tag.name for tag in article.hashtags.all()] == ["C#", "Machine Learning", "Washington, DC"]


@pytest.mark.parametrize("typed", ["Java, 🚀", "x" * 61, ",".join(f"t{n}" for n in range(40))])
def test_a_hashtag_that_cannot_be_is_an_error_beside_the_field_and_nothing_typed_is_lost(publisher, typed):
    author = AuthorFactory()
    lines = {"byline": [author.pk]}
    sent = form_of(
        category=CategoryFactory().pk, title="Kept title", body="<p>Kept</p>", hashtags=typed, **lines
    )

    answer = publisher.post(reverse("admin:blog_article_add"), sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["hashtags"]
    assert answer.context["adminform"].form["hashtags"].value() == typed
    assert "Kept title" in page
    assert "&lt;p&gt;Kept&lt;/p&gt;" in page
    assert f'<option value="{author.pk}" selected>' in page
    assert not Hashtag.objects.exists()


@pytest.mark.parametrize("field", ["title", "summary", "slug", "hashtags", "canonical_url"])
def test_a_nul_byte_is_refused_or_dropped_but_never_an_error_page(publisher, field):
    article = DraftFactory()

    answer = publisher.post(change_page(article), form_of(article, **{field: "a\x00b"}))

    assert answer.status_code in {200, 302}
    assert publisher.get(change_page(article)).status_code == 200


def test_the_publish_button_publishes_now_and_says_where_to_see_it(publisher):
    draft = DraftFactory()

    answer = publisher.post(change_page(draft), form_of(draft, _publish="1"), follow=True)

    assert stored(draft).is_public
    assert f'is live: <a href="{draft.get_absolute_url()}">' in answer.content.decode()


def test_the_publish_button_with_a_later_date_schedules(publisher):
    draft = DraftFactory()

    answer = publisher.post(
        change_page(draft), form_of(draft, _publish="1", published_at="2050-03-01T09:00"), follow=True
    )

    assert stored(draft).standing_at(timezone.now()) == "scheduled"
    assert "is scheduled for 1 Mar 2050, 09:00 UTC" in answer.content.decode()


def test_a_date_on_a_draft_alone_does_not_publish(publisher):
    draft = DraftFactory()

    publisher.post(change_page(draft), form_of(draft, published_at="2020-03-01T09:00"))

    assert stored(draft).state == "draft"


def test_publish_now_brings_a_scheduled_article_forward(publisher):
    later = timezone.now() + timedelta(days=30)
    article = ArticleFactory(published_at=later, first_published_at=later)

    publisher.post(change_page(article), form_of(article, _publish_now="1", published_at="2050-01-01T00:00"))

    assert stored(article).is_public


def test_unpublishing_keeps_what_was_typed(publisher):
    article = ArticleFactory()

    sent = form_of(article, _unpublish="1", title="Better", published_at="2026-01-05T09:00")
    publisher.post(change_page(article), sent | {"parting-asked": "1", "parting-kind": "gone"})

    assert (stored(article).state, stored(article).title) == ("draft", "Better")


def test_a_major_change_is_dated_and_a_minor_one_is_not(publisher):
    article = ArticleFactory()
    sent = {"published_at": "2026-01-05T09:00", "_publish": "1"}

    publisher.post(change_page(article), form_of(article, **sent))
    assert stored(article).updated_at is None

    told = {"is_major": "on", "change_note": "New fees."}
    publisher.post(change_page(article), form_of(stored(article), **told, **sent))
    assert stored(article).updated_at is not None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"published_at": ""}, "published_at"),
        ({"published_at": "2026-01-05T09:00", "expires_at": "2026-01-05T09:00"}, "expires_at"),
        ({"published_at": "nonsense"}, "published_at"),
        ({"published_at": "2026-01-05T09:00", "slug": "feed"}, "slug"),
        ({"published_at": "2026-01-05T09:00", "title": ""}, "title"),
    ],
)
def test_what_cannot_be_is_an_error_beside_its_field(publisher, changes, field):
    article = ArticleFactory()

    answer = publisher.post(change_page(article), form_of(article, **changes))

    assert list(answer.context["adminform"].form.errors) == [field]


def test_publishing_what_has_expired_is_an_error_and_not_a_crash(publisher):
    draft = DraftFactory()

    answer = publisher.post(change_page(draft), form_of(draft, _publish="1", expires_at="2020-01-01T00:00"))

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["expires_at"]


def test_a_taken_address_is_an_error_beside_the_field(publisher):
    ArticleFactory(slug="taken")
    draft = DraftFactory()

    answer = publisher.post(change_page(draft), form_of(draft, slug="taken"))

    assert answer.context["adminform"].form.errors["slug"]


def test_view_on_site_is_offered_only_where_there_is_something_to_see(publisher):
    live, draft = ArticleFactory(slug="live-one"), DraftFactory(slug="draft-one")

    assert f'href="{live.get_absolute_url()}"' in publisher.get(change_page(live)).content.decode()
    assert f'href="{draft.get_absolute_url()}"' not in publisher.get(change_page(draft)).content.decode()


def test_the_pill_and_the_filter_agree_on_every_state(publisher):
    now = timezone.now()
    day = timedelta(days=1)
    DraftFactory(title="Draft one")
    ArticleFactory(title="Scheduled one", published_at=now + day)
    ArticleFactory(title="Live one")
    ArticleFactory(title="Expired one", expires_at=now - day)

    for standing in ["draft", "scheduled", "live", "expired"]:
        answer = publisher.get(reverse(LIST), {"standing": standing})
        assert titles(answer) == {f"{standing.capitalize()} one"}
        assert f"pill--{standing}" in answer.content.decode()


def test_the_list_narrows_by_any_spelling_of_a_hashtag_and_keeps_the_other_filters(publisher):
    ArticleFactory(title="With", hashtags=["Machine Learning"])
    DraftFactory(title="Draft with", hashtags=["Machine Learning"])
    ArticleFactory(title="Without")

    answer = publisher.get(reverse(LIST), {"hashtag": "#machinelearning", "standing": "live"})

    assert titles(answer) == {"With"}
    assert '<input type="hidden" name="standing" value="live">' in answer.content.decode()
    assert titles(publisher.get(reverse(LIST), {"hashtag": "🚀"})) == set()


def test_my_own_articles_can_be_listed(as_group):
    desk = as_group("writer")
    DraftFactory(title="Mine", created_by=desk.person)
    DraftFactory(title="Theirs")

    assert titles(desk.get(reverse(LIST), {"begun": "me"})) == {"Mine"}


@pytest.mark.parametrize("typed", ["\x00", "x" * 100_000, "%", "'\"", "🚀"])
def test_the_lists_search_takes_anything(publisher, typed):
    ArticleFactory()

    assert publisher.get(reverse(LIST), {"q": typed}).status_code == 200


def counted(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_ten_rows_cost_what_two_rows_cost(publisher):
    def fill(number):
        for _ in range(number):
            ArticleFactory(authors=[AuthorFactory(), AuthorFactory()], hashtags=["a", "b"])

    fill(2)
    counted(publisher, reverse(LIST))
    two = counted(publisher, reverse(LIST))
    fill(8)

    assert counted(publisher, reverse(LIST)) == two


def test_the_list_leaves_the_texts_in_the_database(publisher):
    ArticleFactory()

    (article,) = publisher.get(reverse(LIST)).context["cl"].result_list

    assert {"body", "body_html", "plain_text", "contents"} <= article.get_deferred_fields()


def test_the_form_costs_the_same_with_two_and_with_ten_of_everything(publisher):
    few = DraftFactory(authors=[AuthorFactory() for _ in range(2)], hashtags=["a", "b"])
    many = DraftFactory(authors=[AuthorFactory() for _ in range(10)], hashtags=[f"t{n}" for n in range(10)])

    counted(publisher, change_page(few))
    assert counted(publisher, change_page(few)) == counted(publisher, change_page(many))


def test_the_first_button_of_the_form_is_harmless_because_enter_presses_it(publisher):
    page = publisher.get(change_page(DraftFactory())).content.decode()
    form = page[page.index('id="article_form"') :]

    assert form.index('name="_continue"') < form.index('name="_publish"')


def test_there_is_no_stock_tag_admin(publisher):
    assert publisher.get("/admin/taggit/tag/").status_code == 404


def test_who_may_not_write_reads_the_body_as_readers_do(as_group):
    writer = as_group("writer")
    article = ArticleFactory(body="<h2>A heading</h2><p>Words.</p>", created_by=None)

    page = writer.get(change_page(article)).content.decode()

    assert "A heading</h2>" in page
    assert "Is major" not in page
    assert "<textarea" not in page


@pytest.mark.parametrize("address", ["nonsense", "0", "999999", "1_00", "%00"])
def test_an_article_that_is_not_there_is_no_error_page(publisher, address):
    answer = publisher.post(f"/admin/blog/article/{address}/change/", {})

    assert answer.status_code in {302, 404}


def test_a_draft_may_wait_for_its_author(publisher):
    lines = {"byline": []}

    publisher.post(reverse("admin:blog_article_add"), form_of(category=CategoryFactory().pk, **lines))

    assert Article.objects.get().bylines.count() == 0


@pytest.mark.parametrize(("typed", "stays"), [("2025-10-26T02:30", True), ("2025-10-26T02:31", False)])
def test_a_moment_left_as_it_is_shown_keeps_its_seconds_and_its_hour_of_the_long_night(
    publisher, settings, typed, stays
):
    settings.TIME_ZONE = "Europe/Berlin"
    moment = datetime(2025, 10, 26, 1, 30, 49, tzinfo=UTC)  # 02:30 for the second time
    article = ArticleFactory(published_at=moment)

    publisher.post(change_page(article), form_of(article, published_at=typed, _publish="1"))

    assert stored(article).version == 1
    assert (stored(article).published_at == moment) == stays
