from html import unescape

import pytest

from careers.models import ExamVersion, Role, RoleTechnology, Source, Status
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CredentialFactory,
    DraftFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db
KINDS = {
    "roles": RoleFactory,
    "skills": SkillFactory,
    "technologies": TechnologyFactory,
    "certifications": CredentialFactory,
    "providers": ProviderFactory,
}
LISTS = ["/careers/", "/careers/roles/", "/careers/compare/", "/careers/skills/", "/careers/certifications/"]
LISTS += ["/careers/technologies/", "/careers/providers/"]


def text(response) -> str:
    return unescape(response.content.decode())


# --- Every kind of page -----------------------------------------------------


@pytest.mark.parametrize("address", LISTS)
def test_a_list_of_nothing_is_a_page(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_of_which_only_the_name_is_known_is_a_page(client, kind):
    fact = KINDS[kind](name="Only a name", slug="x")

    response = client.get(f"/careers/{kind}/x/")

    assert fact.get_absolute_url() == f"/careers/{kind}/x/"
    assert "<h1>Only a name</h1>" in text(response)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_has_no_page(client, kind):
    KINDS[kind](slug="x", status=Status.DRAFT)

    assert client.get(f"/careers/{kind}/x/").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slug", ["nope", "%00", "a%00b", "é", "x" * 5000, "..", "a b"])
def test_what_is_not_there_is_not_found(client, kind, slug):
    assert client.get(f"/careers/{kind}/{slug}/").status_code == 404


@pytest.mark.parametrize("address", [*LISTS, "/careers/compare/a-vs-b/"])
def test_pages_are_the_same_for_everyone_and_can_be_kept(client, address):
    RoleFactory(slug="a")
    RoleFactory(slug="b")

    response = client.get(address)

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", LISTS)
def test_no_list_names_a_draft(client, address):
    for make in KINDS.values():
        make(name=f"Secret {make._meta.model.__name__}", status=Status.DRAFT)

    assert "Secret" not in text(client.get(address))


def test_nothing_that_hangs_on_a_public_fact_names_a_draft(client, make_catalogue):
    make_catalogue(2)
    role = Role.objects.get(slug="role-01")
    drafts = [
        role,
        role.role_skills.exclude(skill__slug="shared").get().skill,
        role.role_technologies.get().technology,
        role.recommendations.get().credential,
    ]
    for number, fact in enumerate(drafts):
        type(fact).objects.filter(pk=fact.pk).update(status=Status.DRAFT, name=f"Secret {number}")
    first = Role.objects.get(slug="role-00")
    first.related.add(role)

    for address in ("/careers/roles/role-00/", "/careers/skills/shared/", *LISTS):
        assert "Secret" not in text(client.get(address)), address


def test_a_public_role_keeps_the_drafts_it_needs_to_itself(client, make_catalogue):
    make_catalogue(2)
    role = Role.objects.get(slug="role-01")
    for number, fact in enumerate(
        [
            role.role_skills.exclude(skill__slug="shared").get().skill,
            role.role_technologies.get().technology,
            role.recommendations.get().credential,
        ]
    ):
        type(fact).objects.filter(pk=fact.pk).update(status=Status.DRAFT, name=f"Secret {number}")

    for address in ("/careers/roles/role-01/", "/careers/compare/role-00-vs-role-01/"):
        assert "Secret" not in text(client.get(address)), address


def test_a_public_certification_keeps_drafts_before_and_after_it_to_itself(client):
    credential = CredentialFactory(slug="open")
    unseen = CredentialFactory(name="Secret heir", status=Status.DRAFT)
    credential.replaced_by.add(unseen)
    credential.replaces.add(CredentialFactory(name="Secret ancestor", status=Status.DRAFT))
    credential.skills.add(SkillFactory(name="Secret skill", status=Status.DRAFT))

    assert "Secret" not in text(client.get("/careers/certifications/open/"))


PAGES = [
    *LISTS,
    "/careers/roles/role-00/",
    "/careers/compare/role-00-vs-role-01/",
    "/careers/skills/shared/",
    "/careers/certifications/?status=active",
]


@pytest.mark.parametrize("address", PAGES)
def test_ten_rows_cost_what_two_cost(client, make_catalogue, count_queries, address):
    make_catalogue(2)
    two = count_queries(client, address)

    make_catalogue(10)

    assert count_queries(client, address) == two


# --- Roles ------------------------------------------------------------------


def test_a_role_page_tells_all_of_the_role(client, make_catalogue):
    make_catalogue(2)
    role = Role.objects.get(slug="role-00")
    role.titles.create(title="Wizard")
    role.tasks.create(text="Cast spells")
    role.related.add(Role.objects.get(slug="role-01"))

    page = text(client.get("/careers/roles/role-00/"))

    for words in (
        "One kind of work",
        "Also called Wizard",
        "Cast spells",
        "Shared",
        "Essential",
        "It fits.",
        "Core",
    ):
        assert words in page
    assert 'href="/careers/compare/role-00-vs-role-01/"' in page


@pytest.mark.parametrize(("kind", "is_said"), [("general", True), ("official", False)])
def test_what_comes_from_general_knowledge_is_said_to_be_unverified(client, make_catalogue, kind, is_said):
    make_catalogue(1)
    Role.objects.update(job_zone=4)
    Source.objects.update(kind=kind)

    page = text(client.get("/careers/roles/role-00/"))

    assert "Considerable, O*NET job zone 4 of 5" in page
    assert ("unverified" in page) is is_said


def test_a_skill_bar_says_in_words_what_it_draws(client, make_catalogue):
    make_catalogue(1)

    page = text(client.get("/careers/roles/role-00/"))

    assert '<rect class="meter__value" width="80"' in page
    assert '4<span class="visually-hidden"> of 5</span>' in page


def test_a_role_page_lists_the_public_articles_about_it(client):
    role = RoleFactory(slug="x")
    ArticleFactory(title="A day at work").roles.add(role)
    DraftFactory(title="Secret plans").roles.add(role)

    page = text(client.get("/careers/roles/x/"))

    assert "A day at work" in page
    assert "Secret plans" not in page


def test_a_role_without_articles_has_no_heading_for_them(client):
    RoleFactory(slug="x")

    assert "Shown in" not in text(client.get("/careers/roles/x/"))


# --- Comparing --------------------------------------------------------------


@pytest.fixture
def roles(dimensions):
    return [RoleFactory(name=f"Role {slug.upper()}", slug=slug) for slug in "abcde"]


def test_choosing_roles_leads_to_the_one_address_of_their_comparison(client, roles):
    response = client.get("/careers/compare/?role=c&role=a&role=&role=c")

    assert response.status_code == 302
    assert response["Location"] == "/careers/compare/a-vs-c/"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("role=a", "Choose at least two different roles."),
        ("role=a&role=a", "Choose at least two different roles."),
        ("role=&role=", "Choose at least two different roles."),
        ("role=a&role=b&role=c&role=d&role=e", "Choose at most four roles; 5 are chosen."),
        ("role=a&role=nobody", "One of the roles asked for is not in the catalogue."),
        ("role=a&role=%00", "One of the roles asked for is not in the catalogue."),
        ("role=a&role=" + "x" * 5000, "One of the roles asked for is not in the catalogue."),
    ],
)
def test_a_wrong_choice_gets_the_picker_and_a_sentence(client, roles, asked, sentence):
    response = client.get(f"/careers/compare/?{asked}")

    assert response.status_code == 200
    assert sentence in text(response)


def test_the_picker_keeps_what_was_chosen(client, roles):
    assert 'value="a" checked' in text(client.get("/careers/compare/?role=a"))


def test_the_picker_says_nothing_before_anything_is_chosen(client, roles):
    assert "notice" not in text(client.get("/careers/compare/"))


def test_an_unsorted_address_moves_to_the_sorted_one_for_good(client, roles):
    response = client.get("/careers/compare/c-vs-a-vs-b/")

    assert (response.status_code, response["Location"]) == (301, "/careers/compare/a-vs-b-vs-c/")


@pytest.mark.parametrize(
    "names", ["a", "a-vs-a", "a-vs-nobody", "a-vs-", "-vs-", "%00-vs-a", "a-vs-b-vs-c-vs-d-vs-e", "x" * 9000]
)
def test_an_address_that_names_no_comparison_is_not_found(client, roles, names):
    assert client.get(f"/careers/compare/{names}/").status_code == 404


def test_a_comparison_with_a_draft_is_not_found(client, roles):
    RoleFactory(slug="z", status=Status.DRAFT)

    assert client.get("/careers/compare/a-vs-z/").status_code == 404


def test_a_comparison_shows_shared_and_own_skills_and_the_ladder(client, make_catalogue):
    make_catalogue(2)

    page = text(client.get("/careers/compare/role-00-vs-role-01/"))

    for words in (
        "At a glance",
        "Skills they share",
        "Shared",
        "Only Role 00",
        "Certifications, step by step",
    ):
        assert words in page
    assert "Skills some of them share" not in page


@pytest.mark.parametrize(("kind", "is_said"), [("general", True), ("official", False)])
def test_a_comparison_says_what_it_has_not_read_and_what_is_ending(client, make_catalogue, kind, is_said):
    make_catalogue(2)
    Source.objects.update(kind=kind)
    ExamVersion.objects.update(status="retirement_announced")

    page = text(client.get("/careers/compare/role-00-vs-role-01/"))

    assert ("our own reading, unverified" in page) is is_said
    assert "Retirement announced" in page


def test_only_what_can_be_taken_now_is_counted_as_such(client):
    for status in ("active", "beta", "in_development", "retired"):
        ExamVersionFactory(status=status)

    assert "2 certifications that can be taken now" in text(client.get("/careers/"))


def test_six_articles_about_a_role_cost_what_two_cost(client, count_queries):
    for slug, count in (("two", 2), ("six", 6)):
        role = RoleFactory(slug=slug)
        for _ in range(count):
            ArticleFactory(authors=[AuthorFactory()]).roles.add(role)

    two, six = (count_queries(client, f"/careers/roles/{slug}/") for slug in ("two", "six"))

    assert two == six


def test_a_provider_and_a_tool_with_ten_rows_cost_what_those_with_two_cost(client, count_queries):
    for slug, count in (("two", 2), ("ten", 10)):
        provider, tool = ProviderFactory(slug=slug), TechnologyFactory(slug=slug)
        for _ in range(count):
            ExamVersionFactory(credential__provider=provider)
            RoleTechnology.objects.create(role=RoleFactory(), technology=tool)

    for kind in ("providers", "technologies"):
        two, ten = (count_queries(client, f"/careers/{kind}/{slug}/") for slug in ("two", "ten"))
        assert two == ten, kind
