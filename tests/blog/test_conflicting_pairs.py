"""Two editors, one article, one moment, through the admin: nobody loses a word or overwrites unawares.

``PAIRS=500 pytest -o faulthandler_timeout=0 tests/blog/test_conflicting_pairs.py`` tries as many, in about
six minutes; by default a few of each kind.
"""

import os
import threading
from collections import Counter
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import connections
from django.test import Client
from django.urls import reverse

from blog.models import Article, Hashtag, Revision
from blog.saving import Saving
from tests.blog.conftest import form_of
from tests.factories import CategoryFactory, DraftFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = int(os.environ.get("PAIRS", "12"))
EDITORS = 10
KINDS = ["edit", "publish", "bin", "publish from the list"]


def change_page(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def publishers(count):
    made = []
    for _ in range(count):
        person = UserFactory()
        person.groups.add(Group.objects.get(name="publisher"))
        client = Client(raise_request_exception=False)
        client.force_login(person)
        made.append(client)
    return made


def at_once(*acts):
    """What each act returns, all begun in the same moment."""
    together, answers = threading.Barrier(len(acts), timeout=60), [None] * len(acts)

    def run(place, act):
        try:
            together.wait()
            answers[place] = act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def mine(article, word, **more):
    tags = f"shared, {word}tag"
    return form_of(article, title=f"{word} title", body=f"<p>{word} body</p>", hashtags=tags, **more)


def other(kind, client, article, word):
    if kind == "bin":
        return client.post(reverse("admin:blog_article_delete", args=[article.pk]), {"post": "yes"})
    if kind == "publish from the list":
        sent = {"action": "publish_selected", "_selected_action": [article.pk], "post": "yes"}
        return client.post(reverse("admin:blog_article_changelist"), sent)
    more = {"_publish": "1"} if kind == "publish" else {}
    return client.post(change_page(article), mine(article, word, **more))


def is_kept(article, word):
    """Among the versions, whole."""
    contents = Revision.objects.filter(article=article).values_list("content", flat=True)
    return any(
        content["title"] == f"{word} title"
        and content["body"] == f"<p>{word} body</p>"
        and content["hashtags"] == ["shared", f"{word}tag"]
        for content in contents
    )


def is_handed_back(answer, word):
    page = unescape(answer.content.decode())
    return answer.status_code == 409 and all(f"{word} {part}" in page for part in ("title", "body"))


def clash(kind, number):
    first, second = publishers(2)
    article = DraftFactory(title="Base", hashtags=["shared"])
    answers = at_once(
        lambda: first.post(change_page(article), mine(article, f"first{number}")),
        lambda: other(kind, second, article, f"second{number}"),
    )
    return article, answers


def test_of_a_pair_that_saves_at_once_nobody_loses_a_word():
    seen = Counter()
    for number in range(PAIRS):
        kind = KINDS[number % len(KINDS)]
        article, (one, two) = clash(kind, number)

        seen[kind, one.status_code, two.status_code] += 1
        assert {one.status_code, two.status_code} <= {302, 409}, (kind, one.status_code, two.status_code)
        assert is_kept(article, f"first{number}") or is_handed_back(one, f"first{number}"), kind
        if kind in ("edit", "publish"):
            assert is_kept(article, f"second{number}") or is_handed_back(two, f"second{number}"), kind
            assert sorted([one.status_code, two.status_code]) == [302, 409], kind
    print(dict(seen))  # noqa: T201 -- the figures of a long run


def test_without_the_version_one_of_the_pair_is_overwritten_and_not_told(monkeypatch):
    claim = Saving.claim

    def claim_whatever_is_there(saving):
        saving.base = Article.objects.values_list("version", flat=True).get(pk=saving.article.pk)
        claim(saving)

    monkeypatch.setattr(Saving, "claim", claim_whatever_is_there)
    article, (one, two) = clash("edit", 0)

    assert (one.status_code, two.status_code) == (302, 302)
    assert Article.objects.get(pk=article.pk).title in {"first0 title", "second0 title"}


def test_ten_who_add_the_same_address_and_hashtag_at_once_get_one_article_and_nine_messages():
    category = CategoryFactory()
    editors = publishers(EDITORS)
    sent = [
        form_of(category=category.pk, title=f"Title {number}", slug="the-same", hashtags="#BrandNew")
        for number in range(EDITORS)
    ]
    page = reverse("admin:blog_article_add")

    answers = at_once(
        *(lambda pair=pair: pair[0].post(page, pair[1]) for pair in zip(editors, sent, strict=True))
    )

    statuses = Counter(answer.status_code for answer in answers)
    assert statuses == {302: Article.objects.count(), 200: EDITORS - Article.objects.count()}
    assert Article.objects.filter(slug="the-same").count() == 1
    assert Hashtag.objects.filter(key="brandnew").count() == 1
    for answer in answers:
        if answer.status_code == 200:
            assert "Another page has this address already" in answer.content.decode()
