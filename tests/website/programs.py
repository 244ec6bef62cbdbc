"""The addresses for programs and for other sites, filled with what could be found there and may not be."""

from urllib.parse import quote

from django.urls import reverse

CONTROL = "nosuchwordcanary"
OURS = ("api:", "embed-", "oembed")
DRAFTS = [f"{state}slugcanary" for state in ("draft", "scheduled", "expired", "archived", "bin", "waiting")]
# What is public and what is not, of those that an address of this name could lead to.
SLUGS = {
    "api:article": ["open-0", *DRAFTS],
    "api:hashtag": ["shared", "drafthashtagcanary", "expiredaliascanary", "waitinghashtagcanary"],
    "api:category": ["open-category"],
    "api:author": ["open-author"],
    "api:role": ["open-role", "roleslugcanary"],
    "api:certification": ["open-credential", "orphan-credential", "credentialslugcanary"],
    "embed-role": ["open-role", "roleslugcanary"],
    "embed-certification": ["open-credential", "orphan-credential", "credentialslugcanary"],
    "embed-comparison": [f"open-role-vs-{other}" for other in ("other-role", "roleslugcanary")],
}
FILTERS = {
    "article": ["hashtag=drafthashtagcanary", "role=roleslugcanary", "certification=credentialslugcanary"],
    "role": ["skill=skillslugcanary", "technology=technologyslugcanary"],
    "certification": ["provider=providerslugcanary", "role=roleslugcanary", "skill=skillslugcanary"],
}
PAGES = [*(f"/blog/{slug}/" for slug in DRAFTS), "/careers/roles/roleslugcanary/"]
PAGES += ["/careers/certifications/credentialslugcanary/", "/careers/compare/open-role-vs-roleslugcanary/"]


def filled(name):
    if name == "oembed":
        return [_oembed("/careers/roles/open-role/")]
    if name not in SLUGS:
        return [reverse(name)]
    control = f"open-role-vs-{CONTROL}" if name == "embed-comparison" else CONTROL
    return [reverse(name, args=[slug]) for slug in [*SLUGS[name], control]]


def asked():
    """Narrowed by what is secret, and by what does not exist; and lists cut so short that they go on."""
    narrowed = [
        f"{reverse(f'api:{kind}-list')}?{name}={word}"
        for kind, filters in FILTERS.items()
        for name, _, secret in (given.partition("=") for given in filters)
        for word in (secret, CONTROL)
    ]
    places = [page.rstrip("/").rpartition("/")[0] for page in PAGES]
    nowhere = [f"{place}/{CONTROL}/" for place in dict.fromkeys(places)]
    short = [f"{reverse(f'api:{kind}-list')}?limit={size}" for kind, size in (("article", 6), ("role", 1))]
    return [*narrowed, *short, *(_oembed(page) for page in [*PAGES, *nowhere])]


def _oembed(page):
    return f"{reverse('oembed')}?url={quote(f'http://testserver{page}')}"
