"""The page that retires an exam: first what it would do, then one press."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from careers import retiring
from careers.factsheet import language
from careers.models import (
    OF_A_PUBLIC_ROLE,
    Credential,
    Delivery,
    ExamVersion,
    Precision,
    Recommendation,
    Source,
)

from .checks import LARGEST_KEY

LANGUAGE = "language_"


class RetireForm(forms.Form):
    """The days, by language where they differ, and what follows."""

    last_exam_on = forms.DateField(
        label="Last day to sit it",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Of all languages, but for those below that have a day of their own.",
    )
    precision = forms.ChoiceField(
        choices=Precision.choices, initial=Precision.DAY, label="How much of the day is known"
    )
    successor = forms.ModelChoiceField(
        ExamVersion.objects.none(), required=False, label="Exam that follows", empty_label="None known"
    )
    heir = forms.ModelChoiceField(
        Credential.objects.none(),
        required=False,
        label="Certification that takes its place",
        empty_label="None known",
        help_text="Shown instead wherever this certification is recommended, once nothing of it can be sat.",
    )
    is_confirmed = forms.BooleanField(
        required=False, initial=True, label="Confirmed by the provider", help_text="Untick what is only said."
    )
    source = forms.ModelChoiceField(
        Source.objects.all(), required=False, label="Where you read it", empty_label="Choose a source"
    )
    note = forms.CharField(max_length=300, required=False, label="A sentence for readers")

    def __init__(self, version: ExamVersion, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.version = version
        of_provider = ExamVersion.objects.filter(provider=version.provider_id).exclude(pk=version.pk)
        self.fields["successor"].queryset = of_provider.select_related("credential")  # type: ignore[attr-defined]
        self.fields["successor"].label_from_instance = named  # type: ignore[attr-defined]
        others = Credential.objects.exclude(pk=version.credential_id)
        self.fields["heir"].queryset = others  # type: ignore[attr-defined]
        for code in languages_of(version):
            self.fields[f"{LANGUAGE}{code}"] = forms.DateField(
                required=False,
                label=f"Last day in {language(code)}",
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                help_text="Empty: the day above.",
            )

    def retirement(self) -> retiring.Retirement:
        said = self.cleaned_data
        days = {code: said[f"{LANGUAGE}{code}"] for code in languages_of(self.version)}
        return retiring.Retirement(
            on=said["last_exam_on"],
            precision=said["precision"],
            languages={code: day for code, day in days.items() if day},
            successor=said["successor"],
            heir=said["heir"],
            is_confirmed=said["is_confirmed"],
            source=said["source"],
            note=said["note"],
        )

    def clean(self) -> None:
        super().clean()
        if not self.errors:
            retiring.refuse_nonsense(self.version, self.retirement())


def named(version: ExamVersion) -> str:
    return f"{version} – {version.credential}"


def languages_of(version: ExamVersion) -> list[str]:
    rows = version.deliveries.filter(phase=Delivery.Phase.STANDARD)
    return sorted({code for row in rows for code in row.languages})


def initial(version: ExamVersion) -> dict[str, Any]:
    """What is known already; one day of all languages is said once."""
    days = {
        f"{LANGUAGE}{code}": row.window_to
        for row in version.deliveries.filter(phase=Delivery.Phase.STANDARD, window_to__isnull=False)
        for code in row.languages
    }
    return {
        "last_exam_on": version.last_exam_on,
        "precision": version.last_exam_on_precision,
        "successor": version.successor_id,
        "heir": version.credential.replaced_by.first(),
        "is_confirmed": True,
        **days,
    }


def retire_view(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    found = ExamVersion.objects.select_related("credential").filter(pk=pk)
    version = found.first() if pk <= LARGEST_KEY else None
    if version is None:
        raise Http404("There is no such exam.")
    if not admin.has_change_permission(request, version):
        raise PermissionDenied
    form = RetireForm(version, request.POST or None, initial=initial(version))
    is_sure = request.method == "POST" and form.is_valid()
    if is_sure and "write" in request.POST and wrote(request, version, form):
        return HttpResponseRedirect(reverse("admin:careers_examversion_change", args=[version.pk]))
    shown = effects(version, form.retirement()) if is_sure and form.is_valid() else {}
    context = {
        **admin.admin_site.each_context(request),
        "title": f"Retire {version}",
        "version": version,
        "form": form,
        "opts": admin.opts,
        **shown,
    }
    return TemplateResponse(request, "admin/careers/retire.html", context)


def wrote(request: HttpRequest, version: ExamVersion, form: RetireForm) -> bool:
    try:
        retiring.retire(
            version, form.retirement(), by=request.user, on=timezone.localdate(), at=timezone.now()
        )
    except ValidationError as mistake:
        form.add_error(None, mistake)
        return False
    messages.success(
        request,
        f"{version} ends on {form.cleaned_data['last_exam_on']:%-d %B %Y}. To undo it, empty the last days "
        "here and in the forms below, set the status back, and delete the events; the history has what was.",
    )
    return True


def effects(version: ExamVersion, retirement: retiring.Retirement) -> dict[str, Any]:
    """What readers will see of it, before anything is written."""
    on = timezone.localdate()
    advised = Recommendation.objects.filter(OF_A_PUBLIC_ROLE, credential=version.credential_id)
    return {
        "retirement": retirement,
        "status": retirement.said_by(on),
        "is_last": retiring.is_last(version, retirement, on=on),
        "recommended": list(advised.select_related("role")),
        "heir": retirement.heir or (retirement.successor.credential if retirement.successor else None),
    }
