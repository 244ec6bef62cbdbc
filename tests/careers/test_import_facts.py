import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.importing import running
from careers.models import ImportRun, RoleTitle
from tests.careers.imports import CTDL, ESCO, LEARN, ONET_30_1, altered, coded_role, json_file, only
from tests.factories import ProviderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def role():
    ProviderFactory(slug="microsoft", name="Microsoft")
    return coded_role()


def told(*args, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_facts", *map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_it_tells_each_row_before_and_after_and_writes_nothing():
    out, _ = told("onet", ONET_30_1)

    assert "15-2051.00 Sample Data Scientists fills the role “Data Scientist”." in out
    assert "Job Zones.txt, line 2 · updated · Data Scientist: job zone\n    job_zone: nothing → 5" in out
    assert "refused · The task is neither Core nor Supplemental yet." in out
    assert out.endswith("This was a dry run: nothing was written. --commit writes it.\n")
    assert not RoleTitle.objects.exists()


def test_commit_writes_it():
    out, _ = told("onet", ONET_30_1, "--commit")

    assert "dry run" not in out
    assert "1 updated" in out
    assert RoleTitle.objects.count() == 3


def test_what_stays_as_it_is_is_told_only_when_asked_for():
    told("onet", ONET_30_1, "--commit")

    assert "· unchanged ·" not in told("onet", ONET_30_1, "--commit")[0]
    assert "· unchanged ·" in told("onet", ONET_30_1, "--commit", verbosity=2)[0]


def test_roles_release_and_shrinking_are_passed_on(tmp_path):
    coded_role("Other")
    told("onet", ONET_30_1, "--commit", "--role", "other", "--release", "31.0")
    folder = altered(
        tmp_path, ONET_30_1, Alternate__Titles_dot_txt="O*NET-SOC Code\tJob Title\n", Skills_dot_txt=None
    )

    with pytest.raises(CommandError, match="--accept-shrink"):
        told("onet", folder, "--role", "other")
    out, _ = told("onet", folder, "--role", "other", "--accept-shrink")

    assert ImportRun.objects.get(is_dry_run=False).release == "31.0"
    assert "no longer in the files; they stay in the catalogue." in out


@pytest.mark.parametrize(("system", "path"), [("esco", ESCO), ("microsoft-learn", LEARN), ("ctdl", CTDL)])
def test_every_system_has_its_word(system, path):
    assert "dry run" in told(system, path)[0]


@pytest.mark.parametrize("system", ["onet", "esco", "microsoft-learn", "ctdl"])
@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xfe", b"PK\x03\x04", b"[" * 100_000, b"a,b\n" * 100])
def test_any_rubbish_is_a_sentence_and_no_traceback(tmp_path, system, content):
    for name in ("Skills.txt", "skills_en.csv", "x.json"):
        with pytest.raises(CommandError):
            told(system, only(tmp_path, name, content))
    with pytest.raises(CommandError):
        told(system, Path("/nowhere"))


def test_progress_of_a_long_file_is_told_where_it_is_asked_for(tmp_path):
    long = "O*NET-SOC Code\tTask ID\tScale ID\tData Value\n" + "11-1011.00\t1\tIM\t3\n" * 20_000
    folder = altered(tmp_path, ONET_30_1, Task__Ratings_dot_txt=long)

    assert told("onet", folder)[1] == ""
    assert "Task Ratings.txt: 20,000 lines read" in told("onet", folder, verbosity=2)[1]


def test_a_busy_database_is_a_sentence(monkeypatch):
    def busy(*args, **options):
        raise OperationalError("database is locked\nmore")

    monkeypatch.setattr(running, "run", busy)

    with pytest.raises(CommandError, match=r"Is another import running\? \(database is locked\)"):
        told("onet", ONET_30_1)


def test_quiet_says_nothing():
    assert told("onet", ONET_30_1, verbosity=0) == ("", "")


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=9),
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
LEARN_KEYS = [
    *("uid", "title", "url", "levels", "exams", "locales", "certification_type", "last_modified"),
    *("retirement_date", "renewal_frequency_in_days", "exam_duration_in_minutes", "summary", "display_name"),
]
CTDL_KEYS = [
    *("name", "description", "subjectWebpage", "ownedBy", "credentialStatusType", "inLanguage", "requires"),
    *("codedNotation", "expirationDate", "audienceLevelType", "estimatedCost", "recommends", "renewal"),
    "isRequiredFor",
]
patient = settings(suppress_health_check=list(HealthCheck))


@patient
@given(st.dictionaries(st.sampled_from(LEARN_KEYS), anything), st.lists(anything, max_size=2))
def test_any_shape_in_a_catalogue_is_read_or_refused(tmp_path, entry, more):
    sample = json.loads(LEARN.read_text())
    entries = [{**sample["certifications"][0], **entry}, *more]
    document = {
        "certifications": entries,
        "mergedCertifications": entries,
        "exams": [{**sample["exams"][0], **entry}],
    }

    try:
        told("microsoft-learn", json_file(tmp_path, document))
    except CommandError as error:
        assert str(error)  # noqa: PT017 -- either is an answer


@patient
@given(
    st.dictionaries(st.sampled_from([f"ceterms:{key}" for key in CTDL_KEYS]), anything),
    st.lists(anything, max_size=2),
)
def test_any_shape_in_a_resource_is_read_or_refused(tmp_path, entry, more):
    sample = json.loads(CTDL.read_text())["@graph"]

    told(
        "ctdl",
        json_file(tmp_path, {"@graph": [sample[0], {**sample[1], **entry}, *more]}),
        provider="microsoft",
    )
