"""Which changes a reader asks for, in the words of an address."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from careers.changes import GROUPS
from careers.models import Credential, LifecycleEvent, Provider, Role
from careers.models.publishable import AnyFact, FactQuerySet

MOST = 200


@dataclass(frozen=True)
class Chip:
    """A choice that is made, and the query that takes it back."""

    label: str
    without: str


@dataclass(frozen=True)
class Asked:
    """What was chosen and exists; ``unknown`` names what does not."""

    provider: Provider | None = None
    role: Role | None = None
    kind: str = ""
    certifications: tuple[Credential, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_lost(self) -> bool:
        """Something was asked for by name and is not here: all the rest is not what was asked for."""
        named = [name for name in self.unknown if name != "certification"]
        return bool(named) or ("certification" in self.unknown and not self.certifications)

    @property
    def query(self) -> str:
        pairs = [("provider", self.provider.slug)] if self.provider else []
        pairs += [("role", self.role.slug)] if self.role else []
        pairs += [("kind", self.kind)] if self.kind else []
        pairs += [("certification", row.slug) for row in self.certifications]
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def chips(self) -> list[Chip]:
        found = []
        if self.provider:
            found.append(Chip(self.provider.name, replace(self, provider=None).query))
        if self.role:
            found.append(Chip(f"Recommended for {self.role.name}", replace(self, role=None).query))
        if self.kind:
            found.append(Chip(GROUPS[self.kind][0], replace(self, kind="").query))
        for row in self.certifications:
            rest = tuple(other for other in self.certifications if other != row)
            found.append(Chip(row.name, replace(self, certifications=rest).query))
        return found

    @property
    def name(self) -> str:
        """“Amazon Web Services, Betas”, or nothing."""
        return ", ".join(chip.label for chip in self.chips)


def asked(query: QueryDict) -> Asked:
    """Only what is published can be asked for; by an earlier slug too, so that a subscription lives on."""
    provider = next(iter(named(Provider.objects.public(), [query.get("provider", "")])), None)
    role = next(iter(named(Role.objects.public(), [query.get("role", "")])), None)
    kind = query.get("kind", "") if query.get("kind", "") in GROUPS else ""
    certifications = tuple(named(Credential.objects.public(), query.getlist("certification")[:MOST]))
    known = {name for row in certifications for name in names_of(row)}
    missing = {
        "provider": query.get("provider") and not provider,
        "role": query.get("role") and not role,
        "kind": query.get("kind") and not kind,
        "certification": set(filter(None, query.getlist("certification"))) - known,
    }
    unknown = tuple(name for name, is_missing in missing.items() if is_missing)
    return Asked(provider, role, kind, certifications, unknown)


def named(rows: FactQuerySet[AnyFact], texts: Iterable[str]) -> Iterable[AnyFact]:
    """With their former slugs; what cannot be a slug is not looked up."""
    wanted = list(filter(is_slug, texts))
    return rows.named(wanted).prefetch_related("slug_aliases") if wanted else ()


def names_of(row: Credential) -> list[str]:
    return [row.slug, *(alias.slug for alias in row.slug_aliases.all())]


def is_slug(text: str) -> bool:
    return 0 < len(text) <= 120 and text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def narrowed(events: QuerySet[LifecycleEvent], by: Asked) -> QuerySet[LifecycleEvent]:
    wanted = Q()
    if by.provider:
        wanted &= Q(credential__provider=by.provider)
    if by.role:
        wanted &= Q(credential__in=Credential.objects.filter(recommendations__role=by.role))
    if by.kind:
        wanted &= Q(kind__in=GROUPS[by.kind][1])
    if by.certifications:
        wanted &= Q(credential__in=[row.pk for row in by.certifications])
    return events.filter(wanted)
