"""O*NET: what its occupations ask for, as proposals to the roles that have their codes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from careers.models import (
    Role,
    RoleCode,
    RoleRelation,
    RoleSkill,
    RoleTask,
    RoleTechnology,
    RoleTitle,
    Skill,
    Status,
    System,
    Technology,
)

from . import onet_files
from .faults import Refusal, RowFault
from .matching import Choice, Coded, Names, choose, roles_named, rows_by, scope
from .onet_files import Rating, Tables, Task, Title, Tool
from .proposing import Proposal, Proposals
from .reading import Reading
from .running import Importer, Origin, Wish
from .values import fold

IMPORTANT = Decimal(3)  # from here on O*NET calls an element important for the occupation
LATER = 100  # imported tasks and tools stand behind the desk's own


@dataclass
class Facts:
    roles: dict[str, Role]  # by slug
    choice: Choice
    others: dict[str, str]  # slug of every role beyond doubt → code
    tables: Tables
    notes: Sequence[str] = field(default_factory=list)

    @property
    def release(self) -> str:
        return self.tables.release

    @property
    def scopes(self) -> set[str]:
        return {scope(role) for role in self.roles.values()}

    def filled(self) -> list[tuple[Role, str]]:
        return [(role, self.choice.codes[slug]) for slug, role in self.roles.items()]


def read(reading: Reading, wish: Wish) -> Facts:
    onet_files.refuse_mixture(reading.files.openers)
    choice = choose(coded(), wish.roles)
    roles = roles_named(choice.codes)
    others = {**choose(coded()).codes, **choice.codes}
    tables = onet_files.read_tables(reading, set(choice.codes.values()), set(others.values()))
    for refusal in choice.refused:
        reading.refuse(refusal)
    for slug, code in choice.codes.items():
        if onet_files.OCCUPATIONS in reading.files and code not in tables.names:
            reading.refuse(Refusal(onet_files.OCCUPATIONS, "The code is not in this release.", code, slug))
    notes = [told(role, choice.codes[slug], tables) for slug, role in roles.items()]
    return Facts(roles, choice, others, tables, notes)


def coded() -> list[Coded]:
    codes = RoleCode.objects.filter(framework=RoleCode.Framework.ONET).select_related("role")
    return [Coded(row.role.slug, row.code.strip(), row.match) for row in codes]


def told(role: Role, code: str, tables: Tables) -> str:
    name = tables.names.get(code)
    return f"{code}{f' {name}' if name else ''} fills the role “{role}”."


def propose(facts: Facts, proposals: Proposals, wish: Wish) -> None:
    writing = Writing(proposals, facts.tables)
    for role, code in facts.filled():
        writing.zone(role, code)
        writing.titles(role, code)
        writing.tasks(role, code)
        writing.skills(role, code)
        writing.tools(role, code)
    writing.relations(facts)


@dataclass
class Writing:
    proposals: Proposals
    tables: Tables

    def __post_init__(self) -> None:
        self.skill_names, self.tool_names = Names(Skill), Names(Technology)
        self.skills_of: dict[str, Skill | None] = {}
        self.tools_of: dict[str, Technology | None] = {}

    def put(self, place: str, role: Role, identifier: str, model: Any, label: str, **options: Any) -> Any:
        """Something of a role."""
        return self.proposals.put(
            Proposal(
                place=place,
                external_id=f"{scope(role)} {identifier}",
                model=model,
                label=f"{role}: {label}",
                root=role,
                **options,
            )
        )

    def zone(self, role: Role, code: str) -> None:
        for row in self.tables.zones:
            if row.code == code and row.zone is not None:
                values = {"job_zone": row.zone}
                self.put(row.place, role, "occupation", Role, "job zone", values=values, row=role)

    def titles(self, role: Role, code: str) -> None:
        ours = rows_by(RoleTitle, lambda row: fold(row.title), role=role)
        wanted = [
            row for row in self.tables.titles if row.code == code and fold(row.title) != fold(role.name)
        ]
        reported = {fold(row.title) for row in wanted if row.is_reported}
        for row in wanted:
            # A title that is in both lists is one that people hold: the second list speaks for it.
            if row.is_reported or fold(row.title) not in reported:
                self.title(role, row, ours.get(fold(row.title)))

    def title(self, role: Role, row: Title, ours: RoleTitle | None) -> None:
        kind = RoleTitle.Kind.REPORTED if row.is_reported else RoleTitle.Kind.ALTERNATE
        initial = {"role": role, "title": row.title}
        identifier = f"title {fold(row.title)}"
        self.put(
            row.place,
            role,
            identifier,
            RoleTitle,
            row.title,
            values={"kind": kind},
            initial=initial,
            row=ours,
        )

    def tasks(self, role: Role, code: str) -> None:
        ours = rows_by(RoleTask, lambda row: fold(row.text), role=role)
        wanted = [row for row in self.tables.tasks if row.code == code]
        for order, row in enumerate(wanted, LATER):
            self.task(role, row, order, ours.get(fold(row.text)))

    def task(self, role: Role, row: Task, order: int, ours: RoleTask | None) -> None:
        values: dict[str, Any] = {"text": row.text, "kind": row.kind}
        if row.task in self.tables.importance:
            values["importance"] = self.tables.importance[row.task]
        initial = {"role": role, "order": order}
        self.put(
            row.place, role, f"task {row.task}", RoleTask, row.text, values=values, initial=initial, row=ours
        )

    # --- Skills ---

    def skills(self, role: Role, code: str) -> None:
        ours = rows_by(RoleSkill, lambda row: row.skill_id, role=role)
        scales: dict[str, dict[str, list[Rating]]] = defaultdict(lambda: defaultdict(list))
        for row in self.tables.ratings:
            if row.code == code:
                scales[row.element][row.scale].append(row)
        for element, found in scales.items():
            for repeat in [row for rows in found.values() for row in rows[1:]]:
                self.refuse(repeat, "It repeats an earlier row of the same scale.", role)
            self.need(role, element, found.get("IM", []), found.get("LV", []), ours)

    def need(
        self, role: Role, element: str, im: list[Rating], lv: list[Rating], ours: dict[int, RoleSkill]
    ) -> None:
        if not im or not lv or im[0].value is None or lv[0].value is None:
            self.refuse((im or lv)[0], "It has not both an importance and a level.", role)
            return
        skill = self.skill(im[0])
        if skill is not None:
            relation = (
                RoleSkill.Relation.ESSENTIAL if im[0].value >= IMPORTANT else RoleSkill.Relation.OPTIONAL
            )
            self.put(
                im[0].place,
                role,
                element,
                RoleSkill,
                skill.name,
                values=rated(im[0], lv[0]),
                initial={"role": role, "skill": skill, "relation": relation},
                row=ours.get(skill.pk),
                is_whole=True,
            )

    def skill(self, row: Rating) -> Skill | None:
        """Ours by an earlier import or by name; or else a draft, for an editor to publish."""
        if row.element not in self.skills_of:
            kind = Skill.Kind.KNOWLEDGE if row.is_knowledge else Skill.Kind.SKILL
            self.skills_of[row.element] = self.fact(
                row.place, row.element, Skill, row.name, self.skill_names, initial={"kind": kind}, values={}
            )
        return self.skills_of[row.element]

    def fact(
        self,
        place: str,
        identifier: str,
        model: Any,
        name: str,
        names: Names,
        *,
        initial: dict[str, Any],
        values: dict[str, Any],
    ) -> Any:
        known = self.proposals.known(model, identifier)
        try:
            row = known or names.find(name)
        except RowFault as fault:
            self.proposals.refuse(Refusal(place, str(fault), identifier, name))
            return None
        if row is None:
            initial |= {"name": name, "slug": names.free_slug(name), "status": Status.DRAFT}
        made = self.proposals.put(Proposal(place, identifier, model, name, values, initial, row=row))
        if made is not None and row is None:
            names.add(made)
        return made

    def refuse(self, row: Rating, reason: str, role: Role) -> None:
        self.proposals.refuse(Refusal(row.place, reason, row.element, f"{role}: {row.name}"))

    # --- Technologies ---

    def tools(self, role: Role, code: str) -> None:
        ours = rows_by(RoleTechnology, lambda row: row.technology_id, role=role)
        merged: dict[str, list[Tool]] = defaultdict(list)
        for row in self.tables.tools:
            if row.code == code:
                self.keep_or_refuse(row, merged[fold(row.name)], role)
        for order, rows in enumerate(merged.values(), LATER):
            self.tool(role, rows, order, ours)

    def keep_or_refuse(self, row: Tool, others: list[Tool], role: Role) -> None:
        """The same under another element adds its flags; the same twice is a mistake."""
        if any(other.category == row.category for other in others):
            reason = f"It repeats {others[0].place}."
            self.proposals.refuse(Refusal(row.place, reason, row.name, f"{role}: {row.name}"))
        else:
            others.append(row)

    def tool(self, role: Role, rows: list[Tool], order: int, ours: dict[int, RoleTechnology]) -> None:
        first, is_in_demand = rows[0], any(row.is_in_demand for row in rows)
        technology = self.technology(first, is_hot=any(row.is_hot for row in rows))
        if technology is None:
            return
        use = RoleTechnology.Use.COMMON if is_in_demand else RoleTechnology.Use.SITUATIONAL
        self.put(
            first.place,
            role,
            f"tool {fold(first.name)}",
            RoleTechnology,
            technology.name,
            values={"is_in_demand": is_in_demand},
            initial={"role": role, "technology": technology, "use": use, "order": order},
            row=ours.get(technology.pk),
        )

    def technology(self, row: Tool, *, is_hot: bool) -> Technology | None:
        key = fold(row.name)
        if key not in self.tools_of:
            category = self.tables.categories.get(key, row.category)
            self.tools_of[key] = self.fact(
                row.place,
                f"tool {key}",
                Technology,
                row.name,
                self.tool_names,
                initial={"kind": Technology.Kind.TOOL},
                values={"category": category[:80].strip(), "is_hot": is_hot},
            )
        return self.tools_of[key]

    # --- Related roles ---

    def relations(self, facts: Facts) -> None:
        roles, others = defaultdict(list), defaultdict(list)
        for role, code in facts.filled():
            roles[code].append(role)
        for slug, role in roles_named(facts.others).items():
            others[facts.others[slug]].append(role)
        ours = rows_by(
            RoleRelation, lambda row: (row.from_role_id, row.to_role_id), from_role__in=facts.roles.values()
        )
        for row in self.tables.relations:
            pairs = [(one, other) for one in roles[row.code] for other in others[row.other]]
            for one, other in pairs:
                self.put(
                    row.place,
                    one,
                    f"related {scope(other)}",
                    RoleRelation,
                    f"related to {other}",
                    values={"tier": row.tier, "order": row.index},
                    initial={"from_role": one, "to_role": other},
                    row=ours.get((one.pk, other.pk)),
                    is_whole=True,
                )


def rated(im: Rating, lv: Rating) -> dict[str, Any]:
    told = {"sample_size": im.n, "standard_error": im.error}
    return {
        "importance": im.value,
        "level": lv.value,
        "basis": RoleSkill.Basis.IMPORTED,
        "is_suppressed": im.is_suppressed or lv.is_suppressed,
        **{name: value for name, value in told.items() if value is not None},
    }


def origin(release: str) -> Origin:
    named = f"O*NET {release} Database" if release else "O*NET Database"
    publisher = "U.S. Department of Labor, Employment and Training Administration (USDOL/ETA)"
    return Origin(
        key="onet-database",
        title=f"{named}, CC BY 4.0, modified",
        publisher=publisher,
        url="https://www.onetcenter.org/database.html",
        licence=f"{named} by the {publisher}. CC BY 4.0. Modified; USDOL/ETA has not approved the changes.",
        terms="CC BY 4.0",
        wording=(
            f"This site includes information from the {named} by the {publisher}. Used under the CC BY 4.0 "
            "licence. O*NET® is a trademark of USDOL/ETA. We have modified all or some of this information. "
            "USDOL/ETA has not approved, endorsed, or tested these modifications."
        ),
    )


ONET = Importer(System.ONET, read, propose, origin)
