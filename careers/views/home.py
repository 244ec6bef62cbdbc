from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory
from careers.changes import next_changes, told_of
from careers.models import Credential, Provider, Role, Skill

SHOWN = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    entries = directory.entries(Credential.objects.public().with_exams(), on=on)
    # A quarter or a year that began long ago may still be to come.
    recent = told_of().filter(happens_on__gte=on - timedelta(days=366))
    context = {
        "roles": Role.objects.public(),
        "skills": Skill.objects.public(),
        "providers": providers_with_open(entries),
        "changes": next_changes(recent, on=on, limit=SHOWN),
        "open_count": sum(entry.is_open for entry in entries),
    }
    return TemplateResponse(request, "careers/home.html", context)


def providers_with_open(entries: list[directory.Entry]) -> list[tuple[Provider, int]]:
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.is_open:
            counts[entry.provider_slug] = counts.get(entry.provider_slug, 0) + 1
    return [(provider, counts.get(provider.slug, 0)) for provider in Provider.objects.public()]
