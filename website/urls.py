"""The whole address map on one screen; the only place the apps meet."""

from django.contrib import admin
from django.urls import include, path

from website.assistants import llms
from website.health import healthz, readyz
from website.icon import favicon
from website.media import picture
from website.posters import poster
from website.search.views import search_page, suggestions
from website.site_map import site_map
from website.sitemaps import robots, sitemap, sitemap_section

handler404 = "website.lost.not_found"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("media/<path:path>", picture, name="picture-file"),
    path("posters/<slug:kind>/<slug:slug>/<slug:mark>.png", poster, name="poster"),
    path("favicon.ico", favicon, name="favicon"),
    path("llms.txt", llms, name="llms"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap-section"),
    path("site-map/", site_map, name="site-map"),
    path("search/", search_page, name="search"),
    path("search/suggest/", suggestions, name="search-suggest"),
    path("api/", include("website.api.urls")),
    path("admin/editor/", include("blog.editor_urls")),
    path("admin/", admin.site.urls),
    path("", include("website.embedding.urls")),
    path("", include("website.feeds.urls")),  # before the pages: an article's address has the same shape
    path("careers/", include("careers.urls")),
    path("", include("blog.urls")),
]

handler500 = "website.outage.server_error"
