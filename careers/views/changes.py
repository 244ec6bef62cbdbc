from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import feeds, structured_data
from careers.changes import GROUPS, Kind, by_month, changes, sorted_out, told_of
from careers.changes_asked import asked, narrowed
from careers.models import Provider, Role

SHOWN = 40
IN_A_FEED = 100
IN_A_CALENDAR = 1000
# What somebody who studies would enter in a calendar.
DATES_TO_KEEP = (*GROUPS["endings"][1], *GROUPS["betas"][1], Kind.GENERAL_AVAILABILITY)


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    by = asked(request.GET)
    found = sorted_out(narrowed(told_of(), by), on=timezone.localdate())
    paginator = Paginator(found.past, SHOWN)
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise Http404("A page has a number.")
    if not 1 <= int(number) <= paginator.num_pages:
        raise Http404("There is no such page.")
    page = paginator.page(int(number))
    absolute = request.build_absolute_uri
    context = {
        "by": by,
        "found": found,
        "coming": by_month(found.coming) if page.number == 1 else [],
        "past": by_month(list(page)),
        "page": page,
        "groups": [(key, label) for key, (label, _) in GROUPS.items()],
        "providers": Provider.objects.public().only("name", "slug"),
        "roles": Role.objects.public().only("name", "slug"),
        "feed": f"{reverse('careers:change-feed')}{by.query}",
        "calendar": absolute(f"{reverse('careers:calendar')}{by.query}"),
        "structured_data": structured_data.page_data(trail=[("What is changing", "")], absolute=absolute),
    }
    return TemplateResponse(request, "careers/change_list.html", context)


@require_safe
def change_feed(request: HttpRequest) -> HttpResponse:
    by = asked(request.GET)
    newest = narrowed(told_of(), by).order_by("-updated_at", "-pk")[:IN_A_FEED]
    absolute = request.build_absolute_uri
    text = feeds.atom(
        changes(newest, on=timezone.localdate()),
        name=by.name,
        page=absolute(f"{reverse('careers:change-list')}{by.query}"),
        here=absolute(f"{reverse('careers:change-feed')}{by.query}"),
        absolute=absolute,
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    by = asked(request.GET)
    events = narrowed(told_of().filter(kind__in=DATES_TO_KEEP), by)
    dated = events.filter(happens_on__isnull=False).order_by("-happens_on", "pk")[:IN_A_CALENDAR]
    rows = changes(dated, on=timezone.localdate())
    body = feeds.calendar(rows, name=by.name, absolute=request.build_absolute_uri)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="certifications.ics"'
    return response
