"""The bin: what was deleted once lies here. Publishers take it out again, or delete it for good."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as delete_at_once
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from blog.models import Article

from .bulk_states import BulkStates

TO_BIN, FOR_GOOD = "Move the selected articles to the bin", "Delete the selected articles for good"


class BinOnTheList(BulkStates):
    delete_confirmation_template = "admin/blog/article/delete_confirmation.html"

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """In the bin other things make sense than elsewhere."""
        actions: dict[str, Any] = super().get_actions(request)
        in_bin = is_bin(request)
        if "delete_selected" in actions:
            function, name, _ = actions["delete_selected"]
            actions["delete_selected"] = (function, name, FOR_GOOD if in_bin else TO_BIN)
        of_the_bin = {"take_out_of_bin_selected", "delete_selected"}
        return {
            name: action
            for name, action in actions.items()
            if (name in of_the_bin if in_bin else name != "take_out_of_bin_selected")
        }

    @admin.action(description=TO_BIN, permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        if is_bin(request):
            page: HttpResponse | None = delete_at_once(self, request, queryset)
            return page
        return self.change_states(request, queryset, "bin")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Moving to the bin takes nothing along, so nothing is listed, and nobody's permission is missed."""
        if all(article.state == Article.State.BIN for article in objs):
            return super().get_deleted_objects(objs, request)
        return [], {}, set(), []

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        in_bin = article is not None and article.state == Article.State.BIN
        title = "Delete for good" if in_bin else "Move to the bin"
        return super().delete_view(
            request, object_id, {"in_bin": in_bin, "title": title, **(extra_context or {})}
        )

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        if not Article.objects.filter(pk=obj_id).exists():
            return super().response_delete(request, obj_display, obj_id)
        the_bin = reverse("admin:blog_article_changelist", query={"standing": Article.State.BIN})
        told = '“{}” is in <a href="{}">the bin</a>. To undo this, take it out there.'
        self.message_user(request, format_html(told, obj_display, the_bin), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:blog_article_changelist"))


def is_bin(request: HttpRequest) -> bool:
    return request.GET.get("standing") == Article.State.BIN
