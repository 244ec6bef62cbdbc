"""The stories in the admin, one noun a file."""

from . import articles, hashtags, pictures, series, taxonomy

__all__ = ["articles", "hashtags", "pictures", "series", "taxonomy"]
