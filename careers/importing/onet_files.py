"""The text files of the O*NET database, of both namings, as plain rows of the occupations asked for."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from .faults import FileFault, RowFault
from .reading import Columns, Reading, Row
from .values import clean, flag, fold, is_nothing, number, quoted, whole

CODE = ("O*NET-SOC Code",)
# Release 30.3 gave these other names; a folder with both is two releases in one.
RENAMED = {
    ("Skills.txt",): ("Essential Skills.txt", "Transferable Skills.txt"),
    ("Technology Skills.txt",): ("Software Skills.txt",),
    ("Alternate Titles.txt",): ("Job Titles.txt",),
}
KNOWLEDGE = "Knowledge.txt"
REPORTED = "Sample of Reported Titles.txt"
TASKS, TASK_RATINGS = "Task Statements.txt", "Task Ratings.txt"
ZONES, RELATED, OCCUPATIONS = "Job Zones.txt", "Related Occupations.txt", "Occupation Data.txt"
RATED: Columns = {
    "code": CODE,
    "element": ("Element ID",),
    "name": ("Element Name",),
    "scale": ("Scale ID",),
    "value": ("Data Value",),
}
DOUBT: Columns = {
    "n": ("N",),
    "error": ("Standard Error",),
    "suppress": ("Recommend Suppress",),
    "irrelevant": ("Not Relevant",),
}
RELEASE = re.compile(r"(?<![0-9])([0-9]{2})[._]([0-9])(?![0-9])")


@dataclass(frozen=True)
class Rating:
    """One row of a scale: how important an element is, or how well it must be mastered."""

    place: str
    code: str
    element: str
    name: str
    scale: str
    value: Decimal | None
    n: int | None
    error: Decimal | None
    is_suppressed: bool
    is_knowledge: bool = False


@dataclass(frozen=True)
class Title:
    place: str
    code: str
    title: str
    is_reported: bool


@dataclass(frozen=True)
class Task:
    place: str
    code: str
    task: str
    text: str
    kind: str


@dataclass(frozen=True)
class Tool:
    place: str
    code: str
    name: str
    category: str
    is_hot: bool
    is_in_demand: bool


@dataclass(frozen=True)
class Zone:
    place: str
    code: str
    zone: int | None


@dataclass(frozen=True)
class Relation:
    place: str
    code: str
    other: str
    tier: str
    index: int


@dataclass
class Tables:
    """What the files say of the occupations asked for."""

    release: str = ""
    names: dict[str, str] = field(default_factory=dict)
    ratings: list[Rating] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    importance: dict[str, Decimal] = field(default_factory=dict)  # of a task, by its number
    tools: list[Tool] = field(default_factory=list)
    categories: dict[str, str] = field(default_factory=dict)  # of a tool, by its folded name
    zones: list[Zone] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def read_tables(reading: Reading, codes: set[str], related: set[str]) -> Tables:
    reader = Reader(reading, codes, related)
    tables = Tables(release=release_of(reading))
    tables.names = dict(reader.occupations())
    for name in reader.of("Skills.txt"):
        tables.ratings += reader.ratings(name)
    if KNOWLEDGE in reading.files:
        tables.ratings += reader.ratings(KNOWLEDGE, is_knowledge=True)
    for name in reader.of("Alternate Titles.txt"):
        tables.titles += reader.titles(name)
    if REPORTED in reading.files:
        tables.titles += reader.titles(REPORTED, is_reported=True)
    if TASKS in reading.files:
        tables.tasks += reader.tasks()
    if TASK_RATINGS in reading.files:
        tables.importance = reader.importance()
    for name in reader.of("Technology Skills.txt"):
        tables.tools += reader.tools(name)
    tables.categories = reader.most_frequent_categories()
    tables.zones += reader.zones() if ZONES in reading.files else []
    tables.relations += reader.relations() if RELATED in reading.files else []
    return tables


def refuse_mixture(names: Iterable[str]) -> None:
    """Before anything is read: are these the files of one release?"""
    there = set(names)
    known = {KNOWLEDGE, REPORTED, TASKS, ZONES, RELATED}
    for old, new in RENAMED.items():
        known |= {*old, *new}
        if there & set(old) and there & set(new):
            both = " and ".join(f"“{name}”" for name in sorted(there & {*old, *new}))
            raise FileFault(
                f"{both} are the same table of two releases: put each release in a folder of its own."
            )
        if there & set(new) and not set(new) <= there:
            lacking = " and ".join(f"“{name}”" for name in sorted(set(new) - there))
            raise FileFault(f"{lacking} is missing beside the other file of release 30.3.")
    if not there & known:
        raise FileFault(
            f"There is no table of the O*NET database here, such as {', '.join(sorted(known)[:4])}."
        )


def release_of(reading: Reading) -> str:
    """From the name of the download (db_30_3_text.zip), or from what the files say of themselves."""
    found = RELEASE.search(reading.files.path.name)
    for name in ("Read Me.txt", "readme.txt"):
        if not found and name in reading.files:
            with reading.files.reading(name) as file:
                found = RELEASE.search(file.read(4000).decode("utf-8", "replace"))
    return f"{found[1]}.{found[2]}" if found else ""


@dataclass
class Reader:
    """Keeps the rows of our occupations, so that the largest table takes no more room than the smallest."""

    reading: Reading
    codes: set[str]
    related: set[str]  # codes of roles that may be related to ours
    seen_categories: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def of(self, old: str) -> list[str]:
        """The files of a table, by whichever of its names is here."""
        names = [old, *next(new for known, new in RENAMED.items() if known == (old,))]
        return [name for name in names if name in self.reading.files]

    def is_ours(self, row: Row) -> bool:
        return row["code"].strip() in self.codes

    def occupations(self) -> list[tuple[str, str]]:
        def parse(row: Row) -> tuple[str, str] | None:
            return (row["code"].strip(), clean(row["title"], column="Title")) if self.is_ours(row) else None

        if OCCUPATIONS not in self.reading.files:
            return []
        return list(self.reading.tabs(OCCUPATIONS, {"code": CODE, "title": ("Title",)}, parse))

    def ratings(self, name: str, *, is_knowledge: bool = False) -> list[Rating]:
        def parse(row: Row) -> Rating | None:
            return rating(row, is_knowledge=is_knowledge) if self.is_ours(row) else None

        return list(self.reading.tabs(name, RATED, parse, optional=DOUBT))

    def titles(self, name: str, *, is_reported: bool = False) -> list[Title]:
        columns = {"code": CODE, "title": ("Alternate Title", "Job Title", "Reported Job Title", "Title")}

        def parse(row: Row) -> Title | None:
            if not self.is_ours(row):
                return None
            title = clean(row["title"], column="The title", longest=120)
            if is_nothing(title):
                raise RowFault("There is no title.")
            return Title(row.place, row["code"].strip(), title, is_reported)

        return list(self.reading.tabs(name, columns, parse))

    def tasks(self) -> list[Task]:
        columns = {"code": CODE, "task": ("Task ID",), "text": ("Task",), "kind": ("Task Type",)}
        return list(self.reading.tabs(TASKS, columns, lambda row: task(row) if self.is_ours(row) else None))

    def importance(self) -> dict[str, Decimal]:
        columns = {"code": CODE, "task": ("Task ID",), "scale": ("Scale ID",), "value": ("Data Value",)}

        def parse(row: Row) -> tuple[str, Decimal] | None:
            if not self.is_ours(row) or row["scale"].strip() != "IM" or is_suppressed(row):
                return None
            value = number(row["value"], 1, 5, column="Data Value")
            return None if value is None else (row["task"].strip(), value)

        return dict(self.reading.tabs(TASK_RATINGS, columns, parse, optional=DOUBT))

    def tools(self, name: str) -> list[Tool]:
        """Every row counts towards the category of a tool; those of our occupations are kept."""
        columns = {
            "code": CODE,
            "name": ("Example", "Workplace Example"),
            "category": ("Commodity Title", "Element Name"),
            "hot": ("Hot Technology",),
            "demand": ("In Demand",),
        }

        def parse(row: Row) -> Tool | None:
            with suppress(RowFault):  # of another occupation it need not be told
                self.seen_categories[fold(row["name"])][clean(row["category"])] += 1
            return tool(row) if self.is_ours(row) else None

        return list(self.reading.tabs(name, columns, parse))

    def most_frequent_categories(self) -> dict[str, str]:
        """An example stands under many elements: the most frequent names it, of equals the first."""
        return {
            name: min(counts, key=lambda category: (-counts[category], category))
            for name, counts in self.seen_categories.items()
        }

    def zones(self) -> list[Zone]:
        def parse(row: Row) -> Zone | None:
            if not self.is_ours(row):
                return None
            return Zone(row.place, row["code"].strip(), whole(row["zone"], 1, 5, column="Job Zone"))

        return list(self.reading.tabs(ZONES, {"code": CODE, "zone": ("Job Zone",)}, parse))

    def relations(self) -> list[Relation]:
        columns = {
            "code": CODE,
            "other": ("Related O*NET-SOC Code",),
            "tier": ("Relatedness Tier",),
            "index": ("Index",),
        }

        def parse(row: Row) -> Relation | None:
            code, other = row["code"].strip(), row["other"].strip()
            if code not in self.codes or other not in self.related:
                return None
            index = whole(row["index"], 0, 1000, column="Index") or 0
            return Relation(row.place, code, other, row["tier"].strip().lower(), index)

        return list(self.reading.tabs(RELATED, columns, parse))


def rating(row: Row, *, is_knowledge: bool) -> Rating | None:
    scale = row["scale"].strip()
    if scale not in ("IM", "LV"):
        return None
    low, high = (1, 5) if scale == "IM" else (0, 7)
    return Rating(
        place=row.place,
        code=row["code"].strip(),
        element=clean(row["element"], column="Element ID", longest=20),
        name=clean(row["name"], column="Element Name", longest=200),
        scale=scale,
        value=number(row["value"], low, high, column="Data Value"),
        n=whole(row["n"], 0, 2_000_000_000, column="N"),
        error=number(row["error"], 0, 99, column="Standard Error", places=4),
        is_suppressed=is_suppressed(row),
        is_knowledge=is_knowledge,
    )


def is_suppressed(row: Row) -> bool:
    """Importance rows carry n/a under Not Relevant, which is no yes."""
    recommended = flag(row["suppress"], column="Recommend Suppress")
    return bool(recommended or flag(row["irrelevant"], column="Not Relevant"))


def task(row: Row) -> Task:
    kind = row["kind"].strip().lower()
    if is_nothing(kind):
        raise RowFault("The task is neither Core nor Supplemental yet.")
    if kind not in ("core", "supplemental"):
        raise RowFault(f"Task Type {quoted(kind)} is neither Core nor Supplemental.")
    identifier = clean(row["task"], column="Task ID", longest=20)
    return Task(
        row.place, row["code"].strip(), identifier, clean(row["text"], column="Task", longest=300), kind
    )


def tool(row: Row) -> Tool:
    name = clean(row["name"], column="The example", longest=150)
    if is_nothing(name):
        raise RowFault("There is no example.")
    return Tool(
        place=row.place,
        code=row["code"].strip(),
        name=name,
        category=clean(row["category"], column="The category"),
        is_hot=bool(flag(row["hot"], column="Hot Technology")),
        is_in_demand=bool(flag(row["demand"], column="In Demand")),
    )
