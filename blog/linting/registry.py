"""Every rule of the desk check with its gravity. A new one is a function in a module and a line here."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

from blog.rendering import KnownFacts

from . import (
    artefacts,
    catalogue,
    definitions,
    lines,
    links,
    pasted,
    pictures,
    repetition,
    structure,
    tables,
    tags,
    years,
)
from .findings import Finding, Known, Note, Severity
from .stories import Story

logger = logging.getLogger(__name__)

MOST_OF_A_RULE: Final = 30  # nobody mends more at a sitting
BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
# In the order of the form.
FIELDS: Final = (
    *("title", "summary", "body", "authors", "category", "hashtags"),
    *("slug", "seo_title", "seo_description", "cover_alt"),
)


@dataclass(frozen=True)
class Rule:
    id: str
    severity: Severity
    label: str
    notes: Callable[[Story, Known], Iterator[Note]]


RULES: Final = (
    Rule("unreadable-body", BLOCK, "A body that cannot be read", structure.unreadable_body),
    Rule("empty-body", BLOCK, "No text", structure.empty_body),
    Rule("no-title", BLOCK, "No title", lines.no_title),
    Rule("ai-marks", BLOCK, "Marks of chat programs", artefacts.ai_marks),
    Rule("ai-phrase", BLOCK, "A machine speaking of itself", artefacts.ai_phrases),
    Rule("empty-section", BLOCK, "Empty sections", structure.empty_sections),
    Rule("ai-link", WARN, "Links copied out of chat programs", artefacts.ai_links),
    Rule("page-piece", WARN, "Pieces of another page", pasted.page_pieces),
    Rule("details-box", WARN, "Author, date or hashtags in the text", pasted.details_box),
    Rule("title-twice", WARN, "The title again in the text", lines.same_title_twice),
    Rule("repeated-sentence", WARN, "Repeated sentences", repetition.repeated_sentences),
    Rule("repeated-definition", WARN, "Repeated definitions", definitions.repeated_definitions),
    Rule("table-header", WARN, "Tables without headers", tables.tables_without_header),
    Rule("table-blank-header", WARN, "Columns without a header", tables.blank_headers),
    Rule("table-ragged", WARN, "Tables with uneven rows", tables.ragged_rows),
    Rule("table-caption", INFO, "Tables without a caption", tables.tables_without_caption),
    Rule("heading-skip", WARN, "Skipped headings", structure.skipped_ranks),
    Rule("bold-heading", WARN, "Bold lines as headings", structure.bold_headings),
    Rule("long-paragraph", INFO, "Long paragraphs", structure.long_paragraphs),
    Rule("picture-alt", WARN, "Pictures without a description", pictures.pictures_without_words),
    Rule("picture-file-name", WARN, "File names as descriptions", pictures.file_names_as_words),
    Rule("past-year", WARN, "Past years in title or search lines", years.past_years_in_lines),
    Rule("passing-year", INFO, "Years about to pass", years.year_about_to_pass),
    Rule("past-year-in-text", INFO, "Past years in the text", years.past_years_in_text),
    Rule("year-in-address", WARN, "A year in the address", years.year_in_address),
    Rule("exam-unknown", WARN, "Unknown exam codes", catalogue.unknown_codes),
    Rule("exam-retired", WARN, "Retired exams", catalogue.retired_codes),
    Rule("wrong-name", WARN, "Wrong names of certifications", catalogue.wrong_names),
    Rule("typed-price", WARN, "Typed prices", catalogue.typed_prices),
    Rule("comparison", WARN, "“A vs B” without a comparison", catalogue.missing_comparison),
    Rule("dead-link", WARN, "Links that lead nowhere", links.dead_links),
    Rule("bare-link", INFO, "Links that do not say where", links.bare_links),
    Rule("no-summary", WARN, "No summary", lines.no_summary),
    Rule("no-author", WARN, "No author", lines.no_author),
    Rule("title-length", INFO, "Length of the title", lines.title_length),
    Rule("description-length", INFO, "Length of the description", lines.description_length),
    Rule("hashtag-evidence", INFO, "Hashtags the text never mentions", tags.hashtags_without_evidence),
    Rule("hashtag-twice", WARN, "Hashtags that mean the same", tags.same_hashtag_twice),
    Rule("hashtags-many", INFO, "Too many hashtags", tags.too_many_hashtags),
)
LABELS: Final = {rule.id: rule.label for rule in RULES}


def check(
    story: Story,
    *,
    facts: KnownFacts,
    on: date,
    dead_links: Iterable[str] = (),
    rules: Iterable[Rule] = RULES,
) -> list[Finding]:
    """All that the rules find, in the order of the form and of the text; never raises."""
    known = Known(facts, on, frozenset(dead_links))
    found = {finding.key: finding for rule in rules for finding in reversed(_findings(rule, story, known))}
    return sorted(found.values(), key=_position)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that keep a story from readers."""
    return [finding for finding in findings if finding.severity == Severity.BLOCK]


def must_be_mended(story: Story, *, on: date) -> list[Finding]:
    """What keeps a story from readers, for whoever publishes it. No such rule asks the catalogue."""
    return check(story, facts=KnownFacts(), on=on, rules=[rule for rule in RULES if rule.severity == BLOCK])


@cache
def version() -> str:
    """Another one whenever a rule was changed."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _findings(rule: Rule, story: Story, known: Known) -> list[Finding]:
    """A rule that breaks must not take the form with it."""
    try:
        notes = list(islice(rule.notes(story, known), MOST_OF_A_RULE))
    except Exception:
        logger.exception("The rule %s broke on “%s”", rule.id, story.slug)
        return []
    return [Finding(rule.id, rule.severity, note.place, note.message, note.fix) for note in notes]


def _position(finding: Finding) -> tuple[int, int]:
    field = FIELDS.index(finding.place.field) if finding.place.field in FIELDS else len(FIELDS)
    return field, finding.place.block if finding.place.block is not None else -1
