"""Every address, button and list action of articles, for every kind of person and every state of an article.

What is asked comes from the address map and from the admin itself: whatever is new there fails here until the
tables say who may. Whoever is refused changes nothing, in no table.
"""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from blog import publishing, snapshots
from blog.admin.article_saving import VERBS
from blog.admin.reviewing import BUTTONS
from blog.models import Article
from tests.blog.conftest import form_of
from tests.factories import ArticleFactory, DraftFactory, UserFactory
from tests.website.test_admin_access import ADDRESSES, contents

pytestmark = pytest.mark.django_db
DESK = ("writer", "editor", "publisher")
PERSONS = ("anonymous", "deactivated", "without a group", *DESK)
DAY = timedelta(days=1)
LIST = "admin:blog_article_changelist"
OUTSIDE = ("anonymous", "deactivated")
VERSIONS = {"blog_article_compare": {"old": 0, "new": 0}}
OF_BUTTONS = {"comment_text": "So?", "answer_1": "So."}
STATES = (
    *("own draft", "draft", "review", "scheduled", "live", "live-draft", "live-scheduled"),
    *("expired", "archived", "bin"),
)


# --- Who is allowed what, and what an allowed request answers -----------------------------------------------

ANYONE = {"writer": "all", "editor": "all", "publisher": "all"}
THOSE_WHO_WRITE = {"writer": "own", "editor": "all", "publisher": "all"}
REVIEWERS = {"editor": "all", "publisher": "all"}
PUBLISHERS = {"publisher": "all"}
NOT_SO = "405"  # whoever is logged in is told that this is no way to ask

READ = {
    "blog_article_change": (ANYONE, 200),
    "blog_article_history": (ANYONE, 200),
    "blog_article_compare": (ANYONE, 200),
    "blog_article_preview": (ANYONE, 200),
    "blog_article_share": (THOSE_WHO_WRITE, 200),
    "blog_article_delete": (PUBLISHERS, 200),
    "blog_article_autosave": NOT_SO,
    "blog_article_discard_draft": NOT_SO,
    "blog_article_presence": NOT_SO,
    "blog_article_restore": NOT_SO,
    "blog_article_still_correct": NOT_SO,
}
WRITTEN = {
    "blog_article_change": (THOSE_WHO_WRITE, 302),
    "blog_article_history": (ANYONE, 200),  # these three only show
    "blog_article_compare": (ANYONE, 200),
    "blog_article_preview": (ANYONE, 200),
    "blog_article_share": (THOSE_WHO_WRITE, 302),
    "blog_article_delete": (PUBLISHERS, 302),
    "blog_article_autosave": (THOSE_WHO_WRITE, 200),
    "blog_article_discard_draft": (THOSE_WHO_WRITE, 302),
    "blog_article_presence": (THOSE_WHO_WRITE, 200),
    "blog_article_restore": (THOSE_WHO_WRITE, 302),
    "blog_article_still_correct": (THOSE_WHO_WRITE, 302),
}
# What readers have had is asked about first.
ASKED = {"live", "live-draft", "live-scheduled", "expired", "archived"}

# A button that is not for someone is refused; one that publishes is passed over, and a draft saved.
PASSED_OVER = {
    "_publish": PUBLISHERS,
    "_publish_now": PUBLISHERS,
    "_unpublish": PUBLISHERS,
    "_archive": PUBLISHERS,
    "_restore": PUBLISHERS,
    "_discard": ANYONE,
    "_unschedule": PUBLISHERS,
}
REFUSED = {
    "_submit": THOSE_WHO_WRITE,
    "_take_back": THOSE_WHO_WRITE,
    "_return": REVIEWERS,
    "_approve": REVIEWERS,
    "_assign": REVIEWERS,
    "_comment": THOSE_WHO_WRITE,
    "_answer": THOSE_WHO_WRITE,
    "_resolve": THOSE_WHO_WRITE,
    "_reopen": THOSE_WHO_WRITE,
}
ACTIONS = {
    "publish_selected": PUBLISHERS,
    "unpublish_selected": PUBLISHERS,
    "delete_selected": PUBLISHERS,
    "take_out_of_bin_selected": PUBLISHERS,
    "change_many": ANYONE,
}


def stops(who):
    """The answers to whoever is not let in, or not let through."""
    return (302,) if who in OUTSIDE else (403, 405)


def allows(power, who, state):
    return power.get(who) == "all" or (power.get(who) == "own" and state == "own draft")


# --- The rows ----------------------------------------------------------------------------------------------


def made(own):
    """An article in every state, begun by somebody else; and one that ``own`` began."""
    now, other = timezone.now(), UserFactory(username="other")
    texts = {"created_by": other}
    draft = DraftFactory(**texts)
    found = {
        "own draft": DraftFactory(created_by=own),
        "draft": draft,
        "review": DraftFactory(submitted_at=now, **texts),
        "scheduled": ArticleFactory(published_at=now + DAY, first_published_at=now + DAY, **texts),
        "live": ArticleFactory(**texts),
        "live-draft": ArticleFactory(**texts),
        "live-scheduled": ArticleFactory(**texts),
        "expired": ArticleFactory(expires_at=now - DAY, **texts),
        "archived": ArticleFactory(state="archived", **texts),
        "bin": DraftFactory(state="bin", **texts),
    }
    for state in ("live-draft", "live-scheduled"):
        article = Article.objects.get(pk=found[state].pk)
        article.summary = "Other."
        if state == "live-draft":
            publishing.save(article, by=None, now=now)
        else:
            publishing.schedule(article, by=None, at=now + DAY, now=now)
    for article in Article.objects.all():
        if not article.revisions.exists():
            article.revisions.create(version=0, made_at=now, content=snapshots.of(article))
    fresh = Article.objects.in_bulk()
    return {state: fresh[article.pk] for state, article in found.items()}


def come_in(client, who):
    person = UserFactory(username="the-one", is_active=who != "deactivated")
    if who in DESK or who == "deactivated":
        person.groups.add(Group.objects.get(name=who if who in DESK else "publisher"))
    if who != "anonymous":
        client.force_login(person)
    return person


def sent_to(article):
    """Enough for every address: of those who may, nobody is stopped by something left out."""
    token = "11111111-2222-4333-8444-555555555555"
    more = {"post": "yes", "version": article.version, "form_token": token, "review_note": "Why."}
    return form_of(article, title="Forged", published_at=moment(article.published_at), **more)


def moment(value):
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if value else None


def answers(client, method, names, rows, *, stopped):
    """The status by address and state. What was allowed is undone, so that what was refused can be seen."""
    found = {}
    for name in names:
        for state, article in rows.items():
            address = reverse(f"admin:{name}", args=[article.pk], query=VERSIONS.get(name))
            sent = sent_to(article) if method == "post" else {}
            with transaction.atomic():
                found[name, state] = status = getattr(client, method)(address, sent).status_code
                transaction.set_rollback(status not in stopped)
    return found


def expected(table, who):
    return {(name, state): answer(rule, who, state, name) for name, rule in table.items() for state in STATES}


def answer(rule, who, state, name):
    if who in OUTSIDE:
        return 302
    if rule == NOT_SO:
        return 405
    power, status = rule
    if not allows(power, who, state):
        return 403
    is_asked = (name, status) == ("blog_article_delete", 302) and state in ASKED
    return 200 if is_asked else status


# --- The tests ---------------------------------------------------------------------------------------------


def test_every_address_button_and_action_of_an_article_is_listed_here():
    of_an_article = {
        name
        for name, route in ADDRESSES
        if name.startswith("blog_article_") and "<" in route and "<uuid:" not in route
    }
    assert of_an_article == set(READ) == set(WRITTEN)
    assert {*VERBS, *BUTTONS} == {*PASSED_OVER, *REFUSED}
    assert set(actions("")) | set(actions("?standing=bin")) == set(ACTIONS)


def actions(query):
    request = RequestFactory().get(f"/{query}")
    request.user = UserFactory(is_superuser=True)
    return admin.site.get_model_admin(Article).get_actions(request)


@pytest.mark.parametrize("who", PERSONS)
def test_who_reads_what_of_an_article_in_which_state(client, who):
    rows = made(come_in(client, who))

    assert answers(client, "get", READ, rows, stopped=stops(who)) == expected(READ, who)


@pytest.mark.parametrize("who", PERSONS)
def test_who_changes_what_of_an_article_in_which_state_and_who_changes_nothing(client, who):
    rows = made(come_in(client, who))
    before = contents()

    assert answers(client, "post", WRITTEN, rows, stopped=stops(who)) == expected(WRITTEN, who)
    assert contents() == before


@pytest.mark.parametrize("who", PERSONS)
def test_a_button_pressed_by_whom_it_is_not_for_does_nothing(client, who):
    person = come_in(client, who)
    rows = made(person)
    before = contents()
    # Whoever may not read one is turned away before it is looked at.
    asked = rows if who in DESK else {state: rows[state] for state in ("own draft", "review", "live")}
    for button, power in REFUSED.items():
        for state, article in asked.items():
            if not allows(power, who, state):
                address = reverse("admin:blog_article_change", args=[article.pk])
                told = client.post(address, sent_to(article) | OF_BUTTONS | {button: "1"}).status_code
                assert (button, state, told) == (button, state, 302 if who in OUTSIDE else 403)

    assert contents() == before


@pytest.mark.parametrize("who", ["writer", "editor"])
def test_a_button_of_publishers_pressed_by_others_saves_a_draft_and_readers_see_nothing(client, who):
    rows = made(come_in(client, who))
    seen = "state", "published_at", "expires_at", "scheduled_at", "title"
    for button, power in PASSED_OVER.items():
        for state in ("own draft", "review", "live", "live-scheduled", "bin"):
            article = rows[state]
            if allows(power, who, state) or not allows(THOSE_WHO_WRITE, who, state):
                continue
            with transaction.atomic():
                address = reverse("admin:blog_article_change", args=[article.pk])
                assert client.post(address, sent_to(article) | {button: "1"}).status_code == 302
                after = Article.objects.get(pk=article.pk)
                kept = seen if state.startswith("live") else seen[:-1]
                assert [getattr(after, name) for name in kept] == [getattr(article, name) for name in kept]
                transaction.set_rollback(True)


@pytest.mark.parametrize("who", PERSONS)
def test_a_list_action_of_publishers_does_nothing_for_anybody_else(client, who):
    rows = made(come_in(client, who))
    chosen = [article.pk for article in rows.values()]
    before = contents()
    for action, power in ACTIONS.items():
        for query in (None, {"standing": "bin"}):
            if who not in power:
                sent = {"action": action, "_selected_action": chosen, "post": "yes"}
                client.post(reverse(LIST, query=query), sent)

    assert contents() == before


def test_each_list_action_does_something_for_publishers(client):
    rows = made(come_in(client, "publisher"))
    done = {
        "publish_selected": (None, "draft", "published"),
        "unpublish_selected": (None, "scheduled", "draft"),
        "delete_selected": (None, "review", "bin"),
        "take_out_of_bin_selected": ({"standing": "bin"}, "bin", "draft"),
        "change_many": (None, "own draft", "draft"),  # leads to a page of its own, and changes nothing yet
    }
    for action in ACTIONS:
        query, state, after = done[action]
        sent = {"action": action, "_selected_action": [rows[state].pk], "post": "yes"}
        client.post(reverse(LIST, query=query), sent)

        assert (action, Article.objects.get(pk=rows[state].pk).state) == (action, after)


FOREIGN_LOOKUPS = [
    {"created_by__password__startswith": "p"},
    {"assigned_to__password__startswith": "p"},
    {"approved_by__email__startswith": "p"},
    {"comments__made_by__password__startswith": "p"},
    {"acts__by__password__startswith": "p"},
    {"_to_field": "created_by"},
]


@pytest.mark.parametrize("query", FOREIGN_LOOKUPS, ids=lambda query: next(iter(query)))
def test_a_list_tells_nothing_of_accounts_by_what_it_is_narrowed_by(client, query):
    come_in(client, "publisher")

    assert client.get(reverse(LIST, query=query)).status_code == 400
