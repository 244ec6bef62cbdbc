from django.contrib import admin
from django.http import HttpRequest

from blog.models import Picture


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    list_display = ["title", "size", "alt", "uploaded_at"]
    search_fields = ["title", "alt", "credit"]
    fields = ["title", "alt", "credit"]

    @admin.display(description="Size")
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
