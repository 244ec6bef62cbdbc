import re
from datetime import timedelta

import pytest
from django.utils import timezone

from careers.models import ExamVersion, LifecycleEvent, Status
from tests.careers.shown import data, source, words
from tests.factories import CredentialFactory, ExamVersionFactory, ProviderFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/providers/acme/"


@pytest.fixture
def acme():
    return ProviderFactory(name="Acme", slug="acme", site_url="https://acme.example/")


def make(acme, name, status, **more):
    return ExamVersionFactory(
        credential__name=name, credential__provider=acme, status=status, **more
    ).credential


def test_how_its_certifications_stand_leads_to_the_lists_of_them(client, acme):
    for name, status in [("A", "active"), ("B", "active"), ("C", "beta"), ("D", "retired")]:
        make(acme, name, status)
    CredentialFactory(name="E", provider=acme)
    links = re.findall(
        r'<a class="chip" href="([^"]+)">([^<]+) <span class="chip__count">(\d+)', source(client.get(PAGE))
    )

    assert [(label, count) for _, label, count in links] == [
        ("Active", "2"),
        ("Beta", "1"),
        ("Retired", "1"),
        ("Status not known", "1"),
    ]
    for address, _, count in links:
        listed = source(client.get(address))
        assert f"{count} certification" in listed, address
        assert "We know no such" not in listed


def test_the_next_five_changes_are_shown_and_no_more(client, acme):
    credential = make(acme, "A", "active")
    for number in range(7):
        day = timezone.localdate() + timedelta(days=number)
        LifecycleEvent.objects.create(
            credential=credential, kind="price_change", happens_on=day, note=f"Change {number}."
        )
    page = source(client.get(PAGE))

    assert [number for number in range(7) if f"Change {number}." in page] == [0, 1, 2, 3, 4]


def test_changes_of_a_draft_are_not_shown(client, acme):
    credential = make(acme, "Secret", "active", credential__status=Status.DRAFT)
    LifecycleEvent.objects.create(
        credential=credential, kind="announced", certainty="expected", note="Secret."
    )

    assert "Secret" not in source(client.get(PAGE))


def test_machines_read_the_provider_and_what_can_be_taken(client, acme):
    make(acme, "Open one", "active")
    make(acme, "Gone one", ExamVersion.Status.RETIRED)
    provider, rows, trail = data(client.get(PAGE))

    assert (provider["@type"], provider["name"], provider["sameAs"]) == (
        "Organization",
        "Acme",
        "https://acme.example/",
    )
    assert [row["name"] for row in rows["itemListElement"]] == ["Open one"]
    assert trail["itemListElement"][-1] == {"@type": "ListItem", "position": 4, "name": "Acme"}


def test_ten_certifications_cost_what_two_cost(client, count_queries):
    for slug, count in (("two", 2), ("ten", 10)):
        provider = ProviderFactory(slug=slug)
        for _ in range(count):
            version = ExamVersionFactory(credential__provider=provider)
            LifecycleEvent.objects.create(
                credential=version.credential, version=version, kind="announced", certainty="expected"
            )

    two, ten = (count_queries(client, f"/careers/providers/{slug}/") for slug in ("two", "ten"))

    assert two == ten


def test_the_list_is_in_alphabetical_order(client, acme):
    for name in ("Zebra", "beta", "Delta"):
        ProviderFactory(name=name)
    names = [row["name"] for row in data(client.get("/careers/providers/"))[0]["itemListElement"]]

    assert names == ["Acme", "beta", "Delta", "Zebra"]


def test_the_list_has_every_public_provider_with_its_public_certifications(client, acme):
    CredentialFactory(provider=acme)
    CredentialFactory(provider=acme, status=Status.DRAFT)
    ProviderFactory(name="Secret maker", status=Status.DRAFT)
    response = client.get("/careers/providers/")

    assert "Acme 1 certification" in words(response)
    assert "Secret" not in words(response)
    assert [row["name"] for row in data(response)[0]["itemListElement"]] == ["Acme"]


def test_a_provider_leads_up_to_the_list(client, acme):
    assert '<a href="/careers/providers/">Providers</a>' in source(client.get(PAGE))
    assert [step["name"] for step in data(client.get(PAGE))[-1]["itemListElement"]][2] == "Providers"


def test_ten_providers_cost_what_two_cost(client, count_queries):
    costs = []
    for more in (2, 8):
        for provider in ProviderFactory.create_batch(more):
            CredentialFactory(provider=provider)
        costs.append(count_queries(client, "/careers/providers/"))

    assert costs[0] == costs[1]
