from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import feeds, structured_data
from careers.changes import GROUPS, Kind, by_month, changes, sorted_out, told_of
from careers.changes_asked import Asked, asked, narrowed
from careers.models import Credential, Provider, Role

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
    page = paginator.page(page_number(request.GET.get("page", "1"), last=paginator.num_pages))
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
        "certifications": to_choose_from(by),
        "feed": f"{reverse('careers:change-feed')}{by.query}",
        "calendar": f"{reverse('careers:calendar')}{by.query}",
        "calendar_address": absolute(f"{reverse('careers:calendar')}{by.query}"),
        "structured_data": structured_data.page_data(trail=[("What is changing", "")], absolute=absolute),
    }
    return TemplateResponse(request, "careers/change_list.html", context)


def page_number(text: str, *, last: int) -> int:
    """Plain digits only, so that one page has one address: not 01, +1, 1.0 or ١."""
    is_plain = text.isascii() and text.isdecimal() and len(text) < 7 and not text.startswith("0")
    if not is_plain or int(text) > last:
        raise Http404("There is no such page.")
    return int(text)


def to_choose_from(by: Asked) -> QuerySet[Credential]:
    """For a list of one's own: what there is something to tell of, and what is chosen already."""
    chosen = Q(pk__in=[row.pk for row in by.certifications])
    told = Credential.objects.public().filter(chosen | Q(pk__in=told_of().values("credential")))
    return told.select_related("provider").order_by(Lower("provider__name"), Lower("name"))


def subscribed(query: QueryDict) -> Asked:
    """A subscription to what is gone ends; it does not become one to everything."""
    by = asked(query)
    if by.is_lost:
        raise Http404("What this subscription asks for is not in the catalogue.")
    return by


@require_safe
def change_feed(request: HttpRequest) -> HttpResponse:
    by = subscribed(request.GET)
    # Announcements are answered by events of any age, so that the newest are taken only afterwards.
    rows = changes(narrowed(told_of(), by).order_by("-updated_at", "-pk"), on=timezone.localdate())
    text = feeds.atom(
        rows[:IN_A_FEED],
        name=by.name,
        page=reverse("careers:change-list"),
        query=by.query,
        absolute=request.build_absolute_uri,
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    by = subscribed(request.GET)
    events = narrowed(told_of().filter(kind__in=DATES_TO_KEEP, happens_on__isnull=False), by)
    rows = changes(events.order_by("-happens_on", "pk"), on=timezone.localdate())
    body = feeds.calendar(rows[:IN_A_CALENDAR], name=by.name, absolute=request.build_absolute_uri)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="certifications.ics"'
    return response
