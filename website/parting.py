"""Before readers lose an article: what they would miss, and what its address is to answer them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from blog import publishing
from blog.kinship import related_to
from blog.models import Article, Batch
from blog.state_changes import Plan

from . import signposts
from .footprint import SHOWN, footprint
from .forms import SignpostForm
from .models import Signpost
from .redirects import addresses_of

PREFIX = "parting"
OFFERS = 6
# For each verb: heading and button, and how to undo it. Change the last with what deleting does.
WORDS = {
    "unpublish": (
        "Unpublish",
        "Its text stays, as a draft. To undo this, publish it again: its own page then answers at once.",
    ),
    "archive": (
        "Archive",
        "Its text stays. To undo this, publish it again: its own page then answers at once.",
    ),
    "delete": (
        "Move to the bin",
        "Its text and its history stay in the bin until somebody deletes it there for good. "
        "To undo this, take it out of the bin and publish it again.",
    ),
}

OF_MANY = {"unpublish": "unpublish", "bin": "delete"}
ONE_UNDO = "One undo takes all of it back, with what these addresses answered before."

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object


def form_for(request: HttpRequest, articles: Sequence[Article]) -> SignpostForm:
    """Filled in once the page that asks was sent; before, with what a lone address answers already."""
    data = request.POST if f"{PREFIX}-asked" in request.POST else None
    paths = [article.get_absolute_url() for article in articles]
    known = Signpost.objects.filter(path=paths[0]).first() if len(paths) == 1 else None
    form = SignpostForm(data, instance=known, prefix=PREFIX)
    form.request = request
    form.leaving = frozenset(paths)
    return form


def near(article: Article, *, now: datetime) -> list[models.Model]:
    """Where its readers might go on: its kin first, then its category and subjects."""
    kin = related_to(article, now, most=OFFERS // 2)
    return [*kin, article.category, *article.roles.public()[:1], *article.credentials.public()[:1]]


class PartingMixin(Base):
    """Over the admin of articles. It asks; what unpublishing and deleting do stays with that admin."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        verb = _hiding(request)
        article = self._before_readers(request, object_id) if verb else None
        may = article and self.has_change_permission(request, article)
        page = self._question(request, [article], verb) if article and may else None
        return page or super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: Any) -> None:
        before = self._before_readers(request, str(obj.pk)) if _hiding(request) else None
        super().save_model(request, obj, form, change)
        if before and obj.state in (Article.State.DRAFT, Article.State.ARCHIVED):
            self._leave_signs(request, [before])

    def ask_about(self, request: HttpRequest, plan: Plan, *, now: datetime) -> HttpResponse | None:
        """Of many from the list: what their addresses are to answer is asked on the page that shows them."""
        moving = [move.article for move in plan.moving]
        page = self._question(request, moving, OF_MANY[plan.act], plan) if plan.act in OF_MANY else None
        if page or f"{PREFIX}-asked" in request.POST:
            return page
        return super().ask_about(request, plan, now=now)  # type: ignore[misc, no-any-return]

    def change_all(self, request: HttpRequest, plan: Plan, *, now: datetime) -> Batch:
        with transaction.atomic():
            batch: Batch = super().change_all(request, plan, now=now)  # type: ignore[misc]
            if plan.act in OF_MANY:
                self._leave_signs(request, [move.article for move in plan.moving], now=now)
        return batch

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self._before_readers(request, object_id)
        may = article and self.has_delete_permission(request, article)
        page = self._question(request, [article], "delete") if article and may else None
        return page or super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        with transaction.atomic():
            self._leave_signs(request, [obj])
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        with transaction.atomic():
            self._leave_signs(request, list(queryset))
            super().delete_queryset(request, queryset)

    # --- Asking -----------------------------------------------------------------

    def _before_readers(self, request: HttpRequest, object_id: str | None) -> Article | None:
        """As stored, if it is one whose address readers have had."""
        key = unquote(object_id or "")
        article = Article.objects.kept().filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        return article if article and article.was_public_by(timezone.now()) else None

    def _question(
        self, request: HttpRequest, articles: list[Article], verb: str, plan: Plan | None = None
    ) -> HttpResponse | None:
        """The page that asks, until it is answered. Nobody misses what readers never saw."""
        now = timezone.now()
        known = [article for article in articles if article.was_public_by(now)]
        if not known or not publishing.may_publish(request.user):
            return None
        form = form_for(request, known)
        if form.is_bound and form.is_valid():
            return None
        heading, undo = WORDS[verb]
        context = {
            **self.admin_site.each_context(request),
            "title": f"{heading}: {_counted(articles)}",
            "opts": self.opts,
            "form": form,
            "verb": heading,
            "place": known[0].get_absolute_url() if len(known) == 1 else f"these {len(known)} addresses",
            "undo": ONE_UNDO if plan else undo,
            "plan": plan,
            "number": len(articles),
            "footprint": footprint(known, now=now),
            "shown": SHOWN,
            "offers": near(known[0], now=now)[:OFFERS],
            "carried": _carried(request, verb, plan),
            "back": _back(articles),
        }
        return TemplateResponse(request, "admin/website/parting.html", context)

    def _leave_signs(
        self, request: HttpRequest, articles: Sequence[Article], *, now: datetime | None = None
    ) -> None:
        """At each address readers had, if they were asked about; a draft nobody saw leaves nothing."""
        now = now or timezone.now()
        form = form_for(request, articles)
        if not form.is_bound or not form.is_valid():
            return
        for article in articles:
            if article.was_public_by(now):
                paths, see_also = addresses_of(article), near(article, now=now)
                signposts.put_up(
                    paths, form.choice(), by=request.user, now=now, page=article, see_also=see_also
                )


def _hiding(request: HttpRequest) -> str:
    """What the pressed button does, if it takes the article from readers."""
    return next((verb for verb in ("unpublish", "archive") if f"_{verb}" in request.POST), "")


def _counted(articles: Sequence[Article]) -> str:
    return f"“{articles[0]}”" if len(articles) == 1 else f"{len(articles)} articles"


def _carried(request: HttpRequest, verb: str, plan: Plan | None) -> list[tuple[str, str]]:
    """What was sent, to be sent once more with the answer: nothing typed in the form is lost over it."""
    ours = ("csrfmiddlewaretoken", "post", "seen", f"{PREFIX}-")
    sent = [(n, v) for n, values in request.POST.lists() if not n.startswith(ours) for v in values]
    seen = [("seen", move.key) for move in plan.moving] if plan else []
    return [*sent, *seen, (f"{PREFIX}-asked", "1"), *([("post", "yes")] if verb == "delete" else [])]


def _back(articles: Sequence[Article]) -> str:
    if len(articles) == 1:
        return reverse("admin:blog_article_change", args=[articles[0].pk])
    return reverse("admin:blog_article_changelist")
