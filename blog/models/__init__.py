"""The tables of the stories, one noun a file."""

from .articles import Article, ArticleAuthor, ArticleQuerySet
from .embeds import ArticleEmbed
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .picture_uses import PictureUse
from .pictures import FormerPictureName, Picture
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
    "FormerPictureName",
    "Hashtag",
    "HashtagAlias",
    "Picture",
    "PictureUse",
]
