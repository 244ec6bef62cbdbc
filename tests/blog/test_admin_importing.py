"""The admin's page for importing, as a browser without scripts uses it."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog import publishing
from blog.models import Article, Author, Category, Hashtag, HashtagAlias
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    RoleFactory,
    UserFactory,
)

from . import handed_in
from .handed_in import PLAIN, ROLES, TITLE

pytestmark = pytest.mark.django_db
PAGE = "/admin/blog/article/import/"


@pytest.fixture(scope="module", autouse=True)
def _shelves(for_the_module):
    for_the_module(put_up_shelves)


def put_up_shelves():
    for slug, (name, *_) in ROLES.items():
        RoleFactory(slug=slug, name=name)
    CategoryFactory(name="Data")


def look(desk, text=PLAIN, **sent):
    return desk.post(PAGE, {"text": text, **sent})


def make(desk, answer, **changes):
    """What the browser sends of the second page, with ``changes``, by the button that makes the draft."""
    context = answer.context
    form = context["form"]
    sent = {"_make": "", "text": context["source"].text, "digest": context["source"].digest}
    sent["file_name"] = context["source"].file_name
    for field in form:
        value = field.value()
        sent[field.name] = "" if value is None else getattr(value, "pk", value)
    sent |= {f"level-{guess.number}": guess.level for guess in context["made"].guesses}
    return desk.post(PAGE, {name: value for name, value in (sent | changes).items() if value is not None})


def text_in(page):
    """What a browser would send of the text: as the page has it, but for the line break after the tag."""
    written = page.partition('id="id_text"')[2].partition(">")[2].partition("</textarea>")[0]
    return html.unescape(written.removeprefix("\n")).replace("\n", "\r\n")


def messages(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_bare_text_is_a_clean_draft_two_buttons_later(as_group):
    desk = as_group("editor")
    answer = look(desk)
    assert answer.status_code == 200
    assert not Article.objects.exists()

    answer = make(desk, answer)

    article = Article.objects.get()
    assert answer.url == reverse("admin:blog_article_change", args=[article.pk])
    assert (article.title, article.category.name, article.created_by) == (TITLE, "Data", desk.person)
    assert [author.name for author in article.authors.all()] == ["Robin Field"]
    assert [tag.name for tag in article.hashtags.all()] == [
        "Data",
        "Pipelines",
        "ML",
        "MachineLearning",
        "Python",
    ]
    assert {role.slug for role in article.roles.all()} == {"data-engineer", "ml-engineer"}
    assert "oaicite" not in article.body
    assert article.published_at is None


def test_the_page_shows_what_was_guessed_cleaned_and_left_empty(as_group):
    page = look(as_group("editor")).content.decode()

    assert "2 sections without text" in page
    assert 'name="level-7"' in page
    assert ":contentReference[oaicite:4]{index=4}" in page
    assert "Keep it in the text" in page
    assert "roles that the catalogue knows" in page


def test_hashtags_that_mean_the_same_are_told(as_group):
    HashtagAlias.objects.create(name="ML", hashtag=Hashtag.objects.create(name="Machine Learning"))
    desk = as_group("editor")

    answer = desk.get(make(desk, look(desk)).url)

    told = "5 typed became 4: ML and MachineLearning are Machine Learning."
    assert told in messages(answer)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"# A\n\nText {handed_in.MARK} here.\n", "1 thing was cleaned."),
        ("# A\n\nText here.\n", "0 things were cleaned."),
    ],
)
def test_how_much_was_cleaned_is_told_in_grammar(as_group, text, told):
    desk = as_group("editor")

    answer = desk.get(make(desk, look(desk, text), category=Category.objects.get().pk).url)

    assert messages(answer)[0].endswith(told)


def test_what_was_chosen_is_in_the_draft(as_group):
    desk = as_group("editor")

    make(
        desk,
        look(desk),
        **{"level-1": "3", "level-2": "0", "live-0": "yes", "kept-0": "yes", "title": "Mine"},
    )

    article = Article.objects.get()
    assert article.title == "Mine"
    assert "<h3>What is an ML Engineer?</h3>" in article.body
    assert "<p>Where the two differ</p>" in article.body
    assert '<careers-block data-kind="comparison" data-ref="data-engineer,ml-engineer">' in article.body
    assert handed_in.FURNITURE in article.body


def test_showing_again_makes_nothing_and_keeps_what_was_typed(as_group):
    desk = as_group("editor")

    answer = make(desk, look(desk), _make=None, _again="", title="", category="", **{"live-0": "yes"})

    assert not Article.objects.exists()
    assert answer.context["form"]["title"].value() == ""
    assert not answer.context["form"].errors
    assert answer.context["choices"].live == {0}


@pytest.mark.parametrize("text", [handed_in.MARKDOWN, "\n\n    code\n\n# A title\n\n</textarea> & more."])
def test_the_text_comes_back_from_the_page_as_it_was_handed_in_however_often(as_group, text):
    desk = as_group("editor")
    first = look(desk, text)

    again = make(desk, first, text=text_in(first.content.decode()), _make=None, _again="")

    assert again.context["source"] == first.context["source"]
    assert text_in(again.content.decode()) == text_in(first.content.decode())
    assert again.context["made"].body == first.context["made"].body


def test_a_missing_category_is_asked_for_and_nothing_typed_is_lost(as_group):
    desk = as_group("editor")

    answer = make(desk, look(desk), category="", title="Typed", **{"level-0": "4"})

    page = answer.content.decode()
    assert "Not made yet. Nothing you typed is lost" in page
    assert "Choose a category" in page
    assert 'value="Typed"' in page
    assert answer.context["made"].guesses[0].level == 4
    assert answer.context["source"].text == PLAIN
    assert not Article.objects.exists()


def test_choices_of_another_text_count_for_nothing(as_group):
    desk = as_group("editor")

    answer = make(desk, look(desk), _make=None, text=f"{PLAIN}\nMore.", **{"level-0": "4"})

    assert answer.context["made"].guesses[0].level == 2


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.md", handed_in.MARKDOWN.encode(), "Markdown"),
        ("a.html", handed_in.HTML.encode(), "HTML"),
        ("a.htm", handed_in.WORD.encode("cp1252"), "Word"),
        ("a.txt", handed_in.PLAIN.encode("utf-16"), "plain text"),
    ],
)
def test_a_file_is_read_like_a_paste(as_group, name, content, kind):
    desk = as_group("editor")

    answer = desk.post(PAGE, {"text": "", "file": SimpleUploadedFile(name, content)})

    assert answer.context["made"].kind == kind
    make(desk, answer, category=answer.context["form"].fields["category"].queryset.get().pk)
    assert Article.objects.get().source.file_name == name


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({"text": " "}, "nothing yet to read"),
        ({}, "nothing yet to read"),
        ({"text": "a" * 200_001}, "at most 200,000"),
        ({"text": "<p>" + "<div>" * 3_000}, "levels deep"),
        ({"text": "\0\0"}, "no text in it"),
        ({"text": "", "file": SimpleUploadedFile("a.docx", b"PK\x03\x04...")}, "Web page, filtered"),
        ({"text": "", "file": SimpleUploadedFile("a.txt", b"")}, "empty"),
        ({"text": "x", "file": SimpleUploadedFile("a.txt", b"y")}, "text in the box too"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_with_the_text_still_there(as_group, sent, complaint):
    answer = as_group("writer").post(PAGE, sent)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert complaint in page
    assert sent.get("text", "").replace("\0", "").replace("<", "&lt;").replace(">", "&gt;") in page


@pytest.mark.parametrize(
    "sent",
    [
        {"level-0": "9", "level-99999": "2", "level-x": "2", "live-": "yes", "kept-٣": "yes"},
        {
            "category": "7777",
            "authors": ["7777"],
            "subjects": ["x"],
            "published_at": "never",
            "onto": "update",
        },
        {"hashtags": "#" * 5_000},
        {"title": "a" * 5_000},
    ],
)
def test_nonsense_makes_nothing_and_breaks_nothing(as_group, sent):
    desk = as_group("publisher")

    answer = make(desk, look(desk), **{"category": "", **sent})

    assert answer.status_code == 200
    assert not Article.objects.exists()


def test_hostile_html_does_nothing(as_group):
    desk = as_group("editor")
    text = (
        '<h1>T</h1><p onclick="x()">a<script>x()</script><iframe src="//x"></iframe>'
        '<a href="javascript:x()">b</a></p>'
    )

    page = look(desk, text).content.decode()
    shown = page[page.index("What readers would see") : page.index("The text as it was handed in")]

    assert [bad for bad in ("onclick", "<script", "<iframe", "javascript:") if bad in shown] == []


# --- Again ------------------------------------------------------------------


def test_the_same_text_again_is_said_to_be_unchanged(as_group):
    desk = as_group("editor")
    make(desk, look(desk))

    answer = desk.post(PAGE, {"text": PLAIN.replace("\n", "\r\n")}, follow=True)

    assert any("Unchanged: this text was imported before" in text for text in messages(answer))
    assert Article.objects.count() == 1


def test_a_changed_text_updates_its_draft(as_group):
    desk = as_group("editor")
    make(desk, look(desk))

    answer = make(desk, look(desk, PLAIN.replace("cleaning what arrives", "sorting what arrives")))

    assert answer.status_code == 302
    assert "sorting what arrives" in Article.objects.get().body


def test_it_can_be_made_a_new_article_instead(as_group):
    desk = as_group("editor")
    make(desk, look(desk))

    make(desk, look(desk, PLAIN.replace("doubt", "doubts")), onto="new")

    assert Article.objects.count() == 2


def test_work_by_hand_is_not_replaced_unasked(as_group):
    desk = as_group("editor")
    make(desk, look(desk))
    article = Article.objects.get()
    article.body = "<p>Better.</p>"
    publishing.save(article, by=None, now=timezone.now())

    answer = make(desk, look(desk, PLAIN.replace("doubt", "doubts")))

    assert "changed by hand" in answer.content.decode()
    assert Article.objects.get().body == "<p>Better.</p>"


def test_what_readers_see_is_never_touched(as_group):
    desk = as_group("publisher")
    ArticleFactory(title=TITLE, body="<p>Live.</p>")

    answer = look(desk)
    assert "an import leaves it alone" in answer.content.decode()
    assert make(desk, answer, onto="update").status_code == 200

    assert Article.objects.get().body == "<p>Live.</p>"


def test_a_writer_does_not_update_the_draft_of_somebody_else(as_group, person):
    make(as_group("editor"), look(as_group("editor")))
    writer = as_group("writer")

    answer = look(writer, PLAIN.replace("doubt", "doubts"))
    make(writer, answer, onto="update")

    assert "somebody else’s draft" in answer.content.decode()
    assert Article.objects.count() == 2
    assert "doubts" not in Article.objects.order_by("pk")[0].body


# --- Who may ----------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_add_no_article_imports_none(client, method):
    client.force_login(UserFactory())

    assert getattr(client, method)(PAGE, {"text": PLAIN}).status_code == 403
    assert not Article.objects.exists()


def test_a_writer_adds_no_author_and_sets_no_date(as_group):
    writer = as_group("writer")
    answer = look(writer, handed_in.MARKDOWN)
    assert "not among the authors" in answer.content.decode()

    make(writer, answer, new_authors=["Robin Field"], published_at="2020-01-01T00:00", _status="published")

    article = Article.objects.get()
    assert not Author.objects.exists()
    assert (article.published_at, article.state) == (None, "draft")


def test_a_publisher_gets_the_date_of_the_text(as_group):
    AuthorFactory(name="Robin Field")
    publisher = as_group("publisher")

    make(publisher, look(publisher, handed_in.MARKDOWN), published_at="2026-03-04T00:00")

    assert Article.objects.get().published_at.date().isoformat() == "2026-03-04"
    assert Article.objects.get().authors.get().name == "Robin Field"


def test_the_list_and_the_desk_lead_to_it(as_group):
    desk = as_group("writer")

    for page in (reverse("admin:index"), reverse("admin:blog_article_changelist")):
        assert f'href="{PAGE}"' in desk.get(page).content.decode()


def test_ten_authors_and_roles_cost_as_many_queries_as_two(as_group):
    desk = as_group("editor")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            look(desk)
        counts.append(len(captured))
        AuthorFactory.create_batch(8)
        RoleFactory.create_batch(8)
        CategoryFactory.create_batch(8)

    assert counts[0] == counts[1]
