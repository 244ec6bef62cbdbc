"""ESCO: skills and what occupations need of them, from the tables as they are downloaded."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from careers.models import ExternalRecord, Role, RoleCode, RoleSkill, RoleTitle, Skill, Status, System

from .faults import FileFault, Refusal, RowFault
from .matching import PLACE, Choice, Coded, Names, choose, roles_named, rows_by, scope
from .proposing import Proposal, Proposals
from .reading import Columns, Reading, Row
from .running import Importer, Origin, Wish
from .values import clean, fold, quoted

OCCUPATIONS, SKILLS = "occupations_en.csv", "skills_en.csv"
RELATIONS = "occupationSkillRelations_en.csv"
PUBLISHER = "European Commission"
RELEASE = re.compile(r"(?<![0-9])v?([0-9]+\.[0-9]+(?:\.[0-9]+)?)(?![0-9])")
SEVERAL = re.compile(r"\n| \| ")
KINDS = {"knowledge": Skill.Kind.KNOWLEDGE, "skill/competence": Skill.Kind.SKILL}
MOST_ALIASES = 60

OCCUPATION: Columns = {
    "uri": ("conceptUri",),
    "group": ("iscoGroup",),
    "name": ("preferredLabel",),
    "others": ("altLabels",),
}
SKILL: Columns = {
    "uri": ("conceptUri",),
    "kind": ("skillType",),
    "reuse": ("reuseLevel",),
    "name": ("preferredLabel",),
    "others": ("altLabels",),
}
MORE: Columns = {"status": ("status",), "code": ("code",), "description": ("description",)}
RELATION: Columns = {
    "occupation": ("occupationUri",),
    "relation": ("relationType",),
    "skill": ("skillUri",),
}


@dataclass(frozen=True)
class Occupation:
    place: str
    uri: str
    group: str
    code: str
    name: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class SkillRow:
    place: str
    uri: str
    name: str
    kind: str
    reuse_level: str
    aliases: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Relation:
    place: str
    occupation: str
    skill: str
    relation: str


@dataclass
class Facts:
    roles: dict[str, Role]
    choice: Choice  # slug of the role → address of the occupation
    occupations: dict[str, Occupation]
    skills: list[SkillRow]
    relations: list[Relation]
    release: str = ""
    notes: Sequence[str] = field(default_factory=list)

    @property
    def scopes(self) -> set[str]:
        return {scope(role) for role in self.roles.values()}


# --- Reading ------------------------------------------------------------------


def read(reading: Reading, wish: Wish) -> Facts:
    lacking = [name for name in (OCCUPATIONS, SKILLS, RELATIONS) if name not in reading.files]
    if lacking:
        raise FileFault(f"There is no {' and no '.join(lacking)} here.")
    codes = list(RoleCode.objects.select_related("role").prefetch_related("role__titles"))
    wanted = Wanted(codes)
    occupations = {
        found.uri: found
        for found in reading.commas(OCCUPATIONS, OCCUPATION, wanted.occupation, optional=MORE)
    }
    choice = choose(wanted.coded(occupations.values()), wish.roles)
    for refusal in [*choice.refused, *wanted.without_a_name(occupations.values(), wish)]:
        reading.refuse(refusal)
    chosen = set(choice.codes.values())
    relations = list(reading.commas(RELATIONS, RELATION, lambda row: relation(row, chosen)))
    needed = {row.skill for row in relations} | known_skills()
    names = set(Names(Skill).facts)
    skills = list(reading.commas(SKILLS, SKILL, lambda row: skill(row, needed, names), optional=MORE))
    roles = roles_named(choice.codes)
    notes = [
        f"“{occupations[choice.codes[slug]].name}” fills the role “{role}”." for slug, role in roles.items()
    ]
    found = RELEASE.search(reading.files.path.name)
    return Facts(roles, choice, occupations, skills, relations, found[1] if found else "", notes)


def known_skills() -> set[str]:
    records = ExternalRecord.objects.filter(system=System.ESCO, fact_model=Skill._meta.label)
    return set(records.values_list("external_id", flat=True))


@dataclass
class Wanted:
    """The occupations that a role's code may mean, and the roles they are of."""

    codes: Sequence[RoleCode]

    def __post_init__(self) -> None:
        frameworks = RoleCode.Framework
        near = [code for code in self.codes if code.match in ("exact", "close")]
        self.esco = [code for code in near if code.framework == frameworks.ESCO]
        self.isco = [code for code in near if code.framework == frameworks.ISCO]
        self.groups = {code.code.strip().removeprefix("C") for code in self.isco}
        self.keys = {code.code.strip() for code in self.esco}

    def occupation(self, row: Row) -> Occupation | None:
        uri, group = row["uri"].strip(), row["group"].strip().removeprefix("C")
        if group not in self.groups and not self.keys & {uri, tail(uri), row["code"].strip()}:
            return None
        refuse_unreleased(row)
        name = clean(row["name"], column="preferredLabel", longest=200)
        others = tuple(labels(row["others"]))
        return Occupation(row.place, address(uri), group, row["code"].strip(), name, others)

    def coded(self, occupations: Iterable[Occupation]) -> list[Coded]:
        """An ESCO code names an occupation. An ISCO group holds many: there the name must fit too."""
        found: list[Coded] = []
        by_group: dict[str, list[Occupation]] = defaultdict(list)
        for each in occupations:
            by_group[each.group].append(each)
            keys = {each.uri, tail(each.uri), each.code}
            found += [Coded(c.role.slug, each.uri, c.match) for c in self.esco if c.code.strip() in keys]
        named = {coded.role for coded in found}
        for code in self.isco:
            names = names_of(code.role)
            group = by_group[code.code.strip().removeprefix("C")]
            fitting = [each for each in group if names & {fold(name) for name in (each.name, *each.others)}]
            if code.role.slug not in named:
                found += [Coded(code.role.slug, each.uri, "close") for each in fitting]
        return found

    def without_a_name(self, occupations: Iterable[Occupation], wish: Wish) -> Iterator[Refusal]:
        """Roles in a group that is here, of whose occupations none is called like them."""
        there = list(occupations)
        known = {coded.role for coded in self.coded(there)}
        for code in self.isco:
            number = sum(each.group == code.code.strip().removeprefix("C") for each in there)
            if number and code.role.slug not in known and not wish.roles:
                reason = (
                    f"ISCO {code.code} holds {number} occupations here, none of this name: "
                    "give the role the ESCO code of the one that is meant."
                )
                yield Refusal(PLACE, reason, code.code, str(code.role))


def names_of(role: Role) -> set[str]:
    return {fold(name) for name in [role.name, *(title.title for title in role.titles.all())]}


def tail(uri: str) -> str:
    return uri.rpartition("/")[2]


def address(uri: str) -> str:
    if not uri.startswith(("http://data.europa.eu/esco/", "https://data.europa.eu/esco/")):
        raise RowFault(f"conceptUri {quoted(uri)} is no address of ESCO.")
    return clean(uri, column="conceptUri", longest=200)


def refuse_unreleased(row: Row) -> None:
    status = row["status"].strip()
    if status and status != "released":
        raise RowFault(f"Its status is {quoted(status)}, not released.")


def labels(text: str) -> list[str]:
    """One a line within the quotes, or set apart by bars in the collections; each once."""
    found = [clean(label, column="altLabels") for label in SEVERAL.split(text)]
    return list({fold(label): label for label in found if label}.values())


def relation(row: Row, chosen: set[str]) -> Relation | None:
    occupation = row["occupation"].strip()
    if occupation not in chosen:
        return None
    kind = row["relation"].strip()
    if kind not in RoleSkill.Relation.values:
        raise RowFault(f"relationType {quoted(kind)} is neither essential nor optional.")
    return Relation(row.place, occupation, address(row["skill"].strip()), kind)


def skill(row: Row, needed: set[str], names: set[str]) -> SkillRow | None:
    """Those that our roles need, that we have, or had from here before: not all fourteen thousand."""
    uri = row["uri"].strip()
    if uri not in needed and fold(row["name"]) not in names:
        return None
    refuse_unreleased(row)
    kind, reuse = row["kind"].strip(), row["reuse"].strip()
    if kind not in KINDS:
        raise RowFault(f"skillType {quoted(kind)} is neither knowledge nor skill/competence.")
    if reuse not in Skill.ReuseLevel.values:
        raise RowFault(f"reuseLevel {quoted(reuse)} is none of ESCO's four.")
    name = clean(row["name"], column="preferredLabel", longest=200)
    if not name:
        raise RowFault("There is no preferredLabel.")
    aliases = tuple(label for label in labels(row["others"]) if fold(label) != fold(name))[:MOST_ALIASES]
    summary = clean(row["description"], column="description", longest=4000)
    return SkillRow(row.place, address(uri), name, KINDS[kind], reuse, aliases, summary)


# --- Proposing ----------------------------------------------------------------


def propose(facts: Facts, proposals: Proposals, wish: Wish) -> None:
    names = Names(Skill)
    skills = {row.uri: put_skill(row, proposals, names) for row in facts.skills}
    for slug, role in facts.roles.items():
        occupation = facts.occupations[facts.choice.codes[slug]]
        put_titles(role, occupation, proposals)
        relations = [row for row in facts.relations if row.occupation == occupation.uri]
        put_relations(role, relations, skills, proposals)


def put_skill(row: SkillRow, proposals: Proposals, names: Names) -> Skill | None:
    try:
        ours = proposals.known(Skill, row.uri) or names.find(row.name)
    except RowFault as fault:
        proposals.refuse(Refusal(row.place, str(fault), row.uri, row.name))
        return None
    initial = {"summary": row.summary}
    if ours is None:
        initial |= {"name": row.name, "slug": names.free_slug(row.name), "status": Status.DRAFT}
    values = {"kind": row.kind, "reuse_level": row.reuse_level, "aliases": list(row.aliases)}
    found: Skill | None = proposals.put(
        Proposal(row.place, row.uri, Skill, row.name, values, initial, row=ours)
    )
    if found is not None and ours is None:
        names.add(found)
    return found


def put_titles(role: Role, occupation: Occupation, proposals: Proposals) -> None:
    ours = rows_by(RoleTitle, lambda row: fold(row.title), role=role)
    for title in labels("\n".join([occupation.name, *occupation.others])):
        if fold(title) == fold(role.name):
            continue
        proposals.put(
            Proposal(
                place=occupation.place,
                external_id=f"{scope(role)} title {fold(title)}",
                model=RoleTitle,
                label=f"{role}: {title}",
                values={},
                initial={"role": role, "title": title, "kind": RoleTitle.Kind.ALTERNATE},
                row=ours.get(fold(title)),
                root=role,
            )
        )


def put_relations(
    role: Role, relations: Iterable[Relation], skills: dict[str, Skill | None], proposals: Proposals
) -> None:
    ours = rows_by(RoleSkill, lambda row: row.skill_id, role=role)
    for row in relations:
        needed = skills.get(row.skill)
        need = ours.get(needed.pk) if needed else None
        label = f"{role}: {needed or row.skill}"
        if need is None:
            proposals.refuse(Refusal(row.place, why_no_need(needed, row), row.skill, label))
            continue
        proposals.put(
            Proposal(
                place=row.place,
                external_id=f"{scope(role)} {row.skill}",
                model=RoleSkill,
                label=label,
                values={"relation": row.relation},
                row=need,
                root=role,
            )
        )


def why_no_need(needed: Skill | None, row: Relation) -> str:
    if needed is None:
        return f"Its skill is not in {SKILLS}, or could not be used."
    return (
        f"ESCO says {row.relation}, but neither importance nor level, and a role's skill has both: add it to "
        "the role by hand, and the next import looks after its relation."
    )


def origin(release: str) -> Origin:
    named = f"ESCO {release}" if release else "ESCO"
    return Origin(
        key="esco",
        title=f"{named} classification, modified",
        publisher=PUBLISHER,
        url="https://esco.ec.europa.eu/",
        licence=f"{named} classification of the European Commission, reused with attribution; modified.",
        terms="Reuse with attribution",
        wording=f"This service uses the {named} classification of the European Commission. It was modified.",
    )


ESCO = Importer(System.ESCO, read, propose, origin)
