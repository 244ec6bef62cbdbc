"""Certifications as programs read them."""

from datetime import UTC, date, datetime

import pytest

from careers.models import Credential, Delivery, Fee, Provider, Recommendation, Renewal, Source, Status
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
)
from tests.website.test_bad_input import NONSENSE

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture(scope="module")
def credential(for_the_module):
    return for_the_module(make_credential)


def make_credential():
    credential = CredentialFactory(
        name="Tested",
        slug="tested",
        summary="That one can test.",
        provider=ProviderFactory(name="Board", slug="board"),
        checked_on=date(2026, 9, 1),
        checked_on_precision="month",
        official_url="https://example.org/tested",
        conflicts=["Two pages disagree."],
        note="Bring a pen.",
    )
    source = Source.objects.create(key="a", title="A page", url="https://example.org/", kind="official")
    version = ExamVersionFactory(
        credential=credential, exam_code="T-1", validity_months=36, available_from=date(2026, 1, 1)
    )
    version.sources.add(source)
    Delivery.objects.create(version=version, languages=["en", "ja"], minutes=90)
    Delivery.objects.create(version=version, languages=["en"], minutes=90)
    Fee.objects.create(version=version, amount="165.50", source=source, observed_on=date(2026, 8, 1))
    ExamVersionFactory(credential=credential, exam_code="T-0", status="retired")
    Renewal.objects.create(credential=credential, method="retake", source=source)
    Fee.objects.create(credential=credential, kind="annual", amount=0)
    credential.sources.add(source)
    for status in (Status.PUBLISHED, Status.DRAFT):
        of = {"slug": f"its-{status}", "name": f"Its {status}", "status": status}
        credential.skills.add(SkillFactory(**of))
        credential.replaced_by.add(CredentialFactory(kind="badge", level="expert", access="partner", **of))
        role = RoleFactory(**of)
        Recommendation.objects.create(role=role, credential=credential, tier="core", reason="Asked for")
    Credential.objects.update(updated_at=datetime(2026, 2, 3, tzinfo=UTC))
    return credential


def test_the_list_tells_where_each_stands(client, credential):
    items = client.get("/api/certifications").json()["items"]
    line = next(item for item in items if item["slug"] == "tested")

    assert line == {
        "slug": "tested",
        "name": "Tested",
        "url": f"{SITE}/careers/certifications/tested/",
        "summary": "That one can test.",
        "api_url": f"{SITE}/api/certifications/tested",
        "provider": {"slug": "board", "name": "Board", "url": f"{SITE}/careers/providers/board/"},
        "kind": "certification",
        "level": "associate",
        "status": "active",
        "exam_codes": ["T-1"],
        "checked_on": "2026-09",
        "updated_at": "2026-02-03T00:00:00Z",
    }


def test_of_what_nobody_knows_an_exam_nothing_is_claimed(client, credential):
    found = client.get("/api/certifications/its-published").json()

    assert (found["status"], found["exam_codes"], found["checked_on"], found["exams"]) == (None, [], None, [])


def test_an_exam_comes_with_price_languages_and_source(client, credential):
    first, last = client.get("/api/certifications/tested").json()["exams"]
    source = {"title": "A page", "url": "https://example.org/", "kind": "official", "is_verified": True}

    assert first == {
        "code": "T-1",
        "label": "",
        "part": 1,
        "status": "active",
        "available_from": "2026-01-01",
        "last_exam_on": None,
        "date_note": "",
        "languages": ["en", "ja"],
        "minutes": [90],
        "prices": [
            {
                "kind": "exam",
                "amount": "165.50",
                "currency": "USD",
                "region": "",
                "is_from_price": False,
                "note": "",
                "observed_on": "2026-08-01",
                "source": source,
            }
        ],
        "validity_months": 36,
        "no_expiry": False,
        "sources": [source],
    }
    assert (last["code"], last["status"], last["prices"]) == ("T-0", "retired", [])


def test_it_tells_what_keeps_it_valid_what_it_covers_and_what_follows(client, credential):
    found = client.get("/api/certifications/tested").json()

    assert found["renewals"][0]["method"] == "retake"
    assert [(price["kind"], price["amount"]) for price in found["prices"]] == [("annual", "0.00")]
    for name in ("skills", "replaced_by", "recommended_for"):
        assert [row["slug"] for row in found[name]] == ["its-published"], name
    assert (found["official_url"], found["access"]) == ("https://example.org/tested", "open")
    assert (found["note"], found["conflicts"]) == ("Bring a pen.", ["Two pages disagree."])


def test_nothing_unpublished_is_told(client, credential):
    assert "draft" not in client.get("/api/certifications/tested").content.decode()
    assert client.get("/api/certifications/its-draft").status_code == 404


def test_a_provider_that_readers_do_not_see_is_not_named(client, credential):
    Provider.objects.filter(slug="board").update(status=Status.DRAFT)

    for address in ("/api/certifications", "/api/certifications/tested"):
        assert "oard" not in client.get(address).content.decode(), address
    assert client.get("/api/certifications/tested").json()["provider"] is None
    assert client.get("/api/certifications?provider=board").json()["items"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("provider=board", ["tested"]),
        ("role=its-published", ["tested"]),
        ("role=its-draft", []),
        ("skill=its-published", ["tested"]),
        ("skill=its-draft", []),
        ("kind=badge", ["its-published"]),
        ("kind=certification&level=associate", ["tested"]),
        ("level=expert", ["its-published"]),
        ("access=partner", ["its-published"]),
        ("updated_after=2026-02-03", []),
        ("updated_after=2026-02-02", ["its-published", "tested"]),
    ],
)
def test_the_list_is_narrowed_by_what_readers_see(client, credential, query, found):
    items = client.get(f"/api/certifications?{query}").json()["items"]

    assert [item["slug"] for item in items] == found


@pytest.mark.parametrize("name", ["kind", "level", "access", "provider", "role", "skill"])
def test_what_makes_no_sense_is_refused_and_nothing_fails(client, name):
    address = f"/api/certifications?{name}="
    answers = {client.get(address + nonsense).status_code for nonsense in NONSENSE.values()}

    assert answers == ({400} if name in ("kind", "level", "access") else {200, 400})


def test_ten_cost_as_many_queries_as_two(client, credential, count_queries):
    addresses = ("/api/certifications", "/api/certifications/tested")
    before = [count_queries(client, address) for address in addresses]
    for _ in range(8):
        version = ExamVersionFactory(credential__provider=credential.provider)
        Fee.objects.create(version=version, amount=1)
        Fee.objects.create(version=ExamVersionFactory(credential=credential), amount=1)
        credential.replaced_by.add(version.credential)
        credential.skills.add(SkillFactory())

    assert [count_queries(client, address) for address in addresses] == before
