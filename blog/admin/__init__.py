"""The stories in the admin, one noun a file."""

from . import articles, hashtags, pictures, taxonomy

__all__ = ["articles", "hashtags", "pictures", "taxonomy"]
