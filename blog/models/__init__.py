"""The tables of the stories, one noun a file."""

from .articles import Article, ArticleAuthor, ArticleQuerySet
from .embeds import ArticleEmbed
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .pictures import Picture
from .previews import PreviewLink
from .revisions import Act, Revision
from .taxonomy import Author, AuthorLink, Category

__all__ = [
    "Act",
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
    "Picture",
    "PreviewLink",
    "Revision",
]
