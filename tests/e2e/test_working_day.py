"""An editor's whole day, from the first paste to the version brought back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from blog import publishing
from blog.models import Article, Autosave
from tests.factories import AuthorFactory, CategoryFactory, DraftFactory

from . import desk
from .accessibility import violations_in_light_and_dark
from .test_autosave import account, logged_in, open_page

pytestmark = pytest.mark.django_db(transaction=True)
ADD = reverse("admin:blog_article_add")
PASTED = "<h2>Where to begin</h2><p>Begin with one small thing that works, and Python.</p>"


def form_of(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def stored():
    return Article.objects.get()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def title(page):
    return page.get_by_label("Title:", exact=True)


@pytest.fixture
def people(new_context, base_url):
    """A writer, an editor and a publisher, each in a browser of their own."""
    names = {"writer": "wren", "editor": "edda", "publisher": "pat"}
    return {
        group: open_page(logged_in(new_context(), account(group, name), base_url))
        for group, name in names.items()
    }


def test_a_working_day(people, new_context, base_url, live_server):
    writer, editor, publisher = people["writer"], people["editor"], people["publisher"]
    CategoryFactory(name="Careers")
    AuthorFactory(name="Careers desk")
    reader = new_context().new_page()

    write_and_paste(writer)
    article = stored()
    save_what_another_saved_meanwhile(writer, editor, article)
    ask_and_be_asked_again(writer, editor, article)
    link = share(publisher, article)
    reader.goto(link)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Your first job in data")
    expect(reader.get_by_text("Draft preview.")).to_be_visible()

    schedule_and_publish(publisher, article)
    reader.goto(link)
    expect(reader).to_have_url(re.compile(r"/blog/your-first-job-in-data/$"))

    # Another address: the old one leads on.
    publisher.fill("#id_slug", "first-job")
    with publisher.expect_navigation():
        button(publisher, "Publish changes").click()
    reader.goto(f"{live_server.url}/blog/your-first-job-in-data/")
    expect(reader).to_have_url(re.compile(r"/blog/first-job/$"))

    bring_back_an_old_version(publisher, article)
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Your first job in data")

    publish_two_and_take_it_back(publisher, article)
    look_at_other_words(publisher, article)


def write_and_paste(writer):
    """A pause keeps it before anybody saves."""
    writer.goto(ADD)
    title(writer).fill("A first job in data")
    desk.paste(writer, desk.BODY, html=PASTED)
    expect(writer.get_by_role("status").filter(has_text="Autosaved")).to_have_count(1)
    assert Autosave.objects.count() == 1
    writer.select_option("#id_category", label="Careers")
    writer.fill("#id_summary", "Where to begin, and what to leave.")
    desk.choose(writer, writer.locator(".field-byline .select2-selection"), "Careers desk")
    save(writer)
    assert not Autosave.objects.exists()


def save(page):
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_text("as a draft.").wait_for()


def save_what_another_saved_meanwhile(writer, editor, article):
    """The second sees both texts and keeps both changes, by the keyboard."""
    editor.goto(form_of(article))
    editor.fill("#id_seo_title", "First jobs in data")
    save(editor)
    title(writer).fill("Your first job in data")
    writer.get_by_role("button", name="Save and continue editing").click()
    writer.get_by_role("heading", name="Someone saved this article before you").wait_for()
    assert violations_in_light_and_dark(writer) == []
    writer.get_by_role("button", name="Save it like this").focus()
    writer.keyboard.press("Enter")
    writer.get_by_text("as a draft.").wait_for()
    assert (stored().title, stored().seo_title) == ("Your first job in data", "First jobs in data")


def ask_and_be_asked_again(writer, editor, article):
    """Submit; the editor returns it with a note; submit again; approve."""
    writer.fill("#id_review_note", "Ready?")
    button(writer, "Submit for review").click()
    expect(writer.locator("#review")).to_contain_text("In review")
    editor.goto(form_of(article))
    editor.fill("#id_review_note", "Say more.")
    button(editor, "Return with the note").click()
    expect(editor.locator("#review")).to_contain_text("Say more.")
    writer.goto(form_of(article))
    expect(writer.locator("#review")).to_contain_text("Returned to the writer")
    button(writer, "Submit for review").click()
    expect(writer.locator("#review")).to_contain_text("In review")
    editor.goto(form_of(article))
    button(editor, "Approve").click()
    expect(editor.locator("#review")).to_contain_text("Approved")


def share(publisher, article):
    """A link for somebody without an account."""
    publisher.goto(reverse("admin:blog_article_share", args=[article.pk]))
    button(publisher, "Make a link").click()
    link = publisher.locator(".share-link").input_value()
    assert width_of(publisher.locator(".share-link")) > 500
    assert violations_in_light_and_dark(publisher) == []
    return link


def schedule_and_publish(publisher, article):
    """With a look at it beside the form between."""
    publisher.goto(form_of(article))
    later = timezone.localtime(timezone.now() + timedelta(days=2))
    publisher.fill("#id_published_at", later.strftime("%Y-%m-%dT%H:%M"))
    button(publisher, "Schedule").click()
    publisher.get_by_text("is scheduled for").wait_for()
    look_at_it_beside_the_form(publisher)
    button(publisher, "Publish now").click()
    publisher.get_by_text("is live").wait_for()


def look_at_it_beside_the_form(publisher):
    """On a phone under it, and led there."""
    button(publisher, "Preview").click()
    shown = publisher.frame_locator("iframe[title='Preview of the page']")
    expect(shown.get_by_role("heading", level=1)).to_have_text("Your first job in data")
    assert width_of(publisher.locator("#article_form")) > 500
    top = publisher.locator("iframe[title='Preview of the page']").element_handle().content_frame()
    top.evaluate("scrollTo(0, 150)")
    summary = publisher.input_value("#id_summary")
    publisher.fill("#id_summary", "Another beginning.")
    expect(shown.get_by_text("Another beginning.").first).to_be_attached()
    top.wait_for_function("scrollY === 150")
    publisher.fill("#id_summary", summary)
    button(publisher, "Close").click()
    expect(button(publisher, "Preview")).to_be_focused()

    publisher.set_viewport_size({"width": 320, "height": 700})
    button(publisher, "Preview").press("Enter")
    expect(button(publisher, "Phone")).to_be_focused()
    expect(button(publisher, "Phone")).to_be_in_viewport()
    button(publisher, "Close").press("Enter")
    publisher.set_viewport_size({"width": 1280, "height": 720})


def width_of(element):
    return element.bounding_box()["width"]


def bring_back_an_old_version(publisher, article):
    """Over a draft that was not so good."""
    draft = stored()
    draft.title = "Not so good"
    publishing.save(draft, by=None, now=timezone.now())
    publisher.goto(reverse("admin:blog_article_history", args=[article.pk]))
    assert violations_in_light_and_dark(publisher) == []
    button(publisher, "Compare these two").click()
    publisher.get_by_role("button", name=re.compile("^Restore version")).click()
    publisher.get_by_text("is the newest draft now").wait_for()
    expect(title(publisher)).to_have_value("Your first job in data")


def publish_two_and_take_it_back(publisher, article):
    """Counted first, done, undone: by the keyboard, and all is as it was."""
    other = DraftFactory(title="Not yet", category=article.category, authors=[*article.authors.all()])
    before = standings()
    publisher.goto(reverse("admin:blog_article_changelist"))
    for one in (article, other):
        publisher.locator(f"input[name=_selected_action][value='{one.pk}']").press("Space")
    publisher.get_by_label("Action:").select_option(label="Publish the selected articles")
    button(publisher, "Go").press("Enter")
    expect(publisher.get_by_role("heading", name="2 articles would change")).to_be_visible()
    assert violations_in_light_and_dark(publisher) == []
    assert standings() == before

    button(publisher, "Publish (2)").press("Enter")
    publisher.get_by_role("link", name="what was done lately").press("Enter")
    assert {state for state, *_ in standings()} == {"published"}
    assert violations_in_light_and_dark(publisher) == []

    publisher.get_by_role("button", name="Undo: Publish: “").press("Enter")
    publisher.get_by_text("Taken back in 2 articles").wait_for()
    assert standings() == before


def standings():
    """Where all articles stand: what readers have, and what waits over it."""
    rows = Article.objects.order_by("pk").select_related("draft")
    return [(row.state, row.title, row.published_at, row.draft and row.draft.content) for row in rows]


def look_at_other_words(publisher, article):
    """Only what the choice asks for is there to fill in, and the answer comes into sight."""
    publisher.goto(reverse("admin:blog_article_many", query={"ids": article.pk}))
    expect(publisher.get_by_label("Find", exact=True)).to_be_hidden()
    publisher.get_by_label("Find and replace").press("Space")
    expect(publisher.get_by_label("Category", exact=True)).to_be_hidden()
    publisher.get_by_label("Find", exact=True).fill("data")
    button(publisher, "Show every change").press("Enter")
    expect(publisher.get_by_role("heading", name="1 of 1 would change")).to_be_in_viewport()
    assert violations_in_light_and_dark(publisher) == []
