"""What a page tells search engines, read as they do: by a parser that knows nothing of how it was written."""

import json
from html.parser import HTMLParser

from django.test import Client

# Told in words of the vocabulary that pages say in a sentence, or not meant to be read.
NOT_WORDS = {"@id", "@type", "@context", "url", "item", "query-input", "urlTemplate", "inLanguage", "sameAs"}
NOT_WORDS |= {"datePublished", "dateModified", "validFor", "mainEntityOfPage", "publisher", "inCodeSet"}


class Read(HTMLParser):
    """Data, canonical address, breadcrumb and words of a page, by a parser that is not ours."""

    def __init__(self, html):
        super().__init__()
        self.data, self.words, self.trail, self.canonical = [], [], [], ""
        self.is_data = self.is_code = False
        self.in_trail = 0
        self.way = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.is_data = tag == "script" and told.get("type") == "application/ld+json"
        self.is_code = tag in ("script", "style")
        if self.is_data:
            self.data.append("")
        if tag == "link" and told.get("rel") == "canonical":
            self.canonical = told["href"]
        if told.get("class") == "breadcrumb":
            self.in_trail = 1
        if tag == "li" and self.in_trail:
            self.trail.append(["", ""])
        if tag == "a" and self.in_trail:
            self.trail[-1][1] = told["href"]

    def handle_endtag(self, tag):
        self.is_data = self.is_code = False
        if tag == "nav":
            self.in_trail = 0

    def handle_data(self, data):
        if self.is_data:
            self.data[-1] += data
        elif not self.is_code:
            self.words.append(data)
        if self.in_trail and data.strip():
            self.trail[-1][0] += data

    @property
    def graph(self):
        (text,) = self.data
        document = json.loads(text)
        assert document["@context"] == "https://schema.org"
        return document.get("@graph", [document])

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def read(path):
    response = Client().get(path)
    assert response.status_code == 200
    return Read(response.content.decode())


def things(value):
    """Every thing in the data, however deep."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from things(inner)


def words(value, name=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_WORDS:
                yield from words(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, name)
    elif isinstance(value, str):
        yield value


def of_type(kind, graph):
    return next(thing for thing in graph if thing["@type"] == kind)
