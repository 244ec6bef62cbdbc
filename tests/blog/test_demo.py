"""The demo as a publication: what its files promise, and that everything in them finds its facts."""

import re
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise

import pytest
from django.test import TestCase
from django.urls import resolve

import careers.transfer
from blog import hashtag_names
from blog.models import Article, Hashtag, Series
from blog.rendering import render_body, show_body
from blog.transfer import DEMO, Manuscript, entries, lead_over, load_demo, read_manuscripts
from careers.models import Role
from tests.demo import without_picture_files

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MANUSCRIPTS = read_manuscripts()
SLUGS = {manuscript.slug for manuscript in MANUSCRIPTS}

every_article = pytest.mark.parametrize("article", MANUSCRIPTS, ids=lambda article: article.slug)

BLOCK = re.compile(r"<careers-block[^>]*></careers-block>")
NOT_PROSE = re.compile(r"<(pre|table)>.*?</\1>", re.DOTALL)
# What machines leave behind, and the phrases nobody says aloud.
ARTEFACTS = re.compile(
    r"contentReference|oaicite|turn\d+search|\s\[\d+\](?=[\s.,])|\bas an ai\b|lorem ipsum"
    r"|\btodo\b|\bdelv(e|ing)\b|fast-paced|ever-(changing|evolving)"
    r"|in conclusion|final thoughts|game[- ]chang|\bunlock|\bseamless"
    r"|\bleverag|\blandscape\b|\btapestry\b|\bembark|it(['’]s| is) (important|worth) (to note|noting)"
    r"|in today['’]s|crucial|pivotal|\brobust\b|cutting-edge|dive (deep|in)|whether you['’]re a",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
MONEY = re.compile(r"[$£€]\s?\d|\b(USD|GBP|EUR)\b|\d\s?(dollars|pounds|euros)\b")
EXAM_CODE = re.compile(r"\b[A-Z]{2,4}-[A-Z]?\d{2,3}\b|\b1Z0-\d")
ABOUT_OLD_CODES = "when-your-exam-retires-while-you-study"


rendered = cache(render_body)


def words_of_prose(article: Manuscript) -> int:
    return render_body(NOT_PROSE.sub("", article.body)).words


def text_of(article: Manuscript) -> str:
    return "\n".join([article.details["title"], article.details["summary"], rendered(article.body).text])


# --- What the files promise -------------------------------------------------


def test_there_are_twelve_articles_or_more_in_five_sections_or_more():
    assert len(MANUSCRIPTS) >= 12
    assert len({article.details["category"] for article in MANUSCRIPTS}) >= 5


def test_most_articles_hold_a_live_block_and_half_of_them_a_table():
    assert sum("<careers-block" in article.body for article in MANUSCRIPTS) >= 8
    assert sum("<table>" in article.body for article in MANUSCRIPTS) >= 6


@every_article
def test_a_body_is_already_in_the_form_the_site_keeps(article):
    assert rendered(article.body).source == article.body


@every_article
def test_prose_is_six_hundred_to_twelve_hundred_words(article):
    assert 600 <= words_of_prose(article) <= 1200


@every_article
def test_no_phrase_betrays_a_machine(article):
    assert not ARTEFACTS.search(text_of(article))
    assert text_of(article).count("—") <= 2


@every_article
def test_no_address_and_no_title_carries_a_year(article):
    assert not YEAR.search(article.slug)
    assert not YEAR.search(article.details["title"])


@every_article
def test_no_price_is_typed_where_the_catalogue_knows_it(article):
    assert not MONEY.search(text_of(article))


@every_article
def test_an_exam_code_is_typed_only_where_it_is_history(article):
    assert article.slug == ABOUT_OLD_CODES or not EXAM_CODE.search(text_of(article))


@every_article
def test_a_summary_fits_a_card_and_ends_as_a_sentence(article):
    summary = article.details["summary"]

    assert len(summary) <= 300
    assert summary.endswith(".")


@every_article
def test_every_heading_is_followed_by_words_of_its_own(article):
    assert not re.search(r"</h[2-4]>\s*(<h[2-4]|<careers-block|$)", article.body)


@every_article
def test_headings_descend_one_step_at_a_time(article):
    levels = [2, *map(int, re.findall(r"<h(\d)>", article.body))]

    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))


@every_article
def test_every_table_has_a_caption_and_a_header_row(article):
    for table in re.findall(r"<table>(.*?)</table>", article.body, re.DOTALL):
        assert re.match(r"\s*<caption>[^<]+</caption>\s*<thead>\s*<tr>\s*<th>", table)


@every_article
def test_every_table_row_has_as_many_cells_as_its_header(article):
    for table in re.findall(r"<table>(.*?)</table>", article.body, re.DOTALL):
        rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)

        assert len({len(re.findall(r"<t[hd]>", row)) for row in rows}) == 1


@every_article
def test_code_says_which_language_it_is(article):
    assert article.body.count("<pre>") == article.body.count('<pre><code class="language-')


@every_article
def test_a_cover_is_there_and_light(article):
    assert article.cover.stat().st_size <= 60_000


@every_article
def test_hashtags_are_few_and_spelled_as_in_the_list(article):
    names = {row["name"] for row in entries(DEMO, "hashtag")}

    assert 4 <= len(article.details["hashtags"]) <= 7
    assert set(article.details["hashtags"]) <= names


@every_article
def test_dates_are_instants_and_an_update_follows_publication(article):
    published, updated = article.details["published_at"], article.details.get("updated_at", NOW)

    assert published.tzinfo is not None
    assert published < updated <= NOW


def test_no_spelling_means_two_hashtags():
    rows = entries(DEMO, "hashtag")
    spellings = [name for row in rows for name in [row["name"], *row.get("aliases", [])]]
    keys = [hashtag_names.key_of(name) for name in spellings]

    assert len(keys) == len(set(keys))
    assert not [fault for name in spellings if (fault := hashtag_names.fault(name))]


def test_every_section_is_described_and_used():
    sections = {row["slug"]: row["description"] for row in entries(DEMO, "category")}

    assert all(sections.values())
    assert set(sections) == {article.details["category"] for article in MANUSCRIPTS}


def test_bylines_are_desks():
    assert all(row["name"].endswith("desk") for row in entries(DEMO, "author"))


def test_the_newest_article_is_never_ahead_of_the_clock():
    for moment in (datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 11, 20, 7, 29, tzinfo=UTC), NOW):
        newest = max(article.details["published_at"] for article in MANUSCRIPTS)

        assert newest - lead_over(moment, MANUSCRIPTS) <= moment


@every_article
def test_the_rows_of_a_table_are_named_by_their_first_cell(article):
    for body in re.findall(r"<tbody>.*?</tbody>", article.body, re.DOTALL):
        assert body.count("<tr>") == len(re.findall(r"<tr>\s*<th>", body))


# --- The whole demo, loaded once --------------------------------------------


class TestLoaded(TestCase):
    @classmethod
    def setUpTestData(cls):
        careers.transfer.load()
        with without_picture_files():
            cls.counts = load_demo(now=NOW)

    def test_every_live_block_finds_its_facts(self):
        for article in Article.objects.all():
            shown = show_body(article.body_html, article.contents, on=NOW.date())

            assert shown.problems == [], article.slug
            assert shown.html.count('class="live-block ') == len(BLOCK.findall(article.body)), article.slug

    def test_every_link_inside_the_site_leads_somewhere(self):
        roles = Role.objects.public().values_list("slug", flat=True)
        facts = {f"/careers/roles/{slug}/" for slug in roles}
        for article in MANUSCRIPTS:
            links = set(re.findall(r'<a href="(/[^"]*)"', article.body))

            assert links, article.slug
            assert links <= facts | {f"/blog/{slug}/" for slug in SLUGS - {article.slug}}, article.slug
            assert all(resolve(link) for link in links)

    def test_everything_is_live_with_its_desks_topics_and_subjects(self):
        assert self.counts["articles"] == len(MANUSCRIPTS) == Article.objects.public(NOW).count()
        for article in Article.objects.all():
            assert article.authors.exists()
            assert article.hashtags.count() >= 4
            assert article.roles.exists()

    def test_one_or_two_articles_are_featured(self):
        assert Article.objects.filter(is_featured=True).count() in (1, 2)

    def test_series_of_three_parts_or_more_stand_in_their_order(self):
        for row in entries(DEMO, "series"):
            series = Series.objects.get(slug=row["slug"])

            assert len(row["parts"]) >= 3
            assert [part.article.slug for part in series.parts.all()] == row["parts"]

    def test_a_series_that_is_there_stays_as_its_editors_left_it(self):
        series = Series.objects.get(slug="changing-direction")
        series.parts.first().delete()
        series.name = "Another name"
        series.save()

        load_demo(now=NOW)

        assert series.parts.count() == 3
        assert Series.objects.count() == len(entries(DEMO, "series"))

    def test_dates_are_those_of_the_files(self):
        article = Article.objects.get(slug="python-certifications-in-order")

        assert article.published_at == article.first_published_at == datetime(2026, 10, 13, 7, tzinfo=UTC)
        assert article.updated_at == datetime(2026, 11, 9, 16, 20, tzinfo=UTC)

    def test_every_article_has_its_cover_as_decoration(self):
        sizes = set(Article.objects.values_list("cover__width", "cover__height", "cover_alt"))

        assert sizes == {(1600, 900, "")}

    def test_desks_stand_in_the_order_of_the_byline(self):
        article = Article.objects.get(slug="generative-ai-engineer-vs-machine-learning-engineer")

        assert [line.author.slug for line in article.bylines.all()] == ["careers-desk", "certification-desk"]

    def test_other_spellings_mean_the_hashtags_of_the_demo(self):
        meant = Hashtag.objects.resolve(["ML", "#genai", "k8s", "ArtificialIntelligence"])

        assert [tag.name for tag in meant.values()] == [
            "machine learning",
            "generative AI",
            "Kubernetes",
            "AI",
        ]

    def test_the_comparison_article_holds_its_four_blocks(self):
        body = Article.objects.get(slug="generative-ai-engineer-vs-machine-learning-engineer").body

        assert 'data-ref="generative-ai-engineer,machine-learning-engineer"' in body
        assert body.count('data-kind="certifications"') == 3

    def test_a_second_load_adds_nothing(self):
        again = load_demo(now=NOW)

        assert again == {"kept": len(MANUSCRIPTS), "categories": 0, "authors": 0, "hashtags": 0}
