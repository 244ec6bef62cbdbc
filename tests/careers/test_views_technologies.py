import pytest

from careers.models import RoleTechnology, Status
from tests.careers.shown import data, source, words
from tests.factories import RoleFactory, SkillFactory, TechnologyFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/technologies/docker/"


@pytest.fixture
def docker():
    return TechnologyFactory(
        name="docker", slug="docker", kind="technology", vendor="Docker Inc", is_hot=True
    )


def use(technology, name, how="core", **more):
    role = RoleFactory(name=name, **more)
    RoleTechnology.objects.create(role=role, technology=technology, use=how)
    return role


def test_roles_stand_by_how_much_they_use_it(client, docker):
    use(docker, "Tester", "situational")
    use(docker, "Operator")
    use(docker, "Developer", "common")
    page = words(client.get(PAGE))

    order = [
        "At the core of the work",
        "Operator",
        "Commonly used",
        "Developer",
        "Used now and then",
        "Tester",
    ]
    assert [page.index(each) for each in order] == sorted(page.index(each) for each in order)
    assert "Hot often asked for in adverts" in page


def test_a_technology_shows_what_the_same_public_roles_work_with(client, docker):
    role = use(docker, "Operator")
    hidden = use(docker, "Secret role", status=Status.DRAFT)
    for each, technology in [
        (role, TechnologyFactory(name="kubernetes")),
        (role, TechnologyFactory(name="secret tool", status=Status.DRAFT)),
        (hidden, TechnologyFactory(name="secret thing")),
    ]:
        RoleTechnology.objects.create(role=each, technology=technology)
    page = words(client.get(PAGE))

    assert "What the same roles work with Kubernetes" in page
    assert "secret" not in page.lower()


def test_machines_read_its_name_as_the_page_shows_it(client, docker):
    use(docker, "Operator")
    term, roles, trail = data(client.get(PAGE))

    assert (term["name"], trail["itemListElement"][-1]["name"]) == ("Docker", "Docker")
    assert [row["name"] for row in roles["itemListElement"]] == ["Operator"]


def test_a_technology_is_described_by_the_roles_that_use_it_most(client, docker):
    use(docker, "Tester", "situational")
    for name in ("Operator", "Builder", "Developer", "Sailor"):
        use(docker, name)

    assert (
        '<meta name="description" content="Who works with Docker, a technology by Docker Inc: '
        'Builder, Developer, Operator and 2 more roles. And what they use beside it.">'
        in source(client.get(PAGE))
    )


def test_a_technology_without_roles_or_with_words_of_its_own_says_that(client, docker):
    assert "Docker, a technology by Docker Inc. No role in the catalogue names it yet." in source(
        client.get(PAGE)
    )

    docker.summary = "Packs programs."
    docker.save()
    assert '<meta name="description" content="Packs programs.">' in source(client.get(PAGE))


def test_a_technology_and_the_skill_of_that_name_say_which_they_are_and_lead_to_each_other(client, docker):
    skill = SkillFactory(name="Docker")
    pages = [source(client.get(fact.get_absolute_url())) for fact in (docker, skill)]

    for page, title in zip(pages, ("Docker as a technology", "Docker as a skill"), strict=True):
        assert f"<title>{title} – Waymark</title>" in page
        assert f"<h1>{title}</h1>" in page
    assert f'href="{skill.get_absolute_url()}"' in pages[0]
    assert f'href="{PAGE}"' in pages[1]


def test_a_technology_without_a_public_twin_is_called_by_its_name_alone(client, docker):
    SkillFactory(name="Docker", status=Status.DRAFT)

    assert "<h1>Docker</h1>" in source(client.get(PAGE))


def test_the_list_has_every_public_technology_by_kind_with_its_public_roles(client, docker):
    use(docker, "Operator")
    use(docker, "Secret role", status=Status.DRAFT)
    TechnologyFactory(name="editor", kind="tool")
    TechnologyFactory(name="secret thing", status=Status.DRAFT)
    response = client.get("/careers/technologies/")
    page = words(response)

    assert "Docker 1 role Tools Editor 0 roles" in page
    assert "secret" not in page.lower()
    assert [row["name"] for row in data(response)[0]["itemListElement"]] == ["Docker", "Editor"]


def test_a_technology_leads_up_to_the_list(client, docker):
    assert '<a href="/careers/technologies/">Technologies</a>' in source(client.get(PAGE))
    assert [step["name"] for step in data(client.get(PAGE))[-1]["itemListElement"]][2] == "Technologies"


def test_ten_technologies_cost_what_two_cost(client, count_queries):
    costs = []
    for more in (2, 8):
        for each in TechnologyFactory.create_batch(more):
            use(each, f"Role {each}")
        costs.append(count_queries(client, "/careers/technologies/"))

    assert costs[0] == costs[1]


def test_ten_roles_cost_what_two_cost(client, count_queries):
    for slug, count in (("two", 2), ("ten", 10)):
        technology = TechnologyFactory(slug=slug)
        for number in range(count):
            role = use(technology, f"{slug} {number}")
            RoleTechnology.objects.create(role=role, technology=TechnologyFactory())

    two, ten = (count_queries(client, f"/careers/technologies/{slug}/") for slug in ("two", "ten"))

    assert two == ten
