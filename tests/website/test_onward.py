"""A 404 that resolves: the page that was meant, or what the words of the address find."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import ArticleFactory, CredentialFactory, DraftFactory, RoleFactory
from website.onward import Onward, onward, tidied
from website.search import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(for_the_module):
    for_the_module(fill)


def fill():
    RoleFactory(name="Machine Learning Engineer", slug="machine-learning-engineer")
    CredentialFactory(name="Cloud Practitioner", slug="cloud-practitioner")
    ArticleFactory(title="How to choose a first certification", slug="choose-a-first-certification")
    DraftFactory(title="Secret plans", slug="secret-plans")
    list(rebuild())


@pytest.fixture
def lost(client, site):
    def ask(path):
        answer = client.get(path)
        assert answer.status_code == 404
        return answer.content.decode()

    return ask


@pytest.mark.parametrize(
    "path",
    [
        "/careers/roles/machine-lerning-engineer/",
        "/careers/roles/machine-learning-enginer/",
        "/careers/roles/machine-learning-engineers/",
        "/roles/machine-learning-engineer",
        "/careers/roles/machine learning engineer",
        "/blog/2023/05/machine-learning-engineer.html",
        "/careers/roles/machine-learning-engineer-2024/",
    ],
)
def test_a_mistyped_address_is_offered_the_page_that_was_meant(lost, path):
    assert 'Did you mean <a href="/careers/roles/machine-learning-engineer/">' in lost(path)


def test_a_page_that_only_shares_a_word_is_found_but_not_taken_for_the_one_meant(lost):
    page = lost("/blog/everything-on-certification/")

    assert "Did you mean" not in page
    assert 'href="/blog/choose-a-first-certification/"' in page
    assert 'value="certification"' in page


def test_words_that_nothing_has_leave_the_bare_page_with_its_search_filled_in(lost):
    page = lost("/blog/zzyzx-road/")

    assert "The path ends here" in page
    assert 'value="zzyzx road"' in page
    assert "search__hits" not in page


def test_a_draft_is_neither_meant_nor_found(lost):
    assert "Secret" not in lost("/blog/secret-plan/")
    assert "/blog/secret-plans/" not in lost("/blog/secret-plans/")


@pytest.mark.parametrize("path", ["/wp-login.php", "/.env", "/a@b/", "/blog/", "/2026/", "/", "/%00a/"])
def test_nothing_is_looked_up_for_probes_or_where_no_word_is(site, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert onward(path.replace("%00", "\0"), now=timezone.now()) is None


def test_a_listing_without_such_a_page_is_no_search(lost):
    assert "What we have on" not in lost("/blog/?page=99")


def test_markup_in_an_address_stays_text(lost):
    assert "<script>alert" not in lost("/blog/<script>alert(1)</script>-engineer/")


def test_an_address_of_any_length_is_looked_up_by_a_few_words(site):
    found = onward("/blog/" + "-".join(f"word{n}" for n in range(30)) + "/", now=timezone.now())

    assert found == Onward(" ".join(f"word{n}" for n in range(8)))


def test_ten_pages_of_that_name_cost_what_two_cost(client, site):
    def cost():
        list(rebuild())
        client.get("/blog/kubernetes/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/blog/kubernetes/")
        return len(queries)

    ArticleFactory.create_batch(2, title="Kubernetes at work")
    two = cost()
    ArticleFactory.create_batch(8, title="Kubernetes at work")

    assert cost() == two


# --- What sticks to an address --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/blog/a/.", "/blog/a/"),
        ("/blog/a),", "/blog/a"),
        ("/blog/a/ ", "/blog/a/"),
        ("/blog/a_b/", "/blog/a-b/"),
        ("/blog/a.html", "/blog/a"),
        ("/blog/a/”", "/blog/a/"),
        (".", "/"),
        ("/blog/../", "/blog/../"),
    ],
)
def test_what_sticks_to_an_address_is_taken_off(path, meant):
    assert tidied(path) == meant


@pytest.mark.parametrize("end", [".", "/.", ").", ",", "%20", ".html", "&amp;"])
def test_an_address_with_something_stuck_to_it_leads_to_its_page_in_one_step(client, site, end):
    answer = client.get(f"/blog/choose-a-first-certification{end}")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/blog/choose-a-first-certification/")


def test_underscores_lead_to_hyphens_and_not_to_drafts(client, site):
    assert client.get("/careers/roles/machine_learning_engineer/").status_code == 301
    assert client.get("/blog/secret_plans/").status_code == 404
