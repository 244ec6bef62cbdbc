"""The tables of the stories, one noun a file."""

from .articles import Article, ArticleAuthor, ArticleQuerySet
from .embeds import ArticleEmbed
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .mentions import Mention
from .pictures import Picture
from .taxonomy import Author, AuthorLink, Category

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleEmbed",
    "ArticleHashtag",
    "ArticleQuerySet",
    "Author",
    "AuthorLink",
    "Category",
    "Hashtag",
    "HashtagAlias",
    "Mention",
    "Picture",
]
