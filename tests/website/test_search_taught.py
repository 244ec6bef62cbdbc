"""What readers find once editors taught the search."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import hashtag_merging, publishing
from blog.models import Hashtag
from tests.factories import LONG_AGO, ArticleFactory, DraftFactory, RoleFactory, UserFactory
from tests.website.test_search_views import indexed
from website.search import asked, matching, search, suggest, teaching
from website.search.teaching import By

pytestmark = pytest.mark.django_db
BY = By(None, LONG_AGO)


@pytest.fixture
def now():
    return timezone.now()


def promote(query, page):
    return teaching.promote(query, page.get_absolute_url(), by=BY)


def urls(query, now, **options):
    return [hit.url for hit in search(query, now=now, **options).hits]


def test_what_is_put_first_comes_first_in_that_order_and_once(now):
    named, other, role = ArticleFactory(title="Knots"), ArticleFactory(title="On knots"), RoleFactory()
    indexed(named, other, role)
    promote("knots", role)
    promote("Knot", other)

    results = search("KNOTS", now=now)

    assert urls("KNOTS", now) == [one.get_absolute_url() for one in (role, other, named)]
    assert (results.total, results.counts) == (3, {"article": 2, "role": 1})
    assert [one.is_promoted for one in matching.explain("knots", now=now)[1]] == [True, True, False]


def test_narrowed_results_keep_their_order_and_miss_nothing_that_was_counted(now):
    named, other, role = ArticleFactory(title="Knots"), ArticleFactory(title="On knots"), RoleFactory()
    indexed(named, other, role)
    for page in (other, role):
        promote("knots", page)

    assert urls("knots", now, kind="article") == [one.get_absolute_url() for one in (named, other)]
    assert urls("knots", now, kind="role") == [role.get_absolute_url()]


def test_no_page_of_results_repeats_or_omits_anything(now):
    articles = ArticleFactory.create_batch(24, body="<p>bowline</p>")
    last = ArticleFactory(title="Splicing")
    indexed(*articles, last)
    for page in (articles[3], last, articles[20]):
        promote("bowline", page)

    found = [url for page in (1, 2, 3) for url in urls("bowline", now, page=page)]

    assert len(found) == len(set(found)) == search("bowline", now=now).total == 25
    assert found[:3] == [one.get_absolute_url() for one in (articles[3], last, articles[20])]


def test_a_search_that_found_nothing_finds_what_was_put_first(now):
    indexed(article := ArticleFactory(title="Splicing"))
    assert urls("xqzzt", now) == []

    promote("xqzzt", article)

    assert urls("xqzzt", now) == [article.get_absolute_url()]


def test_a_mistyped_search_gets_what_was_put_first_for_the_right_one_unless_it_has_its_own(now):
    splicing, other = ArticleFactory(title="Splicing"), ArticleFactory(title="Ropes")
    indexed(splicing, other)
    promote("splicing", other)
    assert urls("splicng", now)[0] == other.get_absolute_url()

    promote("splicng", splicing)

    assert urls("splicng", now)[0] == splicing.get_absolute_url()


def test_words_left_out_teach_nothing(now):
    splicing, knots = ArticleFactory(title="Splicing"), ArticleFactory(title="On knots")
    indexed(splicing, knots)
    promote("knots", splicing)

    assert urls("knots -splicing", now) == [knots.get_absolute_url()]


def test_a_page_that_is_unpublished_or_gone_is_silently_not_shown(client, django_capture_on_commit_callbacks):
    article, other = ArticleFactory(title="Secretive"), ArticleFactory(title="Knots")
    indexed(article, other)
    promote("knots", article)
    assert "Secretive" in client.get("/search/?q=knots").text

    with django_capture_on_commit_callbacks(execute=True):
        publishing.unpublish(article, by=None, now=timezone.now())

    assert "Secretive" not in client.get("/search/?q=knots").text
    assert "Secretive" not in client.get("/search/suggest/?q=kno").text
    assert client.get("/search/?q=knots").context["results"].total == 1


def test_what_was_put_first_is_suggested_first_while_its_search_is_typed(now):
    indexed(article := ArticleFactory(title="Splicing"), named := ArticleFactory(title="Knots"))
    promote("knots", article)

    assert [one.url for one in suggest("kno", now=now)] == [
        article.get_absolute_url(),
        named.get_absolute_url(),
    ]
    assert [one.url for one in suggest("kn", now=now)] == [named.get_absolute_url()]


def test_five_put_first_cost_as_many_queries_as_one(now):
    pages = indexed(*ArticleFactory.create_batch(5, title="Knots"))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            search("knots", now=now)
        return len(queries)

    promote("knots", pages[0])
    cost()  # what is called what is read once
    one = cost()
    for page in pages[1:]:
        promote("knots", page)
    assert cost() == one


def test_readers_are_led_to_an_address_and_may_be_led_elsewhere_tomorrow(client):
    RoleFactory(slug="rigger")
    teaching.lead("Jobs", "/careers/roles/", by=BY)

    answer = client.get("/search/?q=jobs")

    assert (answer.status_code, answer["Location"]) == (302, "/careers/roles/")
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert {one.text for one in asked.tally.take()} == {"jobs"}
    assert client.get("/search/?q=jobs&kind=role").status_code == 200


def test_readers_are_led_to_a_page_wherever_it_is_and_to_none_they_may_not_see(client):
    role = RoleFactory(slug="rigger")
    teaching.lead("rigging", role.get_absolute_url(), by=BY)
    role.slug = "rigging"
    role.save()
    assert client.get("/search/?q=rigging")["Location"] == "/careers/roles/rigging/"

    role.status = "draft"
    role.save()

    assert client.get("/search/?q=rigging").status_code == 200


def test_an_explanation_says_where_the_words_stand_and_how_they_were_read(now):
    role = RoleFactory(name="Rigger", summary="Works with ropes")
    indexed(role, ArticleFactory(body="<p>rope</p>"))
    teaching.add_name("Rope wright", role, by=By(UserFactory(), LONG_AGO))
    indexed(role)

    query, hits = matching.explain("rope", now=now)

    assert [(one.kind, one.fields) for one in hits] == [
        ("role", ["keywords", "summary"]),
        ("article", ["body"]),
    ]
    assert query.terms[0].raw == "rope"
    assert matching.explain("", now=now)[1] == []


def test_a_draft_is_explained_to_nobody(now):
    indexed(DraftFactory(title="Knots"))

    assert matching.explain("knots", now=now)[1] == []


# --- Hashtags that become one ---------------------------------------------------------------------------


@pytest.fixture
def two():
    ArticleFactory(hashtags=["ml", "machine learning"])
    return [Hashtag.objects.get(key=key) for key in ("ml", "machinelearning")]


def merge(source, target):
    return hashtag_merging.merge(source, target, by=None, now=LONG_AGO)


def test_what_was_taught_of_a_merged_hashtag_is_meant_of_the_one_that_stays(two, now):
    source, target = two
    promote("knots", source)
    teaching.lead("nets", source.get_absolute_url(), by=BY)

    merge(source, target)
    indexed(target)

    assert urls("knots", now) == [target.get_absolute_url()]
    assert teaching.address_for("nets") == target.get_absolute_url()


def test_it_follows_from_merge_to_merge_and_back(two, now):
    first, second = two
    ArticleFactory(hashtags=["learning"])
    third = Hashtag.objects.get(key="learning")
    address = first.get_absolute_url()
    teaching.lead("nets", address, by=BY)

    early = merge(first, second)
    late = merge(second, third)
    assert teaching.address_for("nets") == third.get_absolute_url()

    hashtag_merging.undo(late, by=None, now=LONG_AGO)
    hashtag_merging.undo(early, by=None, now=LONG_AGO)
    assert teaching.address_for("nets") == address


def test_where_both_stood_first_one_does_until_the_merge_is_taken_back(two, now):
    source, target = two
    for page in (source, target):
        promote("knots", page)

    done = merge(source, target)
    indexed(target)
    assert urls("knots", now) == [target.get_absolute_url()]

    hashtag_merging.undo(done, by=None, now=LONG_AGO)
    indexed(source, target)
    assert urls("knots", now) == [page.get_absolute_url() for page in (source, target)]


def test_what_was_taught_of_the_one_that_stays_is_left_alone_when_the_merge_is_taken_back(two):
    source, target = two
    done = merge(source, target)
    teaching.lead("nets", target.get_absolute_url(), by=BY)

    hashtag_merging.undo(done, by=None, now=LONG_AGO)

    assert teaching.address_for("nets") == target.get_absolute_url()
