"""The article form keeps what is being written, offers it again, and tells who else is there."""

from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from blog import autosaves, presence, publishing
from blog.forms import ArticleForm
from blog.models import Article

DONE = "written_form"  # a cookie that tells the browser which of its own copies it need not keep

DELETED_MEANWHILE = (
    "Somebody deleted this article for good while you were writing. "
    "What you wrote is here: saved, it is a new draft."
)


class ArticleAutosaves(admin.ModelAdmin):
    # --- What the form's script sends -----------------------------------------

    def get_urls(self) -> list[URLPattern]:
        within = self.admin_site.admin_view
        return [
            path("autosave/", within(self.autosave), name="blog_article_autosave_new"),
            path("autosave/<uuid:token>/discard/", within(self.discard), name="blog_article_discard"),
            path("<int:object_id>/autosave/", within(self.autosave), name="blog_article_autosave"),
            path("<int:object_id>/presence/", within(self.presence), name="blog_article_presence"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def autosave(self, request: HttpRequest, object_id: int | None = None) -> JsonResponse:
        """Writes beside the article only: its version, history and log stay as they are."""
        article, refusal = self._for_writing(request, object_id)
        if refusal is not None:
            return refusal
        now = timezone.now()
        try:
            kept = autosaves.keep(request.POST, article=article, by=request.user, now=now)
        except autosaves.CannotKeep as reason:
            status = 413 if reason.code == "too_large" else 400
            return JsonResponse({"code": reason.code, "text": str(reason)}, status=status)
        return JsonResponse({"code": "kept", "saved_at": kept.saved_at, **_company(request, article, now)})

    @method_decorator(require_POST)
    def presence(self, request: HttpRequest, object_id: int) -> JsonResponse:
        article, refusal = self._for_writing(request, object_id)
        token = autosaves.token_in(request.POST)
        if refusal is not None or article is None or token is None:
            return refusal or JsonResponse({"code": "no_token"}, status=400)
        now, person = timezone.now(), request.user
        if "is_leaving" in request.POST:
            presence.leave(article, by=person, token=token)
        else:
            is_writing = request.POST.get("is_writing") == "1"
            presence.enter(article, by=person, token=token, is_writing=is_writing, now=now)
        return JsonResponse({"code": "seen", **_company(request, article, now)})

    @method_decorator(require_POST)
    def discard(self, request: HttpRequest, token: UUID) -> HttpResponse:
        """One's own only: nobody else's can be named."""
        kept = autosaves.find(token, by=request.user)
        autosaves.forget(token, by=request.user, now=timezone.now())
        return self._done(
            request, HttpResponseRedirect(_form_address(kept.article_id if kept else None)), token
        )

    def _for_writing(
        self, request: HttpRequest, object_id: int | None
    ) -> tuple[Article | None, JsonResponse | None]:
        """The article, if this person may save it; or why not, for the script to tell apart."""
        if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
            return None, JsonResponse({"code": "someone_else"}, status=409)
        if object_id is None:
            may_write, article = self.has_add_permission(request), None
        else:
            article = (
                Article.objects.without_texts().filter(pk=object_id).first() if object_id < 2**63 else None
            )
            if article is None:
                return None, JsonResponse({"code": "gone"}, status=404)
            may_write = self.has_change_permission(request, article)
        return article, None if may_write else JsonResponse({"code": "forbidden"}, status=403)

    # --- The form opened again ------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, *args, **kwargs)
        if request.method == "GET" and "autosave" in request.GET:
            kept = autosaves.find(request.GET["autosave"], by=request.user)
            here = kept is not None and kept.article_id == (obj.pk if obj else None)
            form.unsaved = autosaves.as_sent(kept) if kept and here else None
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        form = context["adminform"].form
        if article is None or self.has_change_permission(request, article):
            context["unsaved"] = _unsaved(request, article, str(form["form_token"].value()))
        return super().render_change_form(request, context, *args, **kwargs)

    # --- The form sent --------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A new form sent twice makes one article: the second time goes on from what the first time saved."""
        token = autosaves.token_in(request.POST) if request.method == "POST" else None
        if object_id is None and token is not None:
            made = Article.objects.filter(form_key=token).only("slug").first()
            if made is not None:
                object_id, request.POST = str(made.pk), _as_second(made, request.POST)  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: Any) -> None:
        super().save_model(request, obj, form, change)
        autosaves.forget(autosaves.token_in(request.POST), by=request.user, now=timezone.now())

    def conflict_page(self, request: HttpRequest, conflict: publishing.Conflict) -> HttpResponse:
        """Whoever closes that page without deciding finds the text in the form."""
        article = Article.objects.filter(pk=conflict.article.pk).first()
        with suppress(autosaves.CannotKeep):  # the page itself still has it
            autosaves.keep(request.POST, article=article, by=request.user, now=timezone.now())
        page: HttpResponse = super().conflict_page(request, conflict)  # type: ignore[misc]
        return page

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Deleted for good while somebody was writing: the text is offered as a new draft."""
        if request.method == "POST" and self.has_add_permission(request):
            sent = request.POST.copy()
            sent["base_version"] = "0"
            with suppress(autosaves.CannotKeep):
                kept = autosaves.keep(sent, article=None, by=request.user, now=timezone.now())
                self.message_user(request, DELETED_MEANWHILE, messages.WARNING)
                return HttpResponseRedirect(f"{_form_address(None)}?autosave={kept.form_token}")
        answer: HttpResponse = super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
        return answer

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        return self._done(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._done(request, super().response_change(request, obj))

    def _done(self, request: HttpRequest, response: HttpResponse, token: UUID | None = None) -> HttpResponse:
        token = token or autosaves.token_in(request.POST)
        if token is not None:
            response.set_cookie(
                DONE,
                str(token),
                max_age=3600,
                path=reverse("admin:index"),
                samesite="Strict",
                secure=request.is_secure(),
            )
        return response


def _company(request: HttpRequest, article: Article | None, now: datetime) -> dict[str, Any]:
    if article is None:
        return {"others": [], "newer": None}
    newer = presence.newer_than(autosaves.base_in(request.POST), article, by=request.user)
    there = presence.others(article, by=request.user, now=now)
    return {"others": [asdict(one) for one in there], "newer": asdict(newer) if newer else None}


def _unsaved(request: HttpRequest, article: Article | None, current: str) -> dict[str, Any]:
    """What the page needs to know of texts never saved; ``current`` is the form on it."""
    kept = autosaves.of_form(article, by=request.user)
    resumed = next((one for one in kept if str(one.form_token) == current), None)
    offered = next((one for one in kept if str(one.form_token) != current), None)
    key = [article.pk] if article else []
    return {
        "article": article.pk if article else "new",
        "autosave": reverse(f"admin:blog_article_autosave{'' if article else '_new'}", args=key),
        "presence": reverse("admin:blog_article_presence", args=key) if article else "",
        "form": _form_address(article.pk if article else None),
        "kept": " ".join(autosaves.tokens(kept)),
        "resumed": resumed if request.method == "GET" else None,
        "offered": offered,
        "is_behind": bool(article and offered and offered.base_version != article.version),
    }


def _form_address(article: int | None) -> str:
    return reverse(
        "admin:blog_article_change" if article else "admin:blog_article_add",
        args=[article] if article else [],
    )


def _as_second(made: Article, sent: QueryDict) -> QueryDict:
    """As the form would be sent that the first save led to."""
    changed = sent.copy()
    changed["base_version"] = "1"
    changed["slug"] = sent.get("slug") or made.slug
    return changed
