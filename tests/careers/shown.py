"""What a page shows to readers, and what it tells machines."""

import json
import re
from html import unescape

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def words(response) -> str:
    """The text of a page, without its data for machines."""
    visible = DATA.sub("", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(visible)).split())


def source(response) -> str:
    """All of the page in one line, data and elements included."""
    return " ".join(unescape(response.content.decode()).split())


def data(response) -> list[dict]:
    """The things in the one block of data that a page has."""
    (block,) = DATA.findall(response.content.decode())
    return json.loads(block)["@graph"]
