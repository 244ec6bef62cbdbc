"""What facts are called: by their official names, by other names, and by the codes of their exams."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from careers.asking import Question
from careers.models import (
    Credential,
    ExamVersion,
    Role,
    RoleTitle,
    Skill,
    SlugAlias,
    Status,
    Technology,
)

# In front of a dash stands what is earned, behind it how high; in front of a colon only who awards it.
LEVEL = re.compile(r"\s+[–—-]\s+")
FAMILY = re.compile(r":\s+")
IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
ENDS_LIKE_A_TITLE = re.compile(
    r"\b(?:associate|professional|expert|specialty|fundamentals|foundations|developer|engineer|architect"
    r"|administrator|analyst|specialist|programmer|practitioner|leader)$",
    re.IGNORECASE,
)
WORDS_OF_A_NAME = 3  # fewer would be found in every second sentence


@dataclass(frozen=True)
class Called:
    """One fact, as plain values. Of two with one name, the first is the likelier meant."""

    noun: str
    pk: int
    slug: str
    name: str
    is_public: bool = True
    others: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    former_slugs: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return reverse(f"careers:{self.noun}-detail", args=[self.slug])


Rows = tuple[Any, ...]


def _columns(model: type[Model], *columns: str, order: tuple[str, ...] = (), **chosen: str) -> Question:
    def make() -> QuerySet[Any, Any]:
        rows = model._default_manager.filter(**chosen).values_list(*columns)
        return rows.order_by(*order) if order else rows

    return Question(model, make)


_NAMED = ("pk", "slug", "name", "status")
_credentials = _columns(Credential, *_NAMED, "short_name")
_codes = _columns(ExamVersion, "credential", "exam_code", order=("pk",))
_former = _columns(
    SlugAlias,
    *("object_id", "slug"),
    content_type__app_label="careers",
    content_type__model="credential",
)
_roles = _columns(Role, *_NAMED)
_titles = _columns(RoleTitle, "role", "title", order=("pk",))
_skills = _columns(Skill, *_NAMED, "aliases")
_technologies = _columns(Technology, *_NAMED, "aliases")


def all_called() -> tuple[Called, ...]:
    """Drafts too: they may be published. As many queries for all facts as for one."""
    return called_by(*names_kept())


def names_kept() -> tuple[Rows, ...]:
    """What ``called_by`` makes of it, as the database has it."""
    skills, technologies = (
        tuple((*rest, tuple(aliases)) for *rest, aliases in rows()) for rows in (_skills, _technologies)
    )
    plain = (tuple(rows()) for rows in (_credentials, _codes, _former, _roles, _titles))
    return *plain, skills, technologies


@lru_cache(4)  # facts are renamed seldom, and asked for their names on each page of a hashtag
def called_by(
    credential: Rows, code: Rows, former: Rows, role: Rows, title: Rows, skill: Rows, technology: Rows
) -> tuple[Called, ...]:
    """Of the same rows the same: nothing else is looked at."""
    return (
        *credentials(credential, code, former),
        *roles(role, title),
        *aliased("skill", skill),
        *aliased("technology", technology),
    )


def credentials(rows: Rows, exam_codes: Rows, former_slugs: Rows) -> list[Called]:
    codes, former = by_key(exam_codes), by_key(former_slugs)
    found = [
        Called(
            *("credential", pk, slug, name, status == Status.PUBLISHED),
            others=unlike(name, [short_name, *variants(name)]),
            codes=tuple(dict.fromkeys(one for code in codes[pk] for one in spellings_of(code))),
            former_slugs=tuple(former[pk]),
        )
        for pk, slug, name, status, short_name in rows
    ]
    return without_shared(found)


def roles(rows: Rows, role_titles: Rows) -> list[Called]:
    titles = by_key(role_titles)
    return [
        Called("role", pk, slug, name, status == Status.PUBLISHED, unlike(name, titles[pk]))
        for pk, slug, name, status in rows
    ]


def aliased(noun: str, rows: Rows) -> list[Called]:
    return [
        Called(noun, pk, slug, name, status == Status.PUBLISHED, unlike(name, aliases))
        for pk, slug, name, status, aliases in rows
    ]


def by_key(pairs: Iterable[tuple[int, str | None]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        if value:
            found[key].append(value)
    return found


def unlike(name: str, others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for other in others if other and other != name))


# --- Certifications -----------------------------------------------------------


def variants(name: str) -> Iterator[str]:
    """What people write for the official name of a certification."""
    plain = IN_BRACKETS.sub("", name)
    yield plain
    head, *level = LEVEL.split(plain, maxsplit=1)
    _, *title = FAMILY.split(plain, maxsplit=1)
    if level:
        yield from short_of_a_level(head, level[0])
    elif title and is_a_title(title[0]):
        yield title[0]
    elif not title and " Certified " in plain:
        yield from long_enough(plain.replace(" Certified ", " ", 1))


def short_of_a_level(head: str, level: str) -> Iterator[str]:
    """“PCEP – Certified Entry-Level Python Programmer” goes by both, “AWS … – Associate” by the first."""
    if re.fullmatch(r"[A-Z][A-Z0-9]{2,}", head):
        yield from (head, level)
    else:
        yield from long_enough(head)
        yield from long_enough(f"{head} {level}".replace(" Certified ", " ", 1))


def long_enough(name: str) -> Iterator[str]:
    if len(name.split()) >= WORDS_OF_A_NAME:
        yield name


def is_a_title(name: str) -> bool:
    return len(name.split()) >= WORDS_OF_A_NAME and bool(ENDS_LIKE_A_TITLE.search(name))


def spellings_of(code: str) -> Iterator[str]:
    """With hyphens and without: AIP-C01 is AIPC01. A code of digits alone names nothing in a text."""
    if re.search(r"[A-Za-z]", code):
        yield code
        if "-" in code:
            yield code.replace("-", "")


def without_shared(found: list[Called]) -> list[Called]:
    """What two certifications could both be called says neither: "AWS Certified Solutions Architect"."""
    claims = Counter(other.casefold() for one in found for other in one.others)
    return [
        replace(one, others=tuple(other for other in one.others if claims[other.casefold()] == 1))
        for one in found
    ]
