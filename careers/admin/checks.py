"""What was read at a source: the checks, and the small form that writes one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from careers import checklist, upkeep
from careers.models import FieldCheck, Source
from careers.sayings import SAYINGS

from .seen import SeenByToday, not_to_come

LARGEST_KEY = 2**63 - 1
Verdict = FieldCheck.Verdict


class CheckForm(forms.Form):
    """Confirms when nothing else is said; then the value is the one recorded now."""

    verdict = forms.ChoiceField(
        choices=[
            (Verdict.CONFIRMS, "It is still true: the source says the same"),
            (Verdict.CONTRADICTS, "The source says something else"),
            (Verdict.SILENT, "The source says nothing about it"),
        ],
        initial=Verdict.CONFIRMS,
        widget=forms.RadioSelect,
        label="What you found",
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label="Where you read it",
        empty_label="Choose a source",
        error_messages={"required": "Say where you read it."},
    )
    value = forms.CharField(
        max_length=300,
        required=False,
        label="What it says instead",
        help_text="In the source's own words, such as “170 minutes”. Only where it says something else.",
    )
    checked_on = forms.DateField(
        required=False,
        label="When you read it",
        help_text="Empty means today.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(max_length=300, required=False, label="Note")

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"] or timezone.localdate()
        not_to_come(day)
        return day

    def written(self, subject: upkeep.Subject, field: str, *, by: Any) -> FieldCheck | None:
        """The check, or None with its mistakes in the form."""
        said = self.cleaned_data
        try:
            return upkeep.check(
                subject,
                field,
                verdict=said["verdict"],
                source=said["source"],
                value=said["value"] if said["verdict"] == Verdict.CONTRADICTS else "",
                note=said["note"],
                by=by,
                on=said["checked_on"],
                at=timezone.now(),
            )
        except ValidationError as mistake:
            self.add_error(None, mistake)
            return None


@admin.register(FieldCheck)
class FieldCheckAdmin(SeenByToday, admin.ModelAdmin):
    list_display = ["__str__", "verdict", "value", "source", "checked_on", "checked_by"]
    list_filter = ["verdict", "field"]
    list_select_related = ["credential", "version", "role", "source", "checked_by"]
    list_per_page = 50
    show_full_result_count = False
    date_hierarchy = "checked_on"
    search_fields = ["credential__name", "version__exam_code", "role__name", "source__title"]
    search_help_text = "Certification, exam code, role or source"
    autocomplete_fields = ["credential", "version", "role", "source"]
    fieldsets = [
        ("Of one of these", {"fields": ["credential", "version", "role"]}),
        (None, {"fields": ["field", "verdict", "value", "source", "checked_on", "note"]}),
    ]

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.check_view)
        ours = path("of/<slug:kind>/<int:pk>/<slug:field>/", page, name="careers_fieldcheck_check")
        return [ours, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: FieldCheck, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's own
        if not change:
            obj.checked_by = request.user  # type: ignore[assignment]  # nobody else comes this far
        super().save_model(request, obj, form, change)

    def check_view(self, request: HttpRequest, kind: str, pk: int, field: str) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        line = line_asked(kind, pk, field)
        form = CheckForm(request.POST or None, initial={"source": line.source})
        if request.method == "POST" and form.is_valid():
            found = form.written(upkeep.KINDS[kind]._default_manager.get(pk=pk), field, by=request.user)
            if found is not None:
                messages.success(request, told(found))
                return HttpResponseRedirect(way_back(request, line))
        context = {
            **self.admin_site.each_context(request),
            "title": f"{line.label} of {line.of}",
            "line": line,
            "form": form,
            "place": place(line),
            "next": way_back(request, line),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/careers/check.html", context)


def line_asked(kind: str, pk: int, field: str) -> checklist.Line:
    if kind not in upkeep.KINDS or pk > LARGEST_KEY:
        raise Http404("There is no such fact.")
    subject = checklist.subjects(kind).filter(pk=pk).first()
    if subject is None or field not in SAYINGS[type(subject)]:
        raise Http404("There is no such fact.")
    return checklist.line_of(subject, field)


def told(found: FieldCheck) -> str:
    say = {
        Verdict.CONFIRMS: f"is still {found.value}",
        Verdict.CONTRADICTS: f"is {found.value} according to this source",
        Verdict.SILENT: "is not mentioned by this source",
    }
    return f"Noted: {found!s} {say[Verdict(found.verdict)]} ({found.source})."


def form_of(line: checklist.Line) -> str:
    name = {"version": "examversion"}.get(line.kind, line.kind)
    return reverse(f"admin:careers_{name}_change", args=[line.pk])


def place(line: checklist.Line) -> str:
    """Where to change what is no longer true."""
    return f"{form_of(line)}#{line.place}"


def way_back(request: HttpRequest, line: checklist.Line) -> str:
    """To the page of the admin that the check was asked from, and nowhere else."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = asked.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(asked, None)
    return asked if is_ours else form_of(line)
