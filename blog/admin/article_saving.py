"""From the article's form to a verb of ``publishing``, and from its outcome to words."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from blog import publishing, tagging
from blog.forms import ArticleForm
from blog.models import Article
from blog.rendering import block_problems

from . import columns
from .conflicts import ConflictPages
from .freshness import FreshnessMixin

FOR_PUBLISHERS = ("published_at", "expires_at", "is_featured")
VERBS = ("_publish", "_publish_now", "_unpublish", "_archive", "_restore", "_discard", "_unschedule")


class ArticleSaving(ConflictPages, FreshnessMixin):
    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: Any) -> None:
        """All of it at once: what stands in other tables belongs to the same save."""
        if not change:
            obj.form_key = form.cleaned_data.get("form_token")
        details = {
            "related": form.related,
            "base": form.base if change else None,
            "note": form.cleaned_data.get("note", ""),
            "is_major": bool(form.cleaned_data.get("is_major")),
            "change_note": form.cleaned_data.get("change_note", ""),
        }
        if folded := tagging.folding(form.cleaned_data.get("hashtags", [])):
            self.message_user(request, folded, messages.INFO)
        verb = self._verb(request, obj, form)
        verb(obj, by=request.user, now=timezone.now(), **details)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Saved already."""

    def _verb(self, request: HttpRequest, article: Article, form: ArticleForm) -> Any:
        """The one that the pressed button means, for the person who pressed it."""
        if not publishing.may_publish(request.user):
            self._say_what_was_ignored(request)
            return publishing.save
        verbs = {
            "_unpublish": publishing.unpublish,
            "_archive": publishing.archive,
            "_restore": publishing.take_out_of_bin,
            "_unschedule": publishing.unschedule,
            "_publish_now": partial(_now, reason=form.override_reason),
            "_publish": partial(_at(form.cleaned_data.get("goes_live_at")), reason=form.override_reason),
        }
        return next((verb for button, verb in verbs.items() if button in request.POST), publishing.save)

    def _say_what_was_ignored(self, request: HttpRequest) -> None:
        if {*VERBS, *FOR_PUBLISHERS, "state"} & set(request.POST):
            text = "Only publishers publish, set dates and feature articles. That part was ignored."
            self.message_user(request, text, messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, article: Article) -> HttpResponse:
        stored = Article.objects.get(pk=article.pk)
        self.message_user(request, outcome(stored, timezone.now()), messages.SUCCESS)
        for problem in block_problems([article.body_html], on=timezone.localdate())[0]:
            self.message_user(request, f"In the text, from the catalogue: {problem}", messages.WARNING)
        self.tell_of_links(request, article, now=timezone.now())
        if {"_continue", *VERBS} & set(request.POST):
            return HttpResponseRedirect(reverse("admin:blog_article_change", args=[article.pk]))
        return self.response_post_save_change(request, article)


def _now(article: Article, *, now: datetime, **details: Any) -> None:
    publishing.publish(article, at=now, now=now, **details)


def _at(moment: datetime | None) -> Any:
    """What was changed of a live article may wait for its moment."""

    def verb(article: Article, **details: Any) -> None:
        if moment is None:
            publishing.publish(article, at=article.published_at, **details)
        else:
            publishing.schedule(article, at=moment, **details)

    return verb


def outcome(article: Article, now: datetime) -> str:
    """Where the article stands after the save, in a sentence."""
    said = OUTCOMES.get(article.standing_at(now))
    if said is not None:
        moment = article.scheduled_at or article.published_at
        return format_html(said, article, article.get_absolute_url(), columns.moment(moment))
    if article.was_public_by(now):
        return f"Saved “{article}” as a draft. Readers no longer see it."
    if article.published_at and article.published_at > now:
        return f"Saved “{article}” as a draft. The date alone does not send it out: a publisher schedules it."
    return f"Saved “{article}” as a draft."


OUTCOMES = {
    "live": 'Saved. “{0}” is live: <a href="{1}">view it on the site</a>.',
    "live-draft": 'Saved a draft of “{0}”. Readers still see <a href="{1}">the live version</a>.',
    "live-scheduled": (
        "Saved. The changes to “{0}” go live on {2}. "
        'Until then readers see <a href="{1}">the live version</a>.'
    ),
    "scheduled": "Saved. “{0}” is scheduled for {2}.",
    "expired": "Saved. “{0}” has expired: readers no longer see it.",
    "bin": "Saved. “{0}” is still in the bin.",
    "archived": "“{0}” is archived. Readers no longer see it.",
}
