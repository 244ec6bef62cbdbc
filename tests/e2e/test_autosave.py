"""Nothing typed is lost: not to a pause, a dead network, an ended session, a crash, or a colleague."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Article, Autosave
from tests.factories import ArticleFactory, CategoryFactory, UserFactory

from .accessibility import violations_in_light_and_dark

pytestmark = pytest.mark.django_db(transaction=True)
# What the browser keeps is the same beside either; these ask what the site has, and what others see of it.
both_databases = pytest.mark.both_databases
PASSWORD = "trail-marker-2026"
ADD = reverse("admin:blog_article_add")
AUTOSAVE = re.compile(r"/autosave/$")
expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong


def account(group="publisher", name="robin"):
    person = UserFactory(username=name)
    person.set_password(PASSWORD)
    person.save()
    person.groups.add(Group.objects.get(name=group))
    return person


def logged_in(context, person, base_url):
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])
    return context


@pytest.fixture
def robin():
    return account()


@pytest.fixture
def article(robin):
    return ArticleFactory(title="As readers see it", created_by=robin)


@pytest.fixture
def page(context, base_url, robin):
    """Robin's, who says yes to leaving with words unsaved."""
    return open_page(logged_in(context, robin, base_url))


@pytest.fixture
def own(new_context, base_url, robin):
    """The same in a browser of this test's own: a clock stays in it."""
    return open_page(logged_in(new_context(), robin, base_url))


def open_page(context):
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def form_of(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def write(page, words):
    page.get_by_label("Title:", exact=True).fill(words)


def title_of(page):
    return page.get_by_label("Title:", exact=True)


def said(page):
    return page.locator("[data-autosaved]")


def kept():
    return [one.title for one in Autosave.objects.order_by("pk")]


def copies_in(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('waymark:'))")


@both_databases
def test_a_pause_keeps_the_text_in_a_draft_and_readers_see_what_they_saw(page, article):
    page.goto(form_of(article))
    row = Article.objects.filter(pk=article.pk).values().get()

    write(page, "Half a thought")

    expect(said(page)).to_contain_text("Autosaved at")
    expect(page.get_by_role("status").filter(has_text="Nobody else sees it until you save")).to_have_count(1)
    assert kept() == ["Half a thought"]
    assert Article.objects.filter(pk=article.pk).values().get() == row


def test_words_in_the_body_are_kept_too(page, article):
    page.goto(form_of(article))

    page.locator(".ProseMirror").press("End")
    page.keyboard.type(" And more.")

    expect(said(page)).to_contain_text("Autosaved at")
    assert "And more." in Autosave.objects.get().data["body"][0]


def test_opening_a_form_and_looking_at_it_keeps_nothing(own, article):
    own.clock.install()
    own.goto(form_of(article))
    title_of(own).focus()
    own.clock.fast_forward(20_000)

    own.goto(reverse("admin:index"))

    assert kept() == []


def test_what_is_typed_while_an_autosave_is_on_its_way_goes_with_the_next(own, article):
    held, sent = [], []

    def hold(route):
        sent.append(route.request.post_data)
        held.append(route) if len(sent) == 1 else route.continue_()

    own.route(AUTOSAVE, hold)
    own.goto(form_of(article))
    with own.expect_request(AUTOSAVE):
        write(own, "First")
    write(own, "Second")
    write(own, "Third")
    own.clock.install()
    assert len(sent) == 1

    with own.expect_response(AUTOSAVE):
        held[0].continue_()
    with own.expect_response(AUTOSAVE):
        own.clock.fast_forward(2000)

    assert kept() == ["Third"]
    assert len(sent) == 2


def test_a_dead_network_drops_nothing(own, article):
    own.goto(form_of(article))
    title_of(own).focus()
    own.context.set_offline(True)
    write(own, "On a train")
    expect(said(own)).to_contain_text("No connection. Your text is kept in this browser")
    write(own, "On a train, in a tunnel")

    own.context.set_offline(False)

    expect(said(own)).to_contain_text("Autosaved at")
    assert kept() == ["On a train, in a tunnel"]


def log_in(page, name):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "login" not in url)


def end_session(page):
    page.context.clear_cookies()


@pytest.mark.parametrize("address", ["add", "change"])
def test_a_session_that_ended_a_moment_ago_costs_no_text(page, article, address):
    where = ADD if address == "add" else form_of(article)
    page.goto(where)
    title_of(page).focus()
    end_session(page)
    write(page, "Long evening")

    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("You have been logged out. Your text is still here")).to_be_visible()
    page.goto(where)
    log_in(page, "robin")
    page.get_by_role("button", name="Go on with that text").click()

    expect(page.get_by_text("and did not save. It is not saved yet")).to_be_visible()
    expect(title_of(page)).to_have_value("Long evening")


def test_an_autosave_after_the_session_says_so_and_goes_through_after_the_login(
    own, article, base_url, robin
):
    own.goto(form_of(article))
    title_of(own).focus()
    end_session(own)
    write(own, "Long evening")
    expect(said(own)).to_contain_text("You are logged out. Your text is kept in this browser")

    own.clock.install()
    logged_in(own.context, robin, base_url)
    own.clock.fast_forward(60_000)
    write(own, "Long evening, and on")

    expect(said(own)).to_contain_text("Autosaved at")
    assert kept() == ["Long evening, and on"]


def test_a_crash_costs_no_text_even_if_the_site_never_had_it(page, article):
    page.route(AUTOSAVE, lambda route: route.abort())
    page.goto(form_of(article))
    write(page, "Before the lights went out")
    expect(said(page)).to_contain_text("No connection")
    page.close()

    page = open_page(page.context)
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Before the lights went out").click()
    page.get_by_role("button", name="Go on with that text").click()

    expect(title_of(page)).to_have_value("Before the lights went out")
    assert kept() == ["Before the lights went out"]


def test_what_the_site_kept_is_offered_on_return_and_gone_once_saved(page, article):
    page.goto(form_of(article))
    write(page, "Not finished")
    expect(said(page)).to_contain_text("Autosaved at")
    page.close()

    page = open_page(page.context)
    page.goto(form_of(article))
    expect(title_of(page)).to_have_value("As readers see it")
    page.get_by_role("link", name="Go on with that text").press("Enter")
    expect(title_of(page)).to_have_value("Not finished")
    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.locator(".messagelist")).to_contain_text("Saved a draft of")
    expect(page.locator(".unsaved-offer")).to_have_count(0)
    assert kept() == []
    assert copies_in(page) == []


def test_who_writes_in_another_zone_is_told_whose_clock_it_is(
    new_context, base_url, article, robin, settings
):
    settings.TIME_ZONE = "Asia/Kolkata"
    abroad = new_context(timezone_id="America/New_York")
    own = open_page(logged_in(abroad, robin, base_url))
    own.goto(form_of(article))
    write(own, "From far away")
    expect(said(own)).to_contain_text("Autosaved at")

    saved_at = timezone.localtime(Autosave.objects.get().saved_at)
    expect(said(own)).to_contain_text(f"Autosaved at {saved_at:%H:%M} Asia/Kolkata.")


def test_what_is_not_wanted_is_discarded(page, article):
    page.goto(form_of(article))
    write(page, "Never mind")
    expect(said(page)).to_contain_text("Autosaved at")
    page.goto(form_of(article))

    page.get_by_role("button", name="Discard it").click()

    expect(page.locator(".unsaved-offer")).to_have_count(0)
    expect(title_of(page)).to_have_value("As readers see it")
    assert kept() == []


def test_a_text_is_kept_as_long_as_the_site_refuses_the_form(page):
    page.goto(ADD)
    write(page, "No category yet")
    page.get_by_role("button", name="Save draft").click()

    expect(page.locator(".to-mend")).to_contain_text("Choose a category")
    expect(said(page)).to_contain_text("Autosaved at")
    assert kept() == ["No category yet"]


def test_who_comes_next_to_the_computer_is_not_shown_the_text_and_its_writer_is(page, article):
    account(name="kim")
    page.goto(ADD)
    title_of(page).focus()
    end_session(page)
    write(page, "For my eyes")
    expect(said(page)).to_contain_text("You are logged out")

    for name, offers in [("kim", 0), ("robin", 1)]:
        end_session(page)
        page.goto(ADD)
        log_in(page, name)
        expect(page.locator("[data-autosaved]")).to_have_count(1)
        expect(page.get_by_role("button", name="Go on with that text")).to_have_count(offers)


def test_a_form_left_open_is_not_sent_in_the_name_of_who_logged_in_since(page, article, base_url):
    page.goto(ADD)
    title_of(page).focus()
    end_session(page)
    logged_in(page.context, account(name="kim"), base_url)
    write(page, "By Robin")
    expect(said(page)).to_contain_text("Somebody else is logged in here now")

    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("Somebody else has logged in here since you opened this form")).to_be_visible()
    assert kept() == []
    assert Article.objects.count() == 1


def test_logging_out_leaves_nothing_behind_that_the_site_has(page, article):
    page.goto(form_of(article))
    write(page, "Kept by the site")
    expect(said(page)).to_contain_text("Autosaved at")

    page.get_by_role("button", name="Log out").click()
    page.get_by_text("Logged out", exact=True).first.wait_for()

    assert copies_in(page) == []


def test_going_back_to_a_new_form_and_saving_again_changes_the_same_article(page):
    category = CategoryFactory()
    page.goto(ADD)
    write(page, "Once")
    page.select_option("#id_category", str(category.pk))
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("as a draft.").wait_for()
    page.go_back()
    expect(page.get_by_text("This form has been sent already")).to_be_visible()

    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("as a draft.").wait_for()

    assert [one.title for one in Article.objects.all()] == ["Once"]


@pytest.fixture
def colleague(new_context, base_url):
    return open_page(logged_in(new_context(), account("editor", "sam"), base_url))


@both_databases
def test_two_who_open_one_article_see_each_other_within_ten_seconds(own, colleague, article):
    own.clock.install()
    own.goto(form_of(article))
    colleague.goto(form_of(article))
    expect(colleague.locator(".company")).to_contain_text("robin has this open too")

    own.clock.fast_forward(8000)
    expect(own.locator(".company")).to_contain_text("sam has this open too")

    write(colleague, "Theirs")
    expect(said(colleague)).to_contain_text("Autosaved at")
    colleague.get_by_role("button", name="Save and continue editing").click()
    expect(colleague.locator(".messagelist")).to_contain_text("Saved a draft")
    own.clock.fast_forward(8000)
    expect(own.locator(".company")).to_contain_text("sam saved version 1")
    expect(own.locator(".company")).to_contain_text("you will be asked when you save")
    expect(own.get_by_role("status").filter(has_text="sam saved version 1")).to_have_count(1)


@pytest.fixture
def crowded(article, robin):
    """A form with an offer, and a colleague in it."""
    sam = account("editor", "sam")
    article.editing_sessions.create(by=sam, form_token=uuid4(), last_seen_at=timezone.now(), is_writing=True)
    article.autosaves.create(
        by=robin, form_token=uuid4(), title="T", data={"title": ["T"]}, saved_at=timezone.now()
    )
    return form_of(article)


def test_offers_and_company_are_for_everyone_in_light_and_dark_and_fit_a_phone(page, crowded):
    page.goto(crowded)
    write(page, "Mine")
    expect(said(page)).to_contain_text("Autosaved at")
    expect(page.locator(".company")).to_contain_text("sam is writing here too")

    assert violations_in_light_and_dark(page, ".unsaved-offer, .company, [data-autosaved]") == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
