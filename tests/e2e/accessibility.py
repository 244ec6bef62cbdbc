"""What axe, the accessibility checker, finds on a page as the browser shows it."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


# Until its typeface is there, an icon is a word that says something else than its button's name; and a
# typeface is only asked for once something is drawn in it.
DRAWN = """async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    await document.fonts.ready
}"""


def violations(page: Page, within: str = "html") -> list[str]:
    if page.locator("textarea[name=body]").count():
        page.locator(".ProseMirror").wait_for()
    page.evaluate(DRAWN)
    # The evaluation is the browser's own, so the page's policy against foreign scripts can stay in force.
    page.evaluate(AXE)
    found = page.evaluate("within => axe.run(within, {resultTypes: ['violations']})", within)["violations"]
    return [f"{page.url}: {fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]]
