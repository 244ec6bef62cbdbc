"""Years that look old."""

from datetime import date

import pytest

from tests.blog.checked import found, mended, story


@pytest.mark.parametrize("field", ["title", "summary", "seo_title", "seo_description"])
@pytest.mark.parametrize(
    "text", ["Databases in 2025", "2024 guide to databases", "The state of SQL, 2019–2024"]
)
def test_a_past_year_in_a_line_is_found(field, text):
    assert [f.place.field for f in found(story(**{field: text}), rule="past-year")] == [field]


@pytest.mark.parametrize(
    "text",
    [
        "Databases in 2026",
        "From 2019 to 2026",
        "What SQL Server 2019 still does",
        "Room 20250 and 2025ms",
        "A budget of $2025",
        "The plan for 2027",
    ],
)
def test_other_numbers_in_a_title_pass(text):
    assert found(story(title=text), rule="past-year") == []


@pytest.mark.parametrize(
    ("on", "days"),
    [(date(2026, 11, 1), None), (date(2026, 11, 2), "60 days"), (date(2026, 12, 31), "1 day ")],
)
def test_a_year_about_to_pass_is_announced_sixty_days_ahead(on, days):
    findings = found(story(title="Databases in 2026"), rule="passing-year", on=on)

    assert [days in finding.message for finding in findings] == ([True] if days else [])


@pytest.mark.parametrize(
    "body",
    [
        "<p>As of 2024, it is free.</p>",
        "<p>It costs nothing today (2023).</p>",
        "<p>The best in 2025 are these.</p>",
        "<p>Updated for March 2024.</p>",
        "<h2>Salaries in 2025</h2><p>x</p>",
    ],
)
def test_a_text_that_speaks_of_a_past_year_as_of_today_is_mentioned(body):
    (finding,) = found(story(body), rule="past-year-in-text")

    assert finding.severity == "info"


@pytest.mark.parametrize(
    "body",
    [
        "<p>SQL became a standard in 1986 and was revised in 2016.</p>",
        "<p>As of 2026, it is free.</p>",
        "<p><code>as of 2024</code></p>",
        "<h2>From 2019 to 2026</h2><p>x</p>",
    ],
)
def test_history_may_have_its_years(body):
    assert found(story(body), rule="past-year-in-text") == []


@pytest.mark.parametrize(
    ("slug", "better"),
    [
        ("databases-2026", "databases"),
        ("best-databases-in-2025", "best-databases"),
        ("2026-in-data", "in-data"),
    ],
)
def test_a_year_in_the_address_can_be_taken_out(slug, better):
    assert mended(story(slug=slug), "year-in-address").slug == better


@pytest.mark.parametrize("slug", ["", "databases", "java-17-to-21", "room-20250", "top-100"])
def test_other_numbers_in_an_address_pass(slug):
    assert found(story(slug=slug), rule="year-in-address") == []


def test_an_address_that_is_only_a_year_is_found_and_has_no_fix():
    (finding,) = found(story(slug="2026"), rule="year-in-address")

    assert finding.fix is None
