import pytest

from careers.models import RoleTechnology, Status
from tests.careers.shown import data, words
from tests.factories import RoleFactory, TechnologyFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/technologies/docker/"


@pytest.fixture
def docker():
    return TechnologyFactory(name="docker", slug="docker", vendor="Docker Inc", is_hot=True)


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


def test_ten_roles_cost_what_two_cost(client, count_queries):
    for slug, count in (("two", 2), ("ten", 10)):
        technology = TechnologyFactory(slug=slug)
        for number in range(count):
            role = use(technology, f"{slug} {number}")
            RoleTechnology.objects.create(role=role, technology=TechnologyFactory())

    two, ten = (count_queries(client, f"/careers/technologies/{slug}/") for slug in ("two", "ten"))

    assert two == ten
