"""The tables of the stories, one noun a file."""

from .article_counts import ArticleCount
from .articles import Article, ArticleAuthor, ArticleQuerySet
from .autosaves import Autosave, EditingSession
from .batches import Batch
from .comments import DraftComment
from .embeds import ArticleEmbed
from .findings import ArticleCheck, ArticleFinding
from .freshness import ArticleReview, ChangeNote
from .hashtags import ArticleHashtag, Hashtag, HashtagAlias
from .links import LinkCheck
from .mentions import Mention
from .picture_uses import PictureUse
from .pictures import FormerPictureName, Picture
from .previews import PreviewLink
from .revisions import Act, Revision
from .series import Series, SeriesPart
from .sources import ArticleSource
from .taxonomy import Author, AuthorLink, Category
from .tending import HashtagMerge, HashtagsApart

__all__ = [
    "Act",
    "Article",
    "ArticleAuthor",
    "ArticleCheck",
    "ArticleCount",
    "ArticleEmbed",
    "ArticleFinding",
    "ArticleHashtag",
    "ArticleQuerySet",
    "ArticleReview",
    "ArticleSource",
    "Author",
    "AuthorLink",
    "Autosave",
    "Batch",
    "Category",
    "ChangeNote",
    "DraftComment",
    "EditingSession",
    "FormerPictureName",
    "Hashtag",
    "HashtagAlias",
    "HashtagMerge",
    "HashtagsApart",
    "LinkCheck",
    "Mention",
    "Picture",
    "PictureUse",
    "PreviewLink",
    "Revision",
    "Series",
    "SeriesPart",
]
