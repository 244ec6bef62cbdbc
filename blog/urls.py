from django.urls import path, register_converter
from django.urls.converters import IntConverter, SlugConverter

from . import views
from .twins import article_markdown

app_name = "blog"


class JoinedConverter(SlugConverter):
    """Two slugs or more: ``ai+python``."""

    regex = r"[-a-zA-Z0-9_]+(?:\+[-a-zA-Z0-9_]+)+"


class NumberConverter(IntConverter):
    """Written as numbers are, so that a page has one address."""

    regex = "[1-9][0-9]{0,3}"


register_converter(JoinedConverter, "joined")
register_converter(NumberConverter, "number")

article_urls = [
    path("blog/", views.article_list, name="article-list"),
    path("blog/<slug:slug>/", views.article_detail, name="article-detail"),
    path("blog/<slug:slug>.md", article_markdown, name="article-markdown"),
]

listing_urls = [
    path("category/", views.category_list, name="category-list"),
    path("category/<slug:slug>/", views.category_detail, name="category-detail"),
    path("author/", views.author_list, name="author-list"),
    path("author/<slug:slug>/", views.author_detail, name="author-detail"),
    path("series/", views.series_list, name="series-list"),
    path("series/<slug:slug>/", views.series_detail, name="series-detail"),
    path("tag/", views.tag_list, name="tag-list"),
    path("tag/<slug:slug>/", views.tag_detail, name="tag-detail"),
    path("tag/<joined:slugs>/", views.tag_combination, name="tag-combination"),
]

preview_urls = [path("preview/<str:token>/", views.preview, name="preview")]

archive_urls = [
    path("archive/", views.archive_index, name="archive"),
    path("archive/<number:year>/", views.archive_year, name="archive-year"),
    path("archive/<number:year>/<number:month>/", views.archive_month, name="archive-month"),
    path("archive/<int:year>/<int:month>/", views.archive_plainly, name="archive-month-padded"),
]

urlpatterns = [path("", views.home, name="home"), *article_urls, *listing_urls, *archive_urls, *preview_urls]
