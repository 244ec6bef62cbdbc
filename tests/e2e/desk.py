"""The admin as an editor's hands know it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import expect

PASSWORD = "trail-marker-2026"
BODY = ".ProseMirror"
BOTH_ROLES = ("Generative AI Engineer", "Machine Learning Engineer")


def account(group: str):
    user = get_user_model().objects.create_user(group, password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def log_in(page, name: str) -> None:
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def log_out(page) -> None:
    page.get_by_role("button", name="Log out").click()


def paste(page, selector: str, *, html: str = "", text: str = "") -> None:
    """A paste as the browser sends it, without the machine's own clipboard."""
    page.locator(selector).first.evaluate(
        """(element, {html, text}) => {
            element.focus()
            const data = new DataTransfer()
            if (html) data.setData("text/html", html)
            if (text) data.setData("text/plain", text)
            element.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
            )
        }""",
        {"html": html, "text": text},
    )


def choose(page, box, typed: str) -> None:
    """Type into one of the admin's autocomplete fields and take the first answer."""
    box.click()
    page.keyboard.type(typed)
    page.locator(".select2-results__option", has_text=typed).first.click()


def insert_comparison(page) -> None:
    page.locator(BODY).press("Control+End")
    page.get_by_role("button", name="Insert live block").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("First role").select_option(label=BOTH_ROLES[0])
    dialog.get_by_label("Second role").select_option(label=BOTH_ROLES[1])
    dialog.get_by_role("button", name="Insert").click()
    expect(page.locator(BODY)).to_contain_text("Comparison of 2–4 roles")
