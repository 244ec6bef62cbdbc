"""An article's text as it is read elsewhere: plain HTML whose every address leads back here."""

from functools import lru_cache

import nh3

# Drawn with our style sheet, and told in words beside it.
LEFT_OUT = {"script", "style", "svg"}
# No ids: those of live blocks depend on what else is shown beside them.
KEPT = {
    "a": {"href", "hreflang", "title"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "abbr": {"title"},
}


@lru_cache(100)  # the newest, which are in several feeds each
def read_elsewhere(html: str, *, page: str) -> str:
    """``html`` as shown at ``page``."""
    return nh3.clean(
        html,
        clean_content_tags=LEFT_OUT,
        attributes=KEPT,
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", page),
        link_rel=None,
    ).strip()
