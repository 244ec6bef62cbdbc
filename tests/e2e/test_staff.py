"""What only the staff see: the strip on public pages, and what the desk says while the database is away."""

import json
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper

from tests.e2e.accessibility import violations_in_light_and_dark
from tests.factories import ArticleFactory, UserFactory

WORDS = "Two thousand words that nobody wants to write again"
ALARM = "The database does not answer. Readers see this page as it was 3 minutes ago."

SENT_WITHOUT_SCRIPT = "HTMLFormElement.prototype.submit.call(document.querySelector('#category_form'))"


@pytest.fixture
def staff(page, live_server, client):
    client.force_login(UserFactory(is_superuser=True))
    host = urlsplit(live_server.url).hostname
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {"staff": "1"}
    page.context.add_cookies(
        [{"name": name, "value": value, "domain": host, "path": "/"} for name, value in cookies.items()]
    )
    ArticleFactory(slug="shown", title="What readers see")
    return page


def strip_of(page):
    strip = page.get_by_role("complementary", name="For the staff")
    strip.wait_for()
    return strip


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_strip_says_what_the_page_is_and_can_be_read_by_everyone_on_the_staff(staff, width):
    staff.set_viewport_size({"width": width, "height": 800})
    staff.goto("/blog/shown/")

    strip = strip_of(staff)

    assert strip.get_by_role("link", name="Edit this page").is_visible()
    assert "What readers see" in strip.inner_text()
    assert violations_in_light_and_dark(staff) == []
    assert fits(staff)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_strip_tells_the_staff_that_readers_see_a_copy(staff, width):
    staff.set_viewport_size({"width": width, "height": 800})
    staff.route("**/admin/bar/*", lambda route: route.fulfill(status=503, body=json.dumps({})))
    staff.route(
        "**/blog/shown/",
        lambda route: (
            route.fulfill(status=200, headers={"Age": "200"})
            if route.request.method == "HEAD"
            else route.fallback()
        ),
    )
    staff.goto("/blog/shown/")

    assert strip_of(staff).inner_text() == ALARM
    assert violations_in_light_and_dark(staff) == []
    assert fits(staff)


@pytest.mark.parametrize("width", [1280, 320])
def test_what_was_typed_comes_back_on_a_page_that_can_be_read_and_copied(staff, width, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("gone")

    staff.set_viewport_size({"width": width, "height": 800})
    staff.goto("/admin/blog/category/add/")
    staff.get_by_label("Name", exact=False).first.fill("A category")
    staff.get_by_label("Description", exact=False).first.fill(WORDS)
    monkeypatch.setattr(CursorWrapper, "execute", fail)
    staff.locator("[name=_save]").click()
    staff.get_by_text("The site does not answer. Your text is still here").wait_for()
    assert violations_in_light_and_dark(staff) == []

    with staff.expect_navigation() as answer:
        staff.evaluate(SENT_WITHOUT_SCRIPT)

    assert answer.value.status == 503
    assert staff.get_by_role("heading", name="The database does not answer").is_visible()
    assert staff.get_by_label("Description").input_value() == WORDS
    assert violations_in_light_and_dark(staff) == []
    assert fits(staff)
    monkeypatch.undo()
