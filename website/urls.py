"""The whole address map on one screen; the only place the apps meet."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("careers/", include("careers.urls")),
    path("", include("blog.urls")),
]
