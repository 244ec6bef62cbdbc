"""What is read of an article, by who shows it."""

from typing import Final

BYLINE: Final = ("article", "order", "author__name", "author__slug")
SIGNED: Final = (*BYLINE, "author__is_organisation")  # which no card shows, and machines are told
COVER: Final = tuple(f"cover__{name}" for name in ("token", "width", "height", "alt", "focus_x", "focus_y"))
CATEGORY: Final = ("category__name", "category__slug")
# Whatever else is read of an article would be asked for once more, one by one.
CARD: Final = ("title", "slug", "summary", "cover_alt", "published_at", "word_count", *CATEGORY, *COVER)

PAGE: Final = (
    *CARD,
    *("body_html", "contents", "updated_at", "seo_title", "seo_description", "canonical_url"),
    *("review__reviewed_at", "series_part__series__name", "series_part__series__slug"),
)
FEED: Final = (*CARD, "body_html", "contents", "updated_at", "created_at")
