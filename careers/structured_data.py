"""What machines may read of a page, in the words of schema.org: what is known and what the page shows."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.urls import reverse

from careers.comparison import SkillNeed
from careers.models import Credential, ExamVersion, Provider, Role, RoleCode, Skill, Technology

Thing = dict[str, Any]
Absolute = Callable[[str], str]

# A data block ends where "</script" stands, and "<!--" changes where that is looked for.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script_text(data: object) -> str:
    """JSON that may stand within a script element, whatever is in it."""
    return json.dumps(data, ensure_ascii=False).translate(ESCAPES)


class ScriptData(str):
    """Data in the form that a script element takes as it stands: templates do not escape it once more."""

    __slots__ = ()

    def __new__(cls, data: object) -> "ScriptData":
        return super().__new__(cls, script_text(data))

    def __html__(self) -> str:
        return self


def document(*things: Thing) -> Thing:
    known = [thing for thing in things if thing]
    body = known[0] if len(known) == 1 else {"@graph": known}
    return {"@context": "https://schema.org", **body}


def known(thing: Thing) -> Thing:
    """Without what is not known: no empty text, list or number stands for it."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], ())}


# --- Roles ------------------------------------------------------------------

# A merely related occupation is another one.
SAME_WORK = frozenset({RoleCode.Match.EXACT, RoleCode.Match.CLOSE})


def occupation(role: Role, skills: Sequence[SkillNeed], *, absolute: Absolute) -> Thing:
    """A role, which comes with its titles, tasks and codes."""
    url = absolute(role.get_absolute_url())
    return known(
        {
            "@type": "Occupation",
            "@id": f"{url}#occupation",
            "url": url,
            "name": role.name,
            "description": role.summary or role.main_focus,
            "alternateName": [title.title for title in role.titles.all()],
            "occupationalCategory": [category(code) for code in role.codes.all() if code.match in SAME_WORK],
            "skills": [defined_term(need.name, absolute(need.url)) for need in skills],
            "responsibilities": [task.text for task in role.tasks.all()],
        }
    )


def category(code: RoleCode) -> Thing:
    return {"@type": "CategoryCode", "codeValue": code.code, "inCodeSet": code.get_framework_display()}


def defined_term(name: str, url: str) -> Thing:
    return {"@type": "DefinedTerm", "name": name, "url": url}


# --- Certifications ---------------------------------------------------------


def educational_credential(
    credential: Credential, *, skills: Iterable[Skill], versions: Iterable[ExamVersion], absolute: Absolute
) -> Thing:
    """A certification with the public skills it covers and the exams that can be sat."""
    url = absolute(credential.get_absolute_url())
    return known(
        {
            "@type": "EducationalOccupationalCredential",
            "@id": f"{url}#credential",
            "url": url,
            "name": credential.name,
            "description": credential.summary,
            "credentialCategory": credential.get_kind_display(),
            "educationalLevel": credential.get_level_display(),
            "competencyRequired": [
                defined_term(skill.name, absolute(skill.get_absolute_url())) for skill in skills
            ],
            "recognizedBy": provider(credential, absolute=absolute) or None,
            "validFor": valid_for(versions),
            "sameAs": credential.official_url,
        }
    )


def provider(credential: Credential, *, absolute: Absolute) -> Thing:
    row = credential.shown_provider
    if row is None:
        return {}
    return {"@type": "Organization", "name": row.name, "url": absolute(row.get_absolute_url())}


def valid_for(versions: Iterable[ExamVersion]) -> str:
    """An ISO 8601 duration, where all exams agree and somebody read it at a source."""
    found = {version.validity_months if has_read_validity(version) else None for version in versions}
    months = found.pop() if len(found) == 1 else None
    return f"P{months}M" if months else ""


def has_read_validity(version: ExamVersion) -> bool:
    return version.validity_source is None or version.validity_source.is_verified


# --- Providers, skills and technologies -------------------------------------


def organization(row: Provider, *, absolute: Absolute) -> Thing:
    url = absolute(row.get_absolute_url())
    return known(
        {
            "@type": "Organization",
            "@id": f"{url}#provider",
            "url": url,
            "name": row.name,
            "description": row.summary,
            "sameAs": row.site_url,
        }
    )


def described_term(row: Skill | Technology, *, name: str = "", absolute: Absolute) -> Thing:
    """A skill or a technology as a word of the catalogue, named as its page names it."""
    thing = defined_term(name or row.name, absolute(row.get_absolute_url()))
    return known({**thing, "description": row.summary, "alternateName": row.aliases})


# --- Lists and trails -------------------------------------------------------


def item_list(name: str, items: Iterable[tuple[str, str]], *, absolute: Absolute) -> Thing:
    """Names with addresses, in the order of the page; nothing for an empty list."""
    rows = list(items)
    if not rows:
        return {}
    return {
        "@type": "ItemList",
        "name": name,
        "numberOfItems": len(rows),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": label, "url": absolute(url)}
            for position, (label, url) in enumerate(rows, start=1)
        ],
    }


def breadcrumb_list(trail: Iterable[tuple[str, str]], *, absolute: Absolute) -> Thing:
    """The way from the home page to this one; an empty address is the page itself."""
    steps = [
        known({"@type": "ListItem", "position": position, "name": label, "item": url and absolute(url)})
        for position, (label, url) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def page_data(*things: Thing, trail: Iterable[tuple[str, str]], absolute: Absolute) -> ScriptData:
    """All that one page of the catalogue tells machines. The trail begins below the catalogue's own page."""
    way = [("Home", "/"), ("Careers", reverse("careers:home")), *trail]
    return ScriptData(document(*things, breadcrumb_list(way, absolute=absolute)))
