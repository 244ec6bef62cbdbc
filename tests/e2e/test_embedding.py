"""Our facts in a page of another site, and the page that tells developers of them."""

from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from careers.models import Dimension, RoleSkill
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

from .accessibility import sideways, violations, violations_in_light_and_dark

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Unbelievablylongandunbrokenwordsinthenamesofthings"
PAGES = ["/embed/role/one/", "/embed/certification/one/", "/embed/comparison/one-vs-two/"]


@pytest.fixture
def facts():
    Dimension.objects.create(key="main-focus", label="Main focus", value_kind="focus")
    for slug in ("one", "two"):
        told = {"summary": "Words. " * 30, "checked_on": date(2026, 9, 1)}
        role = RoleFactory(name=f"{slug} {LONG}", slug=slug, **told)
        skill = SkillFactory(name=f"{slug} of {LONG}")
        RoleSkill.objects.create(role=role, skill=skill, importance=4, level=4)
    ExamVersionFactory(credential=CredentialFactory(name=f"One {LONG}", slug="one"))


def test_a_frame_is_open_to_everyone_and_fits(new_context, facts):
    page = new_context().new_page()

    for address in PAGES:
        page.set_viewport_size({"width": 640, "height": 400})
        page.goto(address)
        wide = sideways(page)
        page.set_viewport_size({"width": 320, "height": 400})
        assert (address, violations_in_light_and_dark(page), wide + sideways(page)) == (address, [], [])


@pytest.fixture
def elsewhere(live_server):
    """The address of another site, which has all of our frames, and one of our pages in a frame."""
    frames = [f'<iframe src="{live_server.url}{address}"></iframe>' for address in [*PAGES, "/careers/"]]

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write("".join(frames).encode())

        def log_message(self, *said):
            pass

    with HTTPServer(("127.0.0.1", 0), Site) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def test_another_site_can_show_it_and_nothing_else_of_ours(page, facts, elsewhere):
    for address in PAGES:  # also to who has it already, and is told that it has not changed
        page.goto(address)
    page.goto(elsewhere)

    for n in range(len(PAGES)):
        inside = page.frame_locator("iframe").nth(n)
        assert inside.get_by_role("heading", level=1).is_visible()
        assert inside.get_by_role("link", name="the whole page").is_visible()
    assert page.frame_locator("iframe").nth(3).get_by_role("heading").count() == 0


def test_the_code_to_copy_is_there_without_a_script(new_context, facts):
    page = new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()

    for address in ("/careers/roles/one/", "/careers/certifications/one/", "/careers/compare/one-vs-two/"):
        page.goto(address)
        field = page.get_by_label("Code for a page of your own")
        assert not field.is_visible()
        page.get_by_text("Embed this").click()
        assert field.input_value().startswith("<iframe src=")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_page_for_developers_is_open_to_everyone_and_fits(new_context, facts, width, scheme):
    page = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    noise = []
    page.on("console", lambda message: noise.append(message.text))

    page.goto("/api/")

    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert (violations(page), max(too_wide, 0), noise) == ([], 0, [])


def test_the_opened_code_is_open_to_everyone(page, facts):
    page.goto("/careers/roles/one/")
    page.get_by_text("Embed this").click()

    assert violations_in_light_and_dark(page) == []
