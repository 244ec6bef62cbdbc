"""The admin's page on which a text becomes a draft: handed in, looked at, made."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from blog import publishing, tagging
from blog.importing import forms, keeping
from blog.importing.forms import DraftForm, SourceForm
from blog.importing.keeping import Known, Source
from blog.importing.kinds import Unreadable
from blog.importing.manuscripts import Choices, Manuscript, read_manuscript
from blog.importing.names import Roles
from blog.models import Article
from blog.rendering import render_body, show_body


class ImportMixin(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="blog_article_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._ask(request, SourceForm())
        handed_in = SourceForm(request.POST, request.FILES)
        if not handed_in.is_valid():
            return self._ask(request, handed_in)
        return self._look(request, handed_in, handed_in.cleaned_data["source"])

    def _ask(self, request: HttpRequest, form: SourceForm) -> HttpResponse:
        return self._page(request, "import.html", {"form": form})

    def _look(self, request: HttpRequest, handed_in: SourceForm, source: Source) -> HttpResponse:
        """Reads the text, and makes the draft once somebody has said so and nothing is missing."""
        roles = keeping.role_names()
        is_same = request.POST.get("digest") == source.digest
        choices = forms.choices_in(request.POST) if is_same else Choices()
        try:
            made = read_manuscript(source.text, name=source.file_name, roles=roles, choices=choices)
        except Unreadable as refusal:
            handed_in.add_error("text" if "text" in request.POST else "file", str(refusal))
            return self._ask(request, handed_in)
        known = keeping.known(source, title=request.POST.get("title", made.title))
        if known and known.by == "text":
            return self._unchanged(request, known)
        form = self._form(request, made, known if self._may_update(request, known) else None, roles)
        if "_make" not in request.POST:
            form.forgive()
        elif form.is_valid():
            return self._make(request, form, made, source, known)
        return self._show(request, form, made, source, choices, known)

    def _may_update(self, request: HttpRequest, known: Known | None) -> bool:
        return known is not None and self.has_change_permission(request, known.article)

    def _form(self, request: HttpRequest, made: Manuscript, known: Known | None, roles: Roles) -> DraftForm:
        return DraftForm(
            made,
            request.POST if "digest" in request.POST else None,
            roles=roles,
            known=known,
            may_date=publishing.may_publish(request.user),
            may_add_authors=request.user.has_perm("blog.add_author"),
        )

    def _show(
        self,
        request: HttpRequest,
        form: DraftForm,
        made: Manuscript,
        source: Source,
        choices: Choices,
        known: Known | None,
    ) -> HttpResponse:
        rendered = render_body(made.body)
        shown = show_body(rendered.html, rendered.contents, on=timezone.localdate())
        context = {
            "form": form,
            "made": made,
            "source": source,
            "handed_in": SourceForm(initial={"text": source.text}),  # a template would indent the text
            "choices": choices,
            "levels": forms.LEVELS,
            "known": known,
            "shown": shown.html,
            "words": rendered.words,
            "may_date": "published_at" in form.fields,
        }
        return self._page(request, "import_check.html", context)

    def _make(
        self, request: HttpRequest, form: DraftForm, made: Manuscript, source: Source, known: Known | None
    ) -> HttpResponse:
        onto = known.article if known and form.cleaned_data.get("onto") == "update" else None
        try:
            article = keeping.keep(form.draft(made), source, onto=onto, by=request.user, now=timezone.now())
        except keeping.AlreadyImported:
            return self._unchanged(request, keeping.known(source, title=made.title))
        except keeping.NotOpen:
            form.add_error("onto", "It is no longer a draft. Look again at what to make of the text.")
            return self._show(request, form, made, source, forms.choices_in(request.POST), known)
        if onto:
            self.log_change(request, article, "Imported again.")
        else:
            self.log_addition(request, article, "Imported.")
        for text in outcome(article, made, form.cleaned_data["hashtags"], is_new=onto is None):
            self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:blog_article_change", args=[article.pk]))

    def _unchanged(self, request: HttpRequest, known: Known | None) -> HttpResponse:
        if known is None:  # deleted in this very moment
            return HttpResponseRedirect(reverse("admin:blog_article_import"))
        article = known.article
        text = 'Unchanged: this text was imported before, as “<a href="{}">{}</a>”. Nothing was made.'
        address = reverse("admin:blog_article_change", args=[article.pk])
        self.message_user(request, format_html(text, address, article), messages.INFO)
        return HttpResponseRedirect(reverse("admin:blog_article_import"))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shell = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Import an article"}
        return TemplateResponse(request, f"admin/blog/article/{template}", shell | context)


def outcome(article: Article, made: Manuscript, hashtags: list[str], *, is_new: bool) -> list[str]:
    """What the person is told on the form of the draft."""
    verb = "Made" if is_new else "Updated"
    cleaned = "1 thing was" if len(made.cleaned) == 1 else f"{len(made.cleaned)} things were"
    told = [f"{verb} the draft “{article}” from {made.kind}; {cleaned} cleaned."]
    if made.empty_sections:
        told.append(f"Still empty: {', '.join(f'“{name}”' for name in made.empty_sections)}.")
    return [*told, *filter(None, [tagging.folding(hashtags)])]
