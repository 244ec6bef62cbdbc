"""A catalogue ten times as large asks the database as often."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.multiply import multiply
from careers import transfer
from careers.models import Credential, ExamVersion, Recommendation, Role, RoleSkill
from tests.careers.statements import load_statements

ADDRESSES = [
    "/careers/",
    "/careers/roles/",
    "/careers/roles/machine-learning-engineer/",
    "/careers/compare/",
    "/careers/compare/generative-ai-engineer-vs-machine-learning-engineer/",
    "/careers/choose/?say=train-models&say=python",
    "/careers/choose/how/",
    "/careers/skills/",
    "/careers/skills/python/",
    "/careers/technologies/",
    "/careers/technologies/docker/",
    "/careers/technologies/sql/",
    "/careers/providers/",
    "/careers/certifications/",
    "/careers/certifications/aws-ml-engineer-associate/",
    "/careers/providers/microsoft/",
    "/careers/changes/",
    "/careers/changes/?provider=microsoft&role=data-engineer",
    "/careers/changes/feed/",
    "/careers/certifications/calendar.ics",
    "/careers/pathways/",
    "/careers/pathways/python-to-generative-ai/",
]

pytestmark = pytest.mark.django_db


def costs(client) -> dict[str, int]:
    found = {}
    for address in ADDRESSES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        found[address] = len(queries)
    return found


def test_ten_times_the_catalogue_costs_as_many_queries(client):
    transfer.load()
    load_statements()
    few = costs(client)
    counted = [model.objects.count() for model in (Role, Credential, ExamVersion, RoleSkill, Recommendation)]
    multiply(10)

    assert [
        model.objects.count() for model in (Role, Credential, ExamVersion, RoleSkill, Recommendation)
    ] == [10 * count for count in counted]
    assert costs(client) == few
