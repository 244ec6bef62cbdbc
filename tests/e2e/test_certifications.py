"""Narrowing certifications and asking whether one can still be sat, by hand in a real browser."""

from datetime import date

import pytest

from careers.models import Condition, Credential, ExamDomain, FieldCheck, LifecycleEvent, Source
from careers.transfer import load

from .accessibility import faults_on_a_desk_and_a_dark_phone

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/careers/certifications/"
DISPUTED = f"{LIST}aws-genai-developer-professional/"


@pytest.fixture(scope="module")
def catalogue(for_the_module):
    for_the_module(load)


@pytest.fixture(scope="module")
def disputed(catalogue, for_the_module):
    for_the_module(dispute)


def dispute():
    """A certification with something in every part of its page."""
    credential = Credential.objects.get(slug="aws-genai-developer-professional")
    version = credential.versions.get(exam_code="AIP-C01")
    pages = [
        Source.objects.create(key=key, title=f"Page {key}", kind="official", url="https://example.org/")
        for key in ("one", "two")
    ]
    for page, said, verdict in zip(pages, ("180", "170"), ("confirms", "contradicts"), strict=True):
        FieldCheck.objects.create(
            version=version,
            field="minutes",
            value=f"{said} minutes",
            source=page,
            verdict=verdict,
            checked_on=date(2026, 9, 28),
        )
    ExamDomain.objects.create(version=version, name="Models", weight_min=25, weight_max=30)
    LifecycleEvent.objects.create(credential=credential, kind="price_change", certainty="expected")
    other = Credential.objects.exclude(pk=credential.pk).first()
    Condition.objects.create(credential=credential, relation="recommends", target_credential=other)


def test_certifications_are_narrowed_without_a_script(new_context, catalogue):
    page = new_context(java_script_enabled=False).new_page()

    page.goto(LIST)
    page.get_by_text("Provider", exact=True).first.click()
    page.get_by_label("Snowflake").check()
    page.get_by_label("Show retired ones").check()
    page.get_by_role("button", name="Show", exact=True).click()

    table = page.get_by_role("table", name="Certifications by provider")
    assert "SnowPro Associate: Platform" in table.inner_text()
    assert "Google" not in table.inner_text()
    page.get_by_role("link", name="Take back: Provider: Snowflake").click()
    assert "Google" in table.inner_text()
    assert page.url.endswith("?retired=1")


def test_all_of_it_works_from_the_keyboard(new_context, catalogue):
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(LIST)

    page.get_by_label("Weeks I need").focus()
    page.keyboard.type("12")
    page.locator("summary", has_text="Provider").focus()
    page.keyboard.press("Enter")
    for _ in range(2):  # past the first provider, to the second by name
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    page.wait_for_url("**weeks=12**")
    assert page.get_by_label("AWS").is_checked()
    assert page.get_by_role("columnheader", name="Can be sat then").is_visible()


def test_on_a_phone_the_choices_are_folded_and_beside_the_list_they_are_not(new_context, catalogue):
    for width, is_folded in ((320, True), (1280, False)):
        page = new_context(viewport={"width": width, "height": 700}, java_script_enabled=False).new_page()
        page.goto(LIST)

        assert page.get_by_text("Narrow the list").is_visible() is is_folded
        assert page.get_by_label("Weeks I need").is_visible() is not is_folded


def test_the_question_is_answered_where_it_was_asked(new_context, catalogue):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{LIST}aws-ml-engineer-associate/")

    page.get_by_label("Weeks I need").fill("12")
    page.get_by_label("In", exact=True).select_option("Japanese")
    page.get_by_role("button", name="Ask").click()

    assert "Not known. Whether MLA-C01 can be sat in Japanese on" in page.get_by_role("status").inner_text()
    assert page.url.endswith("?weeks=12&in=ja#sit")


def test_with_everything_unfolded_the_pages_are_open_to_everyone_and_fit(page, disputed):
    noise = []
    page.on("console", lambda message: noise.append(message.text))

    for address in (f"{LIST}?weeks=12&in=ja&provider=aws&retired=1", f"{DISPUTED}?in=ja&weeks=999"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        assert (address, faults_on_a_desk_and_a_dark_phone(page), noise) == (address, [], [])


def test_what_sources_say_is_unfolded_where_they_disagree(new_context, disputed):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(DISPUTED)

    assert page.get_by_text("“170 minutes” on").first.is_visible()
    page.get_by_text("Every fact with its last check").first.click()
    assert page.get_by_role("table", name="Every fact with its last check").is_visible()


def test_the_block_of_data_is_let_through_by_the_policy_and_can_be_read(new_context, disputed):
    page = new_context().new_page()
    noise = []
    page.on("console", lambda message: noise.append(message.text))
    page.goto(DISPUTED)

    data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)")

    assert data["@graph"][0]["name"] == page.get_by_role("heading", level=1).inner_text().replace("\n", " ")
    assert noise == []
