"""Pathways in a real browser: open to everyone, by keyboard, on a phone, without a script."""

import pytest
from playwright.sync_api import expect

from careers.models import Pathway
from careers.transfer import load

from .accessibility import faults_on_a_desk_and_a_dark_phone

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["/careers/pathways/", "/careers/pathways/python-to-generative-ai/"]


@pytest.fixture(scope="module")
def ways(for_the_module):
    for_the_module(load)


def test_pathways_are_open_to_everyone_and_fit(page, ways):
    noise = []
    page.on("console", lambda message: noise.append(message.text))

    for address in PAGES:
        page.goto(address)
        assert (address, faults_on_a_desk_and_a_dark_phone(page), noise) == (address, [], [])


def test_the_picture_is_walked_by_keyboard_and_shows_where_one_is(new_context, ways):
    page = new_context(java_script_enabled=True).new_page()
    page.goto(PAGES[1])
    region = page.get_by_role("region", name="Picture of the pathway")
    region.focus()

    page.keyboard.press("Tab")

    link = page.locator(".pathway__link").first
    expect(link).to_be_focused()
    width = link.locator("rect").evaluate("box => getComputedStyle(box).strokeWidth")
    assert width == "4px"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/pathways/" not in url)


def test_on_a_phone_the_list_leads_and_only_the_picture_scrolls(new_context, ways):
    page = new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
    page.goto(PAGES[1])

    steps, region = page.locator(".pathway__stages"), page.locator(".pathway__scroll")

    assert steps.bounding_box()["y"] < region.bounding_box()["y"]
    assert region.bounding_box()["width"] <= 320


def test_a_phone_begins_in_the_middle_of_the_picture_and_may_go_to_both_sides(new_context, ways):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(PAGES[1])

    region = page.get_by_role("region", name="Picture of the pathway")
    first = page.locator(".pathway__link").first.bounding_box()

    assert page.evaluate("scrollY") == 0
    assert 0 < region.evaluate("box => box.scrollLeft") < region.evaluate("box => box.scrollWidth - 300")
    assert first["x"] > 0
    assert first["x"] + first["width"] < 320


@pytest.mark.parametrize("width", [1024, 1280])
def test_a_wide_page_shows_the_whole_of_every_picture(new_context, ways, width):
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    for pathway in Pathway.objects.all():
        page.goto(pathway.get_absolute_url())
        hidden = page.locator(".pathway__scroll").evaluate("box => box.scrollWidth - box.clientWidth")
        assert (pathway.slug, hidden) == (pathway.slug, 0)


def test_on_paper_every_picture_fits_on_one_sheet(new_context, ways):
    page = new_context(viewport={"width": 673, "height": 986}).new_page()  # A4 within its margins
    page.emulate_media(media="print")
    for pathway in Pathway.objects.all():
        page.goto(pathway.get_absolute_url())
        figure = page.locator(".pathway__figure").bounding_box()
        assert figure["width"] <= 673, pathway
        assert figure["height"] <= 986, pathway


def test_no_text_leaves_its_box(new_context, ways):
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    for address in PAGES[1:]:
        page.goto(address)
        page.evaluate("document.fonts.ready")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('.pathway__title, .pathway__status')].filter(text => {
                const box = text.parentNode.querySelector('rect').getBBox(), own = text.getBBox()
                return own.x + own.width > box.x + box.width - 4 || own.y + own.height > box.y + box.height
            }).map(text => text.textContent)"""
        )
        assert outside == []
