"""The whole address map on one screen; the only place the apps meet."""

from django.contrib import admin
from django.urls import include, path

from website.assistants import llms
from website.health import healthz, readyz
from website.icon import favicon
from website.media import picture
from website.search.views import search_page
from website.sitemaps import robots, sitemap

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("media/<path:path>", picture, name="picture-file"),
    path("favicon.ico", favicon, name="favicon"),
    path("llms.txt", llms, name="llms"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("search/", search_page, name="search"),
    path("admin/editor/", include("blog.editor_urls")),
    path("admin/", admin.site.urls),
    path("careers/", include("careers.urls")),
    path("", include("blog.urls")),
]
