"""What the body editor asks the server for. Mounted below admin/, behind the admin's own door."""

from django.contrib import admin
from django.urls import path

from . import editor_views as views

app_name = "editor"
urlpatterns = [
    path("block/", admin.site.admin_view(views.block), name="block"),
    path("block/choices/", admin.site.admin_view(views.block_choices), name="block-choices"),
    path("inline/", admin.site.admin_view(views.inline), name="inline"),
    path("pictures/", admin.site.admin_view(views.pictures), name="pictures"),
    path("pictures/upload/", admin.site.admin_view(views.upload), name="upload"),
]
