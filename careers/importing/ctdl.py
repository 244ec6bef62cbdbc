"""The Credential Registry: CTDL resources as proposals to credentials, their exams, prices and conditions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Max

from careers.models import Condition, Credential, ExamVersion, Fee, Provider, Renewal, System

from .credentials import Told, Writing, provider_named, providers_by_name
from .ctdl_shapes import Asked, Cost, Resource, ctid_of, kind_of, own, resource
from .faults import FileFault, Refusal, RowFault
from .proposing import Proposal, Proposals
from .reading import Reading
from .running import Importer, Origin, Wish
from .shapes import Node, as_list, worded
from .values import fold

Level = Credential.Level
LEVELS = {
    Credential.Audience.BEGINNER: Level.FOUNDATIONAL,
    Credential.Audience.INTERMEDIATE: Level.ASSOCIATE,
    Credential.Audience.ADVANCED: Level.EXPERT,
    Credential.Audience.PROFESSIONAL: Level.PROFESSIONAL,
}
LEVEL_UNKNOWN = "The registry tells no level: set it before publishing."


@dataclass(frozen=True)
class Placed:
    place: str
    resource: Resource


@dataclass
class Facts:
    found: list[Placed]
    organisations: dict[str, str]  # ctid → name
    provider: Provider | None
    release: str = ""
    notes: Sequence[str] = field(default_factory=list)

    @property
    def scopes(self) -> set[str]:
        return {placed.resource.ctid for placed in self.found}


# --- Reading ------------------------------------------------------------------


def read(reading: Reading, wish: Wish) -> Facts:
    if len(reading.files.openers) != 1:
        raise FileFault("A file of the registry is one JSON-LD file.")
    name = next(iter(reading.files.openers))
    nodes = nodes_of(reading.json(name), name)
    provider = provider_named(wish.provider) if wish.provider else None
    return Facts(list(resources(nodes, name, reading)), organisations(nodes), provider)


def nodes_of(document: Any, name: str) -> list[Node]:
    """A graph, a list, or one resource alone."""
    if isinstance(document, Mapping) and "@graph" in document:
        document = document["@graph"]
    nodes = [node for node in as_list(document) if isinstance(node, Mapping)]
    if not any("@type" in node for node in nodes):
        raise FileFault(f"{name} holds no CTDL resource: nothing in it has an @type.")
    return nodes


def resources(nodes: Sequence[Node], name: str, reading: Reading) -> Iterator[Placed]:
    for number, node in enumerate(nodes, 1):
        if not kind_of(node):
            continue  # organisations, exams and conditions are read from the credentials they belong to
        place = f"{name}, resource {number}"
        try:
            found = resource(node)
        except RowFault as fault:
            reading.refuse(Refusal(place, str(fault), ctid_of(node)))
            continue
        for warning in found.warnings:
            reading.refuse(Refusal(place, warning, found.ctid, found.name))
        yield Placed(place, found)


def organisations(nodes: Sequence[Node]) -> dict[str, str]:
    found = {}
    for node in nodes:
        if not kind_of(node) and (ctid := ctid_of(node)):
            try:
                found[ctid] = worded(own(node, "name"), key="ceterms:name")
            except RowFault:
                continue  # whoever it is, it is not named
    return found


# --- Proposing ----------------------------------------------------------------


def propose(facts: Facts, proposals: Proposals, wish: Wish) -> None:
    writing = Writing(proposals)
    providers = providers_by_name()
    written = []
    for placed in facts.found:
        names = [facts.organisations.get(owner, "") for owner in placed.resource.owners]
        owner = next((providers[fold(name)] for name in names if fold(name) in providers), facts.provider)
        credential = writing.credential(told(placed), owner)
        if credential is not None:
            one = One(writing, placed, credential, wish)
            one.exam()
            one.costs()
            one.renewals()
            written.append(one)
    for one in written:  # once all are there that a condition may name
        one.conditions()


def told(placed: Placed) -> Told:
    found = placed.resource
    values: dict[str, Any] = {"audience_level": found.audience} if found.audience else {}
    initial: dict[str, Any] = {"summary": found.summary, "kind": found.kind, "level": Level.ASSOCIATE}
    if found.audience:
        initial["level"] = LEVELS[Credential.Audience(found.audience)]
    else:
        initial["editor_note"] = LEVEL_UNKNOWN
    return Told(
        place=placed.place,
        external_id=found.ctid,
        name=found.name,
        url=found.url,
        values=values,
        initial=initial,
        codes=(found.code,) if found.code else (),
        remark=" ".join(found.remarks),
    )


@dataclass
class One:
    """One credential, with what belongs to it."""

    writing: Writing
    placed: Placed
    credential: Credential
    wish: Wish

    @property
    def resource(self) -> Resource:
        return self.placed.resource

    def put(self, identifier: str, model: Any, label: str, **options: Any) -> Any:
        return self.writing.proposals.put(
            Proposal(
                place=self.placed.place,
                external_id=f"{self.resource.ctid} {identifier}",
                model=model,
                label=f"{self.credential}: {label}",
                root=options.pop("root", self.credential),
                **options,
            )
        )

    def exam(self) -> None:
        found = self.resource
        dates = {"available_from": found.available_from, "last_exam_on": found.last_exam_on}
        values = {name: value for name, value in {"status": found.status, **dates}.items() if value}
        if not (values or found.code or found.languages):
            return
        identifier = f"{found.ctid} exam"
        version = self.writing.version(
            self.credential,
            place=self.placed.place,
            external_id=identifier,
            code=found.code,
            values=values,
            # Without a word on its status nobody knows that it can be sat.
            initial={} if found.status else {"status": ExamVersion.Status.IN_DEVELOPMENT},
        )
        if version is None:
            return
        if found.languages:
            languages = list(dict.fromkeys(found.languages))
            self.writing.delivery(
                version,
                place=self.placed.place,
                external_id=f"{found.ctid} delivery",
                values={"languages": languages},
            )
        if found.last_exam_on:
            self.writing.last_day(
                self.credential,
                version,
                found.last_exam_on,
                place=self.placed.place,
                external_id=f"{found.ctid} last exam",
                on=self.wish.on,
            )

    def costs(self) -> None:
        for cost in self.resource.costs:
            self.cost(cost)

    def cost(self, cost: Cost) -> None:
        ours = self.credential.fees.filter(kind=cost.kind, currency=cost.currency, region="").first()
        self.put(
            f"cost {cost.kind} {cost.currency}",
            Fee,
            f"{cost.amount} {cost.currency}",
            values={"amount": cost.amount},
            initial={
                "credential": self.credential,
                "kind": cost.kind,
                "currency": cost.currency,
                "note": cost.note,
                "observed_on": self.wish.on,
                "source": self.writing.proposals.source,
            },
            row=ours,
        )

    def renewals(self) -> None:
        for words in self.resource.renewals:
            ours = self.credential.renewals.filter(note=words).first()
            initial = {
                "credential": self.credential,
                "note": words,
                "source": self.writing.proposals.source,
            }
            self.put(f"renewal {short_hash(words)}", Renewal, words, values={}, initial=initial, row=ours)

    def conditions(self) -> None:
        groups: dict[tuple[str, int], int] = {}
        for asked in self.resource.asked:
            self.condition(asked, groups)

    def condition(self, asked: Asked, groups: dict[tuple[str, int], int]) -> None:
        label = f"{asked.relation} {asked.target or asked.text}"
        target = self.target(asked.target) if asked.target else None
        if asked.target and target is None:
            reason = "The credential it names is not in the catalogue."
            self.writing.refuse(self.placed.place, reason, asked.target, f"{self.credential}: {label}")
            return
        subject, goal = (target, self.credential) if asked.is_reversed else (self.credential, target)
        told = {"relation": asked.relation, "target_credential": goal, "text": asked.text}
        ours = Condition.objects.filter(credential=subject, **told).first()
        if asked.is_reversed:
            group = ours.group if ours else free_group(subject, asked.relation)
        else:
            key = (asked.relation, asked.group)
            group = groups.setdefault(key, ours.group if ours else free_group(subject, asked.relation))
        self.put(
            f"{asked.relation} {asked.target or short_hash(asked.text)}{' reversed' * asked.is_reversed}",
            Condition,
            label,
            values={},
            initial={
                "credential": subject,
                "group": group,
                "source": self.writing.proposals.source,
                **told,
            },
            row=ours,
            root=subject,
        )

    def target(self, ctid: str) -> Credential | None:
        found: Credential | None = self.writing.proposals.known(Credential, ctid)
        return found


def free_group(credential: Credential | None, relation: str) -> int:
    """Conditions of one group are alternatives: what is imported must not become one to an editor's."""
    standing = Condition.objects.filter(credential=credential, relation=relation)
    return (standing.aggregate(last=Max("group"))["last"] or 0) + 1


def short_hash(words: str) -> str:
    """Names a sentence that has no identifier of its own."""
    return sha256(words.encode()).hexdigest()[:12]


def origin(release: str) -> Origin:
    return Origin(
        key="credential-registry",
        title="Credential Registry, CTDL resources",
        publisher="Credential Engine",
        url="https://credentialengineregistry.org/",
        licence="Credential Engine's Credential Registry, under its terms of use; modified.",
        terms="Terms of use of the Credential Registry",
    )


CTDL = Importer(System.CTDL, read, propose, origin)
