"""Words that stand in unpublished places only, and every address where one might show."""

import re
from itertools import permutations

from django.urls import reverse
from django.utils import timezone

from tests.website import programs
from tests.website.crawling import patterns

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
    + ["stepcanary", "stepnotecanary", "choicelabelcanary"]
    + ["statementtextcanary", "statementslugcanary", "weightreasoncanary"]
)
SIGNED = ["/blog/taken-down/", "/blog/led-on/"]
OPEN = ["open-0", "shared", "open-series", "open-category", "open-author"]
OPEN += [f"open-{fact}" for fact in FACTS]


def known_addresses():
    paths = [path for name, parameters in patterns() for path in filled(name, parameters)]
    further = [f"{path}?page=2" for path in paths if "canary" not in path and "?" not in path]
    asked = [*CANARIES, CONTROL]
    searches = [f"{reverse('search')}?q={word}{more}" for word in asked for more in ("", "*")]
    searches += [f"{reverse('search-suggest')}?q={word[:-1]}" for word in asked]
    secret = [word for word in [*CANARIES, CONTROL] if re.search("roleslug|statementslug|nosuch", word)]
    choices = [f"{reverse('careers:choose')}?{name}={word}" for word in secret for name in ("say", "role")]
    searches += programs.asked()
    return [*paths, *further, *searches, *choices, *SIGNED, "/nowhere/", "/Blog/DraftSlugCanary"]


def filled(name, parameters):
    if name.startswith(programs.OURS):
        return programs.filled(name)
    if not parameters:
        return [reverse(name)]
    values = VALUES[parameters]()
    if name.endswith("json-feed"):  # found as its twin is, and written with other signs
        values = [given for given in values if "canary" not in str(given)]
    return [reverse(name, kwargs=dict(zip(parameters, given, strict=True))) for given in values]


def slugs():
    secret = [word for word in CANARIES if re.search("slug|hashtag|alias", word)]
    return [(slug,) for slug in [*OPEN, *secret, CONTROL]]


# What to put into the address map. A pattern with other parameters fails here and has to be taught.
VALUES = {
    ("slug",): slugs,
    ("slugs",): lambda: [(f"shared+{slug}",) for (slug,) in [("shared",), *slugs()]],
    ("year",): lambda: [(2025,), (2026,), (timezone.now().year,), (timezone.now().year - 1,)],
    ("year", "month"): lambda: [(year, month) for year in (2025, 2026, 2027) for month in range(1, 13)],
    ("roles",): lambda: [
        (f"{one}-vs-{two}",)
        for one, two in permutations(["open-role", "other-role", "roleslugcanary", CONTROL, CONTROL], 2)
    ],
    ("token",): lambda: [(CONTROL,)],
    ("path",): lambda: [(CONTROL,), ("draftslugcanary",)],
}
