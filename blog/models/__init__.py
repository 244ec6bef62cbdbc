"""The tables of the stories, one noun a file."""

from .articles import Article, ArticleAuthor, ArticleQuerySet
from .embeds import ArticleEmbed
from .findings import ArticleCheck, ArticleFinding
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .pictures import Picture
from .previews import PreviewLink
from .revisions import Act, Revision
from .taxonomy import Author, AuthorLink, Category

__all__ = [
    "Act",
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
    "PreviewLink",
    "Revision",
]
