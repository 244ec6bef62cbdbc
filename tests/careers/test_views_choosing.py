import csv
import io
import re
from html import unescape

import pytest

from careers.models import PreferenceStatement, PreferenceWeight, Role, Status
from careers.transfer import load
from tests.careers.statements import REASON, load_statements, make_statement
from tests.factories import RoleFactory

pytestmark = pytest.mark.django_db
CHOOSE, HOW, CSV = "/careers/choose/", "/careers/choose/how/", "/careers/choose/how.csv"
PAGES = [CHOOSE, HOW, CSV]


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def ask(client, *said, roles=()):
    response = client.get(CHOOSE, {"say": said, "role": roles})
    assert response.status_code == 200
    return response


def places(response):
    return [(place.role.slug, place.rank, place.points) for place in response.context["answer"].ranking]


def links(response):
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', response.content.decode())]


@pytest.fixture
def roles():
    return [RoleFactory(name=name, slug=name.lower()) for name in ("Baker", "Miller", "Potter", "Weaver")]


@pytest.fixture
def statements(roles):
    make_statement("bread", "I like bread", baker=3, miller=2, potter=1)
    make_statement("stones", "I like heavy stones", miller=3)
    make_statement("clay", "I like clay", potter=3, baker=1)
    make_statement("dust", "I cannot stand dust", about="constraint", rules_out=["miller"], potter=1)


# --- The page ---------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_without_roles_and_statements_there_is_a_page_all_the_same(client, address):
    assert client.get(address).status_code == 200


def test_at_first_there_are_statements_to_tick_and_no_answer(client, statements):
    response = client.get(CHOOSE)

    assert response.content.decode().count('type="checkbox" name="say"') == 4
    assert "The work you like" in text(response)
    assert "What must be" in text(response)
    assert "What would change this" not in text(response)


def test_the_answer_ranks_roles_with_their_points_and_says_why(client, statements):
    response = ask(client, "bread", "clay")

    assert places(response) == [("baker", 1, 4), ("potter", 1, 4), ("miller", 3, 2)]
    assert "Baker and Potter share the first place" in text(response)
    assert "4 of 6 points" in text(response)
    assert REASON in text(response)
    assert response.content.decode().count(" checked>") == 2


def test_a_role_nobody_spoke_about_is_not_ranked_last(client, statements):
    page = text(ask(client, "bread"))

    assert "Not enough said" in page
    assert "0 of 3" not in page
    assert page.index("Not enough said") < page.index("Weaver")


def test_a_role_ruled_out_is_named_with_the_reason(client, statements):
    response = ask(client, "bread", "dust")

    assert "miller" not in [slug for slug, *_ in places(response)]
    assert f"Miller because of “I cannot stand dust”: {REASON}" in text(response)


def test_the_whole_sum_is_a_table(client, statements):
    html = ask(client, "bread", "dust").content.decode()
    table = html[html.index("<table") : html.index("</table>")]
    cells = [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", table, re.DOTALL)
    ]

    assert cells[:4] == ["Statement", "Baker", "Potter", "Miller"]
    assert cells[4:8] == ["I like bread", "3", "1", "2"]
    assert cells[8:12] == ["I cannot stand dust", "0", "1", "rules it out"]
    assert cells[12:] == ["Points, out of 6", "3", "2", "ruled out"]


def test_what_would_change_the_answer_is_a_link_that_ticks_it(client, statements):
    response = ask(client, "bread")

    assert f"{CHOOSE}?say=bread&say=stones" in links(response)
    assert "I like heavy stones Miller would come first" in text(response)
    assert "1 more would bring another role to the top" in text(response)
    assert places(client.get(f"{CHOOSE}?say=bread&say=stones"))[0] == ("miller", 1, 5)


def test_when_nothing_would_change_the_answer_the_page_says_so(client, roles):
    make_statement("bread", baker=3, miller=1)
    make_statement("stones", miller=1)

    assert "No single further statement would bring Miller to the top." in text(ask(client, "bread"))


def test_a_tie_that_nothing_decides_says_so(client, roles):
    make_statement("bread", baker=3, miller=3)

    assert "No single further statement would decide between Baker and Miller." in text(ask(client, "bread"))


def test_the_only_role_left_has_no_rival(client):
    RoleFactory(name="Baker", slug="baker")
    make_statement("bread", baker=3)

    assert "no other role is left to come first" in text(ask(client, "bread"))


def test_when_every_role_spoken_for_is_ruled_out_none_comes_first(client, roles):
    make_statement("never", rules_out=["baker", "miller", "potter", "weaver"])

    page = text(ask(client, "never"))

    assert "No role comes first" in page
    assert "rules out every role" in page


def test_the_answer_leads_to_its_roles_and_to_a_comparison_of_the_first(client, statements):
    found = links(ask(client, "bread", "clay"))

    assert {"/careers/roles/baker/", "/careers/roles/weaver/", CHOOSE, HOW} <= set(found)
    assert "/careers/compare/baker-vs-potter/" in found


def test_one_role_alone_is_compared_with_nothing(client, statements):
    assert not [link for link in links(ask(client, "stones")) if link.startswith("/careers/compare/baker")]


# --- The address is the state -----------------------------------------------


def test_neither_order_nor_repetition_changes_a_byte(client, statements):
    answers = {
        client.get(f"{CHOOSE}?{query}").content
        for query in ("say=bread&say=clay", "say=clay&say=bread", "say=clay&say=bread&say=clay&say=clay")
    }

    assert len(answers) == 1


def test_the_address_to_share_is_the_one_of_the_answer(client, statements):
    response = ask(client, "clay", "bread", roles=["potter", "baker"])
    (shared,) = [link for link in links(response) if link.startswith("http") and "say=" in link]

    assert shared == f"http://testserver{CHOOSE}?say=bread&say=clay&role=baker&role=potter"
    assert client.get(shared).content == response.content


@pytest.mark.parametrize(
    ("query", "is_indexed"),
    [("", True), ("?say=bread", False), ("?role=baker&role=miller", False), ("?say=nonsense", False)],
)
def test_the_plain_page_is_indexed_and_answers_are_not(client, statements, query, is_indexed):
    html = client.get(CHOOSE + query).content.decode()

    assert ('content="noindex"' not in html) is is_indexed
    assert f'rel="canonical" href="http://testserver{CHOOSE}"' in html


def test_the_plain_pages_are_in_the_sitemap(client):
    found = client.get("/sitemap-pages.xml").content.decode()

    assert f"{CHOOSE}</loc>" in found
    assert f"{HOW}</loc>" in found


def test_the_catalogue_leads_here(client):
    assert CHOOSE in links(client.get("/careers/"))


# --- Between some roles only ------------------------------------------------


def test_roles_in_the_address_leave_the_others_out(client, statements):
    response = ask(client, "bread", roles=["miller", "potter"])

    assert places(response) == [("miller", 1, 2), ("potter", 2, 1)]
    assert "Only between Miller and Potter." in text(response)
    assert "Weaver" not in text(response)
    assert "/careers/compare/miller-vs-potter/" in links(response)


def test_only_what_says_something_about_those_roles_is_asked(client, statements):
    page = text(ask(client, roles=["baker", "weaver"]))

    assert "I like bread" in page
    assert "I like heavy stones" not in page


def test_what_is_ticked_stays_ticked_between_some_roles(client, statements):
    assert 'value="stones" checked' in ask(client, "stones", roles=["baker", "weaver"]).content.decode()


def test_the_form_keeps_the_roles_and_there_is_a_way_to_all_of_them(client, statements):
    response = ask(client, "bread", roles=["baker", "weaver"])

    assert '<input type="hidden" name="role" value="baker">' in response.content.decode()
    assert f"{CHOOSE}?say=bread" in links(response)
    assert f"{CHOOSE}?role=baker&role=weaver" in links(response)


def test_the_former_address_of_a_role_still_means_it(client, statements):
    role = Role.objects.get(slug="baker")
    role.slug = "confectioner"
    role.save()

    assert places(ask(client, "bread", roles=["baker", "potter"])) == [
        ("confectioner", 1, 3),
        ("potter", 2, 1),
    ]


@pytest.mark.parametrize(
    ("ticked", "first"),
    [("train-models", "machine-learning-engineer"), ("llm-apps", "generative-ai-engineer")],
)
def test_between_the_two_roles_of_the_article_it_gives_the_articles_own_advice(client, ticked, first):
    load()
    load_statements()

    response = ask(client, ticked, roles=["generative-ai-engineer", "machine-learning-engineer"])

    assert places(response) == [(first, 1, 3)]


# --- What makes no sense ----------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("say=nonsense", "ticks a statement that is not among ours"),
        ("say=draft", "ticks a statement that is not among ours"),
        ("role=nobody", "names a role that is not in the catalogue"),
        ("role=hidden", "names a role that is not in the catalogue"),
        ("role=baker", "One role alone leaves nothing to choose"),
        ("role=baker&role=baker", "One role alone leaves nothing to choose"),
    ],
)
def test_what_is_not_there_is_left_out_with_a_sentence(client, statements, query, sentence):
    make_statement("draft", baker=3)
    PreferenceStatement.objects.filter(slug="draft").update(status=Status.DRAFT)
    RoleFactory(slug="hidden", status=Status.DRAFT)

    response = client.get(f"{CHOOSE}?say=bread&{query}")

    assert sentence in text(response)
    assert places(response) == [("baker", 1, 3), ("miller", 2, 2), ("potter", 3, 1)]


@pytest.mark.parametrize("query", ["say=", "say=&role=&role=", "other=1"])
def test_what_says_nothing_needs_no_sentence(client, statements, query):
    assert 'class="notice"' not in client.get(f"{CHOOSE}?{query}").content.decode()


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "%ff", "9" * 5000, "a" * 100_000, "<evil>"])
@pytest.mark.parametrize("name", ["say", "role"])
def test_nonsense_is_no_error(client, statements, name, value):
    response = client.get(f"{CHOOSE}?{name}={value}&say=bread")

    assert response.status_code == 200
    assert places(response)[0] == ("baker", 1, 3)
    assert "<evil>" not in response.content.decode()


def test_two_hundred_ticks_are_no_error(client, statements):
    query = "&".join(f"say={'bread' if n % 2 else f'x{n}'}&role=r{n}" for n in range(200))

    assert places(client.get(f"{CHOOSE}?{query}"))[0] == ("baker", 1, 3)


@pytest.mark.parametrize("address", PAGES)
def test_a_role_that_is_a_draft_shows_nowhere(client, statements, address):
    RoleFactory(name="Secret trade", slug="secret", status=Status.DRAFT)
    role = Role.objects.get(slug="secret")
    for statement in PreferenceStatement.objects.all():
        PreferenceWeight.objects.create(statement=statement, role=role, weight=3, reason="Hidden reason")

    page = client.get(f"{address}?say=bread").content.decode()

    assert "Secret trade" not in page
    assert "Hidden reason" not in page


@pytest.mark.parametrize("address", PAGES)
def test_a_statement_that_speaks_about_drafts_only_is_not_asked(client, roles, address):
    RoleFactory(slug="secret", status=Status.DRAFT)
    make_statement("empty", "I like secrets", secret=3)

    assert "I like secrets" not in client.get(address).content.decode()


# --- How it is worked out ---------------------------------------------------


def test_the_whole_matrix_is_on_a_page_of_its_own(client, statements):
    response = client.get(HOW)
    html = response.content.decode()
    table = html[html.index("<tbody") : html.index("</table>")]

    assert table.count("<tr") == 4 + 1
    assert table.count("<td") == (4 + 1) * 4
    assert "rules it out" in table
    assert REASON in text(response)
    assert "The most a role can reach 4 5 5 0" in text(response)


def test_the_matrix_as_a_file_has_the_same_numbers(client, statements):
    response = client.get(CSV)
    head, *lines = csv.reader(io.StringIO(response.content.decode("utf-8")))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert head == ["Statement", "About", "Baker", "Miller", "Potter", "Weaver"]
    assert lines[0] == ["I like bread", "The work you like", "3", "2", "1", "0"]
    assert lines[3] == ["I cannot stand dust", "What must be", "0", "rules it out", "1", "0"]


def test_no_cell_of_the_file_is_a_command(client):
    RoleFactory(name="=1+1", slug="baker")
    make_statement("bread", '@SUM("é", 1)', baker=3)

    (head, line) = csv.reader(io.StringIO(client.get(CSV).content.decode("utf-8")))

    assert head[2] == "'=1+1"
    assert line[0] == '\'@SUM("é", 1)'


# --- Cost -------------------------------------------------------------------


@pytest.mark.parametrize("address", [*PAGES, f"{CHOOSE}?say=s1&role=role-1&role=role-2"])
def test_ten_rows_cost_what_two_cost(client, count_queries, address):
    costs = []
    for count in (2, 10):
        for number in range(Role.objects.count(), count):
            RoleFactory(name=f"Role {number:02}", slug=f"role-{number}")
            make_statement(f"s{number}", **{f"role_{n}": n % 4 for n in range(number + 1)})
        costs.append(count_queries(client, address))

    assert costs[0] == costs[1] <= 5
