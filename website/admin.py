"""Addresses in the admin: those that changed, those that got a signpost, and what is said when one moves."""

import csv
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

import blog.admin
import careers.admin
from blog.models import Article

from . import signposts
from .forms import SignpostAtForm
from .models import Redirect, Signpost
from .moving import MovingMixin
from .parting import PartingMixin
from .public import public_models
from .redirects import pages_of
from .whereabouts import page_at

__all__ = ["blog", "careers"]  # whose admin has to be there, to be built upon
NOWHERE = "nowhere: its page is hidden"


def build_upon(model: type[Any], *mixins: type) -> None:
    """The admin that the model's own app gave it, and what the site has to say besides."""
    own = type(admin.site.get_model_admin(model))
    admin.site.unregister(model)
    admin.site.register(model, type(own.__name__, (*mixins, own), {"__module__": own.__module__}))


for each in public_models():
    build_upon(each, *([PartingMixin] if each is Article else []), MovingMixin)


class WithTargets(ChangeList):
    """Each row knows where it leads now. The number of queries does not depend on the rows."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = with_targets(self.result_list)


def with_targets(rows: Any) -> list[Any]:
    found = list(rows)
    keys: dict[str, list[int]] = {}
    for row in found:
        keys.setdefault(row.target_model, []).append(row.target_ref)
    now = {
        (label, page.pk): page.get_absolute_url() for label in keys for page in pages_of(label, keys[label])
    }
    for row in found:
        row.leads_now = now.get((row.target_model, row.target_ref), "")
    return found


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    """Left by the site itself when a page's address changes; nobody writes them by hand."""

    list_display = ["old_address", "leads_to", "created_at"]
    list_display_links = None
    search_fields = ["old_path"]
    ordering = ["-created_at", "-pk"]
    list_per_page = 50
    actions = ["as_csv"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithTargets

    @admin.display(description="Old address", ordering="old_path")
    def old_address(self, row: Redirect) -> str:
        return row.old_path

    @admin.display(description="Leads to")
    def leads_to(self, row: Any) -> str:
        return row.leads_now or NOWHERE

    @admin.action(description="Download the selected as CSV", permissions=["view"])
    def as_csv(self, request: HttpRequest, queryset: QuerySet[Redirect]) -> HttpResponse:
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="changed-addresses.csv"'
        lines = csv.writer(answer)
        lines.writerow(["old address", "leads to", "since"])
        for row in with_targets(queryset):
            lines.writerow([row.old_path, row.leads_now, row.created_at.date()])
        return answer

    def delete_model(self, request: HttpRequest, obj: Redirect) -> None:
        self._say_how_to_undo(request, [obj])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Redirect]) -> None:
        self._say_how_to_undo(request, queryset)
        super().delete_queryset(request, queryset)

    def _say_how_to_undo(self, request: HttpRequest, rows: Any) -> None:
        for row in with_targets(rows)[:10]:
            if row.leads_now:
                undo = f"To undo this, add a signpost at {row.old_path} that leads to {row.leads_now}."
                self.message_user(request, f"{row.old_path} leads nowhere now. {undo}", messages.INFO)


@admin.register(Signpost)
class SignpostAdmin(admin.ModelAdmin):
    form = SignpostAtForm
    list_display = ["path", "answers", "leads_to", "put_up_at"]
    list_filter = ["kind"]
    ordering = ["-put_up_at", "-pk"]
    search_fields = ["path", "target_path", "reason"]
    list_per_page = 50

    class Media:
        css = {"all": ["admin_theme/addresses.css"]}

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        form.request = request
        return form

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithTargets

    @admin.display(description="Readers", ordering="kind")
    def answers(self, sign: Signpost) -> str:
        return {"moved": "are led on", "withdrawn": "read why", "gone": "read that it is gone"}[sign.kind]

    @admin.display(description="Leads to", ordering="target_path")
    def leads_to(self, sign: Any) -> str:
        if not sign.target_path:
            return "–"
        return sign.leads_now or (NOWHERE if sign.target_model else sign.target_path)

    def save_model(self, request: HttpRequest, obj: Signpost, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's own
        """By the one verb that knows what a target is; a sign that moved leaves its old place."""
        if change:
            Signpost.objects.filter(pk=obj.pk).exclude(path=obj.path).delete()
        signposts.put_up([obj.path], form.choice(), by=request.user, now=timezone.now())
        obj.pk = Signpost.objects.get(path=obj.path).pk
        if page_at(obj.path):
            waits = f"A page answers at {obj.path}: the signpost waits until it is gone."
            self.message_user(request, waits, messages.WARNING)
