"""The tables of the stories, one noun a file."""

from .articles import Article, ArticleAuthor, ArticleQuerySet
from .embeds import ArticleEmbed
from .findings import ArticleCheck, ArticleFinding
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .pictures import Picture
from .taxonomy import Author, AuthorLink, Category

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleCheck",
    "ArticleEmbed",
    "ArticleFinding",
    "ArticleHashtag",
    "ArticleQuerySet",
    "Author",
    "AuthorLink",
    "Category",
    "Hashtag",
    "HashtagAlias",
    "Picture",
]
