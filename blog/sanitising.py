"""What an author may write, and nothing else: the allow-list in front of everything that shows a body."""

import re
from collections import Counter
from collections.abc import Mapping, Set
from typing import Final

import nh3
from django.conf import settings

MAX_CHARACTERS: Final = 1_000_000
MAX_DEPTH: Final = 60


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# What a stored body may hold.
STORED_TAGS: Final = _names(
    "p h2 h3 h4 ul ol li a strong em s sub sup code pre blockquote table caption thead tbody tr th "
    "td figure figcaption img hr br careers-block careers-fact careers-link"
)
# Let through for `canonical` to turn into those above: dropped here, they would glue words together.
FOLDED_TAGS: Final = _names(
    "h1 h5 h6 b i del strike tt kbd samp tfoot dl dt dd div section article aside main header footer "
    "nav address center details summary fieldset form menu"
)
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(),  # without this entry nh3 lets `title` and `lang` through everywhere
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "figure": {"data-picture"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "code": {"class"},
    "careers-block": {"data-kind", "data-by", "data-ref", "data-heading"},
    "careers-fact": {"data-ref", "data-field"},
    "careers-link": {"data-ref"},
}
_SLUG = r"[-a-zA-Z0-9_]{1,120}"
_VALUE_PATTERNS: Final[dict[tuple[str, str], re.Pattern[str]]] = {
    ("img", "width"): re.compile(r"[1-9]\d{0,4}"),
    ("img", "height"): re.compile(r"[1-9]\d{0,4}"),
    ("figure", "data-picture"): re.compile(r"[0-9a-f]{32}"),
    ("th", "colspan"): re.compile(r"[1-9]\d?"),
    ("th", "rowspan"): re.compile(r"[1-9]\d?"),
    ("td", "colspan"): re.compile(r"[1-9]\d?"),
    ("td", "rowspan"): re.compile(r"[1-9]\d?"),
    ("ol", "start"): re.compile(r"[1-9]\d{0,4}"),
    ("code", "class"): re.compile(r"language-[A-Za-z0-9+#._-]{1,30}"),
    ("careers-block", "data-kind"): re.compile(r"[a-z]+(?:-[a-z]+){0,3}"),
    ("careers-block", "data-by"): re.compile(r"role|skill|provider"),
    ("careers-block", "data-ref"): re.compile(rf"{_SLUG}(?:,{_SLUG}){{0,7}}"),
    ("careers-block", "data-heading"): re.compile(r".{1,200}"),
    ("careers-fact", "data-ref"): re.compile(_SLUG),
    ("careers-fact", "data-field"): re.compile(r"[a-z]+(?:-[a-z]+){0,3}"),
    ("careers-link", "data-ref"): re.compile(_SLUG),
}
_LINK_SCHEMES: Final = {"http", "https", "mailto"}
_FORMATTING_TAGS: Final = _names(
    "a b big code em font i nobr s small strike strong tt u"
)  # those a parser opens again in every following block
# Elements without content, and those the next of their kind closes.
_NEVER_NESTED: Final = _names(
    "area base br col embed hr img input link meta source track wbr p li dt dd td th tr tbody thead "
    "tfoot colgroup caption option"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# \ufffc stands for a live part in the text of `inline_text`: nobody else may write it.
_JUNK = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\ufeff\u00ad\ufffc]")
_MAX_UNCLOSED: Final = 10 * MAX_DEPTH  # a coarse count; canonical.py holds the exact line
_MAX_REOPENED: Final = 500_000


class BodyTooComplex(ValueError):
    """The body is beyond what a person writes; the message is a sentence for the author."""


def clean(html: str) -> str:
    """``html`` with only the allowed tags and attributes; cleaning again changes nothing."""
    html = _readable(html)
    _refuse_what_would_explode(html)
    for _ in range(6):
        cleaned = _clean_once(html)
        if cleaned == html:
            return html
        html = cleaned
    raise BodyTooComplex("The text holds markup that cannot be read in one way only. Please simplify it.")


def balanced(html: str, *, tags: Set[str], attributes: Mapping[str, Set[str]], without: Set[str]) -> str:
    """``html`` as a browser reads it: every tag closed, only these tags, nothing of those it is ``without``.

    For reading; nothing of it may be shown before `clean` has seen it.
    """
    html = _readable(html)
    _refuse_what_would_explode(html)
    return nh3.clean(
        html,
        tags=set(tags),
        attributes={tag: set(names) for tag, names in attributes.items()},
        clean_content_tags=set(without),
        link_rel=None,
    )


def is_own_file(url: str) -> bool:
    """Whether ``url`` is a picture of this site: readers' browsers load nothing from elsewhere."""
    own = (str(settings.MEDIA_URL), str(settings.STATIC_URL))
    return url.startswith(own) and not re.search(r"\.\.|[\\\s?#\"'<>]|//", url.removeprefix("https://"))


def _readable(html: str) -> str:
    if len(html) > MAX_CHARACTERS:
        raise BodyTooComplex("The text is longer than a million characters. Please split it into articles.")
    html = html.encode("utf-8", "ignore").decode()
    return _without_comments(html.replace("\r\n", "\n").replace("\r", "\n"))


def _without_comments(html: str) -> str:
    before, *rest = html.split("<!--")
    return before + "".join(part.partition("-->")[2] for part in rest)


def _refuse_what_would_explode(html: str) -> None:
    """Parsers take quadratic time over deep nesting, and open unclosed formatting anew in each block."""
    is_open: Counter[str] = Counter()
    depth = formatting = reopened = 0
    for closing, tag in _TAG.findall(html):
        name = tag.lower()
        step = _step(name, is_open=is_open[name] > 0, closing=bool(closing))
        is_open[name] += step
        depth += step
        formatting += step if name in _FORMATTING_TAGS else 0
        reopened += formatting
        if depth > _MAX_UNCLOSED or reopened > _MAX_REOPENED:
            raise too_deep()


def _step(name: str, *, is_open: bool, closing: bool) -> int:
    if name in _NEVER_NESTED or (closing and not is_open):
        return 0
    return -1 if closing else 1


def too_deep() -> BodyTooComplex:
    return BodyTooComplex(
        f"The text is nested more than {MAX_DEPTH} levels deep. Please simplify its lists and quotes."
    )


def without_junk(text: str) -> str:
    """Without what no reader can see and no database may hold."""
    return _JUNK.sub("", text)


def _clean_once(html: str) -> str:
    cleaned = nh3.clean(
        _JUNK.sub("", html),
        tags=set(STORED_TAGS | FOLDED_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        url_schemes=_LINK_SCHEMES,
        link_rel=None,
    )
    # A reader of HTML drops a newline right after <pre>; nh3 has dropped the author's first, not the second.
    return _JUNK.sub("", cleaned).replace("<pre>\n", "<pre>\n\n")


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("img", "src"):
        return value if is_own_file(value) else None
    if pattern := _VALUE_PATTERNS.get((tag, attribute)):
        return value if pattern.fullmatch(value) else None
    return value
