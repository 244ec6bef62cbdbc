"""Which role fits, in a real browser: by ticking, without a script, on a phone, with the keyboard."""

import pytest

from careers.transfer import load
from tests.careers.statements import load_statements, make_statement

from .accessibility import faults_on_a_desk_and_a_dark_phone

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/careers/choose/?say=nonsense&role=nobody",
    "/careers/choose/?say=train-models&say=llm-apps&say=python&say=calm",
    "/careers/choose/?say=llm-apps&role=generative-ai-engineer&role=machine-learning-engineer",
    "/careers/choose/how/",
]


@pytest.fixture(scope="module")
def statements(for_the_module):
    for_the_module(make_statements)


def make_statements():
    load()
    load_statements()
    make_statement("calm", "I never want to be on call", about="constraint", rules_out=["mlops-engineer"])


def test_every_page_is_open_to_everyone_and_fits(page, statements):
    noise = []
    page.on("console", lambda message: noise.append(message.text))

    for address in PAGES:
        page.goto(address)
        assert (address, faults_on_a_desk_and_a_dark_phone(page), noise) == (address, [], [])


def test_a_role_is_chosen_without_a_script(new_context, statements):
    page = new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    page.goto("/careers/")
    page.get_by_role("link", name="Which role fits you?").click()
    page.get_by_label("I enjoy training models and improving algorithms").check()
    page.get_by_role("button", name="Work it out").click()
    first = page.get_by_role("heading", level=2).first
    assert first.inner_text() == "Machine Learning Engineer comes first"

    page.get_by_role("link", name="I like explaining numbers to people").click()

    assert page.url.endswith("/careers/choose/?say=train-models&say=explain")
    assert page.get_by_role("heading", level=2).first.inner_text() == "Data Scientist comes first"
    assert page.get_by_label("I like explaining numbers to people").is_checked()
    region = page.get_by_role("region", name="What each statement you ticked gives each role")
    assert region.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_the_keyboard_is_enough(page, statements):
    page.goto("/careers/choose/")
    page.get_by_label("I like statistics and mathematics").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    page.wait_for_url("**/careers/choose/?say=maths")
    assert page.get_by_role("heading", name="Data Scientist comes first").is_visible()
