"""Which of our facts a row is of: by code, by name, by address."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model
from django.utils.text import get_text_list, slugify

from careers.models import Role, RoleCode, SlugAlias

from .faults import FileFault, Refusal, RowFault
from .values import fold

# Nearest first; a code that is broader, narrower or related says nothing of this role in particular.
NEAR: list[str] = [RoleCode.Match.EXACT, RoleCode.Match.CLOSE]
PLACE = "The roles and their codes"


# --- Roles by code ------------------------------------------------------------


@dataclass(frozen=True)
class Coded:
    """That a role is this occupation of theirs, and how nearly."""

    role: str  # its slug
    code: str
    match: str = RoleCode.Match.EXACT


@dataclass(frozen=True)
class Choice:
    """The roles to fill, each from one occupation, and those that cannot be told apart."""

    codes: Mapping[str, str]  # slug of the role → code
    refused: Sequence[Refusal] = ()


def choose(coded: Iterable[Coded], asked: Sequence[str] = ()) -> Choice:
    """``asked`` names roles as ``slug`` or ``slug=code``; without any, all that are beyond doubt."""
    by_role: dict[str, list[Coded]] = defaultdict(list)
    for each in coded:
        if each.match in NEAR:
            by_role[each.role].append(each)
    wanted = dict(split_asked(one) for one in asked)
    for slug, code in wanted.items():
        refuse_unknown(slug, code, by_role.get(slug, []))
    codes: dict[str, str] = {}
    refused: list[Refusal] = []
    for slug in wanted or by_role:
        nearest = nearest_codes(by_role[slug], wanted.get(slug, ""))
        if len(nearest) > 1:
            reason = f"Has {listed(nearest)}, each as near: choose with --role {slug}=CODE."
            refused.append(Refusal(PLACE, reason, label=slug))
        else:
            codes[slug] = nearest[0]
    return Choice(codes, refused) if wanted else without_shared(codes, refused)


def split_asked(asked: str) -> tuple[str, str]:
    slug, _, code = asked.partition("=")
    return slug, code


def refuse_unknown(slug: str, code: str, coded: Sequence[Coded]) -> None:
    if not coded:
        raise FileFault(f"No role “{slug}” has an exact or close code that is in these files.")
    if code and code not in {each.code for each in coded}:
        raise FileFault(f"“{slug}” has {listed(each.code for each in coded)} here, not “{code}”.")


def nearest_codes(coded: Sequence[Coded], asked: str) -> list[str]:
    if asked:
        return [asked]
    best = min(NEAR.index(each.match) for each in coded)
    return sorted({each.code for each in coded if NEAR.index(each.match) == best})


def without_shared(codes: Mapping[str, str], refused: Sequence[Refusal]) -> Choice:
    """One occupation fills several roles alike only where somebody means it."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for slug, code in codes.items():
        sharing[code].append(slug)
    shared = [
        Refusal(PLACE, f"{code} is the code of {listed(slugs)}: choose with --role SLUG.", external_id=code)
        for code, slugs in sharing.items()
        if len(slugs) > 1
    ]
    alone = {slug: code for slug, code in codes.items() if len(sharing[code]) == 1}
    return Choice(alone, [*refused, *shared])


def listed(words: Iterable[str]) -> str:
    return get_text_list(sorted(words), "and")


def roles_named(slugs: Iterable[str]) -> dict[str, Role]:
    return {role.slug: role for role in Role.objects.filter(slug__in=list(slugs))}


def scope(role: Role) -> str:
    """Begins the identifier of all that is imported for one role: codes change, and are shared."""
    return f"#{role.pk}"


# --- Facts by name and address ------------------------------------------------


class Names:
    """The facts of a model by every name they go by."""

    def __init__(self, model: type[Any]) -> None:
        self.model = model
        self.facts: dict[str, list[Any]] = defaultdict(list)
        for fact in model.objects.all():
            self.add(fact)
        aliases = SlugAlias.objects.filter(content_type__model=model._meta.model_name)
        slugs = model.objects.values_list("slug", flat=True)
        self.taken = {*slugs, *aliases.values_list("slug", flat=True)}

    def add(self, fact: Any) -> None:
        names = [fact.name, *getattr(fact, "aliases", []), getattr(fact, "short_name", "")]
        for name in dict.fromkeys(map(fold, filter(None, names))):
            self.facts[name].append(fact)

    def find(self, name: str) -> Any:
        found = self.facts.get(fold(name), [])
        exact = [fact for fact in found if fold(fact.name) == fold(name)] or found
        if len(exact) > 1:
            raise RowFault(f"“{name}” may be {listed(f'“{fact}”' for fact in exact)}.")
        return exact[0] if exact else None

    def free_slug(self, name: str) -> str:
        """The name as an address, with a number where that is or was another's."""
        stem = slugify(name)[:100].strip("-") or str(self.model._meta.model_name)
        slug, number = stem, 1
        while slug in self.taken:
            number += 1
            slug = f"{stem}-{number}"
        self.taken.add(slug)
        return slug


def folded_url(url: str) -> str:
    """The page behind an address, in whatever language and by whichever way it is asked for."""
    try:
        parts = urlsplit(url.strip().lower())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    steps = [step for step in parts.path.split("/") if step]
    if steps and len(steps[0]) == 5 and steps[0][2] == "-":
        steps = steps[1:]
    return "/".join([host, *steps]) if host and steps else ""


def rows_by(model: type[Model], key: Any, **only: Any) -> dict[Any, Any]:
    """The rows of a model by what tells them apart, read at once."""
    return {key(row): row for row in model._default_manager.filter(**only)}
