import csv
import io
import json
import re

import pytest

from careers.models import Comparison, Dimension, Recommendation, Role, RoleDimensionValue
from tests.factories import ArticleFactory, DraftFactory, ExamVersionFactory, RoleFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/compare/role-00-vs-role-01/"


@pytest.fixture
def _two(make_catalogue):
    make_catalogue(2)


def text(response):
    return response.content.decode()


def of_same(label="Setting", said="An office"):
    """A row of the table that says the same of all roles."""
    dimension = Dimension.objects.create(key=label.lower(), label=label, value_kind="text_list", order=9)
    for role in Role.objects.all():
        RoleDimensionValue.objects.create(role=role, dimension=dimension, items=[said])


def compared(*roles, **fields):
    found = Comparison.objects.create(key=Comparison.key_of(roles), **fields)
    found.roles.set(roles)
    return found


# --- Which page it is --------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("role-00", "Choose at least two different roles."),
        ("role-00-vs-role-00", "One of the roles asked for is not in the catalogue."),
        ("role-00-vs-nobody", "One of the roles asked for is not in the catalogue."),
        ("a-vs-b-vs-c-vs-d-vs-e", "Choose at most four roles; 5 are chosen."),
    ],
)
@pytest.mark.usefixtures("_two")
def test_an_address_of_no_comparison_gets_the_picker_and_a_sentence(client, names, sentence):
    response = client.get(f"/careers/compare/{names}/")

    assert response.status_code == 404
    assert sentence in text(response)
    assert 'type="checkbox" name="role"' in text(response)


@pytest.mark.usefixtures("_two")
def test_its_title_is_not_that_of_an_article_on_the_same_roles(client):
    article = ArticleFactory(title="Role 00 vs Role 01")
    titles = [
        re.search("<title>(.*)</title>", text(client.get(address)))[1]
        for address in (PAGE, article.get_absolute_url())
    ]

    assert titles == ["Role 00 vs Role 01, compared – Waymark", "Role 00 vs Role 01 – Waymark"]


@pytest.mark.usefixtures("_two")
def test_a_role_s_old_address_leads_to_the_comparison_under_its_new_one(client):
    role = Role.objects.get(slug="role-00")
    role.slug = "the-first"
    role.save()

    answer = client.get(PAGE)
    picked = client.get("/careers/compare/?role=role-00&role=role-01")

    assert (answer.status_code, answer["Location"]) == (301, "/careers/compare/role-01-vs-the-first/")
    assert picked["Location"] == "/careers/compare/role-01-vs-the-first/"


def test_a_hundred_roles_in_the_address_are_refused_with_their_number(client):
    query = "&".join(f"role=r{number}" for number in range(100))

    assert "Choose at most four roles; 100 are chosen." in text(client.get(f"/careers/compare/?{query}"))


# --- What it shows ------------------------------------------------------------


@pytest.mark.usefixtures("_two")
def test_differences_come_first_and_a_switch_shows_all(client):
    of_same()

    first, whole = text(client.get(PAGE)), text(client.get(f"{PAGE}?show=all"))

    assert "An office" not in first
    assert 'href="?show=all">Show also the 2 rows that say the same of all' in first
    assert "An office" in whole
    assert f'href="{PAGE}">Show the differences only' in whole


@pytest.mark.usefixtures("_two")
def test_with_nothing_the_same_there_is_nothing_to_switch(client):
    RoleFactory._meta.model.objects.filter(slug="role-01").update(main_focus="Another kind")

    assert "?show=all" not in text(client.get(PAGE))


@pytest.mark.usefixtures("_two")
def test_all_rows_are_one_page_with_the_differences_to_search_engines(client):
    assert 'content="noindex"' in text(client.get(f"{PAGE}?show=all"))
    assert 'content="noindex"' not in text(client.get(PAGE))
    assert f'rel="canonical" href="http://testserver{PAGE}"' in text(client.get(f"{PAGE}?show=all"))


@pytest.mark.usefixtures("_two")
def test_the_desk_s_words_stand_above_and_below_the_table(client):
    compared(*Role.objects.all(), intro="Two of a kind.\n\nOr not.", verdict="Take the <second>.")

    page = text(client.get(PAGE))

    assert "<p>Two of a kind.</p>\n\n<p>Or not.</p>" in page
    assert "Take the &lt;second&gt;." in page
    assert page.index("Two of a kind.") < page.index("<table") < page.index("Which to choose")


@pytest.mark.usefixtures("_two")
def test_a_draft_of_the_desk_s_words_stays_at_the_desk(client):
    compared(*Role.objects.all(), intro="Secret", verdict="Secret", status="draft")

    assert "Secret" not in text(client.get(PAGE))


@pytest.mark.usefixtures("_two")
def test_the_desk_chooses_the_rows(client):
    of_same("Setting")
    compared(*Role.objects.all()).dimensions.set(Dimension.objects.filter(key="main-focus"))

    page = text(client.get(f"{PAGE}?show=all"))

    assert ">Main focus</th>" in page
    assert ">Setting</th>" not in page


@pytest.mark.usefixtures("_two")
def test_the_way_is_told_in_both_directions(client):
    page = " ".join(re.sub(r"<[^>]+>", "", text(client.get(PAGE))).split())

    assert "Role 00 → Role 01: 50 % of what it asks for is there; missing most:" in page
    assert "Role 01 → Role 00: 50 % of what it asks for is there; missing most:" in page


@pytest.mark.usefixtures("_two")
def test_each_role_has_its_reading_list_of_public_articles(client):
    first, second = Role.objects.order_by("slug")
    ArticleFactory(title="About the first").roles.add(first)
    ArticleFactory(title="About the second").roles.add(second)
    DraftFactory(title="Not yet").roles.add(first)

    page = text(client.get(PAGE))

    assert page.index("Reading about Role 00") < page.index("About the first")
    assert page.index("Reading about Role 01") < page.index("About the second")
    assert "Not yet" not in page


@pytest.mark.usefixtures("_two")
def test_what_replaces_a_retired_certification_says_so(client):
    old = ExamVersionFactory(status="retired", credential__name="Old").credential
    old.replaced_by.add(ExamVersionFactory(credential__name="Its heir").credential)
    Recommendation.objects.create(
        role=Role.objects.get(slug="role-00"), credential=old, tier="core", reason="It fits."
    )

    page = text(client.get(PAGE))

    assert "Its heir" in page
    assert "Replaces Old, now retired." in page


@pytest.mark.usefixtures("_two")
def test_the_page_can_be_passed_on(client):
    page = text(client.get(PAGE))

    assert f'readonly value="http://testserver{PAGE}"' in page
    assert "mailto:?subject=Role%2000%20vs%20Role%2001&amp;body=http%3A%2F%2Ftestserver%2Fcareers" in page


@pytest.mark.usefixtures("_two")
def test_machines_read_the_roles_and_the_way_here(client):
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', text(client.get(PAGE)))[1]

    roles, way = json.loads(data)["@graph"]
    assert [row["name"] for row in roles["itemListElement"]] == ["Role 00", "Role 01"]
    assert [row["name"] for row in way["itemListElement"]] == [
        "Home",
        "Careers",
        "Compare roles",
        "Role 00 vs Role 01",
    ]


# --- As a spreadsheet ----------------------------------------------------------


@pytest.mark.usefixtures("_two")
def test_the_whole_comparison_can_be_taken_into_a_spreadsheet(client):
    of_same()

    response = client.get("/careers/compare/role-00-vs-role-01.csv")

    lines = list(csv.reader(io.StringIO(text(response))))
    assert response["Content-Disposition"] == 'attachment; filename="role-00-vs-role-01.csv"'
    assert lines[0] == ["", "Role 00", "Role 01"]
    assert ["Setting", "An office", "An office"] in lines
    assert ["Shared", *["essential, importance 4 of 5, level 5 of 7"] * 2] in lines
    assert len(lines[-1]) == 3


def test_no_spreadsheet_of_what_cannot_be_compared(client):
    response = client.get("/careers/compare/nobody-vs-no-one.csv")

    assert (response.status_code, response["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_each_role_costs_its_reading_list_and_more_to_show_costs_no_more(
    client, count_queries, make_catalogue
):
    make_catalogue(4)
    names = ["role-00", "role-01", "role-02", "role-03"]

    def cost(roles):
        return count_queries(client, f"/careers/compare/{'-vs-'.join(names[:roles])}/")

    for role in Role.objects.all():
        ArticleFactory().roles.add(role)
    two, three, four = (cost(roles) for roles in (2, 3, 4))
    # Whether it has many articles, which are the newest, what their cards say, and who wrote them; these two
    # once more if nobody has drawn the cards yet.
    assert four - three == three - two <= 6

    for role in Role.objects.all():
        for _ in range(5):
            ArticleFactory().roles.add(role)
    make_catalogue(10)
    assert (cost(2), cost(4)) == (two, four)
