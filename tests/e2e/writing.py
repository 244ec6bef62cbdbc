"""The body editor as a writer's hands know it."""

from blog.body_field import BodyField


def open_article(page, article):
    page.goto(f"/admin/blog/article/{article.pk}/change/")
    body(page).wait_for()


def body(page):
    return page.get_by_role("textbox", name="Body", exact=True)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def answer(page, name):
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def to_the_end(page):
    page.keyboard.press("Control+End")


def insert_comparison(page):
    press(page, "Insert live block")
    page.get_by_label("First role").select_option(label="Data Engineer")
    page.get_by_label("Second role").select_option(label="ML Engineer")
    answer(page, "Insert")


def empty(page):
    body(page).evaluate("element => element.editor.commands.clearContent(true)")
    assert written(page) == ""


def save(page):
    with page.expect_navigation():
        page.locator("[name=_continue]").last.click()
    body(page).wait_for()


def written(page):
    """The body as it is about to be sent, as the site would store it."""
    return BodyField().clean(page.locator("textarea[name=body]").input_value())


def stored(article):
    article.refresh_from_db()
    return article.body
