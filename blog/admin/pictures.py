from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from blog.models import Picture
from blog.picture_form import NewPictureForm, PictureForm
from blog.picture_headers import ACCEPTED, MAX_BYTES
from blog.picture_uses import Use, uses_of
from blog.pictures import keep, make_picture, replace

from .picture_filters import DescriptionFilter, UseFilter


def way_to(use: Use) -> SafeString:
    address = reverse(f"admin:blog_{use.model}_change", args=[use.key])
    return format_html('{} <a href="{}">{}</a> {}', use.model.capitalize(), address, use.name, use.how)


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    list_display = ["thumbnail", "name", "description", "uses", "facts"]
    list_display_links = ["name"]
    list_filter = [UseFilter, DescriptionFilter, ("uploaded_by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["uploaded_by"]
    list_per_page = 48
    search_fields = ["title", "alt", "credit"]
    readonly_fields = ["preview", "places", "facts"]
    about = ["alt", "is_decorative", "title", "credit"]
    focus = ["preview", ("focus_x", "focus_y")]

    class Media:
        css = {"all": ["admin_theme/pictures.css"]}
        js = ["admin_theme/pictures.js", "admin_theme/focus.js"]

    # --- What is shown ----------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        found: Any = super().get_queryset(request)
        counted: QuerySet[Picture] = found.counting_uses()
        return counted

    @admin.display(description="Picture")
    def thumbnail(self, picture: Picture) -> str:
        """The name beside it says which one it is, and is the way to it."""
        shape = '<img src="{}" alt="" width="{}" height="{}" loading="lazy">'
        return format_html(shape, picture.thumbnail, picture.width, picture.height)

    @admin.display(description="Name", ordering="title")
    def name(self, picture: Picture) -> str:
        return picture.title

    @admin.display(description="Description", ordering="alt")
    def description(self, picture: Picture) -> str:
        if picture.is_decorative:
            return "Decorative"
        return picture.alt or format_html(
            '<strong class="{}">Not described yet</strong>', "picture-undescribed"
        )

    @admin.display(description="Uses", ordering="use_count")
    def uses(self, picture: Any) -> str:
        if not picture.use_count:
            return "Used nowhere"
        return f"Used in {picture.use_count} place{'' if picture.use_count == 1 else 's'}"

    @admin.display(description="Size and upload", ordering="uploaded_at")
    def facts(self, picture: Picture) -> str:
        by = f" by {picture.uploaded_by}" if picture.uploaded_by else ""
        return f"{picture.width} × {picture.height}, {picture.uploaded_at:%-d %b %Y}{by}"

    @admin.display(description="Preview")
    def preview(self, picture: Picture) -> str:
        shape = '<span class="picture-focus" data-focus><img src="{}" alt="{}" width="{}" height="{}"></span>'
        return format_html(
            shape, picture.sources.fallback, picture.alt or picture.title, picture.width, picture.height
        )

    @admin.display(description="Used")
    def places(self, picture: Picture) -> str:
        uses = uses_of([picture])
        if not uses:
            return "Nowhere"
        items = format_html_join("", "<li>{}</li>", ([way_to(use)] for use in uses))
        return format_html('<ul class="picture-places">{}</ul>', items)

    # --- The form ---------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Picture | None = None, *args: Any, **kwargs: Any) -> Any:
        kwargs["form"] = PictureForm if obj else NewPictureForm
        return super().get_form(request, obj, *args, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ["file", *self.about]})]
        may_change = self.has_change_permission(request, obj)
        return [
            (None, {"fields": [*self.focus, *self.about]}),
            ("Where it is used", {"fields": ["places"]}),
            ("The file", {"fields": ["facts", *(["file"] if may_change else [])]}),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        """Whoever uploaded a picture describes it, for as long as nothing shows it."""
        if super().has_change_permission(request, obj):
            return True
        is_own = obj is not None and obj.uploaded_by_id is not None and obj.uploaded_by_id == request.user.pk
        return is_own and self.has_add_permission(request) and not uses_of([obj])  # type: ignore[list-item]

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: Any) -> None:
        if not change:
            obj.uploaded_by = request.user  # type: ignore[assignment]
            keep(obj, form.image)
        elif form.image:
            replace(obj, form.image)
        else:
            super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What uses it is said in an editor's words."""
        *others, _ = super().get_deleted_objects(objs, request)
        return *others, [way_to(use) for use in uses_of(objs)]

    # --- The library ------------------------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.upload))
        return [path("upload/", view, name="blog_picture_upload"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"title": "Pictures", "accept": ACCEPTED, "largest": MAX_BYTES, **(extra_context or {})}
        return super().changelist_view(request, context)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Several at once, each with its answer; where scripts run, they come one by one by another door."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        files = request.FILES.getlist("file")
        if not files:
            self.message_user(request, "No file arrived. Please choose pictures first.", messages.ERROR)
        for file in files:
            self._take(request, file)
        return HttpResponseRedirect(reverse("admin:blog_picture_changelist"))

    def _take(self, request: HttpRequest, file: Any) -> None:
        try:
            picture = make_picture(file=file, title=file.name or "", alt="", by=request.user)
        except ValidationError as refusal:
            self.message_user(request, f"“{file.name}”: {' '.join(refusal.messages)}", messages.ERROR)
        else:
            self.message_user(
                request, f"“{picture}” is in the library. Now say what it shows.", messages.SUCCESS
            )
