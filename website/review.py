"""The review queue: facts that need a look, with the articles that tell of them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from blog import usage
from careers import checklist, review
from careers.models import OF_A_PUBLIC_ROLE, Credential, Recommendation, Status
from careers.succession import heirs
from careers.twins import Named, Twins, all_twins

SHOWN = 25


def may_review(person: Any) -> bool:
    return bool(person.has_perm("careers.change_credential"))


def items_on(on: date) -> list[review.Item]:
    """The whole queue in its order. The number of queries does not depend on what there is."""
    credentials = list(material())
    roles = checklist.subjects("role").filter(status=Status.PUBLISHED)
    advised = list(Recommendation.objects.filter(OF_A_PUBLIC_ROLE).select_related("role", "credential"))
    recommended = {row.credential_id for row in advised}
    instead = heirs([row for row in credentials if row.pk in recommended], on=on)
    items = [
        *review.found_in(credentials, on=on),
        *review.of_roles(roles, on=on),
        *review.dropped(advised, instead, on=on),
    ]
    return review.queue(items, articles_about())


def material() -> Iterable[Credential]:
    """What readers can see, with all that the queue looks at."""
    lists = (*checklist.LISTS["credential"], "events__source", "events__version__credential")
    return Credential.objects.public().select_related("provider").prefetch_related(*lists)


def articles_about() -> Counter[tuple[str, int]]:
    """How many articles are about a fact or show it, for all that the queue can name."""
    labels = ("careers.Credential", "careers.Role")
    return Counter({(label.lower(), pk): n for label in labels for pk, n in usage.counts(label).items()})


def review_page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    if not may_review(request.user):
        raise PermissionDenied
    items = items_on(timezone.localdate())
    kind, provider = request.GET.get("kind", ""), request.GET.get("provider", "")
    shown = review.chosen(items, kind=kind, provider=provider)
    page = Paginator(shown, SHOWN).get_page(request.GET.get("page"))
    asked = {
        "title": "Facts to review",
        "page": page,
        "rows": [(item, address_of(item)) for item in page],
        "total": len(items),
        "number": len(shown),
        "kinds": kinds_in(items),
        "providers": sorted({(item.provider_name, item.provider) for item in items}),
        "kind": kind,
        "provider": provider,
    }
    return TemplateResponse(request, "admin/careers/review.html", context | asked)


def kinds_in(items: list[review.Item]) -> list[tuple[str, str, int]]:
    numbers = Counter(item.kind for item in items)
    return [(kind, review.LABELS[kind], numbers[kind]) for kind in review.Kind if numbers[kind]]


def address_of(item: review.Item) -> str:
    address = reverse(f"admin:careers_{item.place.model}_change", args=[item.place.pk])
    return f"{address}#{item.place.spot}" if item.place.spot else address


def twins_page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    if not may_review(request.user):
        raise PermissionDenied
    found = [(kind, list(map(with_addresses, pairs))) for kind, pairs in all_twins().items()]
    asked = {"title": "One fact entered twice?", "found": found}
    return TemplateResponse(request, "admin/careers/twins.html", context | asked)


def with_addresses(pair: Twins) -> list[tuple[Named, str]]:
    return [
        (named, reverse(f"admin:careers_{named.fact._meta.model_name}_change", args=[named.fact.pk]))
        for named in pair.names
    ]
