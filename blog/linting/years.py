"""Years that make a text look old, or soon will."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from .findings import Fix, Known, Note, Place, in_body, shortened
from .stories import HEADINGS, Story

SOON: Final = 60  # days before the first of January
LINES: Final = ("title", "seo_title", "seo_description", "summary")
# In the name of a product or a standard a year is no date.
_NAMES: Final = (
    r"(?<!Server )(?<!Office )(?<!Windows )(?<!Studio )(?<!Exchange )(?<!SharePoint )(?<!Project )(?<!Excel )"
    r"(?<!Top 10 )(?<!Top 10:)(?<!ES)(?<!ECMAScript )(?<!SQL:)"
)
_YEAR: Final = re.compile(rf"(?<![\w$£€.,:/-]){_NAMES}(?:19|20)\d\d(?![\w%])(?![-–/.,:]\d)")
_CLAIM: Final = re.compile(
    r"\b(?:as of|currently|today|now|this year|right now|at present|updated (?:for|in)|"
    r"(?:guide|trends|salar(?:y|ies)|outlook|prices?|demand|jobs?|best|top) (?:to|for|in))"
    r"[\s,(]{1,3}(?:[A-Z][a-z]{2,8} )?((?:19|20)\d\d)(?!\w)(?![-–]\d)",
    re.IGNORECASE,
)
_SLUG_YEAR: Final = re.compile(r"(?:^|-)((?:19|20)\d\d)(?=-|$)")


def past_years_in_lines(story: Story, known: Known) -> Iterator[Note]:
    for name in LINES:
        text = getattr(story, name)
        if (year := _latest(text)) and year < known.on.year:
            yield Note(
                Place(name, excerpt=shortened(text)), f"{year} is over. Is this still so, or was it then?"
            )


def year_about_to_pass(story: Story, known: Known) -> Iterator[Note]:
    days = (date(known.on.year + 1, 1, 1) - known.on).days if known.on.year < date.max.year else SOON + 1
    for name in LINES:
        text = getattr(story, name)
        if days <= SOON and _latest(text) == known.on.year:
            message = f"In {days} {'day' if days == 1 else 'days'} {known.on.year} will look old here."
            yield Note(Place(name, excerpt=shortened(text)), message)


def past_years_in_text(story: Story, known: Known) -> Iterator[Note]:
    """Where the text claims to speak of today, and in its headings; history may have its years."""
    for passage in story.prose:
        pattern, group = (_YEAR, 0) if passage.block.tag in HEADINGS else (_CLAIM, 1)
        past = [found for found in pattern.finditer(passage.text) if int(found[group]) < known.on.year]
        if past and (group or _latest(passage.text) < known.on.year):
            yield Note(in_body(passage, past[0][0]), f"{past[0][group]} is over. Is this still so?")


def year_in_address(story: Story, known: Known) -> Iterator[Note]:
    """An address outlives the year in it."""
    if found := _SLUG_YEAR.search(story.slug):
        message = f"The address has a year in it ({found[1]}): it will look old, and cannot be used again."
        yield Note(Place("slug", excerpt=story.slug), message, _without_year(story.slug))


def _latest(text: str) -> int:
    """A span of years is as new as its end."""
    return max((int(found) for found in _YEAR.findall(text)), default=0)


def _without_year(slug: str) -> Fix | None:
    kept = [part for part in slug.split("-") if not _SLUG_YEAR.fullmatch(part)]
    if kept and kept[-1] in ("in", "for", "of"):
        kept.pop()
    shorter = "-".join(filter(None, kept))
    if not shorter:
        return None
    return Fix(
        "Take the year out", lambda story: replace(story, slug=shorter) if story.slug == slug else story
    )
