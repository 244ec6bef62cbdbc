import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


def test_the_process_answers_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_site_with_its_tables_is_ready(client):
    assert client.get("/readyz").content == b"ready\n"


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_503_and_says_nothing_more(client, monkeypatch):
    def fail(self):
        raise OperationalError("connection to server at 10.0.0.5 failed for user waymark")

    monkeypatch.setattr(MigrationRecorder, "migration_qs", property(fail))

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"not ready\n")


@pytest.mark.django_db
def test_a_database_without_a_single_migration_is_not_ready(client):
    MigrationRecorder(connection).migration_qs.delete()

    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/healthz", "/readyz"])
def test_a_probe_needs_no_host_name_no_https_and_no_session(client, settings, url):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get(url, headers={"host": "10.1.2.3:8000"})

    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
