"""What a text says of exams and roles, held against the catalogue. An empty catalogue knows of no fault."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from blog.canonical import Block
from blog.inline_text import PLACE, Live, Run
from blog.rendering import KnownCertification, KnownExam, KnownFacts

from .findings import Fix, Known, Note, Place, in_body, shortened
from .stories import HEADINGS, Passage, Story, leaves, masked, replaced

_CODE: Final = re.compile(
    r"(?<![\w/.-])(?:[A-Z]{2,5}-[A-Z]{0,2}\d{2,4}|1Z0-\d{3,4}(?:-[A-Z\d]{1,4})?)(?![\w/-])"
)
# Of the same make as exam codes, and none.
_NO_EXAMS: Final = frozenset(
    {
        *(
            "AES",
            "CVE",
            "COVID",
            "CSS",
            "CWE",
            "ECMA",
            "GPT",
            "HTTP",
            "ICD",
            "IEC",
            "IEEE",
            "ISO",
            "JEP",
            "JSR",
        ),
        *("MD", "MP", "NIST", "PEP", "RFC", "RSA", "RTX", "SHA", "TCP", "TLS", "UTC", "UTF", "WCAG", "XML"),
    }
)
_ABOUT_EXAMS: Final = re.compile(r"\b(?:exam|certif|credential)", re.IGNORECASE)
_TELLS_OF_THE_END: Final = re.compile(
    r"\b(?:retir|replac|successor|predecessor|former|old|earlier|withdrawn|ended|closed|until|no longer"
    r"|used to|previous|discontinued|last)",
    re.IGNORECASE,
)
_MONEY: Final = re.compile(
    r"(?:US)?[$£€₹]\s?\d[\d,.]*\d|(?:US)?[$£€₹]\s?\d"
    r"|(?<![\w.,])\d[\d,.]*\s?(?:USD|EUR|GBP|INR|(?:US )?dollars|euros|pounds)\b"
)
_VERSUS: Final = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_][\w+#.]*[\w+#]|[^\W_]")
ABOVE_ROWS: Final = ("caption", "thead")
NAME_ALIKE: Final = 0.75
SHORTEST_NAME: Final = 3  # words: shorter ones are met by chance


# --- Codes ------------------------------------------------------------------


def unknown_codes(story: Story, known: Known) -> Iterator[Note]:
    codes = exams_by_code(known.facts)
    makers = {code.partition("-")[0] for code in codes}
    for passage, code in _codes_in(story, _CODE):
        maker = code.partition("-")[0]
        is_likely = maker in makers or (codes and _ABOUT_EXAMS.search(passage.text))
        if code not in codes and maker not in _NO_EXAMS and is_likely:
            yield Note(in_body(passage, code), f"The catalogue has no exam {code}. Check the code.")


def retired_codes(story: Story, known: Known) -> Iterator[Note]:
    """Unless the text around it tells of the end."""
    codes = exams_by_code(known.facts)
    over = {code: exams[0] for code, exams in codes.items() if all(exam.is_over for exam in exams)}
    if not over:
        return
    for passage, code in _codes_in(story, any_of(over)):
        if not _TELLS_OF_THE_END.search(_around(story, passage)):
            yield Note(in_body(passage, code), _retired(over[code]))


def _around(story: Story, passage: Passage) -> str:
    """The passage below its title and heading; of a table also what stands above its rows."""
    outer = story.blocks[passage.number]
    above = [masked(leaf) for part in outer.children[:2] for leaf in leaves([part]) if part.tag in ABOVE_ROWS]
    return " ".join([story.title, passage.heading, *above, passage.text])


def exams_by_code(facts: KnownFacts) -> dict[str, list[KnownExam]]:
    codes: dict[str, list[KnownExam]] = {}
    for certification in facts.certifications:
        for exam in certification.exams:
            codes.setdefault(exam.code.upper(), []).append(exam)
    return codes


def _codes_in(story: Story, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, str]]:
    for passage in story.prose:
        for code in dict.fromkeys(pattern.findall(passage.text)):
            yield passage, code


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, standing by itself; of two that begin alike the longer."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in longest_first))


def _retired(exam: KnownExam) -> str:
    day = f" since {exam.ended:%-d %B %Y}" if exam.ended else ""
    instead = f" It was followed by {', '.join(exam.successors)}." if exam.successors else ""
    return f"The exam {exam.code} is retired{day}.{instead} Say so, or write of what can be sat."


# --- Names ------------------------------------------------------------------


def wrong_names(story: Story, known: Known) -> Iterator[Note]:
    """Nearly the official name of a certification. Capitals and dashes are nobody's fault."""
    names = names_by_beginning(known.facts)
    for passage in story.prose:
        for start, end, name in _nearly_named(passage.text, names):
            written = passage.text[start:end]
            message = f"“{shortened(written)}” is officially called “{name}”."
            yield Note(in_body(passage, written), message, _with_name(written, name, names))


def names_by_beginning(facts: KnownFacts) -> dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]]:
    """The words of each name and the name, by its first two words."""
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
    for certification in facts.certifications:
        words = tuple(word.casefold() for word in _WORD.findall(certification.name))
        if len(words) >= SHORTEST_NAME:
            found.setdefault(words[:2], []).append((words, certification.name))
    return found


Names = Mapping[tuple[str, ...], Sequence[tuple[tuple[str, ...], str]]]


def _nearly_named(text: str, names: Names) -> Iterator[tuple[int, int, str]]:
    found = [(match.group().casefold(), match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [word for word, _, _ in found]
    for at in range(len(words) - 1):
        candidates = names.get((words[at], words[at + 1]), ())
        if candidates and (wrong := _wrong_at(words[at : at + 12], text[found[at][1] :], candidates)):
            length, name = wrong
            yield found[at][1], found[at + length - 1][2], name


def _wrong_at(
    words: list[str], text: str, candidates: Sequence[tuple[tuple[str, ...], str]]
) -> tuple[int, str] | None:
    """How many words make up the wrong name, and the right one; nothing where a right one stands."""
    if any(tuple(words[: len(name)]) == name for name, _ in candidates):
        return None
    capitals = _capitalised(text, words)
    best = max(candidates, key=lambda candidate: _alike(words[:capitals], candidate[0]))
    if capitals < SHORTEST_NAME or _alike(words[:capitals], best[0]) < NAME_ALIKE:
        return None
    return capitals, best[1]


def _capitalised(text: str, words: list[str]) -> int:
    """How many of the words, from the first on, are written as parts of one name."""
    count, end = 0, 0
    for match in _WORD.finditer(text[:400]):
        between = text[end : match.start()]
        small = match.group()[0].islower() and match.group() not in ("of", "for", "in", "and", "with")
        if count == len(words) or small or (count and not re.fullmatch(r"\s?[–—:-]?\s?", between)):
            break
        count, end = count + 1, match.end()
    return count


def _alike(words: Sequence[str], name: Sequence[str]) -> float:
    return SequenceMatcher(None, list(words), list(name), autojunk=False).ratio()


def _with_name(written: str, name: str, names: Names) -> Fix:
    def change(blocks: list[Block]) -> list[Block]:
        for block in leaves(blocks):
            text = masked(block)
            for start, end, _ in reversed(list(_nearly_named(text, names))):
                if shortened(text[start:end]) == shortened(written):
                    block.runs = replaced(block.runs, start, end, lambda run: [Run(name, run.marks)])
        return blocks

    return Fix(f"Write “{shortened(name)}”", lambda story: story.rewritten(change))


# --- Prices -----------------------------------------------------------------


def typed_prices(story: Story, known: Known) -> Iterator[Note]:
    """A price typed beside the name of a certification whose price the site knows and keeps."""
    priced = _priced(known.facts)
    if not priced:
        return
    named = any_of(priced)
    for passage in story.prose:
        if money := _MONEY.search(passage.text):
            slugs = {priced[name].slug: priced[name] for name in named.findall(passage.text)}
            for certification in list(slugs.values())[:1]:
                fix = _with_price(passage.text, certification) if len(slugs) == 1 else None
                message = f"“{money[0]}” is typed. The site knows the price of {certification.name}."
                yield Note(in_body(passage, money[0]), message, fix)


def _priced(facts: KnownFacts) -> dict[str, KnownCertification]:
    found: dict[str, KnownCertification] = {}
    for one in facts.certifications:
        if one.price:
            found |= {
                name: one for name in (one.name, one.short_name, *(exam.code for exam in one.exams)) if name
            }
    return found


def _with_price(text: str, certification: KnownCertification) -> Fix:
    """Every price in such a passage, for none of them would be kept up to date."""
    live = Live("careers-fact", (("data-ref", certification.slug), ("data-field", "price")))

    def change(blocks: list[Block]) -> list[Block]:
        for block in leaves(blocks):
            if masked(block) == text:
                for found in reversed(list(_MONEY.finditer(text))):
                    block.runs = replaced(
                        block.runs, *found.span(), lambda run: [Run(PLACE, run.marks, live)]
                    )
        return blocks

    return Fix("Put the live price", lambda story: story.rewritten(change))


# --- Comparisons ------------------------------------------------------------


def missing_comparison(story: Story, known: Known) -> Iterator[Note]:
    """A title “A vs B” of two roles that the catalogue can put side by side."""
    slugs = compared_roles(story.title, known.facts)
    if len(slugs) > 1 and not _has_comparison(story.blocks, slugs):
        message = "The title compares two roles; a live comparison of them is missing."
        yield Note(Place("title", excerpt=shortened(story.title)), message, _with_comparison(slugs))


def compared_roles(title: str, facts: KnownFacts) -> tuple[str, ...]:
    """The slugs of what stands on either side of “vs”, as far as they are roles."""
    sides = [_words(side) for side in _VERSUS.split(title)[:4]]
    found = (_role(words, facts, at_end=number == 0) for number, words in enumerate(sides))
    return tuple(dict.fromkeys(filter(None, found))) if len(sides) > 1 else ()


def _words(text: str) -> list[str]:
    return [match.casefold() for match in re.findall(r"[\w+#/.-]+", text)]


def _role(words: list[str], facts: KnownFacts, *, at_end: bool) -> str:
    """The longest title that the words end with, before “vs”, or begin with, after it."""
    for length in range(min(len(words), 6), 0, -1):
        part = words[-length:] if at_end else words[:length]
        title = " ".join(part).rstrip(":.")
        if slug := facts.roles.get(title) or facts.roles.get(title.removesuffix("s")):
            return slug
    return ""


def _has_comparison(blocks: Iterable[Block], slugs: tuple[str, ...]) -> bool:
    kinds = [block for block in blocks if block.attributes.get("data-kind") == "comparison"]
    return any(set(slugs) <= set(block.attributes.get("data-ref", "").split(",")) for block in kinds)


def _with_comparison(slugs: tuple[str, ...]) -> Fix:
    """Before the first heading: what the title promises comes first."""

    def change(blocks: list[Block]) -> list[Block]:
        if _has_comparison(blocks, slugs):
            return blocks
        block = Block("careers-block", {"data-kind": "comparison", "data-ref": ",".join(slugs)})
        at = next((number for number, one in enumerate(blocks) if one.tag in HEADINGS), len(blocks))
        return [*blocks[:at], block, *blocks[at:]]

    return Fix("Put in a live comparison", lambda story: story.rewritten(change))
