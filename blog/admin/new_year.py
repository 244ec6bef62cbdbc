"""The page for the turn of the year: choose, look at what would change, change it, take it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html

from blog import new_year, publishing
from blog.models import Article, ArticleQuerySet, Batch, ChangeNote
from blog.new_year import Change, Stale

PER_PAGE = 50
YEARS = range(2000, 2100)
RECENT = 5
LABELS = {
    "title": "Title",
    "summary": "Summary",
    "seo_title": "Search title",
    "seo_description": "Search description",
}


class RowForm(forms.Form):
    """One article: the texts with an old year as they could be, and what readers are told."""

    chosen = forms.BooleanField(required=False, label="Change this one")
    version = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)
    note = forms.CharField(
        required=False,
        max_length=ChangeNote.MAX_LENGTH,
        label="What else changed",
        help_text="One sentence for readers: a new number alone makes nothing fresh.",
    )

    def __init__(self, stale: Stale, data: Mapping[str, Any] | None = None) -> None:
        initial = {"version": stale.article.version, **stale.proposed}
        super().__init__(data, prefix=str(stale.article.pk), initial=initial)
        self.stale = stale
        self.was_public = stale.article.was_public_by(timezone.now())
        self.tells_readers = self.was_public and not stale.has_draft
        for name in stale.proposed:
            self.fields[name] = self._text(name)
        self.order_fields(["chosen", *stale.proposed, "note", "version"])
        if not self.tells_readers:
            del self.fields["note"]

    def _text(self, name: str) -> forms.CharField:
        column: Any = Article._meta.get_field(name)
        long = name in ("summary", "seo_description")
        return forms.CharField(
            label=LABELS[name],
            max_length=column.max_length,
            required=name == "title",
            help_text=f"Now: {getattr(self.stale.article, name)}",
            widget=forms.Textarea({"rows": 2}) if long else forms.TextInput(),
        )

    @property
    def is_chosen(self) -> bool:
        return bool(self["chosen"].value()) and self.may_be_chosen

    @property
    def may_be_chosen(self) -> bool:
        return bool(self.stale.proposed) and not self.stale.has_schedule

    def full_clean(self) -> None:
        """What is not ticked may be as it likes."""
        super().full_clean()
        if self.is_bound and not self.is_chosen:
            self.errors.clear()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.tells_readers and "note" in cleaned and not cleaned["note"]:
            self.add_error("note", "Readers have seen this article: say what has changed.")
        return cleaned

    def look_again(self) -> None:
        """The article as it is now has been shown."""
        self.data = {**self.data, self.add_prefix("version"): str(self.stale.article.version)}

    @property
    def change(self) -> Change:
        texts = {name: self.cleaned_data[name] for name in self.stale.proposed}
        note = self.cleaned_data.get("note", "")
        return Change(self.stale.article.pk, self.cleaned_data["version"], texts, note)

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Label, before and after of each text."""
        return [
            (LABELS[name], getattr(self.stale.article, name), self.cleaned_data[name])
            for name in self.stale.proposed
        ]


def new_year_page(request: HttpRequest, desk: admin.ModelAdmin) -> HttpResponse:
    if not publishing.may_publish(request.user):
        raise PermissionDenied
    on = _day(request.GET.get("on", ""))
    year = new_year.coming_year(on)
    page = Paginator(new_year.stale(_to_look_at(), year=year), PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(stale, request.POST) for stale in page]
    chosen = [row for row in rows if row.is_bound and row.is_chosen]
    faults = [row for row in chosen if not row.is_valid()]
    is_preview = bool(chosen) and not faults and "back" not in request.POST
    if is_preview and "apply" in request.POST:
        if _applied(request, desk, chosen, year=year):
            return HttpResponseRedirect(request.get_full_path())
        for row in rows:
            row.look_again()
    if request.POST and not chosen:
        messages.warning(request, "Nothing is ticked yet.")
    context = {
        **desk.admin_site.each_context(request),
        "title": f"Titles for {year}",
        "year": year,
        "page": page,
        "rows": rows,
        "chosen": chosen if is_preview else [],
        "faults": faults,
        "may_change": any(row.may_be_chosen for row in rows),
        "batches": Batch.objects.select_related("by").order_by("-at")[:RECENT],
    }
    return TemplateResponse(request, "admin/blog/new_year.html", context)


def _row(stale: Stale, sent: Mapping[str, Any]) -> RowForm:
    """With what was typed, if this article was on the page."""
    return RowForm(stale, sent if f"{stale.article.pk}-version" in sent else None)


def _day(asked: str) -> date:
    try:
        day = date.fromisoformat(asked[:10])
    except ValueError:
        return timezone.localdate()
    return day if day.year in YEARS else timezone.localdate()


def _to_look_at() -> ArticleQuerySet:
    """Not what has expired: nobody reads it any more."""
    articles = Article.objects.exclude(pk__in=Article.objects.expired(timezone.now()).values("pk"))
    return articles.order_by("-state", "-published_at", "-pk")


def _applied(request: HttpRequest, desk: admin.ModelAdmin, chosen: list[RowForm], *, year: int) -> bool:
    changes = [row.change for row in chosen]
    try:
        batch = new_year.apply(changes, what=f"Titles for {year}", by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    for row in chosen:
        desk.log_change(request, row.stale.article, "Year put right.")
    number = f"{batch.articles} article{'' if batch.articles == 1 else 's'}"
    told = 'Changed {}. To undo this, press Undo in <a href="#batch-{}">what was done lately</a>.'
    messages.success(request, format_html(told, number, batch.pk))
    return True
