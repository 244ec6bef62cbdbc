"""The properties of a CTDL resource, in whichever of their shapes, as plain values; unknown ones are told."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from careers.models import Condition, Credential, ExamVersion, Fee

from .faults import RowFault
from .shapes import Node, as_list, objects, worded
from .values import clean, day, is_nothing, language, number, quoted

Status = ExamVersion.Status
STATUSES = {
    "active": Status.ACTIVE,
    "ceasing": Status.RETIREMENT_ANNOUNCED,
    "teachout": Status.RETIREMENT_ANNOUNCED,
    "deprecated": Status.RETIRED,
    "developing": Status.IN_DEVELOPMENT,
}
KINDS = {
    "certification": Credential.Kind.CERTIFICATION,
    "certificate": Credential.Kind.CERTIFICATE,
    "certificateofcompletion": Credential.Kind.CERTIFICATE,
    "badge": Credential.Kind.BADGE,
    "digitalbadge": Credential.Kind.BADGE,
    "openbadge": Credential.Kind.BADGE,
}
AUDIENCES = {
    "beginnerlevel": Credential.Audience.BEGINNER,
    "intermediatelevel": Credential.Audience.INTERMEDIATE,
    "advancedlevel": Credential.Audience.ADVANCED,
    "professionallevel": Credential.Audience.PROFESSIONAL,
}
COSTS = {
    "assessmentfee": Fee.Kind.EXAM,
    "examfee": Fee.Kind.EXAM,
    "aggregatecost": Fee.Kind.EXAM,
    "applicationfee": Fee.Kind.APPLICATION,
    "renewalfee": Fee.Kind.RENEWAL,
    "renewal": Fee.Kind.RENEWAL,
}
RELATIONS = {
    "requires": Condition.Relation.REQUIRES,
    "recommends": Condition.Relation.RECOMMENDS,
    "corequisite": Condition.Relation.COREQUISITE,
    "isPreparationFor": Condition.Relation.PREPARATION_FOR,
    "advancedStandingFrom": Condition.Relation.ADVANCED_STANDING_FROM,
}
REVERSED = {"isRequiredFor": Condition.Relation.REQUIRES, "isRecommendedFor": Condition.Relation.RECOMMENDS}
CTID = re.compile(r"ce-[0-9a-fA-F-]{36}")
CURRENCY = re.compile(r"[A-Z]{3}")
LONGEST_TEXT = 200
Found = TypeVar("Found")


@dataclass(frozen=True)
class Cost:
    kind: str
    amount: Decimal
    currency: str
    note: str


@dataclass(frozen=True)
class Asked:
    """One condition: a credential by its identifier, or in words."""

    relation: str
    group: int
    target: str = ""
    text: str = ""
    is_reversed: bool = False


@dataclass
class Resource:
    """One credential as the registry describes it."""

    ctid: str
    kind: str
    name: str = ""
    summary: str = ""
    url: str = ""
    code: str = ""
    owners: list[str] = field(default_factory=list)
    status: str = ""
    audience: str = ""
    languages: list[str] = field(default_factory=list)
    available_from: date | None = None
    last_exam_on: date | None = None
    costs: list[Cost] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    renewals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)  # of what had to be left out
    remarks: list[str] = field(default_factory=list)  # of what was understood all the same


def own(node: Node, key: str) -> Any:
    """A property with its prefix, or without where the context leaves it out."""
    return node.get(f"ceterms:{key}", node.get(key))


def last_word(value: str) -> str:
    """“credentialStat:Active” and “https://…/Active” both → “active”."""
    return re.split(r"[:/#]", value.strip())[-1].lower()


def types(node: Node) -> list[str]:
    return [last_word(kind) for kind in as_list(node.get("@type")) if isinstance(kind, str)]


def kind_of(node: Node) -> str:
    return next((KINDS[kind] for kind in types(node) if kind in KINDS), "")


def ctid_of(value: Any) -> str:
    """From the identifier itself, from an address that ends in it, or from an object that has either."""
    if isinstance(value, Mapping):
        return ctid_of(own(value, "ctid")) or ctid_of(value.get("@id"))
    found = CTID.search(value) if isinstance(value, str) else None
    return found[0].lower() if found else ""


def ctids(value: Any) -> list[str]:
    return [ctid for item in as_list(value) if (ctid := ctid_of(item))]


# --- A resource ---------------------------------------------------------------


def resource(node: Node) -> Resource:
    ctid = ctid_of(node)
    if not ctid:
        raise RowFault("It has no ceterms:ctid.")
    name = text(node, "name", longest=200)
    if not name:
        raise RowFault("It has no ceterms:name.")
    found = Resource(ctid, kind_of(node), name)
    found.owners = ctids(own(node, "ownedBy")) + ctids(own(node, "offeredBy"))
    parts: dict[str, Callable[[], Any]] = {
        "summary": lambda: text(node, "description", longest=4000),
        "url": lambda: address(node),
        "code": lambda: text(node, "codedNotation", longest=40),
        "status": lambda: status(own(node, "credentialStatusType"), found.remarks),
        "audience": lambda: audience(own(node, "audienceLevelType"), found.remarks),
        "languages": lambda: [language(tag) for tag in as_list(own(node, "inLanguage"))],
        "available_from": lambda: day(own(node, "dateEffective"), column="ceterms:dateEffective"),
        "last_exam_on": lambda: day(own(node, "expirationDate"), column="ceterms:expirationDate"),
        "costs": lambda: list(each(own(node, "estimatedCost"), cost, "estimatedCost", found.warnings)),
        "asked": lambda: list(conditions(node, found.warnings)),
        "renewals": lambda: list(each(own(node, "renewal"), described, "renewal", found.warnings)),
    }
    for part, read in parts.items():
        try:
            setattr(found, part, read())
        except RowFault as fault:
            found.warnings.append(str(fault))
    return found


def text(node: Node, key: str, *, longest: int) -> str:
    return clean(worded(own(node, key), key=f"ceterms:{key}"), column=f"ceterms:{key}", longest=longest)


def address(node: Node) -> str:
    value = own(node, "subjectWebpage")
    first = next(iter(as_list(value)), "")
    found = first.get("@id", "") if isinstance(first, Mapping) else first
    url = clean(str(found), column="ceterms:subjectWebpage", longest=300)
    if url and not url.startswith(("https://", "http://")):
        raise RowFault(f"ceterms:subjectWebpage {quoted(url)} is no address of a page.")
    return url


def each(value: Any, read: Callable[[Node], Found | None], key: str, warnings: list[str]) -> Iterator[Found]:
    """What can be read of a list of objects; the rest is told of."""
    for item in as_list(value):
        try:
            if not isinstance(item, Mapping):
                raise RowFault(f"“ceterms:{key}” {quoted(str(item))} is in a shape not known here.")
            found = read(item)
        except RowFault as fault:
            warnings.append(str(fault))
        else:
            if found is not None:
                yield found


def concept(value: Any, *, key: str, remarks: list[str]) -> str:
    """A concept as an alignment object, a bare “ceterms:Active”, a term name, or a list of one of these."""
    first = next(iter(as_list(value)), None)
    if first is None:
        return ""
    if isinstance(first, Mapping):
        for name in ("ceterms:targetNode", "targetNode", "@id", "ceterms:targetNodeName", "targetNodeName"):
            if name in first:
                return last_word(worded(first[name], key=key))
        if "termName" in first or "ceterms:termName" in first:
            remarks.append(f"“{key}” is told as a term name.")
            return last_word(worded(own(first, "termName"), key=key))
    elif isinstance(first, str):
        remarks.append(f"“{key}” is told as a bare word.")
        return last_word(first)
    raise RowFault(f"“{key}” is in a shape not known here.")


def status(value: Any, remarks: list[str]) -> str:
    word = concept(value, key="ceterms:credentialStatusType", remarks=remarks)
    if word and word not in STATUSES:
        raise RowFault(f"The status {quoted(word)} has no like here.")
    return STATUSES[word] if word else ""


def audience(value: Any, remarks: list[str]) -> str:
    word = concept(value, key="ceterms:audienceLevelType", remarks=remarks)
    return AUDIENCES.get(word, "")


def cost(node: Node) -> Cost | None:
    kind = concept(own(node, "directCostType"), key="ceterms:directCostType", remarks=[])
    price = own(node, "price")
    if price is None:
        return None
    amount = None if isinstance(price, bool) else number(str(price), 0, 999_999, column="ceterms:price")
    currency = clean(str(own(node, "currency") or ""), column="ceterms:currency").upper()
    if kind not in COSTS:
        raise RowFault(f"The cost type {quoted(kind or 'none')} has no like here.")
    if amount is None or is_nothing(str(price)):
        raise RowFault(f"ceterms:price {quoted(str(price))} is no amount.")
    if amount == 0:
        raise RowFault("A price of 0 may mean free or not known: enter it by hand if it is free.")
    if not CURRENCY.fullmatch(currency):
        raise RowFault(f"ceterms:currency {quoted(currency)} is no currency such as USD.")
    return Cost(COSTS[kind], amount, currency, "In all." if kind == "aggregatecost" else "")


# --- Conditions ---------------------------------------------------------------


def conditions(node: Node, warnings: list[str]) -> Iterator[Asked]:
    for key, relation in RELATIONS.items():
        group = 0
        for profile in each(own(node, key), dict, key, warnings):
            for alternatives in groups(profile, key):
                group += 1
                yield from (Asked(relation, group, target, words) for target, words in alternatives)
    for key, relation in REVERSED.items():
        for profile in each(own(node, key), dict, key, warnings):
            for target in ctids(own(profile, "targetCredential")):
                yield Asked(relation, 1, target, is_reversed=True)


def groups(profile: Node, key: str) -> Iterator[list[tuple[str, str]]]:
    """All targets of a profile are asked for; its alternative conditions are any-of, in one group."""
    alternatives = [inner for _, inner in objects(own(profile, "alternativeCondition"))]
    if alternatives:
        yield [one for inner in alternatives for one in asked_in(inner)]
        if not own(profile, "targetCredential"):
            return
    yield from ([one] for one in asked_in(profile))


def asked_in(profile: Node) -> list[tuple[str, str]]:
    targets = ctids(own(profile, "targetCredential"))
    if targets:
        return [(target, "") for target in targets]
    words = described(profile)
    return [("", words)] if words else []


def described(profile: Node) -> str | None:
    words = clean(
        worded(own(profile, "description"), key="ceterms:description"), column="ceterms:description"
    )
    if len(words) > LONGEST_TEXT:
        words = words[: LONGEST_TEXT - 1].rpartition(" ")[0] + "…"
    return words or None
