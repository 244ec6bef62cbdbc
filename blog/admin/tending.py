"""Pages that tend the hashtags: what may be one, what nobody uses, merging and the way back."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Count, F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from blog import gardening, hashtag_merging
from blog.gardening import Topic
from blog.models import ArticleFinding, ArticleHashtag, Hashtag, HashtagMerge, HashtagsApart

SHOWN = 50
RECENT = 20
UNSUPPORTED = "hashtag-evidence"  # the rule of the desk check


class TendingPages(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("garden/", wrap(self.garden_view), name="blog_hashtag_garden"),
            path("garden/apart/", wrap(self.apart_view), name="blog_hashtag_apart"),
            path("merges/<int:pk>/undo/", wrap(self.undo_view), name="blog_hashtag_unmerge"),
            path("<int:pk>/merge/", wrap(self.merge_view), name="blog_hashtag_merge"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("blog.merge_hashtag"))

    def garden_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        topics = _topics()
        found = gardening.proposals(topics, _together(), _apart())
        context = {
            "title": "Tend the hashtags",
            "proposals": found[:SHOWN],
            "more": max(0, len(found) - SHOWN),
            "unused": _unused(topics),
            "unsupported": _unsupported(topics),
            "merges": HashtagMerge.objects.order_by("-at", "-pk")[:RECENT],
            "may_merge": self.has_merge_permission(request),
        }
        return self._page(request, "garden", context)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asked by address which other one is meant: nothing happens before the numbers have been seen."""
        self._refuse_who_may_not_merge(request)
        source = get_object_or_404(Hashtag, pk=pk)
        typed = (request.POST.get("into") or request.GET.get("into") or "")[:100].replace("\x00", "")
        target = Hashtag.objects.spelt(typed).first() if typed.strip("# ") else None
        if request.method == "POST" and target and (done := self._merge(request, source, target)):
            return done
        now = timezone.now()
        is_other = target is not None and target != source
        context = {
            "title": f"Merge #{source.name} into another hashtag",
            "source": source,
            "target": target if is_other else None,
            "typed": typed,
            "fault": _fault(source, target, typed),
            "plan": hashtag_merging.plan(source, target, now=now) if target and is_other else None,
        }
        return self._page(request, "merge", context)

    def _merge(self, request: HttpRequest, source: Hashtag, target: Hashtag) -> HttpResponse | None:
        try:
            done = hashtag_merging.merge(source, target, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return None
        except IntegrityError:
            told = (
                "Somebody saved an article with one of them at this moment. Nothing was changed: try again."
            )
            self.message_user(request, told, messages.ERROR)
            return None
        number = f"{done.articles} article{'' if done.articles == 1 else 's'}"
        told = f"Merged {done}: {number}. To take it back, press Undo beside it below."
        self.log_change(request, target, f"Merged #{source.name} into it.")
        self.message_user(request, told, messages.SUCCESS)
        return self._to_the_garden()

    @method_decorator(require_POST)
    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._refuse_who_may_not_merge(request)
        done = HashtagMerge.objects.filter(pk=pk).first()
        if done is None:
            raise Http404("There is nothing to take back.")
        try:
            hashtag = hashtag_merging.undo(done, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        else:
            self.log_addition(request, hashtag, f"Taken back: {done}.")
            self.message_user(request, f"Taken back: {done}.", messages.SUCCESS)
        return self._to_the_garden()

    @method_decorator(require_POST)
    def apart_view(self, request: HttpRequest) -> HttpResponse:
        self._refuse_who_may_not_merge(request)
        keys = [key for key in request.POST.getlist("pair") if key.isdecimal() and len(key) < 16]
        pair = list(Hashtag.objects.filter(pk__in=keys[:2]))
        if len(pair) == 2:
            HashtagsApart.keep(*pair, by=request.user, at=timezone.now())
            told = f"#{pair[0].name} and #{pair[1].name} stay two. You will not be asked again."
            self.message_user(request, told, messages.SUCCESS)
        return self._to_the_garden()

    def _refuse_who_may_not_merge(self, request: HttpRequest) -> None:
        if not self.has_merge_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/blog/hashtag/{name}.html", context)

    def _to_the_garden(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:blog_hashtag_garden"))


def _fault(source: Hashtag, target: Hashtag | None, typed: str) -> str:
    if not typed.strip():
        return ""
    if target is None:
        return f"There is no hashtag “{typed}”."
    return f"That is #{source.name} itself." if target == source else ""


def _topics() -> list[Topic]:
    rows = Hashtag.objects.order_by("name").annotate(uses=Count("article_hashtags"))
    return [Topic(*row) for row in rows.values_list("pk", "name", "uses")]


def _together() -> dict[tuple[int, int], int]:
    """Of every two hashtags on enough articles: on how many both are."""
    other = "content_object__article_hashtags__tag"
    rows = ArticleHashtag.objects.filter(**{f"{other}__gt": F("tag")}).order_by()
    counted = rows.values_list("tag", other).annotate(number=Count("pk"))
    often = counted.filter(number__gte=gardening.FEWEST_TOGETHER)
    return {(one, another): number for one, another, number in often}


def _apart() -> set[tuple[int, int]]:
    return set(HashtagsApart.objects.values_list("first", "second"))


def _unused(topics: Iterable[Topic]) -> list[Topic]:
    """On no article, and in no draft that waits."""
    waiting = set[str]().union(*hashtag_merging.waiting_keys())
    return [topic for topic in topics if not topic.uses and topic.key not in waiting]


def _unsupported(topics: Iterable[Topic]) -> list[tuple[Topic, int]]:
    """Those that some of their articles never mention, as the last desk check found; the worst first."""
    rows = ArticleFinding.objects.filter(rule=UNSUPPORTED).order_by().values_list("excerpt")
    missing = dict(rows.annotate(number=Count("article", distinct=True)))
    found = [(topic, missing[topic.name]) for topic in topics if topic.uses and topic.name in missing]
    return sorted(found, key=lambda pair: (-pair[1] / pair[0].uses, pair[0].name))[:SHOWN]
