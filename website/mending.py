"""The page of missing addresses: what readers asked for in vain, with a way to answer each."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from . import missing, signposts
from .models import MissingAddress, Signpost
from .nearest import Addresses
from .public import public_models
from .whereabouts import open_path

SHOWN = 25
VERBS = {"lead", "gone", "ignore", "heed"}
UNDO = "To undo this, delete its signpost."


def may_mend(person: Any) -> bool:
    return bool(person.has_perm("website.change_missingaddress"))


def to_mend() -> int:
    return MissingAddress.objects.filter(is_ignored=False).count()


def missing_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    if not may_mend(request.user):
        raise PermissionDenied
    now = timezone.now()
    missing.write_down(now=now)  # what this process has counted and not yet told
    refused: dict[int, str] = {}
    if request.method == "POST":
        refused = mended(request, now)
        if not refused:
            return HttpResponseRedirect(request.get_full_path())
    shown = listed(request) | {"refused": refused, "typed": request.POST.get("target", "")}
    return TemplateResponse(request, "admin/website/missing.html", context | shown)


def listed(request: HttpRequest) -> dict[str, Any]:
    """The number of queries does not depend on how many are missing."""
    ignored = request.GET.get("show") == "ignored"
    rows = MissingAddress.objects.filter(is_ignored=ignored)
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    known = Addresses(public_addresses())
    return {
        "title": "Missing addresses",
        "page": page,
        "rows": [(row, known.nearest(row.path)) for row in page],
        "is_ignored": ignored,
        "signposts": reverse("admin:website_signpost_changelist"),
    }


def public_addresses() -> list[str]:
    """Of the pages readers may see, and of no others: a draft is offered to nobody."""
    managers: list[Any] = [model._default_manager for model in public_models()]
    return [row.get_absolute_url() for manager in managers for row in manager.public().only("slug")]


def mended(request: HttpRequest, now: datetime) -> dict[int, str]:
    """Do as one row's buttons say. What could not be done, by key."""
    key, verb = request.POST.get("row", ""), request.POST.get("verb", "")
    row = MissingAddress.objects.filter(pk=key).first() if key.isascii() and key.isdecimal() else None
    if row is None or verb not in VERBS:
        messages.error(request, "That address is no longer on the list.")
        return {}
    try:
        with transaction.atomic():
            said = _do(request, row, verb, now)
    except ValidationError as refusal:
        return {row.pk: " ".join(refusal.messages)}
    messages.success(request, said)
    return {}


def _do(request: HttpRequest, row: MissingAddress, verb: str, now: datetime) -> str:
    if verb in ("ignore", "heed"):
        row.is_ignored = verb == "ignore"
        row.save(update_fields=["is_ignored"])
        return f"{row.path} is {'ignored from now on' if row.is_ignored else 'back on the list'}."
    if not request.user.has_perm("website.add_signpost"):
        raise PermissionDenied
    choice = _choice(request, verb)
    signposts.put_up([row.path], choice, by=request.user, now=now)
    row.delete()
    if choice.target_path:
        return f"Readers who come to {row.path} are led to {choice.target_path}. {UNDO}"
    return f"{row.path} says that it is gone for good. {UNDO}"


def _choice(request: HttpRequest, verb: str) -> signposts.Choice:
    if verb == "gone":
        return signposts.Choice(Signpost.Kind.GONE)
    path = open_path(request.POST.get("target", ""), request)
    return signposts.Choice(Signpost.Kind.MOVED, path)
