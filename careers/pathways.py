"""What a pathway consists of: its steps stage by stage, what each asks for, and the lines between them.

What certifications ask of each other is read from their conditions, never retyped. A step that readers may
not see drops out, and what stood before it leads on to what stood after it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from careers.layers import layout
from careers.lifecycle import Status, credential_status
from careers.models import Condition, Credential, Pathway, PathwayEdge, PathwayStep
from careers.pathway_picture import Picture, box_of, picture
from careers.succession import Heirs, heirs

Relation = PathwayEdge.Relation
STRONGEST_FIRST = [Relation.REQUIRES, Relation.RECOMMENDS, Relation.OPTIONAL]
ASKED = {
    Condition.Relation.REQUIRES: Relation.REQUIRES,
    Condition.Relation.RECOMMENDS: Relation.RECOMMENDS,
}

Links = dict[tuple[str, str], Relation]


@dataclass(frozen=True)
class Named:
    """Something with a name, most often with a page too."""

    title: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Ask:
    """What a step asks for; of several options any one will do."""

    relation: Relation
    options: tuple[Named, ...]


@dataclass(frozen=True)
class Choice:
    """Steps of which a number is enough."""

    key: str
    label: str
    needed: int
    size: int

    @property
    def words(self) -> str:
        return f"Any {self.needed} of {self.size}"


@dataclass(frozen=True)
class Step:
    """One step as readers see it. ``instead`` is what can be earned in the place of a retired one."""

    key: str
    kind: str
    kind_label: str
    title: str
    url: str = ""
    note: str = ""
    status: Status | None = None
    instead: tuple[Named, ...] = ()
    choice: Choice | None = None
    asks: tuple[Ask, ...] = ()

    @property
    def is_retired(self) -> bool:
        return self.status == Status.RETIRED


@dataclass(frozen=True)
class Bundle:
    """The steps of a stage that stand together: those of one choice, or a single one."""

    choice: Choice | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Stage:
    number: int
    bundles: tuple[Bundle, ...]


@dataclass(frozen=True)
class Way:
    """A pathway ready to be shown. The prefix keeps the ids apart where a page shows several."""

    name: str
    url: str
    prefix: str
    stages: tuple[Stage, ...]
    picture: Picture | None
    relations: tuple[Relation, ...]

    @property
    def steps(self) -> list[Step]:
        return [step for stage in self.stages for bundle in stage.bundles for step in bundle.steps]


def drawn(pathway: Pathway, *, on: date, prefix: str = "", instead: Heirs | None = None) -> Way:
    """A pathway that came ``with_steps()``; three queries more where one of its steps is retired.

    ``instead`` spares them: what follows its retired certifications, and may be others.
    """
    rows = list(pathway.steps.all())
    if instead is None:
        instead = heirs(credentials_of(pathway), on=on)
    links = joined(linked(rows, pathway.edges.all()), hidden=[row.key for row in rows if not row.is_public])
    steps = with_choices(rows, [step_of(row, instead, links, rows, on=on) for row in rows if row.is_public])
    plan = layout([box_of(step.key, step, step.choice) for step in steps], links)
    by_key = {step.key: step for step in steps}
    shown = {(line.start, line.end): links[line.start, line.end] for line in plan.lines}
    return Way(
        name=pathway.name,
        url=pathway.get_absolute_url(),
        prefix=prefix or pathway.slug,
        stages=stages([[by_key[box.key] for box in layer] for layer in plan.layers]),
        picture=picture(plan, by_key, shown) if steps else None,
        relations=tuple(relation for relation in STRONGEST_FIRST if relation in shown.values()),
    )


def credentials_of(pathway: Pathway) -> list[Credential]:
    """Those that its public steps stand for."""
    return [row.credential for row in pathway.steps.all() if row.credential and row.is_public]


# --- Steps ------------------------------------------------------------------


def step_of(row: PathwayStep, instead: Heirs, links: Links, rows: Sequence[PathwayStep], *, on: date) -> Step:
    fact = row.fact
    status = credential_status(row.credential, on=on) if row.credential else None
    return Step(
        key=row.key,
        kind=row.kind,
        kind_label=str(row.get_kind_display()),
        title=str(row),
        url=fact.get_absolute_url() if fact else "",
        note=row.note,
        status=status,
        instead=tuple(named(heir) for heir in instead.get(row.credential_id or 0, ())),
        asks=asks_of(row, links, rows),
    )


def named(fact: object, note: str = "") -> Named:
    address = getattr(fact, "get_absolute_url", None)
    return Named(str(fact), address() if address else "", note)


def with_choices(rows: Iterable[PathwayStep], steps: Sequence[Step]) -> list[Step]:
    """A choice is one only while more can be seen than is needed of it."""
    chosen = {row.key: row.choice for row in rows if row.choice}
    sizes: dict[str, int] = {}
    for step in steps:
        if step.key in chosen:
            sizes[chosen[step.key].key] = sizes.get(chosen[step.key].key, 0) + 1
    found = []
    for step in steps:
        row = chosen.get(step.key)
        if row and row.needed < sizes[row.key]:
            step = replace(step, choice=Choice(row.key, row.label, row.needed, sizes[row.key]))
        found.append(step)
    return found


def stages(layers: Iterable[Sequence[Step]]) -> tuple[Stage, ...]:
    """From left to right as drawn, the steps of one choice together."""
    found = []
    for number, layer in enumerate(layers, start=1):
        bundles: list[Bundle] = []
        for step in layer:
            if step.choice and bundles and bundles[-1].choice == step.choice:
                bundles[-1] = replace(bundles[-1], steps=(*bundles[-1].steps, step))
            else:
                bundles.append(Bundle(step.choice, (step,)))
        found.append(Stage(number, tuple(bundles)))
    return tuple(found)


# --- What comes before what -------------------------------------------------


def linked(rows: Sequence[PathwayStep], edges: Iterable[PathwayEdge]) -> Links:
    """By the keys of both steps: what the pathway says itself, and what the certifications in it ask for."""
    keys = {row.pk: row.key for row in rows}
    said = [
        (keys[edge.from_step_id], keys[edge.to_step_id], Relation(edge.relation))
        for edge in edges
        if edge.from_step_id in keys and edge.to_step_id in keys
    ]
    for row in rows:
        for condition in conditions_of(row):
            relation = relation_of(condition, among=conditions_of(row))
            said += [(key, row.key, relation) for key in keys_of(condition, rows) if key != row.key]
    links: Links = {}
    for start, end, relation in sorted(said, key=lambda link: (link[0], link[1], strength(link[2]))):
        links.setdefault((start, end), relation)
    return links


def relation_of(condition: Condition, *, among: Iterable[Condition]) -> Relation:
    """One of several that would do is not required by itself."""
    same = [one for one in among if (one.relation, one.group) == (condition.relation, condition.group)]
    return ASKED[Condition.Relation(condition.relation)] if len(same) == 1 else Relation.OPTIONAL


def conditions_of(row: PathwayStep) -> list[Condition]:
    if row.credential is None:
        return []
    return [condition for condition in row.credential.conditions.all() if condition.relation in ASKED]


def keys_of(condition: Condition, rows: Iterable[PathwayStep]) -> list[str]:
    wanted = condition.target_credential_id
    return [row.key for row in rows if wanted is not None and row.credential_id == wanted]


def strength(relation: Relation) -> int:
    return STRONGEST_FIRST.index(relation)


def joined(links: Mapping[tuple[str, str], Relation], *, hidden: Iterable[str]) -> Links:
    """Without the hidden steps: what led to one leads on to what came after it, by the weaker of both."""
    found = dict(links)
    for gone in sorted(hidden):
        before = {start: relation for (start, end), relation in found.items() if end == gone}
        after = {end: relation for (start, end), relation in found.items() if start == gone}
        found = {pair: relation for pair, relation in found.items() if gone not in pair}
        for start, one in sorted(before.items()):
            for end, other in sorted(after.items()):
                if start != end and gone not in (start, end):
                    found.setdefault((start, end), max(one, other, key=strength))
    return found


# --- What a step asks for ---------------------------------------------------


def asks_of(row: PathwayStep, links: Links, rows: Sequence[PathwayStep]) -> tuple[Ask, ...]:
    """What the certification itself asks for, and then what comes before it in this pathway only."""
    groups: dict[tuple[str, int], list[Condition]] = {}
    for condition in conditions_of(row):
        groups.setdefault((condition.relation, condition.group), []).append(condition)
    asks = [
        Ask(ASKED[Condition.Relation(relation)], options)
        for (relation, _), group in groups.items()
        if (options := tuple(option for one in group if (option := option_of(one))))
    ]
    told = {key for condition in conditions_of(row) for key in keys_of(condition, rows)}
    by_key = {other.key: other for other in rows}
    before = [
        (relation, by_key[start])
        for (start, end), relation in sorted(links.items())
        if end == row.key and start not in told
    ]
    return tuple(sorted([*asks, *asks_for(before)], key=lambda ask: strength(ask.relation)))


def asks_for(before: Iterable[tuple[Relation, PathwayStep]]) -> list[Ask]:
    """Of the steps of a choice that needs one, any will do; every other step is asked for by itself."""
    found: dict[tuple[Relation, str], list[Named]] = {}
    for relation, row in before:
        alone = row.choice is None or row.choice.needed > 1
        key = f"step {row.key}" if alone or row.choice is None else f"choice {row.choice.key}"
        found.setdefault((relation, key), []).append(named(row.fact or row))
    return [Ask(relation, tuple(options)) for (relation, _), options in found.items()]


def option_of(condition: Condition) -> Named | None:
    """What is asked for, in words; None where it is something that readers may not see."""
    fact: Credential | object | None = condition.target_credential or condition.target_skill
    if fact is not None:
        return named(fact, currency(condition)) if getattr(fact, "is_public", False) else None
    years = condition.years_experience
    return Named(condition.text or f"{years} year{'' if years == 1 else 's'} of experience")


def currency(condition: Condition) -> str:
    if condition.must_be_current is None:
        return ""
    return "which must still be valid" if condition.must_be_current else "which may have lapsed"
