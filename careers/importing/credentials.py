"""Credentials and their exams, found by whatever a file calls them; proposals that two systems share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from careers.models import Credential, Delivery, ExamVersion, LifecycleEvent, Provider, Status

from .faults import FileFault, Refusal, RowFault
from .matching import Names, folded_url
from .proposing import Proposal, Proposals
from .values import quoted


def provider_named(slug: str) -> Provider:
    found = Provider.objects.named([slug]).first()
    if found is None:
        raise FileFault(f"There is no provider “{slug}” in the catalogue: add it first, or name another.")
    return found


class Catalogue:
    """The credentials there are, by name, official page and exam code."""

    def __init__(self) -> None:
        self.names = Names(Credential)
        self.by_url: dict[str, list[Credential]] = defaultdict(list)
        self.by_code: dict[tuple[int, str], ExamVersion] = {}
        for credential in Credential.objects.exclude(official_url=""):
            self.by_url[folded_url(credential.official_url)].append(credential)
        for version in ExamVersion.objects.filter(exam_code__isnull=False).select_related("credential"):
            self.by_code[(version.provider_id, (version.exam_code or "").upper())] = version

    def find(
        self, *, url: str, name: str, provider: Provider | None, codes: Iterable[str] = ()
    ) -> Credential | None:
        """An official page is one credential's, whoever awards it; names and codes are the provider's own."""
        at_url = self.by_url.get(folded_url(url), []) if url else []
        if len(at_url) == 1:
            return at_url[0]
        named: Credential | None = self.names.find(name)
        if named is not None and (provider is None or named.provider_id == provider.pk):
            return named
        found = {version.credential for code in codes if provider and (version := self.exam(provider, code))}
        if len(found) > 1:
            raise RowFault(f"Its exams lead to {len(found)} certifications of ours.")
        return next(iter(found), None)

    def exam(self, provider: Provider, code: str) -> ExamVersion | None:
        return self.by_code.get((provider.pk, code.upper()))

    def add(self, credential: Credential) -> None:
        self.names.add(credential)


@dataclass(frozen=True)
class Told:
    """What a file says of a credential, in our words."""

    place: str
    external_id: str
    name: str
    url: str
    values: dict[str, Any]
    initial: dict[str, Any]
    codes: tuple[str, ...] = ()
    remark: str = ""


@dataclass
class Writing:
    """The proposals of a credential and of what belongs to it."""

    proposals: Proposals
    catalogue: Catalogue = field(default_factory=Catalogue)

    def refuse(self, place: str, reason: str, external_id: str = "", label: str = "") -> None:
        self.proposals.refuse(Refusal(place, reason, external_id, label))

    def credential(self, told: Told, provider: Provider | None) -> Credential | None:
        catalogue = self.catalogue
        try:
            ours = self.proposals.known(Credential, told.external_id) or catalogue.find(
                url=told.url, name=told.name, provider=provider, codes=told.codes
            )
        except RowFault as fault:
            self.refuse(told.place, str(fault), told.external_id, told.name)
            return None
        if ours is None and provider is None:
            self.refuse(told.place, "Who awards it is not in the catalogue.", told.external_id, told.name)
            return None
        initial = dict(told.initial)
        if ours is None:
            slug = catalogue.names.free_slug(told.name)
            initial |= {"provider": provider, "slug": slug, "status": Status.DRAFT}
        found: Credential | None = self.proposals.put(
            Proposal(
                told.place,
                told.external_id,
                Credential,
                told.name,
                {"name": told.name, **({"official_url": told.url} if told.url else {}), **told.values},
                initial,
                row=ours,
                remark=told.remark,
            )
        )
        if found is not None and ours is None:
            catalogue.add(found)
        return found

    def version(
        self,
        credential: Credential,
        *,
        place: str,
        external_id: str,
        code: str,
        values: dict[str, Any],
        initial: dict[str, Any],
        remark: str = "",
    ) -> ExamVersion | None:
        """By its code among the provider's exams; without a code, the only one there is."""
        label = f"{credential}: {code or 'exam'}"
        ours = self.proposals.known(ExamVersion, external_id)
        ours = ours or (self.catalogue.exam(credential.provider, code) if code else None)
        if ours is None and not code:
            standing = list(credential.versions.exclude(status=ExamVersion.Status.RETIRED)[:2])
            if len(standing) > 1:
                self.refuse(place, "It does not say which of our several exams it means.", external_id, label)
                return None
            ours = next(iter(standing), None)
        if ours is not None and ours.credential_id != credential.pk:
            self.refuse(place, f"Exam {quoted(code)} is one of “{ours.credential}” here.", external_id, label)
            return None
        start = {
            "credential": credential,
            "provider": credential.provider,
            "exam_code": code or None,
            **initial,
        }
        found: ExamVersion | None = self.proposals.put(
            Proposal(
                place,
                external_id,
                ExamVersion,
                label,
                values,
                start,
                row=ours,
                root=credential,
                remark=remark,
            )
        )
        return found

    def delivery(self, version: ExamVersion, *, place: str, external_id: str, values: dict[str, Any]) -> None:
        label = f"{version.credential}: how {version} is sat"
        standard = list(version.deliveries.filter(phase=Delivery.Phase.STANDARD)[:2])
        if len(standard) > 1 and self.proposals.known(Delivery, external_id) is None:
            reason = "We know several ways of sitting it, and the file does not say which it means."
            self.refuse(place, reason, external_id, label)
        elif values:
            self.proposals.put(
                Proposal(
                    place,
                    external_id,
                    Delivery,
                    label,
                    values,
                    {"version": version, "phase": Delivery.Phase.STANDARD},
                    row=next(iter(standard), None),
                    root=version.credential,
                )
            )

    def last_day(
        self,
        credential: Credential,
        version: ExamVersion | None,
        day: date,
        *,
        place: str,
        external_id: str,
        on: date,
    ) -> None:
        """The event that the change log, the feeds and the calendar tell of."""
        certain = LifecycleEvent.Certainty
        kind = LifecycleEvent.Kind.LAST_EXAM
        ours = credential.events.filter(kind=kind, version=version, languages=[]).first()
        self.proposals.put(
            Proposal(
                place,
                external_id,
                LifecycleEvent,
                f"{version or credential}: last day to sit it",
                {"happens_on": day},
                {
                    "credential": credential,
                    "version": version,
                    "kind": kind,
                    "certainty": certain.ANNOUNCED if day >= on else certain.CONFIRMED,
                    "source": self.proposals.source,
                },
                row=ours,
                root=credential,
            )
        )


def providers_by_name() -> dict[str, Provider]:
    names = Names(Provider).facts
    return {name: found[0] for name, found in names.items() if len(found) == 1}
