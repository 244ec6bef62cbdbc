"""What a certification asks for, and what it leads on to. Pure: conditions come read."""

from collections.abc import Iterable
from dataclasses import dataclass

from careers.models import Condition, Credential

Relation = Condition.Relation

# What comes before it, and what comes after: the words of each relation, seen from either end.
ASKS = {
    Relation.REQUIRES: "Required",
    Relation.RECOMMENDS: "Recommended",
    Relation.COREQUISITE: "Taken together with",
    Relation.ADVANCED_STANDING_FROM: "Shortened by",
    Relation.RENEWS: "Renews",
}
LEADS = {
    Relation.REQUIRES: "Is required for",
    Relation.RECOMMENDS: "Is recommended for",
    Relation.COREQUISITE: "Is taken together with",
    Relation.ADVANCED_STANDING_FROM: "Shortens the way to",
    Relation.RENEWS: "Is renewed by",
}
PREPARES, IS_PREPARED_BY = "Prepares for", "Prepared for by"


@dataclass(frozen=True)
class Alternative:
    """One way of meeting a condition. The address is empty where it has no page."""

    text: str
    url: str = ""
    note: str = ""
    is_verified: bool = True


@dataclass(frozen=True)
class Demand:
    """One of these is enough; of several demands each must be met."""

    label: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Ways:
    asks: tuple[Demand, ...]
    leads: tuple[Demand, ...]
    is_known_to_ask_nothing: bool


def ways(credential: Credential) -> Ways:
    """Needs its public conditions and, with their credentials, those of others on it."""
    own, others = list(credential.conditions.all()), list(credential.conditions_on.all())
    asks = [row for row in own if row.relation in ASKS]
    prepares = [row for row in own if row.relation == Relation.PREPARATION_FOR]
    leads = [row for row in others if row.relation in LEADS]
    prepared = [row for row in others if row.relation == Relation.PREPARATION_FOR]
    return Ways(
        asks=(*demands(asks), *towards(IS_PREPARED_BY, (row.credential for row in prepared))),
        leads=(
            *(
                demand
                for relation, label in LEADS.items()
                for demand in towards(label, (row.credential for row in leads if row.relation == relation))
            ),
            *(Demand(PREPARES, (alternative(row),)) for row in prepares),
        ),
        is_known_to_ask_nothing=credential.is_without_prerequisites,
    )


def demands(rows: Iterable[Condition]) -> list[Demand]:
    """A demand for each group, what is required first."""
    groups: dict[tuple[str, int], list[Condition]] = {}
    for row in rows:
        groups.setdefault((row.relation, row.group), []).append(row)
    relations = list(ASKS)
    keys = sorted(groups, key=lambda key: (relations.index(Relation(key[0])), key[1]))
    return [Demand(ASKS[Relation(key[0])], tuple(map(alternative, groups[key]))) for key in keys]


def alternative(row: Condition) -> Alternative:
    target = row.target_credential or row.target_skill
    years = row.years_experience
    experience = f"{years} year{'' if years == 1 else 's'} of experience" if years else ""
    texts = [str(target) if target else "", row.text, experience]
    return Alternative(
        text=", ".join(filter(None, texts)) or "no experience",
        url=target.get_absolute_url() if target else "",
        note=currency_note(row),
        is_verified=row.source is None or row.source.is_verified,
    )


def currency_note(row: Condition) -> str:
    """Whether what is asked for must still be valid. Where nobody knows, nothing is said."""
    if row.target_credential is None or row.must_be_current is None:
        return ""
    return "must still be valid" if row.must_be_current else "once passed is enough, even if it has expired"


def towards(label: str, credentials: Iterable[Credential]) -> list[Demand]:
    found = {row.pk: row for row in credentials}
    rows = sorted(found.values(), key=lambda row: row.name.casefold())
    alternatives = tuple(Alternative(row.name, row.get_absolute_url()) for row in rows)
    return [Demand(label, alternatives)] if alternatives else []
