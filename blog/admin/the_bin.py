"""The bin: what was deleted once lies here. Publishers take it out again, or delete it for good."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as delete_at_once
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from blog import publishing
from blog.models import Article

TO_BIN, FOR_GOOD = "Move the selected articles to the bin", "Delete the selected articles for good"


class BinOnTheList(admin.ModelAdmin):
    """``_each`` is the list's own way of doing a verb to many."""

    delete_confirmation_template = "admin/blog/article/delete_confirmation.html"

    @admin.action(description="Take the selected articles out of the bin", permissions=["publish"])
    def take_out_of_bin_selected(self, request: HttpRequest, queryset: Any) -> None:
        def take_out(article: Article) -> None:
            publishing.take_out_of_bin(article, by=request.user, now=timezone.now())

        self._each(request, queryset, "Taken out of the bin:", take_out)  # type: ignore[attr-defined]

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
        if "post" not in request.POST:
            return self._asked(request, queryset)
        number = len(queryset)
        self.delete_queryset(request, queryset)
        self._say_moved(request, "1 article is" if number == 1 else f"{number} articles are")
        return None

    def _asked(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": TO_BIN,
            "opts": self.opts,
            "articles": queryset,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/blog/article/move_to_bin.html", context)

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
        self._say_moved(request, f"“{obj_display}” is")
        return HttpResponseRedirect(reverse("admin:blog_article_changelist"))

    def _say_moved(self, request: HttpRequest, what: str) -> None:
        the_bin = reverse("admin:blog_article_changelist", query={"standing": Article.State.BIN})
        said = format_html('{} in <a href="{}">the bin</a>. To undo this, take it out there.', what, the_bin)
        self.message_user(request, said, messages.SUCCESS)


def is_bin(request: HttpRequest) -> bool:
    return request.GET.get("standing") == Article.State.BIN
