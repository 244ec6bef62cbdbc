"""The demo as tests load it that look at no picture."""

from unittest.mock import patch


def without_picture_files():
    """Drawing its covers in every width takes more than half the time of a load: test_load_demo does it."""
    return patch("blog.pictures._store")
