import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from careers.models import (
    Comparison,
    Credential,
    Delivery,
    ExamVersion,
    Fee,
    FieldCheck,
    LifecycleEvent,
    Pathway,
    Provider,
    Recommendation,
    Role,
    RoleSkill,
    Skill,
    Source,
    Technology,
)
from careers.transfer import DATA, DataError, load
from website.models import SearchDocument

EMPTY = (
    "sources",
    "providers",
    "skills",
    "technologies",
    "dimensions",
    "roles",
    "credentials",
    "events",
    "preference_statements",
    "comparisons",
)


@pytest.fixture
def data_dir(tmp_path):
    """A folder of empty data files; a test writes the one it is about."""
    for name in EMPTY:
        (tmp_path / f"{name}.json").write_text("[]")
    return tmp_path


def write(data_dir, name, *rows):
    (data_dir / f"{name}.json").write_text(json.dumps(rows))


def skill(**values):
    return {"id": "sql", "name": "SQL", "kind": "software", "reuse_level": "cross-sector", **values}


def credential(**values):
    return {"id": "gold", "name": "Gold", "provider": "acme", "level": "associate", **values}


@pytest.fixture
def acme(data_dir):
    write(data_dir, "providers", {"id": "acme", "name": "Acme"})


class TheCatalogueThatComesWithTheSite(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.counts = load()

    def test_it_loads_whole(self):
        counts = self.counts

        assert counts["roles"] == Role.objects.count() == 12
        assert counts["skills"] == Skill.objects.count() == 33
        assert counts["credentials"] == Credential.objects.count() == 60
        assert counts["providers"] == Provider.objects.count() == 16
        assert counts["technologies"] == Technology.objects.count() == 71
        assert counts["sources"] == Source.objects.count() == 24
        assert ExamVersion.objects.count() == 73
        assert Recommendation.objects.count() == 52

    def test_every_need_and_price_in_the_files_arrives(self):
        roles = json.loads((DATA / "roles.json").read_text())
        credentials = json.loads((DATA / "credentials.json").read_text())
        versions = [version for row in credentials for version in row["versions"]]
        assert RoleSkill.objects.count() == sum(len(row["skills"]) for row in roles)
        assert Fee.objects.count() == sum("price_usd" in version for version in versions)
        minutes = Delivery.objects.exclude(minutes=None).values("version").distinct().count()
        assert minutes == sum("minutes" in version for version in versions)

    def test_an_exam_whose_languages_end_apart_is_offered_in_as_many_ways(self):
        ways = Delivery.objects.filter(version__exam_code="MLA-C01").order_by("pk")
        assert [(way.languages, way.window_to) for way in ways] == [
            (["ja", "ko", "zh-Hans"], None),
            (["en"], date(2026, 9, 28)),
        ]

    def test_a_beta_has_its_own_terms_and_its_own_price(self):
        version = ExamVersion.objects.get(exam_code="MLA-C02")
        ways = {way.phase: (way.minutes, way.items_max) for way in version.deliveries.all()}
        assert ways == {"beta": (170, 85), "standard": (None, 65)}
        assert [(fee.kind, fee.amount) for fee in version.fees.all()] == [("beta_exam", Decimal(75))]

    def test_validity_belongs_to_the_version(self):
        versions = ExamVersion.objects.filter(credential__slug="pcpp1")
        assert {v.exam_code: (v.no_expiry, v.validity_months) for v in versions} == {
            "PCPP-32-101": (True, None),
            "PCPP-32-102": (False, 60),
        }

    def test_general_knowledge_keeps_its_mark(self):
        assert not Fee.objects.get(version__exam_code="AI-103").source.is_verified
        assert Fee.objects.get(version__exam_code="AIP-C01").source.is_verified

    def test_loading_again_changes_nothing(self):
        before = list(Credential.objects.values_list("pk", "updated_at"))

        counts = load()

        assert set(counts.values()) == {0}
        assert list(Credential.objects.values_list("pk", "updated_at")) == before

    def test_what_an_editor_changed_stays(self):
        role = Role.objects.get(slug="data-engineer")
        role.name = "Data Plumber"
        role.save()
        role.role_skills.all().delete()

        load()

        role.refresh_from_db()
        assert role.name == "Data Plumber"
        assert not role.role_skills.exists()

    def test_what_an_editor_renamed_is_known_by_its_former_name(self):
        for fact in (Role.objects.get(slug="generative-ai-engineer"), Credential.objects.get(slug="cka")):
            fact.slug = f"new-{fact.slug}"
            fact.save()

        assert set(load().values()) == {0}
        assert Comparison.objects.count() == 1

    def test_what_an_editor_deleted_of_a_certification_does_not_come_back(self):
        ExamVersion.objects.get(exam_code="MLA-C01").delete()
        LifecycleEvent.objects.filter(credential__slug="pcep").delete()
        FieldCheck.objects.all().delete()

        load()

        assert not LifecycleEvent.objects.filter(credential__slug__in=["pcep"]).exists()
        assert not FieldCheck.objects.exists()


def test_what_is_missing_is_added_to_what_is_there(db, data_dir):
    write(data_dir, "skills", skill())
    load(data_dir)
    write(data_dir, "skills", skill(), skill(id="java", name="Java"))

    counts = load(data_dir)

    assert counts["skills"] == 1
    assert set(Skill.objects.values_list("slug", flat=True)) == {"sql", "java"}


def test_loading_costs_no_query_a_row(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(400):
        load()
    with django_assert_max_num_queries(30):
        load()


def test_search_learns_of_what_was_loaded(db, data_dir, django_capture_on_commit_callbacks):
    write(data_dir, "skills", skill())

    with django_capture_on_commit_callbacks(execute=True):
        load(data_dir)

    assert SearchDocument.objects.filter(kind="skill", title="SQL").exists()


PATHWAY = {
    "id": "to-gold",
    "name": "To gold",
    "summary": "How to get there.",
    "intro": "",
    "role": None,
    "choices": [{"key": "one-of", "label": "One of these", "needed": 1}],
    "steps": [
        {"key": "sql", "kind": "skill", "of": "sql", "note": "First.", "choice": None},
        {"key": "practice", "kind": "text", "text": "Half a year of practice", "choice": "one-of"},
        {"key": "gold", "kind": "credential", "of": "gold", "choice": "one-of"},
    ],
    "edges": [
        {"from": "sql", "to": "practice", "relation": "recommends"},
        {"from": "practice", "to": "gold", "relation": "requires"},
    ],
}


@pytest.fixture
def gold(data_dir, acme):
    write(data_dir, "skills", skill())
    write(data_dir, "credentials", credential())


def test_a_pathway_comes_with_its_steps_choices_and_edges(db, data_dir, gold):
    write(data_dir, "pathways", PATHWAY)

    assert load(data_dir)["pathways"] == 1

    pathway = Pathway.objects.get()
    assert [(step.key, str(step), step.choice and step.choice.key) for step in pathway.steps.all()] == [
        ("sql", "SQL", None),
        ("practice", "Half a year of practice", "one-of"),
        ("gold", "Gold", "one-of"),
    ]
    assert [(str(edge), edge.relation) for edge in pathway.edges.all()] == [
        ("SQL → Half a year of practice", "recommends"),
        ("Half a year of practice → Gold", "requires"),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"edges": [*PATHWAY["edges"], {"from": "gold", "to": "sql"}]}, "go round in a circle"),
        ({"edges": [{"from": "sql", "to": "moon"}]}, "there is no pathway step “moon”"),
        (
            {"steps": [{"key": "a", "kind": "skill", "of": "flying"}], "edges": []},
            "there is no skill “flying”",
        ),
        ({"steps": [{"key": "a", "kind": "flight", "of": "x"}], "edges": []}, "flight"),
        ({"steps": [{"key": "a", "kind": "text"}], "edges": []}, "Choose what the kind of the step says"),
    ],
)
def test_a_wrong_pathway_is_named(db, data_dir, gold, wrong, message):
    write(data_dir, "pathways", {**PATHWAY, **wrong})

    with pytest.raises(DataError, match=r"pathways\.json, entry “to-gold”: ") as error:
        load(data_dir)

    assert message in str(error.value)
    assert not Pathway.objects.exists()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [skill(), skill(id="java")],
            "skills.json, entry “java”: name: Skill with this Name already exists.",
        ),
        (
            [skill(parent="java"), skill(id="java", name="Java", parent="sql")],
            "parent: “SQL” is itself part of this skill.",
        ),
        ([skill(name="S\x00L")], "name: holds a character that cannot be stored."),
        ([skill(name="\ud800")], "name: holds a character that cannot be stored."),
        ([skill(name=7)], "name: must be a text."),
        ([skill(name="x" * 201)], "name: Ensure this value has at most 200 characters"),
        ([skill(id="SQL 1")], "slug: Enter a valid “slug”"),
        ([skill(aliases="SQL")], "aliases: Enter texts, one a line."),
    ],
)
def test_what_the_database_or_a_field_refuses_is_named(db, data_dir, rows, message):
    write(data_dir, "skills", *rows)

    with pytest.raises(DataError, match=r"skills\.json, entry “") as error:
        load(data_dir)

    assert message in str(error.value)
    assert not Skill.objects.exists()


def test_prerequisites_in_a_circle_are_refused(db, data_dir, acme):
    write(
        data_dir,
        "credentials",
        credential(requires=["iron"]),
        credential(id="iron", name="Iron", requires=["gold"]),
    )

    with pytest.raises(DataError, match="what “Gold” asks for asks for it in turn"):
        load(data_dir)


def test_exams_of_one_certification_without_codes_get_keys_of_their_own(db, data_dir, acme):
    versions = [{"status": "retired"}, {"status": "active"}, {"status": "beta"}]
    write(data_dir, "credentials", credential(versions=versions))

    load(data_dir)

    assert list(ExamVersion.objects.order_by("pk").values_list("key", flat=True)) == [
        "gold",
        "gold-2",
        "gold-3",
    ]


def test_progress_is_told(db, data_dir):
    told = []
    write(data_dir, "skills", skill())

    load(data_dir, tell=told.append)

    assert "skills: 1 added" in told


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"provider": "nobody"}, "credentials.json, entry “gold”: there is no provider “nobody”"),
        ({"skills": ["flying"]}, "credentials.json, entry “gold”: there is no skill “flying”"),
        ({"source": ["X"]}, "credentials.json, entry “gold”: there is no source “X”"),
        ({"replaced_by": ["iron"]}, "credentials.json, entry “gold”: there is no credential “iron”"),
        (
            {"level": "godlike"},
            "credentials.json, entry “gold”: level: Value 'godlike' is not a valid choice.",
        ),
        ({"as_of": "2026-13-45"}, "credentials.json, entry “gold”: cannot be understood"),
        ({"versions": [{"exam_code": "X"}]}, "credentials.json, entry “gold”: lacks 'status'"),
        (
            {"versions": [{"exam_code": "X", "status": "active", "successor": "Y"}]},
            "credentials.json, entry “gold”: there is no exam “Y” to succeed “X”",
        ),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_loaded(db, data_dir, acme, values, message):
    write(data_dir, "credentials", credential(**values))

    with pytest.raises(DataError, match=r"credentials\.json") as error:
        load(data_dir)

    assert message in str(error.value)
    assert not Provider.objects.exists()


@pytest.mark.parametrize("text", ["", "{", '{"a": 1}', "[1]", '[{"name": "no id"}]', "null"])
def test_a_file_that_is_no_list_of_entries_is_named(db, data_dir, text):
    (data_dir / "skills.json").write_text(text)

    with pytest.raises(DataError, match=r"skills\.json"):
        load(data_dir)


def test_a_missing_file_is_named(db, tmp_path):
    with pytest.raises(DataError, match=r"sources\.json cannot be read"):
        load(tmp_path)


def test_the_command_loads_and_says_so(db, data_dir, capsys):
    write(data_dir, "skills", skill())

    call_command("load_careers", data_dir)

    assert "skills: 1 added" in capsys.readouterr().out


def test_the_command_says_in_one_sentence_what_is_wrong(db, tmp_path):
    with pytest.raises(CommandError, match=r"sources\.json cannot be read"):
        call_command("load_careers", tmp_path)
