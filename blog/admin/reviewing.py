"""The review box of an article's form. Its buttons save what was typed first, and then do what they say."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.forms import ArticleForm
from blog.models import Act, Article, DraftComment
from blog.workflow import NotNow

Verb = Act.Verb
OF_A_REVIEW = (Verb.SUBMITTED, Verb.WITHDRAWN, Verb.RETURNED, Verb.APPROVED, Verb.ASSIGNED)
SHOWN = 5

# Each button does its act for ``who_when``, the person and the moment, and says what was done.
Press = Callable[[Article, ArticleForm, int, dict[str, Any]], str]


def _submit(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    workflow.submit(article, note=form.cleaned_data["review_note"], seen=seen, **who_when)
    return "Submitted for review."


def _take_back(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    workflow.take_back(article, note=form.cleaned_data["review_note"], seen=seen, **who_when)
    return "Taken back: it is a draft again."


def _return(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    workflow.return_to_writer(article, note=form.cleaned_data["review_note"], seen=seen, **who_when)
    return "Returned to the writer, with your note."


def _approve(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    workflow.approve(article, note=form.cleaned_data["review_note"], seen=seen, **who_when)
    return "Approved. A publisher decides when readers see it."


def _assign(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    to = form.cleaned_data["assign_to"]
    workflow.assign(article, to=to, **who_when)
    return f"Assigned to {to}." if to else "Assigned to nobody in particular."


def _comment(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    said = form.cleaned_data
    workflow.comment(article, text=said["comment_text"], quote=said["comment_quote"], **who_when)
    return "Comment added."


def _answer(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    thread = _thread(article, form.data["_answer"])
    workflow.comment(article, text=form.cleaned_data["answer"], answer_to=thread, **who_when)
    return "Answer added."


def _resolve(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    workflow.resolve(_thread(article, form.data["_resolve"]), **who_when)
    return "Comment resolved."


def _reopen(article: Article, form: ArticleForm, seen: int, who_when: dict[str, Any]) -> str:
    workflow.reopen(_thread(article, form.data["_reopen"]), **who_when)
    return "Comment opened again."


BUTTONS: dict[str, Press] = {
    "_submit": _submit,
    "_take_back": _take_back,
    "_return": _return,
    "_approve": _approve,
    "_assign": _assign,
    "_comment": _comment,
    "_answer": _answer,
    "_resolve": _resolve,
    "_reopen": _reopen,
}


class Reviewing(admin.ModelAdmin):
    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: Any) -> None:
        opened = obj.version
        super().save_model(request, obj, form, change)
        # Whoever typed nothing has read what their form went on from, not what was saved since.
        seen = obj.version if obj.version != opened else form.base
        for button, press in BUTTONS.items():
            if button in request.POST:
                is_done = self._press(request, press, obj, form, seen)
                request.wrote_nothing = not is_done and obj.version == opened  # type: ignore[attr-defined]
                return

    def _press(
        self, request: HttpRequest, press: Press, article: Article, form: ArticleForm, seen: int
    ) -> bool:
        """Whether it was done."""
        try:
            said = press(article, form, seen, {"by": request.user, "now": timezone.now()})
        except NotNow as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return False
        else:
            self.message_user(request, said, messages.SUCCESS)
        return True

    def _saved(self, request: HttpRequest, article: Article) -> HttpResponse:
        review = reverse("admin:blog_article_change", args=[article.pk]) + "#review"
        if getattr(request, "wrote_nothing", False):
            return HttpResponseRedirect(review)  # “Saved” would contradict the refusal
        answer: HttpResponse = super()._saved(request, article)  # type: ignore[misc]
        return HttpResponseRedirect(review) if set(BUTTONS) & set(request.POST) else answer

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["workflow"] = review_of(kwargs.get("obj"), request)
        return super().render_change_form(request, context, *args, **kwargs)


def review_of(article: Article | None, request: HttpRequest) -> dict[str, Any]:
    """What the box shows, in a number of queries that does not depend on how much was said."""
    if article is None:
        return {"offers": {"submit"}, "is_new": True}
    threads = list(article.comments.threads())
    offers = workflow.open_to(request.user, article)
    acts = article.acts.filter(verb__in=OF_A_REVIEW)
    return {
        "offers": offers,
        "may_comment": "comment" in offers,
        "is_approved": article.is_approved,
        "is_over_live": article.state == Article.State.PUBLISHED,
        "acts": list(acts[:SHOWN]),
        "threads": [(thread, request.POST.get(f"answer_{thread.pk}", "")) for thread in threads],
        "open": sum(thread.is_open for thread in threads),
    }


def _thread(article: Article, key: str) -> DraftComment:
    threads = DraftComment.objects.filter(article=article, answer_to=None).select_related("article")
    thread = threads.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if thread is None:
        raise NotNow("That comment is not there any more.")
    return thread
