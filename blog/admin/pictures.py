from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from blog.models import Picture
from blog.picture_form import NewPictureForm, PictureForm
from blog.pictures import articles_showing, keep


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    form = PictureForm
    list_display = ["thumbnail", "title", "size", "alt", "uploaded_at"]
    list_display_links = ["thumbnail", "title"]
    list_per_page = 50
    search_fields = ["title", "alt", "credit"]
    readonly_fields = ["thumbnail"]

    @admin.display(description="Picture")
    def thumbnail(self, picture: Picture) -> str:
        shape = '<img src="{}" alt="{}" width="120" height="{}" loading="lazy">'
        height = round(120 * picture.height / picture.width)
        return format_html(shape, picture.thumbnail, picture.alt or picture.title, height)

    @admin.display(description="Size", ordering="width")
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    def get_form(self, request: HttpRequest, obj: Picture | None = None, *args: Any, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = NewPictureForm
        return super().get_form(request, obj, *args, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        return ["file" if obj is None else "thumbnail", "title", "alt", "credit"]

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: Any) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.uploaded_by = request.user  # type: ignore[assignment]
            keep(obj, form.image)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A picture that an article shows is as protected as a cover."""
        *others, protected = super().get_deleted_objects(objs, request)
        shown = [f"Article: {article}" for article in articles_showing(objs).only("title")]
        return *others, [*protected, *shown]
