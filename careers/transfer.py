"""Facts from data files into the catalogue. What is there already stays as its editors left it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from careers.dates import partial_date
from careers.deliveries import deliveries
from careers.models import (
    Credential,
    Delivery,
    Dimension,
    ExamVersion,
    Fee,
    Provider,
    Recommendation,
    Renewal,
    Role,
    RoleCode,
    RoleDimensionValue,
    RoleRelation,
    RoleSkill,
    RoleTask,
    RoleTechnology,
    RoleTitle,
    Skill,
    Source,
    Technology,
)

DATA = Path(__file__).parent / "data"
Row = dict[str, Any]
Tell = Callable[[str], None]
AnyRow = TypeVar("AnyRow", bound=models.Model)


class DataError(Exception):
    """A data file cannot be loaded; the message names the file and the entry."""


def load(data_dir: Path = DATA, *, tell: Tell = lambda message: None) -> dict[str, int]:
    """Create the facts that are missing, all or none, and say how many of each kind were."""
    with transaction.atomic():
        loading = Loading(data_dir)
        counts = {}
        for name, model, add in FILES:
            counts[name] = loading.file(name, model, add)
            tell(f"{name}: {counts[name]} added")
        loading.join()
    return counts


@dataclass
class Loading:
    """One run: where in the files it is, what is known so far, and what can be joined only at the end."""

    data_dir: Path
    name: str = ""
    entry: str = ""
    known: dict[type[models.Model], dict[str, Any]] = field(default_factory=dict)
    later: list[tuple[str, str, Callable[[], None]]] = field(default_factory=list)

    def file(self, name: str, model: type[models.Model], add: "Add") -> int:
        self.name, self.entry = f"{name}.json", ""
        found: dict[str, Any] = {key_of(row): row for row in model._default_manager.all()}
        self.known[model] = found
        added = 0
        for row in self.rows():
            self.entry = str(row.get("id", ""))
            if self.entry not in found:
                found[self.entry] = self.attempt(partial(add, self, row))
                added += 1
        return added

    def rows(self) -> list[Row]:
        try:
            rows = json.loads((self.data_dir / self.name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DataError(f"{self.name} cannot be read: {error}") from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("id") for row in rows):
            raise DataError(f"{self.name} must be a list of entries, each with an id.")
        return rows

    def attempt(self, action: Callable[[], Any]) -> Any:
        try:
            return action()
        except KeyError as error:
            raise self.error(f"lacks {error}") from error
        except ValidationError as error:
            raise self.error("; ".join(error.messages)) from error
        except (TypeError, ValueError, ArithmeticError) as error:
            raise self.error(f"cannot be understood: {error}") from error

    def error(self, message: str) -> DataError:
        return DataError(f"{self.name}, entry “{self.entry}”: {message}")

    def find(self, model: type[models.Model], key: str) -> Any:
        try:
            return self.known[model][key]
        except KeyError:
            raise self.error(f"there is no {model._meta.verbose_name} “{key}”") from None

    def find_all(self, model: type[models.Model], keys: Iterable[str]) -> list[Any]:
        return [self.find(model, key) for key in keys]

    def source(self, row: Row, name: str) -> Source | None:
        key = row.get(name)
        return self.find(Source, key) if key else None

    def after_all(self, action: Callable[[], None]) -> None:
        """For what points at rows that come later in the files."""
        self.later.append((self.name, self.entry, action))

    def join(self) -> None:
        for name, entry, action in self.later:
            self.name, self.entry = name, entry
            self.attempt(action)


Add = Callable[[Loading, Row], models.Model]


def key_of(row: Any) -> str:
    return str(row.slug if hasattr(row, "slug") else row.key)


def create(model: type[AnyRow], **values: Any) -> AnyRow:
    """A checked row: files are written by hand too."""
    row = model(**values)
    row.full_clean()
    row.save()
    return row


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- One entry of each file -------------------------------------------------


def add_source(loading: Loading, row: Row) -> Source:
    optional = {name: row.get(name, "") for name in ("url", "publisher", "licence", "checked", "note")}
    return create(Source, key=row["id"], title=row["title"], kind=row["kind"], **optional)


def add_provider(loading: Loading, row: Row) -> Provider:
    return create(
        Provider,
        slug=row["id"],
        name=row["name"],
        short_name=row.get("short_name", ""),
        summary=row.get("summary", ""),
        site_url=row.get("site", ""),
    )


def add_skill(loading: Loading, row: Row) -> Skill:
    return create(
        Skill,
        slug=row["id"],
        name=row["name"],
        kind=row["kind"],
        reuse_level=row["reuse_level"],
        aliases=row.get("aliases", []),
        summary=row.get("summary", ""),
    )


def add_technology(loading: Loading, row: Row) -> Technology:
    return create(
        Technology,
        slug=row["id"],
        name=row["name"],
        kind=row["kind"],
        vendor=row.get("vendor", ""),
        aliases=row.get("aliases", []),
        summary=row.get("summary", ""),
    )


def add_dimension(loading: Loading, row: Row) -> Dimension:
    order = len(loading.known[Dimension])
    return create(Dimension, key=row["id"], label=row["label"], value_kind=row["value_kind"], order=order)


# --- Roles ------------------------------------------------------------------


def add_role(loading: Loading, row: Row) -> Role:
    role = create(
        Role,
        slug=row["id"],
        name=row["name"],
        summary=row["summary"],
        main_focus=row["main_focus"],
        job_zone=row.get("job_zone"),
        editor_note=row.get("provenance", ""),
    )
    role.sources.set(loading.find_all(Source, row.get("source", [])))
    add_role_texts(loading, role, row)
    add_role_needs(loading, role, row)
    loading.after_all(partial(relate, loading, role, row.get("related", [])))
    return role


def relate(loading: Loading, role: Role, keys: list[str]) -> None:
    for order, key in enumerate(keys):
        create(RoleRelation, from_role=role, to_role=loading.find(Role, key), order=order)


def add_role_texts(loading: Loading, role: Role, row: Row) -> None:
    for title in row.get("aliases", []):
        create(RoleTitle, role=role, title=title)
    for order, text in enumerate(row.get("responsibilities", [])):
        create(RoleTask, role=role, text=sentence(text), order=order)
    if uses := row.get("typical_use_cases"):
        dimension = loading.find(Dimension, "typical-use-cases")
        create(RoleDimensionValue, role=role, dimension=dimension, items=uses)
    for code in row.get("external_codes", []):
        source = loading.find(Source, "GK") if code.get("provenance") == "general" else None
        values = {name: code[name] for name in ("framework", "code", "match")}
        create(RoleCode, role=role, source=source, **values)


def add_role_needs(loading: Loading, role: Role, row: Row) -> None:
    for order, key in enumerate([*row.get("technologies", []), *row.get("typical_tools", [])]):
        create(RoleTechnology, role=role, technology=loading.find(Technology, key), order=order)
    for need in row.get("skills", []):
        values = {name: need[name] for name in ("relation", "importance", "level")}
        create(RoleSkill, role=role, skill=loading.find(Skill, need["skill"]), **values)
    for order, advice in enumerate(row.get("recommended_certifications", [])):
        loading.after_all(partial(recommend, loading, role, advice, order))


def recommend(loading: Loading, role: Role, advice: Row, order: int) -> None:
    credential = loading.find(Credential, advice["certification"])
    create(
        Recommendation,
        role=role,
        credential=credential,
        tier=advice["tier"],
        reason=advice["reason"],
        order=order,
    )


# --- Credentials ------------------------------------------------------------


def add_credential(loading: Loading, row: Row) -> Credential:
    checked_on, precision = partial_date(row.get("as_of"))
    same = ("name", "level", "level_label", "access", "short_name", "official_url", "summary")
    credential = create(
        Credential,
        slug=row["id"],
        provider=loading.find(Provider, row["provider"]),
        checked_on=checked_on,
        checked_on_precision=precision,
        note=row.get("notes", ""),
        conflicts=row.get("conflicts", []),
        **{name: row[name] for name in same if name in row},
    )
    credential.sources.set(loading.find_all(Source, row.get("source", [])))
    credential.skills.set(loading.find_all(Skill, row.get("skills", [])))
    if "renewal" in row:
        source = loading.source(row, "renewal_source")
        create(Renewal, credential=credential, note=row["renewal"], source=source)
    add_versions(loading, credential, row)
    replaced_by = row.get("replaced_by", [])
    loading.after_all(lambda: credential.replaced_by.set(loading.find_all(Credential, replaced_by)))
    return credential


def add_versions(loading: Loading, credential: Credential, row: Row) -> None:
    versions = [add_version(loading, credential, row, version) for version in row.get("versions", [])]
    by_code = {version.exam_code: version for version in versions}
    for version, described in zip(versions, row.get("versions", []), strict=True):
        if code := described.get("successor"):
            if code not in by_code:
                raise loading.error(f"there is no exam “{code}” to succeed “{version}”")
            version.successor = by_code[code]
            version.save()


def add_version(loading: Loading, credential: Credential, row: Row, version: Row) -> ExamVersion:
    available_from, from_precision = partial_date(version.get("available_from"))
    last_exam_on, last_precision = partial_date(version.get("last_exam_date"))
    added = create(
        ExamVersion,
        credential=credential,
        provider=credential.provider,
        exam_code=version.get("exam_code"),
        status=version["status"],
        available_from=available_from,
        available_from_precision=from_precision,
        last_exam_on=last_exam_on,
        last_exam_on_precision=last_precision,
        date_note=version.get("date_certainty", ""),
        note=version.get("notes", ""),
        **validity(loading, row, version),
    )
    added.sources.set(loading.find_all(Source, version.get("source", [])))
    for delivery in deliveries(version):
        create(Delivery, version=added, **delivery)
    add_fee(loading, added, version, observed_on=credential.checked_on)
    return added


def validity(loading: Loading, row: Row, version: Row) -> Row:
    """What is said of the credential holds for its exams so far, not for one still to come."""
    if "validity_months" in version:
        return {"validity_months": version["validity_months"]}
    if version["status"] == ExamVersion.Status.IN_DEVELOPMENT:
        return {}
    return {
        "validity_months": row.get("validity_months"),
        "no_expiry": row.get("no_expiry", False),
        "validity_source": loading.source(row, "validity_source"),
    }


def add_fee(loading: Loading, version: ExamVersion, row: Row, *, observed_on: date | None) -> None:
    if "price_usd" not in row:
        return
    is_beta = row["status"] == ExamVersion.Status.BETA
    note = row.get("price_note", "")
    keys = [row["price_source"]] if "price_source" in row else row.get("source", [])
    create(
        Fee,
        version=version,
        kind=Fee.Kind.BETA_EXAM if is_beta else Fee.Kind.EXAM,
        amount=Decimal(str(row["price_usd"])),
        is_from_price=note == "from",
        note="" if note == "from" else note,
        observed_on=observed_on,
        source=loading.find(Source, keys[0]) if keys else None,
    )


FILES: list[tuple[str, type[models.Model], Add]] = [
    ("sources", Source, add_source),
    ("providers", Provider, add_provider),
    ("skills", Skill, add_skill),
    ("technologies", Technology, add_technology),
    ("dimensions", Dimension, add_dimension),
    ("roles", Role, add_role),
    ("credentials", Credential, add_credential),
]
