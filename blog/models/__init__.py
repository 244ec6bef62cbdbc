"""The tables of the stories, one noun a file."""

from .articles import Article, ArticleAuthor, ArticleQuerySet
from .autosaves import Autosave, EditingSession
from .embeds import ArticleEmbed
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .pictures import Picture
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
    "Autosave",
    "Category",
    "EditingSession",
    "Hashtag",
    "HashtagAlias",
    "Picture",
    "Revision",
]
