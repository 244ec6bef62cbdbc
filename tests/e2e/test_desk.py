"""The admin in a real browser: what the small scripts add, and that everyone can use it."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Article, Hashtag
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    RoleFactory,
    UserFactory,
)

from .accessibility import faults_on_a_desk_and_a_dark_phone, violations_in_light_and_dark

pytestmark = pytest.mark.django_db(transaction=True)
TWELVE = (
    "#Java #Python #Programming #Software #Architecture #AI #ArtificialIntelligence #genai #machinelearning "
    "#ml #career #generativeai"
)


@pytest.fixture
def desk(context, base_url):
    """``desk("writer")``: a page in which such a person is logged in."""
    return lambda group, **size: log_in(context, group, base_url, **size)


@pytest.fixture
def elsewhere(new_context, base_url):
    """As ``desk``, in a browser of its own: for a second person, or for what stays in a browser."""
    return lambda group, **options: log_in(new_context(**options), group, base_url)


def log_in(context, group, base_url, viewport=None):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])
    page = context.new_page()
    if viewport:
        page.set_viewport_size(viewport)
    page.person = person
    return page


@pytest.fixture
def stories():
    """One of each kind of row the admin's pages show."""
    author = AuthorFactory()
    draft = DraftFactory(authors=[author], hashtags=["Python", "Machine Learning"])
    draft.roles.add(RoleFactory())
    draft.credentials.add(CredentialFactory())
    ArticleFactory(authors=[author], summary="")
    hashtag = Hashtag.objects.get(name="Python")
    hashtag.aliases.create(name="Py")
    return [
        reverse("admin:index"),
        reverse("admin:blog_article_changelist"),
        reverse("admin:blog_article_add"),
        reverse("admin:blog_article_change", args=[draft.pk]),
        reverse("admin:blog_hashtag_changelist"),
        reverse("admin:blog_hashtag_change", args=[hashtag.pk]),
        reverse("admin:blog_author_change", args=[author.pk]),
        reverse("admin:blog_article_changelist", query={"standing": "bin"}),
        reverse("admin:blog_article_delete", args=[draft.pk]),
    ]


def pasted(page, selector, text):
    page.locator(selector).click()
    page.evaluate(
        """([selector, text]) => {
            const data = new DataTransfer();
            data.setData("text", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.querySelector(selector).dispatchEvent(event);
        }""",
        [selector, text],
    )


def test_the_admin_is_for_everyone_fits_a_phone_and_keeps_its_policy(desk, stories):
    page = desk("publisher")
    faults, complaints = [], []
    page.on("console", lambda message: complaints.append(message.text))

    for address in stories:
        page.goto(address)
        faults += faults_on_a_desk_and_a_dark_phone(page)

    assert faults == []
    assert [text for text in complaints if "Content Security Policy" in text or "Uncaught" in text] == []


def test_a_writer_pastes_the_twelve_hashtags_and_saves_a_draft(desk, base_url):
    CategoryFactory(name="Artificial Intelligence")
    Hashtag.objects.create(name="Python")
    page = desk("writer")
    page.goto(base_url + reverse("admin:blog_article_add"))

    page.fill("#id_title", "From a browser")
    page.select_option("#id_category", label="Artificial Intelligence")
    pasted(page, ".field-hashtags .select2-search__field", TWELVE)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("as a draft.").wait_for()

    article = Article.objects.get()
    assert [tag.name for tag in article.hashtags.all()] == TWELVE.replace("#", "").split()
    assert (article.state, article.slug, article.created_by) == ("draft", "from-a-browser", page.person)


def test_existing_hashtags_are_offered_before_a_new_one(desk, base_url):
    ArticleFactory(hashtags=["Python"])
    page = desk("writer")
    page.goto(base_url + reverse("admin:blog_article_add"))

    page.locator(".field-hashtags .select2-search__field").click()
    page.keyboard.type("pyt")
    page.locator(".hashtag-uses").first.wait_for()

    offers = page.locator(".select2-results__option").all_inner_texts()
    assert [offer.split()[0] for offer in offers] == ["Python", "pyt"]


def test_without_scripts_hashtags_are_a_line_of_text(elsewhere, base_url):
    CategoryFactory(name="Data")
    page = elsewhere("writer", java_script_enabled=False)
    page.goto(base_url + reverse("admin:blog_article_add"))

    page.fill("#id_title", "No scripts")
    page.select_option("#id_category", label="Data")
    page.get_by_label("Hashtags").fill("#Java #Python, Machine Learning")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("as a draft.").wait_for()

    assert [tag.name for tag in Article.objects.get().hashtags.all()] == [
        "Java",
        "Python",
        "Machine Learning",
    ]


def test_a_failed_save_keeps_everything_typed(desk, base_url):
    page = desk("writer")
    page.goto(base_url + reverse("admin:blog_article_add"))

    page.fill("#id_title", "Without a category")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Words that must not be lost.")
    pasted(page, ".field-hashtags .select2-search__field", "#Java #Machine Learning")
    page.get_by_role("button", name="Save draft").click()

    page.get_by_text("Nothing you typed is lost").wait_for()
    assert page.input_value("#id_title") == "Without a category"
    assert "Words that must not be lost." in page.locator(".ProseMirror").inner_text()
    assert page.locator("#id_hashtags").input_value() == "Java, Machine Learning"


def test_the_button_says_schedule_when_the_date_is_to_come_and_the_preview_follows(desk, base_url, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    draft = DraftFactory(title="A title")
    page = desk("publisher")
    page.goto(base_url + reverse("admin:blog_article_change", args=[draft.pk]))
    said = page.locator("#id_published_at_moment")

    page.fill("#id_published_at", "2030-03-31T02:30")
    expect(said).to_have_text(
        "Clocks go forward that night: there is no 02:30 in Europe/Berlin. Choose an hour later."
    )
    page.fill("#id_published_at", "2050-01-01T10:00")
    expect(said).to_have_text(
        re.compile(r"^Goes live in \d+ years, 10:00 Europe/Berlin on Saturday.? 1 January 2050\.$")
    )
    ends = page.locator("#id_expires_at_moment")
    page.fill("#id_expires_at", "2050-01-01T10:00")
    expect(ends).to_contain_text("It would expire before it is published.")
    page.fill("#id_published_at", "2050-01-01T09:59")
    expect(ends).not_to_contain_text("It would expire")
    page.fill("#id_published_at", "2050-01-01T10:01")
    expect(ends).to_contain_text("It would expire before it is published.")
    page.fill("#id_expires_at", "")
    expect(ends).to_have_text("")

    page.get_by_role("button", name="Schedule").wait_for()
    page.fill("#id_seo_title", "What search engines show")
    page.locator("[data-title]", has_text="What search engines show").wait_for()
    page.get_by_role("button", name="Schedule").click()
    page.get_by_text("is scheduled for").wait_for()

    draft.refresh_from_db()
    assert draft.standing_at(timezone.now()) == "scheduled"


def test_enter_in_the_title_saves_and_publishes_nothing(desk, base_url):
    draft = DraftFactory()
    page = desk("publisher")
    page.goto(base_url + reverse("admin:blog_article_change", args=[draft.pk]))

    page.locator("#id_title").press("Enter")
    page.get_by_text("as a draft.").wait_for()

    draft.refresh_from_db()
    assert draft.state == "draft"


def words_of_hours(page, base_url):
    """A draft begun long ago by somebody who went on typing."""
    page.clock.install()
    page.goto(base_url + reverse("admin:blog_article_add"))
    page.fill("#id_title", "Of a long evening")
    page.select_option("#id_category", index=1)
    page.clock.fast_forward("09:00:00")


def test_who_was_logged_out_while_writing_logs_in_in_another_tab_and_saves(elsewhere, base_url):
    CategoryFactory()
    page = elsewhere("writer")
    words_of_hours(page, base_url)
    cookies = page.context.cookies()
    page.context.clear_cookies()

    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("You have been logged out. Your text is still here").wait_for()
    assert page.input_value("#id_title") == "Of a long evening"
    assert not Article.objects.exists()

    page.context.add_cookies([cookie for cookie in cookies if cookie["name"] == settings.SESSION_COOKIE_NAME])
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("as a draft.").wait_for()
    assert Article.objects.get().title == "Of a long evening"


def test_a_session_that_ended_a_moment_ago_costs_no_words_of_any_form(desk, base_url):
    category = CategoryFactory(name="Guides")
    page = desk("editor")
    page.goto(base_url + reverse("admin:blog_category_change", args=[category.pk]))
    page.fill("#id_name", "Long thought about")
    cookies = page.context.cookies()
    page.context.clear_cookies()

    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("You have been logged out. Your text is still here").wait_for()
    assert page.input_value("#id_name") == "Long thought about"

    page.context.add_cookies([cookie for cookie in cookies if cookie["name"] == settings.SESSION_COOKIE_NAME])
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()
    category.refresh_from_db()
    assert category.name == "Long thought about"


def test_a_site_that_is_away_leaves_the_text_where_it_is(elsewhere, base_url):
    CategoryFactory()
    page = elsewhere("writer")
    words_of_hours(page, base_url)
    page.context.set_offline(True)

    page.get_by_role("button", name="Save draft").click()

    page.get_by_text("The site does not answer. Your text is still here").wait_for()
    assert page.input_value("#id_title") == "Of a long evening"


def test_leaving_with_words_unsaved_asks_first(desk, base_url):
    page = desk("writer")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(base_url + reverse("admin:blog_article_add"))

    page.locator(".ProseMirror").click()
    page.keyboard.type("Words")
    page.goto(base_url + reverse("admin:index"))

    assert asked == ["beforeunload"]


def test_the_tools_of_a_form_keep_clear_of_a_long_title(desk):
    article = ArticleFactory(title="A title as long as titles are when several words have to go into it " * 2)
    page = desk("publisher")
    page.goto(reverse("admin:blog_article_change", args=[article.pk]))

    title, tools = page.locator("#content > h2"), page.locator(".object-tools")
    words = title.evaluate(
        "title => { const words = document.createRange(); words.selectNodeContents(title);"
        " return words.getBoundingClientRect().right }"
    )

    assert words <= tools.bounding_box()["x"]


def test_the_buttons_of_a_form_are_written_alike(desk):
    page = desk("publisher")
    page.goto(reverse("admin:blog_article_add"))

    buttons = page.locator(".submit-row input[type=submit], .standing button")

    assert set(buttons.evaluate_all("all => all.map(one => getComputedStyle(one).textTransform)")) == {"none"}


def test_an_article_goes_from_its_writer_to_an_editor_and_back_and_nothing_typed_is_lost(
    desk, elsewhere, writer_s_draft
):
    article, writer, editor = writer_s_draft, desk("writer"), elsewhere("editor")
    article.created_by = writer.person
    article.save()
    form = reverse("admin:blog_article_change", args=[article.pk])

    writer.goto(form)
    writer.get_by_label("Title:", exact=True).fill("Written on the way")
    writer.get_by_label("Note to the editors").fill("Please look.")
    writer.get_by_role("button", name="Submit for review").press("Enter")
    expect(writer.get_by_text("Submitted for review.", exact=True)).to_be_visible()

    editor.goto(reverse("admin:index"))
    editor.get_by_role("link", name="Written on the way").first.click()
    editor.get_by_text("New comment").press("Enter")
    editor.get_by_label("Comment", exact=True).fill("Which year?")
    editor.get_by_label("Title:", exact=True).fill("Mended on the way")
    editor.get_by_role("button", name="Add comment").press("Enter")
    expect(editor.get_by_text("Comments: 1 open")).to_be_visible()
    editor.get_by_label("Note to the writer").fill("Name the year.")
    editor.get_by_role("button", name="Return with the note").press("Enter")
    expect(editor.get_by_text("Returned to the writer, with your note.")).to_be_visible()

    writer.goto(reverse("admin:index"))
    expect(writer.get_by_text("Name the year.")).to_be_visible()
    assert violations_in_light_and_dark(writer) == []
    writer.get_by_role("link", name="Mended on the way").first.click()
    expect(writer.get_by_label("Title:", exact=True)).to_have_value("Mended on the way")
    assert violations_in_light_and_dark(writer, ".standing, .submit-row") == []


@pytest.fixture
def writer_s_draft():
    return DraftFactory(title="Draft", category=CategoryFactory())
