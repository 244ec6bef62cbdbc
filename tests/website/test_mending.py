import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import LONG_AGO, ArticleFactory, DraftFactory
from tests.website.test_review import log_in
from website.models import MissingAddress, Signpost

pytestmark = pytest.mark.django_db
MISSING = "/admin/missing/"


@pytest.fixture
def editor(client):
    return log_in(client, "editor")


def row(path="/blog/lost/", times=1, **fields):
    return MissingAddress.objects.create(path=path, times=times, last_asked_on=LONG_AGO, **fields)


def offers(client):
    return {row.path: offer for row, offer in client.get(MISSING).context["rows"]}


def test_the_most_asked_for_comes_first_and_what_was_just_counted_is_there(editor):
    row("/once/")
    row("/often/", times=9)
    editor.get("/just-now/")

    assert list(offers(editor)) == ["/often/", "/once/", "/just-now/"] or list(offers(editor)) == [
        "/often/",
        "/just-now/",
        "/once/",
    ]


def test_a_page_like_it_is_offered_and_never_a_draft(editor):
    ArticleFactory(slug="python-guide")
    DraftFactory(slug="secret-plans")
    row("/blog/python-guides/")
    row("/blog/secret-plan/")

    assert offers(editor) == {"/blog/python-guides/": "/blog/python-guide/", "/blog/secret-plan/": None}
    assert "secret-plans" not in editor.get(MISSING).text


def test_one_press_leads_readers_on(editor):
    ArticleFactory(slug="found")
    lost = row()

    answer = editor.post(MISSING, {"row": lost.pk, "verb": "lead", "target": "/blog/found/"}, follow=True)

    assert "To undo this, delete its signpost" in answer.text
    assert editor.get("/blog/lost/").headers["Location"] == "/blog/found/"
    assert not MissingAddress.objects.exists()


def test_an_address_can_be_said_to_be_gone(editor):
    editor.post(MISSING, {"row": row().pk, "verb": "gone"})

    assert editor.get("/blog/lost/").status_code == 410


def test_what_is_ignored_leaves_the_list_and_can_come_back(editor):
    lost = row()
    editor.post(MISSING, {"row": lost.pk, "verb": "ignore"})
    assert offers(editor) == {}
    assert "/blog/lost/" in editor.get(f"{MISSING}?show=ignored").text

    editor.post(f"{MISSING}?show=ignored", {"row": lost.pk, "verb": "heed"})

    assert list(offers(editor)) == ["/blog/lost/"]


@pytest.mark.parametrize("target", ["", "https://evil.example/", "//evil.example", "/blog/lost/", "/admin/"])
def test_a_target_that_cannot_be_is_refused_beside_its_row_and_kept(editor, target):
    answer = editor.post(MISSING, {"row": row().pk, "verb": "lead", "target": target})

    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.text
    assert f'value="{target}"' in answer.text
    assert not Signpost.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"row": ""},
        {"row": "x"},
        {"row": "9" * 18, "verb": "gone"},
        {"row": "²", "verb": "gone"},
        {"verb": "x"},
    ],
)
def test_a_row_or_verb_that_makes_no_sense_changes_nothing(editor, sent):
    lost = row()

    answer = editor.post(MISSING, {"row": lost.pk, **sent})

    assert answer.status_code == 302
    assert MissingAddress.objects.get() == lost
    assert not Signpost.objects.exists()


def test_a_writer_neither_sees_nor_mends(client):
    lost, writer = row(), log_in(client, "writer")

    assert writer.get(MISSING).status_code == 403
    assert writer.post(MISSING, {"row": lost.pk, "verb": "gone"}).status_code == 403
    assert not Signpost.objects.exists()


def test_ten_rows_cost_what_two_cost(editor):
    def cost(number):
        for n in range(number):
            row(f"/{number}-{n}/")
            ArticleFactory()
        with CaptureQueriesContext(connection) as queries:
            editor.get(MISSING)
        return len(queries)

    assert cost(10) == cost(2)


def test_the_desk_says_how_many_there_are_to_those_who_mend_them(client):
    row()
    row("/ignored/", is_ignored=True)

    assert "Missing addresses: 1" in log_in(client, "editor").get("/admin/").text
    assert "Missing addresses" not in log_in(client, "writer").get("/admin/").text
