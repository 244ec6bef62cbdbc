"""The tables of the stories, one noun a file."""

from .articles import Article, ArticleAuthor, ArticleQuerySet
from .embeds import ArticleEmbed
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .pictures import Picture
from .sources import ArticleSource
from .taxonomy import Author, AuthorLink, Category

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleEmbed",
    "ArticleHashtag",
    "ArticleQuerySet",
    "ArticleSource",
    "Author",
    "AuthorLink",
    "Category",
    "Hashtag",
    "HashtagAlias",
    "Picture",
]
