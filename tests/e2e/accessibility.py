"""What axe, the accessibility checker, finds on a page as the browser shows it."""

from pathlib import Path

from playwright.sync_api import Page

COLOURS = ["color-contrast", "link-in-text-block"]  # axe's rules that look at them
# Those that look at how much room there is, and at the names of what may be folded or unfolded for it.
ROOM = ["scrollable-region-focusable", "aria-hidden-focus", "region", "landmark-unique"]
NAMES = ["button-name", "label", "link-name", "select-name", "summary-name"]
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 800}
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


# Until its typeface is there, an icon is a word that says something else than its button's name; and a
# typeface is only asked for once something is drawn in it. Colours on their way to others are neither. What
# is never drawn, as in a window that is covered, is not waited for.
DRAWN = """async () => {
    const drawn = async () => {
        await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
        await document.fonts.ready
        await Promise.allSettled(document.getAnimations().map((change) => change.finished))
    }
    await Promise.race([drawn(), new Promise((given_up) => setTimeout(given_up, 3000))])
}"""


def violations(page: Page, within: str = "html", **options: object) -> list[str]:
    if page.locator("textarea[name=body]").count():
        page.locator(".ProseMirror").wait_for()
    page.evaluate(DRAWN)
    if not page.evaluate("'axe' in window"):
        # The evaluation is the browser's own, so the page's policy against foreign scripts can stay in force.
        page.evaluate(AXE)
    # Style sheets it loads anew, for no rule asked here, would break the page's policy.
    preload = {"assets": ["media"]}
    asked = [within, {"resultTypes": ["violations"], "preload": preload, **options}]
    found = page.evaluate("([within, options]) => axe.run(within, options)", asked)["violations"]
    return [f"{page.url}: {fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]]


def violations_in_light_and_dark(page: Page, within: str = "html") -> list[str]:
    """The dark page differs from the light one in its colours only: only they are judged a second time."""
    page.emulate_media(color_scheme="light")
    found = violations(page, within)
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {fault}" for fault in violations(page, within, runOnly=COLOURS)]


def faults_on_a_desk_and_a_dark_phone(page: Page) -> list[str]:
    """Both show the same page: on the phone, only what colours and room can change is judged again."""
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    found = violations(page) + sideways(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    again = violations(page, runOnly=[*COLOURS, *ROOM, *NAMES]) + sideways(page)
    return found + [f"dark phone: {fault}" for fault in again]


def sideways(page: Page) -> list[str]:
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{page.url}: {too_wide} pixels too wide"] if too_wide > 0 else []
