"""Words that stand in unpublished places only, and every address where one might show."""

import re
from datetime import timedelta
from itertools import permutations

from django.urls import reverse
from django.utils import timezone

from tests.website import programs
from tests.website.crawling import patterns
from website.sitemaps import SECTIONS

CONTROL = "nosuchwordcanary"
STATES = ["draft", "scheduled", "expired", "archived", "bin"]
PLACES = [
    "title",
    "slug",
    "summary",
    "body",
    "hashtag",
    "alias",
    "seotitle",
    "seodescription",
    "coveralt",
    "maker",
    "changenote",
    "reviewer",
]
FACTS = ["role", "skill", "technology", "provider", "credential", "pathway"]
FACT_PLACES = ["name", "slug", "summary", "note"]
SHOWN = {"title", "slug", "summary", "body", "hashtag"}  # at least these, once an article is published

CANARIES = (
    [f"{state}{place}canary" for state in STATES for place in PLACES]
    + [f"waiting{place}canary" for place in ("title", "slug", "summary", "body", "hashtag")]
    + [f"{fact}{place}canary" for fact in FACTS for place in FACT_PLACES]
    + ["roletitlecanary", "roletaskcanary", "examcodecanary", "eventnotecanary", "deskonlycanary"]
    + ["seriesnamecanary", "seriesslugcanary", "seriesdescriptioncanary"]
    + ["unsaidprovidercanary"]  # a draft whose certification is public
    + ["stepcanary", "stepnotecanary", "choicelabelcanary"]
    + ["statementtextcanary", "statementslugcanary", "weightreasoncanary"]
)
SIGNED = ["/blog/taken-down/", "/blog/led-on/"]
OPEN = ["open-0", "shared", "open-series", "open-category", "open-author"]
OPEN += [*(f"open-{fact}" for fact in FACTS), "orphan-credential"]
POSTERS = {
    "article": [f"{state}slugcanary" for state in [*STATES, "waiting"]],
    "role": ["roleslugcanary"],
}


def known_addresses():
    paths = [path for name, parameters in patterns() for path in filled(name, parameters)]
    further = [f"{path}?page=2" for path in paths if "canary" not in path and "?" not in path]
    asked = [*CANARIES, CONTROL]
    # By turns as a word and as a beginning; the control both ways, to compare each with.
    searches = [f"{reverse('search')}?q={word}{'*' * (n % 2)}" for n, word in enumerate([*asked, CONTROL])]
    searches += [f"{reverse('search-suggest')}?q={word[:-1]}" for word in asked]
    secret = [word for word in [*CANARIES, CONTROL] if re.search("roleslug|statementslug|nosuch", word)]
    choices = [f"{reverse('careers:choose')}?{name}={word}" for word in secret for name in ("say", "role")]
    searches += programs.asked()
    capitals = ["/Blog/DraftSlugCanary", f"/Blog/{CONTROL}"]
    return [*paths, *further, *searches, *choices, *SIGNED, "/nowhere/", *capitals]


def tells_of_no_canary(address):
    return not any(canary in address.lower() for canary in CANARIES)


def filled(name, parameters):
    if name.startswith(programs.OURS):
        return programs.filled(name)
    if not parameters:
        return [reverse(name)]
    values = VALUES[parameters](name)
    if name.endswith("json-feed"):  # found as its twin is, and written with other signs
        values = [given for given in values if "canary" not in str(given)]
    return [reverse(name, kwargs=dict(zip(parameters, given, strict=True))) for given in values]


# What stands at an address of this kind, and which secret slugs it could lead to. A kind that is not told
# here gets everything.
FOUND = {
    "article": ("open-0", "|".join(f"{state}slug" for state in [*STATES, "waiting"])),
    "tag": ("shared", "hashtag|alias"),
    "series": ("open-series", "seriesslug"),
    "category": ("open-category", "draftslug"),
    "author": ("open-author", "draftslug"),
    **{fact: (f"open-{fact}", f"{fact}slug") for fact in FACTS},
}
KIND = re.compile(rf"(?:blog:|careers:)?({'|'.join(FOUND)})-")


def slugs(name):
    kind = KIND.match(name)
    found = FOUND[kind[1]] if kind else None
    secret = [word for word in CANARIES if re.search(found[1] if found else "slug|hashtag|alias", word)]
    return [(slug,) for slug in [*([found[0]] if found else OPEN), *secret, CONTROL]]


def months(name):
    """Of every kind: with articles, of secret ones only, without any, and to come."""
    now = timezone.now()
    long_ago = now - timedelta(days=400)
    return [(2026, 1), (now.year, now.month), (long_ago.year, long_ago.month), (now.year + 1, 12)]


# What to put into the address map. A pattern with other parameters fails here and has to be taught.
VALUES = {
    ("slug",): slugs,
    ("slugs",): lambda name: [(f"shared+{slug}",) for (slug,) in [("shared",), *slugs(name)]],
    ("year",): lambda name: [(year,) for year, _ in months(name)],
    ("year", "month"): months,
    ("roles",): lambda name: [
        (f"{one}-vs-{two}",)
        for one, two in permutations(["open-role", "other-role", "roleslugcanary", CONTROL, CONTROL], 2)
    ],
    ("token",): lambda name: [(CONTROL,)],
    ("path",): lambda name: [(CONTROL,), ("draftslugcanary",)],
    ("kind", "slug", "mark"): lambda name: [
        (kind, slug, "0" * 16)
        for kind, secret in POSTERS.items()
        for slug in (OPEN[0], f"open-{kind}", CONTROL, *secret)
    ],
    ("section",): lambda name: [(name,) for name in [*SECTIONS, CONTROL]],
}
