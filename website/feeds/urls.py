"""Below the address of each listing, its feeds."""

from django.urls import URLPattern, path

from . import listings
from .views import ATOM, JSON, feed

LISTINGS: list[tuple[str, str, listings.Find]] = [
    ("blog/", "articles", listings.everything),
    ("category/<slug:slug>/", "category", listings.of_category),
    ("author/<slug:slug>/", "author", listings.by_author),
    ("series/<slug:slug>/", "series", listings.of_series),
    ("tag/<str:slug>/", "tag", listings.with_hashtags),
    ("archive/<int:year>/", "year", listings.of_year),
    ("archive/<int:year>/<int:month>/", "month", listings.of_month),
    ("careers/roles/<slug:slug>/", "role", listings.about_role),
    ("careers/certifications/<slug:slug>/", "credential", listings.about_credential),
    ("careers/skills/<slug:slug>/", "skill", listings.about_skill),
    ("careers/technologies/<slug:slug>/", "technology", listings.about_technology),
    ("careers/providers/<slug:slug>/", "provider", listings.about_provider),
    ("search/", "search", listings.found_by_search),
]


def _addresses(route: str, name: str, find: listings.Find) -> list[URLPattern]:
    return [
        path(route + ATOM, feed, {"find": find, "form": ATOM}, name=f"{name}-feed"),
        path(route + JSON, feed, {"find": find, "form": JSON}, name=f"{name}-json-feed"),
    ]


urlpatterns = [pattern for listing in LISTINGS for pattern in _addresses(*listing)]
