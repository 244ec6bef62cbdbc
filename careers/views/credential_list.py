from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import browsing, directory, facets, sitting
from careers.bringing import selected
from careers.models import OF_A_PUBLIC_ROLE, Credential, Recommendation, Skill
from careers.structured_data import ScriptData, item_list, page_data
from careers.traits import UNKNOWN, Listed, listed


@require_safe
def credential_list(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    rows = [listed(credential, on=on) for credential in credentials_to_browse()]
    labels = facets.labels_of(rows)
    languages = {key: label for key, label in labels["language"].items() if key != UNKNOWN}
    reading = sitting.read(request.GET.dict(), languages, on=on)
    if reading.question:
        rows = facets.answered(rows, reading.question)
        labels = {facets.SIT: facets.ANSWERS, **labels}
    asked = browsing.read(dict(request.GET.lists()), labels, reading.question, reading.problems)
    narrowed = facets.narrow(rows, labels, asked.chosen, with_retired=asked.with_retired)
    page = browsing.page_of(narrowed.rows, asked)
    context = {
        "asked": asked,
        "narrowed": narrowed,
        "chips": browsing.chips(asked, narrowed.facets),
        "page": page,
        "groups": [(None, page.rows)] if asked.sort else grouped(page.rows),
        "shown_retired": f"?{asked.with_retired_ones().query}",
        "languages": list(languages.items()),
        "sorts": [(key, label) for key, (label, _) in browsing.SORTS.items()],
        "oldest": directory.oldest_check([row.entry for row in narrowed.rows]),
        "structured_data": list_data(request, page.rows),
    }
    return TemplateResponse(request, "careers/credential_list.html", context)


ADVISED = Recommendation.objects.filter(OF_A_PUBLIC_ROLE).select_related("role")
TRAITS = (
    selected("recommendations", ADVISED.only("credential", "role__slug", "role__name")),
    selected("skills", Skill.objects.public().only("slug", "name")),
)


def credentials_to_browse() -> QuerySet[Credential]:
    """Everything by which they are told apart, in a fixed number of queries."""
    return Credential.objects.public().with_exams().prefetch_related(*TRAITS)


def grouped(rows: tuple[Listed, ...]) -> list[tuple[directory.Entry | None, tuple[Listed, ...]]]:
    """By provider; the first entry of each speaks for it."""
    groups = groupby(rows, key=lambda row: row.entry.provider_slug)
    found = [tuple(group) for _, group in groups]
    return [(group[0].entry, group) for group in found]


def list_data(request: HttpRequest, rows: tuple[Listed, ...]) -> ScriptData:
    absolute = request.build_absolute_uri
    named = [(row.entry.name, row.entry.url) for row in rows]
    things = item_list("Certifications", named, absolute=absolute)
    return page_data(things, trail=[("Certifications", "")], absolute=absolute)
