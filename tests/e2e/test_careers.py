"""The catalogue in a real browser: open to everyone, on a phone, in the dark, without a script."""

import pytest

from careers.transfer import load

from .accessibility import faults_on_a_desk_and_a_dark_phone

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/careers/",
    "/careers/roles/",
    "/careers/roles/generative-ai-engineer/",
    "/careers/compare/?role=data-analyst",
    "/careers/compare/ai-agent-engineer-vs-data-analyst-vs-data-engineer-vs-mlops-engineer/",
    "/careers/compare/generative-ai-engineer-vs-machine-learning-engineer/?show=all",
    "/careers/changes/",
    "/careers/skills/",
    "/careers/technologies/",
    "/careers/providers/",
    "/careers/skills/python/",
    "/careers/technologies/langchain/",
    "/careers/certifications/?provider=nobody",
    "/careers/certifications/aws-ml-engineer-associate/?weeks=12&in=en",
    "/careers/certifications/aws-ml-specialty/",
    "/careers/providers/microsoft/",
]


@pytest.fixture(scope="module")
def facts(for_the_module):
    for_the_module(load)


def test_every_page_is_open_to_everyone_and_fits(page, facts):
    noise = []
    page.on("console", lambda message: noise.append(message.text))

    for address in PAGES:
        page.goto(address)
        assert (address, faults_on_a_desk_and_a_dark_phone(page), noise) == (address, [], [])


def test_two_roles_are_compared_without_a_script(facts, new_context):
    page = new_context(java_script_enabled=False).new_page()

    page.goto("/careers/")
    page.get_by_label("First role").select_option("Machine Learning Engineer")
    page.get_by_label("Second role").select_option("Generative AI Engineer")
    page.get_by_role("button", name="Compare").click()

    assert page.url.endswith("/careers/compare/generative-ai-engineer-vs-machine-learning-engineer/")
    table = page.get_by_role("table", name="Main focus, typical use cases, technologies, typical tools")
    assert "LangChain, LlamaIndex, OpenAI API" in table.inner_text()


@pytest.mark.parametrize(
    "path",
    [
        "generative-ai-engineer-vs-machine-learning-engineer",
        "data-analyst-vs-data-engineer-vs-data-scientist",
    ],
)
def test_on_a_phone_a_comparison_shows_every_role_without_scrolling_sideways(facts, new_context, path):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()

    page.goto(f"/careers/compare/{path}/")

    for region in page.locator(".table-scroll").all():
        assert region.evaluate("box => box.scrollWidth <= box.clientWidth")
    cell = page.get_by_role("table").first.get_by_role("cell").last
    assert cell.bounding_box()["x"] + cell.bounding_box()["width"] <= 320


def test_with_forced_colours_only_the_link_of_this_page_is_underlined_and_samples_differ(facts, new_context):
    page = new_context(forced_colors="active", viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/careers/certifications/aws-ml-engineer-associate/")

    lines = "links => links.map(link => getComputedStyle(link).borderBottomColor)"
    of_links = page.locator(".site-nav a").evaluate_all(lines)
    samples = "all => all.map(one => getComputedStyle(one).backgroundColor)"
    assert sorted(of_links.count(line) for line in set(of_links)) == [1, 4]
    assert len(set(page.locator(".timeline__sample").evaluate_all(samples))) == 3


@pytest.mark.parametrize(("width", "form"), [(1280, "wide"), (600, "narrow"), (320, "narrow")])
def test_the_words_of_a_timeline_are_as_large_as_those_around_it(page, facts, width, form):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/careers/certifications/aws-ml-engineer-associate/")
    box = page.locator(f".timeline__{form}").bounding_box()
    drawn = float(page.locator(f".timeline__{form}").get_attribute("viewBox").split()[2])

    assert 0.9 <= box["width"] / drawn <= 1.15
