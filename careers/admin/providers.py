from django.contrib import admin

from careers.models import Provider, Source

from .facts import SAFE_ADDRESSES, FactAdmin


@admin.register(Provider)
class ProviderAdmin(FactAdmin):
    list_display = ["name", "short_name", "site_url", "state"]
    search_fields = ["name", "short_name", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug", "summary", "status"]}),
        ("Addresses", {"fields": ["site_url", "catalogue_url"]}),
        ("For the desk", {"fields": ["editor_note"]}),
    ]


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["title", "key", "kind", "publisher", "checked"]
    list_filter = ["kind"]
    search_fields = ["title", "key", "publisher", "url"]
    formfield_overrides = SAFE_ADDRESSES
