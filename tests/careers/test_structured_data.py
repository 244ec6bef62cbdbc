import json
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Source
from careers.structured_data import (
    ScriptData,
    breadcrumb_list,
    described_term,
    document,
    educational_credential,
    item_list,
    occupation,
    organization,
    script_text,
)
from tests.careers.needs import need
from tests.factories import CredentialFactory, ExamVersionFactory, ProviderFactory, RoleFactory, SkillFactory


def absolute(path):
    return f"https://example.org{path}"


class Scripts(HTMLParser):
    """What a browser takes for the content of script elements."""

    def __init__(self, page):
        super().__init__()
        self.found, self.is_inside = [], False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.is_inside = tag == "script"
        if self.is_inside:
            self.found.append("")

    def handle_endtag(self, tag):
        self.is_inside = False

    def handle_data(self, data):
        if self.is_inside:
            self.found[-1] += data


# --- Escaping ---------------------------------------------------------------

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(anything)
def test_what_is_read_from_a_script_element_is_what_was_written(data):
    template = Template('<script type="application/ld+json">{{ data }}</script>')
    page = template.render(Context({"data": ScriptData(data)}))

    assert [json.loads(found) for found in Scripts(page).found] == [data]


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!-- <script>", "]]>", "&lt;", "\u2028"]
)
def test_no_text_ends_the_script_or_opens_a_comment(text):
    written = script_text({"name": text})

    assert not set(written) & set("<>&")
    assert json.loads(written) == {"name": text}


# --- Things -----------------------------------------------------------------


def test_one_thing_stands_alone_and_several_in_a_graph():
    assert document({"@type": "A"}) == {"@context": "https://schema.org", "@type": "A"}
    assert document({"@type": "A"}, {}, {"@type": "B"})["@graph"] == [{"@type": "A"}, {"@type": "B"}]


@pytest.mark.django_db
def test_an_occupation_tells_all_that_is_known():
    role = RoleFactory(name="Data Engineer", slug="x", summary="Moves data.")
    role.titles.create(title="Data Plumber")
    role.tasks.create(text="build pipelines")
    role.codes.create(framework="onet-soc-2019", code="15-1243.00", match="close")
    role.codes.create(framework="isco-08", code="2521", match="related")

    thing = occupation(role, [need("sql")], absolute=absolute)

    assert thing == {
        "@type": "Occupation",
        "@id": "https://example.org/careers/roles/x/#occupation",
        "url": "https://example.org/careers/roles/x/",
        "name": "Data Engineer",
        "description": "Moves data.",
        "alternateName": ["Data Plumber"],
        "occupationalCategory": [
            {"@type": "CategoryCode", "codeValue": "15-1243.00", "inCodeSet": "O*NET-SOC 2019"}
        ],
        "skills": [{"@type": "DefinedTerm", "name": "sql", "url": "https://example.org/careers/skills/sql/"}],
        "responsibilities": ["build pipelines"],
    }


@pytest.mark.django_db
def test_an_occupation_says_nothing_of_what_is_not_known():
    thing = occupation(RoleFactory(main_focus="One kind of work"), [], absolute=absolute)

    assert set(thing) == {"@type", "@id", "url", "name", "description"}
    assert thing["description"] == "One kind of work"


@pytest.mark.django_db
def test_a_credential_says_who_stands_for_it_and_how_long_it_lasts():
    credential = CredentialFactory(slug="x", provider__name="Acme", provider__slug="acme", level="expert")
    version = ExamVersionFactory(credential=credential, validity_months=36)
    skill = SkillFactory(name="SQL", slug="sql")

    thing = educational_credential(credential, skills=[skill], versions=[version], absolute=absolute)

    assert thing["recognizedBy"] == {
        "@type": "Organization",
        "name": "Acme",
        "url": "https://example.org/careers/providers/acme/",
    }
    assert (thing["validFor"], thing["educationalLevel"]) == ("P36M", "Expert")
    assert [term["name"] for term in thing["competencyRequired"]] == ["SQL"]
    assert "description" not in thing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("months", "kind", "is_said"),
    [
        ([36, 36], "official", True),
        ([36, 24], "official", False),
        ([36, None], "official", False),
        ([None], "official", False),
        ([36], "general", False),
        ([], "official", False),
    ],
)
def test_a_validity_is_said_only_where_all_exams_agree_and_it_was_read(months, kind, is_said):
    credential = CredentialFactory()
    source = Source.objects.create(key="S", title="Source", kind=kind)
    versions = [
        ExamVersionFactory(credential=credential, validity_months=count, validity_source=source)
        for count in months
    ]

    thing = educational_credential(credential, skills=[], versions=versions, absolute=absolute)

    assert ("validFor" in thing) is is_said


def test_a_list_numbers_its_items_in_their_order():
    thing = item_list("Roles", [("B", "/b/"), ("A", "/a/")], absolute=absolute)

    assert thing["numberOfItems"] == 2
    assert [(row["position"], row["name"], row["url"]) for row in thing["itemListElement"]] == [
        (1, "B", "https://example.org/b/"),
        (2, "A", "https://example.org/a/"),
    ]


def test_a_list_of_nothing_is_nothing():
    assert item_list("Roles", [], absolute=absolute) == {}


def test_a_trail_ends_with_the_page_itself_which_needs_no_address():
    thing = breadcrumb_list([("Home", "/"), ("Here", "")], absolute=absolute)

    assert thing["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://example.org/"},
        {"@type": "ListItem", "position": 2, "name": "Here"},
    ]


@pytest.mark.django_db
def test_a_provider_and_a_skill_tell_what_is_known_of_them():
    provider = ProviderFactory(name="Acme", slug="acme", site_url="https://acme.example/")
    skill = SkillFactory(name="SQL", slug="sql", aliases=["Structured Query Language"])

    assert organization(provider, absolute=absolute) == {
        "@type": "Organization",
        "@id": "https://example.org/careers/providers/acme/#provider",
        "url": "https://example.org/careers/providers/acme/",
        "name": "Acme",
        "sameAs": "https://acme.example/",
    }
    assert described_term(skill, absolute=absolute) == {
        "@type": "DefinedTerm",
        "name": "SQL",
        "url": "https://example.org/careers/skills/sql/",
        "alternateName": ["Structured Query Language"],
    }
