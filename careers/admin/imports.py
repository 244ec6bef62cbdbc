"""What imports did or would do, and what they may not touch."""

from collections import defaultdict
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from careers.journal import linked
from careers.models import ExternalRecord, ImportRow, ImportRun

from .facts import pill
from .records import ReadOnlyAdmin

TONES: dict[str, str] = {
    ImportRow.Verdict.CREATED: "live",
    ImportRow.Verdict.UPDATED: "live",
    ImportRow.Verdict.UNCHANGED: "draft",
    ImportRow.Verdict.LOCKED: "scheduled",
    ImportRow.Verdict.REJECTED: "expired",
}


def rows_address(run: ImportRun, verdict: str = "") -> str:
    chosen = f"&verdict__exact={verdict}" if verdict else ""
    return f"{reverse('admin:careers_importrow_changelist')}?run__id__exact={run.pk}{chosen}"


def fact_link(label: str, pk: int | None, text: str) -> SafeString | str:
    """To the form of the fact; a row within a fact has no form of its own."""
    if pk is None or not label:
        return text
    try:
        address = reverse(f"admin:{label.lower().replace('.', '_')}_change", args=[pk])
    except NoReverseMatch:
        return text
    return format_html('<a href="{}">{}</a>', address, text)


def fields_of(label: str) -> list[str]:
    """What an import may write: the plain fields of the model."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return []
    return [field.name for field in model._meta.fields if field.editable and not field.is_relation]


def names_of(records: list[ExternalRecord]) -> dict[tuple[str, int], str]:
    """What our facts are called; those that an editor deleted are not there."""
    keys: dict[str, list[int]] = defaultdict(list)
    for record in records:
        keys[record.fact_model].append(record.fact_id)
    found: dict[tuple[str, int], str] = {}
    for label in filter(fields_of, keys):
        rows = linked(apps.get_model(label)).filter(pk__in=keys[label])
        found |= {(label, row.pk): str(row) for row in rows}
    return found


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["system", "file_name", "release", "kind", "started_at", "run_by", "result"]
    list_filter = ["system", "is_dry_run"]
    list_select_related = ["run_by"]
    fields = [
        "system",
        "file_name",
        "file_hash",
        "release",
        "licence",
        "kind",
        "started_at",
        "finished_at",
        "run_by",
        "rows_by_verdict",
    ]
    readonly_fields = ["kind", "rows_by_verdict"]

    @admin.display(description="Kind", ordering="is_dry_run")
    def kind(self, run: ImportRun) -> str:
        return "Dry run: nothing was written" if run.is_dry_run else "Written"

    @admin.display(description="Rows")
    def result(self, run: ImportRun) -> str:
        told = [f"{count} {word(name).lower()}" for name, count in counted(run) if count]
        return ", ".join(told) or "none"

    @admin.display(description="Rows")
    def rows_by_verdict(self, run: ImportRun) -> SafeString:
        links = [(rows_address(run, name), word(name), count) for name, count in counted(run)]
        every = (rows_address(run), "All", sum(count for _, _, count in links))
        return format_html_join(", ", '<a href="{}">{} ({})</a>', [every, *links])


def counted(run: ImportRun) -> list[tuple[str, int]]:
    return [(name, run.counts[name]) for name in ImportRow.Verdict.values if name in run.counts]


def word(verdict: str) -> str:
    """The verdict without its reason: kept, refused."""
    return str(ImportRow.Verdict(verdict).label).partition(":")[0]


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    list_display = ["place", "told", "verdict_pill", "reason", "differences"]
    list_display_links = ["place"]
    list_filter = ["verdict", "fact_model", ("run", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["run"]
    search_fields = ["label", "external_id", "reason"]
    search_help_text = "Name, identifier or reason"
    fields = ["run", "place", "external_id", "told", "verdict", "reason", "differences"]
    readonly_fields = ["told", "differences"]

    @admin.display(description="Fact", ordering="label")
    def told(self, row: ImportRow) -> SafeString | str:
        return fact_link(row.fact_model, row.fact_id, row.label or row.external_id or "–")

    @admin.display(description="Verdict", ordering="verdict")
    def verdict_pill(self, row: ImportRow) -> SafeString:
        return pill(TONES[row.verdict], word(row.verdict))

    @admin.display(description="Before → after")
    def differences(self, row: ImportRow) -> SafeString | str:
        told = [(field, shown(before), shown(after)) for field, (before, after) in row.changes.items()]
        return format_html_join("; ", "{}: {} → {}", told) or "–"


def shown(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "nothing" if value is None or text == "" else text[:200]


class ExternalRecordForm(forms.ModelForm):
    locked_fields = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Imports leave these alone, whatever their files say.",
    )

    class Meta:
        model = ExternalRecord
        fields = ["locked_fields"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "locked_fields" in self.fields:
            names = fields_of(self.instance.fact_model)
            field: Any = self.fields["locked_fields"]
            field.choices = [(name, name.replace("_", " ")) for name in names]


@admin.register(ExternalRecord)
class ExternalRecordAdmin(admin.ModelAdmin):
    """Only the locks are for people; the rest is what imports go by."""

    form = ExternalRecordForm
    list_display = ["external_id", "system", "fact", "locked", "seen_at"]
    list_filter = ["system", "fact_model"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["external_id"]
    fields = ["system", "external_id", "fact", "written", "locked_fields", "seen_at"]
    readonly_fields = ["system", "external_id", "fact", "written", "seen_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The facts of a page by name, in as many queries as there are models."""
        found = super().get_changelist_instance(request)
        names = names_of(list(found.result_list))
        for record in found.result_list:
            record.fact_name = names.get((record.fact_model, record.fact_id), "")
        return found

    @admin.display(description="Our fact", ordering="fact_model")
    def fact(self, record: ExternalRecord) -> SafeString | str:
        name = getattr(record, "fact_name", None)
        if name is None:
            name = names_of([record]).get((record.fact_model, record.fact_id), "")
        kind = record.fact_model.rpartition(".")[2]
        return fact_link(record.fact_model, record.fact_id, name or f"{kind} {record.fact_id}, deleted")

    @admin.display(description="Locked fields")
    def locked(self, record: ExternalRecord) -> str:
        return ", ".join(record.locked_fields) or "none"

    @admin.display(description="What the import wrote last")
    def written(self, record: ExternalRecord) -> SafeString | str:
        told = [(name, shown(value)) for name, value in record.values.items()]
        return format_html_join("; ", "{}: {}", told) or "nothing yet"
