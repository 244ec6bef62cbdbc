"""The tables of the stories, one noun a file."""

from .articles import Article, ArticleAuthor, ArticleQuerySet
from .embeds import ArticleEmbed
from .freshness import ArticleReview, ChangeNote
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .links import LinkCheck
from .pictures import Picture
from .taxonomy import Author, AuthorLink, Category

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleEmbed",
    "ArticleHashtag",
    "ArticleQuerySet",
    "ArticleReview",
    "Author",
    "AuthorLink",
    "Category",
    "ChangeNote",
    "Hashtag",
    "HashtagAlias",
    "LinkCheck",
    "Picture",
]
