"""The links in articles: where they are, whether they are our own, and whether they lead anywhere."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.module_loading import import_string

from .foreign_links import refusal
from .models import Article, LinkCheck

Status = LinkCheck.Status
OUR_SITE = "https://our.site.invalid"
LONGEST_PATH = 500


@dataclass(frozen=True)
class Link:
    url: str
    text: str


@dataclass(frozen=True)
class Found:
    """What there is at an address of this site. One with ``now_at`` still leads there, by a detour."""

    problem: str = ""
    now_at: str = ""

    @property
    def leads_somewhere(self) -> bool:
        return not self.problem


# What finds the pages of this site, many at once: see PAGE_FINDER in the settings.
Finder = Callable[[Collection[str]], dict[str, Found]]


def page_finder() -> Finder:
    """The site's own. The blog knows neither all pages nor who makes them."""
    finder: Finder = import_string(settings.PAGE_FINDER)
    return finder


# --- Reading ----------------------------------------------------------------


class _Reader(HTMLParser):
    """A stored body has no link within a link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.address: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.address, self.text = dict(attrs).get("href"), ""

    def handle_data(self, data: str) -> None:
        self.text += data if self.address else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.address:
            self.links.append(Link(self.address, " ".join(self.text.split())))
            self.address = None


def links_in(body: str) -> list[Link]:
    """The links of a stored body that lead out of the page, each address once."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    once: dict[str, Link] = {}
    for link in reader.links:
        if not link.url.startswith("#") and not link.url.lower().startswith("mailto:"):
            once.setdefault(link.url, link)
    return list(once.values())


# --- Our own ----------------------------------------------------------------


def own_hosts() -> set[str]:
    return {host.lower().lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"}


def own_path(url: str, *, page: str, hosts: Collection[str]) -> str | None:
    """The path of a link to this site, as written on ``page``; None when it leads elsewhere."""
    try:
        parts = urlsplit(urljoin(OUR_SITE + page, url))
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not _is_ours(parts, host or "", hosts):
        return None
    return unquote(parts.path, errors="replace") or "/"


def _is_ours(parts: SplitResult, host: str, hosts: Collection[str]) -> bool:
    return f"{parts.scheme}://{parts.netloc}" == OUR_SITE or host in hosts


# --- Checking ---------------------------------------------------------------


def check(
    articles: Collection[Article], *, find: Finder, hosts: Collection[str], now: datetime
) -> dict[int, list[LinkCheck]]:
    """By article, what becomes of each of its links; other sites are not asked. ``find`` is asked once."""
    links = {article.pk: links_in(article.body) for article in articles}
    pages = {article.pk: article.get_absolute_url() for article in articles}
    own = {
        (pk, link.url): path
        for pk, of_article in links.items()
        for link in of_article
        if (path := own_path(link.url, page=pages[pk], hosts=hosts)) is not None
    }
    found = find({path for path in own.values() if _is_plausible(path)})
    return {
        pk: [_row(pk, link, own.get((pk, link.url)), found, now=now) for link in of_article]
        for pk, of_article in links.items()
    }


def check_and_keep(
    articles: Collection[Article], *, find: Finder, hosts: Collection[str], now: datetime
) -> list[LinkCheck]:
    """The same, remembered for the desk; all that was found."""
    rows = check(articles, find=find, hosts=hosts, now=now)
    for article in articles:
        LinkCheck.objects.keep(article, rows[article.pk])
    return [row for found in rows.values() for row in found]


def in_batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _is_plausible(path: str) -> bool:
    """No page of ours has such an address, and a database may refuse the question."""
    return len(path) <= LONGEST_PATH and not re.search(r"[\x00-\x1f\x7f�]", path)


def _row(article: int, link: Link, path: str | None, found: dict[str, Found], *, now: datetime) -> LinkCheck:
    url = iri_to_uri(link.url)[: LinkCheck.MAX_URL]
    row = LinkCheck(article_id=article, url=url, text=link.text[:200], is_external=path is None)
    if path is None:
        if reason := refusal(url):
            row.status, row.problem, row.checked_at = Status.DANGER, reason, now
    else:
        _judge(row, found.get(path, Found("There is no such page on this site.")), now=now)
    return row


def _judge(row: LinkCheck, answer: Found, *, now: datetime) -> None:
    row.checked_at = now
    row.problem = answer.problem
    row.suggested_fix = iri_to_uri(answer.now_at)
    row.status = Status.OK if answer.leads_somewhere else Status.BROKEN
    if answer.now_at:
        row.status = Status.MOVED


def warning(row: LinkCheck) -> str:
    """For whoever has just saved the article."""
    said = f"The link “{row.text or row.url}” ({row.url[:120]})"
    if row.status == Status.MOVED:
        return f"{said} takes a detour. {row.problem} Better: {row.suggested_fix}"
    if row.status == Status.DANGER:
        return f"{said} leads where no reader should be sent. {row.problem}"
    return f"{said} leads nowhere. {row.problem}"
