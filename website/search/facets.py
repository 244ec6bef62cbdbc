"""What results can be narrowed by: written with each row of the index, counted without more queries.

A row keeps its facets as lines of ``facet:value<TAB>label``, so that both databases compare plain text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils import timezone

FACETS = {
    "category": "Category",
    "tag": "Hashtag",
    "author": "Author",
    "year": "Year",
    "role": "Role",
    "provider": "Provider",
    "level": "Level",
}
Chosen = dict[str, str]  # a value for some of the facets


class Value(NamedTuple):
    facet: str
    value: str
    label: str


class Sampled(NamedTuple):
    """What counting needs of one page that answers the query."""

    kind: str
    text: str = ""  # its lines, as written; read one by one they would cost more than finding the page
    row: int = 0

    @property
    def values(self) -> tuple[Value, ...]:
        return tuple(map(_value, filter(None, self.text.split("\n"))))

    def has(self, facet: str, value: str) -> bool:
        return self.kind == value if facet == "kind" else needle(facet, value) in self.text


def _value(line: str) -> Value:
    key, _, label = line.partition("\t")
    facet, _, value = key.partition(":")
    return Value(facet, value, label)


# --- Written ------------------------------------------------------------------


def lines(label: str, page: Any) -> str:
    read = {"blog.Article": _of_article, "careers.Credential": _of_credential}.get(label)
    values = dict.fromkeys(read(page)) if read else ()
    return "".join(f"\n{one.facet}:{one.value}\t{' '.join(one.label.split())}\n" for one in values)


def _of_article(article: Any) -> Iterator[Value]:
    yield Value("category", article.category.slug, article.category.name)
    for tag in article.hashtags.all():
        yield Value("tag", tag.slug, f"#{tag.name}")
    for byline in article.bylines.all():
        yield Value("author", byline.author.slug, byline.author.name)
    year = str(timezone.localtime(article.published_at).year)
    yield Value("year", year, year)
    for embed in article.embeds.all():
        yield from _of_embed(embed)


def _of_embed(embed: Any) -> Iterator[Value]:
    if embed.role and embed.role.is_public:
        yield Value("role", embed.role.slug, embed.role.name)
    if embed.provider and embed.provider.is_public:
        yield Value("provider", embed.provider.slug, embed.provider.name)
    if embed.credential and embed.credential.is_public:
        yield from _of_credential(embed.credential)


def _of_credential(credential: Any) -> Iterator[Value]:
    yield Value("level", credential.level, credential.get_level_display())
    if credential.shown_provider:
        yield Value("provider", credential.provider.slug, credential.provider.name)


# --- Asked --------------------------------------------------------------------


def needle(facet: str, value: str) -> str:
    """What the text of a row holds if it has this value; nothing for no value."""
    return f"\n{facet}:{value}\t" if value else ""


def fitting(sample: list[Sampled], chosen: Chosen, *, but: str = "") -> list[Sampled]:
    for facet, value in chosen.items():
        if facet != but:
            sample = [row for row in sample if row.has(facet, value)]
    return sample


def label_of(sample: Iterable[Sampled], facet: str, value: str) -> str:
    """What readers call this value; where no page has it, the value itself."""
    sought = needle(facet, value)
    text = next((row.text for row in sample if sought in row.text), "")
    return text.partition(sought)[2].partition("\n")[0] or value


def counted(rows: list[Sampled], chosen: Chosen) -> dict[str, Counter[Value]]:
    """For each facet, how many pages have each value under what is chosen of the other facets."""
    under_all = _values_counted(rows, chosen)
    under_others = {facet: _values_counted(rows, chosen, but=facet) for facet in FACETS if facet in chosen}
    return {facet: under_others.get(facet, under_all)[facet] for facet in FACETS}


def _values_counted(rows: list[Sampled], chosen: Chosen, *, but: str = "") -> dict[str, Counter[Value]]:
    counts: dict[str, Counter[Value]] = defaultdict(Counter)
    text = "".join([row.text for row in fitting(rows, chosen, but=but)])
    for line, count in Counter(filter(None, text.split("\n"))).items():
        value = _value(line)
        counts[value.facet][value] = count
    return counts


def kinds_counted(rows: list[Sampled], chosen: Chosen) -> Counter[str]:
    return Counter(row.kind for row in fitting(rows, chosen, but="kind"))
