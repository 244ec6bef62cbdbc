"""Many articles at once: shown first, all or none, and one undo."""

import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from blog import bulk, publishing, snapshots
from blog.canonical import Block, canonical, read, write
from blog.inline_text import Run, in_order
from blog.models import Article, Batch
from blog.sanitising import clean
from tests.factories import ArticleFactory, CategoryFactory, DraftFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TAGS = re.compile(r"<[^>]*>")


def stored(article):
    return Article.objects.get(pk=article.pk)


def tags(article):
    return [tag.name for tag in stored(article).hashtags.all()]


def proposed(change, *articles):
    return bulk.propose([stored(article) for article in articles], change)


def applied(change, *articles, **more):
    return bulk.apply(proposed(change, *articles), what="A change", by=None, now=NOW, **more)


def replacing(find, put, whole_words=True, match_case=False, in_code=False):
    asked = {"whole_words": whole_words, "match_case": match_case, "in_code": in_code}
    return bulk.replacing(find, put, **asked)


def words(**texts):
    return {"title": "", "summary": "", "seo_title": "", "seo_description": "", "body": "", **texts}


# --- Words ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "options", "found"),
    [
        ("ML and HTML, ml.", {}, "AI and HTML, AI."),
        ("ML and ml", {"match_case": True}, "AI and ml"),
        ("HTML", {"whole_words": False}, "HTAI"),
    ],
)
def test_words_are_found_as_asked(given, options, found):
    assert replacing("ML", "AI", **options)(words(title=given))["title"] == found


def test_only_words_change_and_never_code_addresses_or_live_parts():
    body = canonical(
        clean(
            '<p>old <a href="/old/">old</a> <code>old</code></p><pre>old</pre>'
            "<table><tr><th>old</th></tr></table>"
            '<careers-block data-kind="comparison" data-ref="old"></careers-block>'
        )
    )

    found = replacing("old", "new")(words(body=body))["body"]

    assert found == (
        '<p>new <a href="/old/">new</a> <code>old</code></p>\n<pre><code>old</code></pre>\n<table>'
        "\n<thead>\n<tr>"
        '\n<th>new</th>\n</tr>\n</thead>\n</table>\n<careers-block data-kind="comparison" data-ref="old">'
        "</careers-block>"
    )


@given(st.text(min_size=1, max_size=3), st.text(alphabet="ab<>&\"'\\1", max_size=5))
def test_no_replacement_becomes_markup(find, put):
    body = "<p>a <strong>b</strong> &lt;c&gt;</p>"

    found = replacing(find, put, whole_words=False)(words(body=body))["body"]

    assert set(TAGS.findall(found)) <= {"<p>", "</p>", "<strong>", "</strong>"}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("Machine <strong>Learning</strong> engineers", "AI engineers"),
        ("<strong>Machine</strong> Learning engineers", "<strong>AI</strong> engineers"),
        ('<em>A Machine</em> <a href="/x/">Learning guide</a>', '<em>A AI</em><a href="/x/"> guide</a>'),
        ("Machine <code>Learning</code>", "Machine <code>Learning</code>"),
        ("Machine<br>Learning", "Machine<br>Learning"),
        (
            'Machine <careers-fact data-ref="role:x" data-field="y"></careers-fact>Learning',
            'Machine <careers-fact data-ref="role:x" data-field="y"></careers-fact>Learning',
        ),
        ("Ma<em>chine</em> <s>Lear</s>ning, machine learning", "AI, AI"),
    ],
)
def test_words_are_found_across_formatting_and_look_as_their_first_character_did(given, found):
    body = replacing("machine learning", "AI")(words(body=canonical(f"<p>{given}</p>")))["body"]

    assert body == f"<p>{found}</p>"


def test_code_is_changed_where_that_is_asked():
    body = canonical(clean("<p>old <code>old</code></p><pre>old</pre>"))

    found = replacing("old", "new", in_code=True)(words(body=body))["body"]

    assert found == "<p>new <code>new</code></p>\n<pre><code>new</code></pre>"


MARKS = st.sets(st.sampled_from([("strong", ""), ("em", ""), ("code", ""), ("a", "/x/")]), max_size=2)
SHORT = st.text(alphabet="ab", min_size=1, max_size=3)
RUNS = st.lists(st.tuples(st.text(alphabet="aAbc", min_size=1, max_size=4), MARKS), min_size=1, max_size=6)


def characters(runs):
    """Each with its formatting."""
    return [(character, run.marks) for run in runs for character in run.text]


@given(RUNS, SHORT, st.text(alphabet="xY", max_size=3), st.booleans())
def test_outside_of_matches_each_character_stays_and_keeps_its_formatting(pieces, find, put, in_code):
    runs = [Run(text, in_order(marks)) for text, marks in pieces]
    before = characters(runs)
    open_ = [in_code or ("code", "") not in marks for _, marks in before]
    text = "".join(c if is_open else "\0" for (c, _), is_open in zip(before, open_, strict=True))
    expected = list(before)
    for match in reversed([*re.finditer(re.escape(find), text, re.IGNORECASE)]):
        expected[match.start() : match.end()] = [(c, before[match.start()][1]) for c in put]

    change = replacing(find, put, whole_words=False, in_code=in_code)
    body = change(words(body=write([Block("p", runs=runs)])))["body"]

    assert characters(run for block in read(body) for run in block.runs) == expected


# --- Articles ---------------------------------------------------------------

pytestmark = pytest.mark.django_db


def test_hashtags_come_and_go_by_any_spelling():
    article = DraftFactory(hashtags=["Python", "Go"])

    applied(bulk.with_hashtags(["#python", "Rust"]), article)
    assert tags(article) == ["Python", "Go", "Rust"]

    applied(bulk.without_hashtags(["GO"]), article)
    assert tags(article) == ["Python", "Rust"]


def test_what_would_not_change_is_not_proposed():
    article = DraftFactory(hashtags=["Python"])

    assert proposed(bulk.with_hashtags(["python"]), article) == []
    assert proposed(bulk.in_category(article.category), article) == []


def test_a_live_article_gets_a_draft_and_is_published_only_when_that_was_asked():
    live, category = ArticleFactory(), CategoryFactory()

    applied(bulk.in_category(category), live)
    assert (stored(live).category, stored(live).draft.content["category"]) == (live.category, category.pk)

    other = ArticleFactory()
    applied(bulk.in_category(category), other, at_once=True)
    assert (stored(other).category, stored(other).draft) == (category, None)


def test_what_waits_over_a_live_article_never_goes_out_in_passing():
    live = ArticleFactory(title="Live old")
    draft = stored(live)
    draft.title = "Waiting old"
    publishing.save(draft, by=None, now=NOW)

    applied(replacing("old", "new"), live, at_once=True)

    assert (stored(live).title, stored(live).draft.content["title"]) == ("Live old", "Waiting new")


def test_one_undo_takes_all_of_it_back():
    draft, live, other = DraftFactory(title="old"), ArticleFactory(title="old"), ArticleFactory(title="old")
    first = applied(replacing("old", "new"), draft, live)
    second = applied(replacing("old", "new"), other, at_once=True)
    assert (stored(draft).title, stored(other).title) == ("new", "new")

    assert bulk.undo(first, by=None, now=NOW) == []
    assert bulk.undo(second, by=None, now=NOW) == []

    assert [stored(article).title for article in (draft, live, other)] == ["old"] * 3
    assert stored(live).draft is None


def test_what_somebody_changed_since_stays_and_is_named():
    kept, back = DraftFactory(title="old one"), DraftFactory(title="old two")
    batch = applied(replacing("old", "new"), kept, back)
    since = stored(kept)
    since.summary = "Since then."
    publishing.save(since, by=None, now=NOW)

    assert bulk.undo(batch, by=None, now=NOW) == ["new one"]
    assert (stored(kept).title, stored(back).title) == ("new one", "old two")


def test_who_was_quicker_stops_all_of_it():
    one, two = DraftFactory(title="old one"), DraftFactory(title="old two")
    shown = proposed(replacing("old", "new"), one, two)
    other = stored(two)
    other.summary = "Quicker."
    publishing.save(other, by=None, now=NOW)

    with pytest.raises(ValidationError, match="changed meanwhile"):
        bulk.apply(shown, what="A change", by=None, now=NOW)

    assert stored(one).title == "old one"
    assert not Batch.objects.exists()


# --- The page ---------------------------------------------------------------

MANY = "admin:blog_article_many"


def sent(*articles, **more):
    return {"ids": ",".join(str(article.pk) for article in articles), "act": "replace", "find": "old", **more}


def ticks(answer):
    return re.findall(r'name="take" value="([^"]+)"', answer.content.decode())


def test_the_page_shows_every_change_makes_the_ticked_ones_and_takes_them_back(as_group):
    desk = as_group("editor")
    one, two = DraftFactory(title="old one"), DraftFactory(title="old two")
    page = reverse(MANY)

    looked = desk.post(page, sent(one, two, put="new", preview="1"))
    text = looked.content.decode()
    assert "<del>old</del><ins>new</ins> one" in text
    assert stored(one).title == "old one"

    desk.post(page, sent(one, two, put="new", apply="1", take=ticks(looked)[:1]))
    assert [stored(article).title for article in (one, two)] == ["new one", "old two"]

    desk.post(reverse("admin:blog_batch_undo", args=[Batch.objects.get().pk]))
    assert stored(one).title == "old one"
    again = desk.post(reverse("admin:blog_batch_undo", args=[Batch.objects.get().pk]))
    assert again.status_code == 404


def test_a_list_leads_to_the_page(as_group):
    article = DraftFactory()
    sent = {"action": "change_many", "_selected_action": [article.pk]}

    answer = as_group("editor").post(reverse("admin:blog_article_changelist"), sent)

    assert answer["Location"] == reverse(MANY, query={"ids": str(article.pk)})


def test_a_writer_changes_own_articles_only_and_publishes_none(as_group):
    desk = as_group("writer")
    own = ArticleFactory(title="old own", created_by=desk.person)
    others = DraftFactory(title="old other")
    forged = [f"{article.pk}:0" for article in (own, others)]

    answer = desk.post(reverse(MANY), sent(own, others, put="new", apply="1", take=forged, at_once="on"))

    assert answer.status_code == 302
    assert (stored(own).title, stored(others).title) == ("old own", "old other")
    assert stored(own).draft.content["title"] == "new own"


def test_a_tick_for_a_version_that_is_gone_changes_nothing(as_group):
    desk = as_group("editor")
    article = DraftFactory(title="old one")
    looked = desk.post(reverse(MANY), sent(article, put="new", preview="1"))
    since = stored(article)
    snapshots.open_working_copy(since)
    since.summary = "Since."
    publishing.save(since, by=None, now=NOW)

    desk.post(reverse(MANY), sent(article, put="new", apply="1", take=ticks(looked)))

    assert stored(article).title == "old one"


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"ids": "x,\0,-1," + "9" * 30},
        {"act": "nonsense"},
        {"act": "replace"},
        {"act": "add", "hashtags": "🚀"},
    ],
)
def test_odd_input_is_told_and_changes_nothing(as_group, odd):
    article = DraftFactory(title="old")

    answer = as_group("editor").post(reverse(MANY), {"ids": str(article.pk), **odd})

    assert answer.status_code == 200
    assert stored(article).version == 0


def test_nobody_takes_back_what_others_did_but_a_publisher(as_group):
    article = DraftFactory(title="old")
    batch = applied(replacing("old", "new"), article)
    undo = reverse("admin:blog_batch_undo", args=[batch.pk])

    assert as_group("editor").post(undo).status_code == 403
    as_group("publisher").post(undo)

    assert stored(article).title == "old"
