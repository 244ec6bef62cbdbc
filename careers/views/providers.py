from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory
from careers.models import Credential, Provider


@require_safe
def provider_detail(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider.objects.public(), slug=slug)
    credentials = list(Credential.objects.public().filter(provider=provider).with_exams())
    entries = directory.entries(credentials, on=timezone.localdate())
    context = {
        "provider": provider,
        "tiers": directory.levels(credentials, on=timezone.localdate()),
        "retired": [entry for entry in entries if entry.is_retired],
        "oldest": directory.oldest_check(entries),
    }
    return TemplateResponse(request, "careers/provider_detail.html", context)
