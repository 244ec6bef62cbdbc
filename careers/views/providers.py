from collections import Counter
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory
from careers.changes import next_changes, told_of
from careers.lifecycle import BEST_FIRST
from careers.models import Credential, Provider, Status
from careers.structured_data import ScriptData, item_list, organization, page_data
from careers.traits import UNKNOWN

NEXT = 5


@require_safe
def provider_list(request: HttpRequest) -> HttpResponse:
    of_public = Q(credentials__status=Status.PUBLISHED)
    counted = Provider.objects.public().annotate(credential_count=Count("credentials", filter=of_public))
    providers = counted.order_by(Lower("name"))  # counting drops the order that the model has
    absolute, rows = request.build_absolute_uri, [(row.name, row.get_absolute_url()) for row in providers]
    told = item_list("Who awards certifications", rows, absolute=absolute)
    data = page_data(told, trail=[("Providers", "")], absolute=absolute)
    context = {"providers": providers, "structured_data": data}
    return TemplateResponse(request, "careers/provider_list.html", context)


@require_safe
def provider_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    provider = get_object_or_404(Provider.objects.public(), slug=slug)
    credentials = list(Credential.objects.public().filter(provider=provider).with_exams())
    entries = directory.entries(credentials, on=on)
    tiers = directory.levels(credentials, on=on)
    events = told_of().filter(credential__provider=provider)
    context = {
        "provider": provider,
        "counts": counts(entries, provider),
        "changes": next_changes(events, on=on, limit=NEXT),
        "tiers": tiers,
        "retired": [entry for entry in entries if entry.is_retired],
        "oldest": directory.oldest_check(entries),
        "structured_data": data_of(request, provider, tiers),
    }
    return TemplateResponse(request, "careers/provider_detail.html", context)


def counts(entries: list[directory.Entry], provider: Provider) -> list[tuple[str, int, str]]:
    """How many stand how, each with the address of the list that shows them."""
    found = Counter(entry.status.value if entry.status else UNKNOWN for entry in entries)
    labels = {status.value: str(status.label) for status in BEST_FIRST} | {UNKNOWN: "Status not known"}
    return [(label, found[key], listed(provider, key)) for key, label in labels.items() if found[key]]


def listed(provider: Provider, status: str) -> str:
    query = urlencode({"status": status, "provider": provider.slug})
    return f"{reverse('careers:credential-list')}?{query}"


def data_of(request: HttpRequest, provider: Provider, tiers: tuple[directory.Tier, ...]) -> ScriptData:
    absolute = request.build_absolute_uri
    trail = [("Providers", reverse("careers:provider-list")), (provider.name, "")]
    named = directory.named(tiers)
    return page_data(
        organization(provider, absolute=absolute),
        item_list("Certifications to take", named, absolute=absolute),
        trail=trail,
        absolute=absolute,
    )
