"""Publishing, unpublishing and the bin for many articles: counted and shown first, with one undo for all."""

from datetime import datetime

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from blog import state_changes
from blog.bulk import MOST
from blog.models import Article, Batch
from blog.state_changes import Plan

TOLD = 5


class BulkStates(admin.ModelAdmin):
    @admin.action(description="Publish the selected articles", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return self.change_states(request, queryset, "publish")

    @admin.action(description="Unpublish the selected articles", permissions=["publish"])
    def unpublish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return self.change_states(request, queryset, "unpublish")

    @admin.action(description="Take the selected articles out of the bin", permissions=["publish"])
    def take_out_of_bin_selected(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        return self.change_states(request, queryset, "restore")

    def change_states(
        self, request: HttpRequest, queryset: QuerySet[Article], act: str
    ) -> HttpResponse | None:
        """Asks, until it is answered; then does it, or says what stands in the way."""
        now = timezone.now()
        chosen = list(
            Article.objects.filter(pk__in=queryset.order_by().values("pk"))
            .select_related("draft", "scheduled")
            .order_by("pk")[: MOST + 1]
        )
        seen = _seen(request)
        plan = state_changes.plan(chosen[:MOST], act, seen=seen, now=now)
        if refusal := _refusal(chosen, seen, plan):
            self.message_user(request, refusal, messages.ERROR)
            return None
        if page := self.ask_about(request, plan, now=now):
            return page
        self._do(request, plan, now=now)
        return None

    def ask_about(self, request: HttpRequest, plan: Plan, *, now: datetime) -> HttpResponse | None:
        """The page that shows each article with what it becomes, until somebody presses its button."""
        if "post" in request.POST or not plan.moving:
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": f"{plan.words.asked}: {len(plan.moving)} of {len(plan.moving) + len(plan.staying)}",
            "opts": self.opts,
            "plan": plan,
            "action": request.POST.get("action", ""),
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/blog/article/states.html", context)

    def change_all(self, request: HttpRequest, plan: Plan, *, now: datetime) -> Batch:
        return state_changes.make(plan, by=request.user, now=now)

    def _do(self, request: HttpRequest, plan: Plan, *, now: datetime) -> None:
        self._tell_what_stays(request, plan)
        if not plan.moving:
            return
        try:
            batch = self.change_all(request, plan, now=now)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return
        for move in plan.moving:
            self.log_change(request, move.article, f"{plan.words.done}.")
        undo = f"{reverse('admin:blog_article_many')}#batch-{batch.pk}"
        told = '{}: {} article{}. To undo this, press Undo in <a href="{}">what was done lately</a>.'
        number = len(plan.moving)
        said = format_html(told, plan.words.done, number, "" if number == 1 else "s", undo)
        self.message_user(request, said, messages.SUCCESS)

    def _tell_what_stays(self, request: HttpRequest, plan: Plan) -> None:
        for article, reason in plan.staying[:TOLD]:
            self.message_user(request, f"“{article}” stays as it is. {reason}", messages.WARNING)
        if more := plan.staying[TOLD:]:
            self.message_user(request, f"{len(more)} more stay as they are.", messages.WARNING)


def _seen(request: HttpRequest) -> dict[int, int]:
    """Which versions the page showed, whose button was pressed."""
    pairs = (value.partition(":") for value in request.POST.getlist("seen"))
    return {int(key): int(version) for key, _, version in pairs if _is_number(key) and _is_number(version)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def _refusal(chosen: list[Article], seen: dict[int, int], plan: Plan) -> str:
    if len(chosen) > MOST:
        return f"At most {MOST} articles at once. Choose fewer."
    if set(seen) - {move.article.pk for move in plan.moving}:
        return "Somebody changed one of these articles meanwhile. Nothing was changed: please look again."
    return ""
