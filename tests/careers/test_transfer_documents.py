"""The catalogue as files, out and in again."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.apps import apps
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, given, settings

from careers import transfer
from careers.models import FieldChange, Role, Skill
from careers.transfer import DataError, Verdict
from careers.transfer.documents import read
from careers.transfer.nouns import FORMER, LEFT_OUT, NOUNS, columns, lists, nested

from .documents import GOLD, ROLE, SQL, bring_in, documents


def undo():
    transaction.set_rollback(True)


# --- Nothing is lost --------------------------------------------------------


def test_every_table_of_the_catalogue_is_told_or_left_out_on_purpose():
    told = {noun.model for noun in NOUNS} | {
        inner for noun in NOUNS for _, _, inner, _ in nested(noun.model, noun.parts)
    }
    others = {model.__name__ for model in apps.get_app_config("careers").get_models()}

    assert others - {model.__name__ for model in told} == {
        "SlugAlias",  # told within its entry, as a former slug
        "FieldChange",
        "ImportRun",
        "ImportRow",
        "ExternalRecord",
    }


def test_every_field_is_told_but_those_of_this_database_alone():
    for noun in NOUNS:
        pairs = [(noun.model, ""), *((inner, owner) for _, _, inner, owner in nested(noun.model, noun.parts))]
        for model, owner in pairs:
            told = {field.name for field in (*columns(model, owner), *lists(model))}
            every = {f.name for f in model._meta.get_fields() if f.concrete and not f.one_to_many}
            every -= {part.name for part in noun.parts}
            assert every - told - LEFT_OUT - {"id", owner, "related"} <= {"provider", "key"}, model


class TheWholeDemo(TestCase):
    @classmethod
    def setUpTestData(cls):
        transfer.load()

    def setUp(self):
        role = Role.objects.get(slug="data-engineer")
        role.slug, role.status, role.editor_note = "data-plumber", "draft", "Ask Ann."
        role.save()
        self.text = transfer.catalogue_document()

    def path(self, text):
        path = Path(self.enterContext(TemporaryDirectory())) / "all.json"
        path.write_bytes(text.encode())
        return path

    def test_the_same_catalogue_gives_the_same_text(self):
        assert transfer.catalogue_document() == self.text
        assert json.loads(self.text)["format"] == "waymark-careers"

    def test_drafts_notes_and_former_addresses_are_in_it(self):
        roles = {role["slug"]: role for role in json.loads(self.text)["roles"]}

        assert roles["data-plumber"][FORMER] == ["data-engineer"]
        assert roles["data-plumber"]["status"] == "draft"
        assert roles["data-plumber"]["editor_note"] == "Ask Ann."

    def test_into_an_empty_catalogue_it_comes_back_the_same(self):
        path = self.path(self.text)
        clear()
        assert not Role.objects.exists()

        report = bring_in(path)

        assert report.count(Verdict.NEW) == len(report.proposals) > 600
        assert transfer.catalogue_document() == self.text
        assert Role.objects.named(["data-engineer"]).get().slug == "data-plumber"

    def test_over_itself_it_changes_nothing(self):
        report = bring_in(self.path(self.text))

        assert report.count(Verdict.UNCHANGED) == len(report.proposals)
        assert report.only_here == {}
        assert not FieldChange.objects.exists()

    def test_a_folder_holds_the_same_as_one_file(self):
        folder = Path(self.enterContext(TemporaryDirectory()))
        for name, text in transfer.catalogue_documents().items():
            (folder / name).write_text(text)

        report = bring_in(folder)

        assert report.count(Verdict.UNCHANGED) == len(report.proposals) > 600


def clear():
    """What others name goes last."""
    for noun in reversed(NOUNS):
        for part in noun.parts:
            model = noun.model._meta.get_field(part.name).related_model
            model._default_manager.all().delete()
    for noun in reversed(NOUNS):
        noun.model._default_manager.all().delete()


patient = settings(max_examples=settings.default.max_examples // 3, suppress_health_check=list(HealthCheck))


@given(document=documents())
@patient
def test_whatever_the_catalogue_out_and_in_and_out_is_the_same(db, export_file, document):
    with transaction.atomic():
        bring_in(export_file(**document))
        first = transfer.catalogue_document()
        undo()
    path = export_file()
    path.write_bytes(first.encode())
    with transaction.atomic():
        bring_in(path)
        assert transfer.catalogue_document() == first
        again = bring_in(path)
        assert again.count(Verdict.UNCHANGED) == len(again.proposals)
        undo()


@given(before=documents(), after=documents())
@patient
def test_whatever_was_there_the_file_is_true_afterwards(db, export_file, before, after):
    with transaction.atomic():
        bring_in(export_file(**before))
        shown = bring_in(export_file(**after), commit=False)
        done = bring_in(export_file(**after))
        again = bring_in(export_file(**after))
        undo()

    assert [p.lines for p in shown.proposals] == [p.lines for p in done.proposals]
    assert again.count(Verdict.UNCHANGED) == len(again.proposals)


# --- What a file may get wrong ----------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"waymark-careers"', b"{}", b'{"roles": []}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_file_that_is_no_export_is_refused(export_file, content):
    path = export_file()
    path.write_bytes(content)

    with pytest.raises(DataError, match=r"all\.json (is no export of the catalogue|cannot be read)"):
        read(path)


def test_a_later_version_of_the_format_is_refused(export_file):
    with pytest.raises(DataError, match="is of version 2; this site reads version 1"):
        read(export_file(version=2))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"none\.json cannot be read"):
        read(tmp_path / "none.json")


def test_a_folder_without_an_export_is_refused(tmp_path):
    with pytest.raises(DataError, match="is no export of the catalogue"):
        read(tmp_path)


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "shopping.json").write_text("{}")

    with pytest.raises(DataError, match=r"shopping\.json is none of its files"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"jobs": []}, "“jobs” is no list of entries that the catalogue knows"),
        ({"skills": {}}, "“skills” is no list of entries"),
        ({"skills": ["sql"]}, "skills 1: must be an entry with named values"),
        ({"skills": [{"name": "SQL"}]}, "skills 1: lacks 'slug'"),
        ({"skills": [SQL, {**SQL, "sumary": "x"}]}, "skills 2: there is nothing called “sumary” here"),
        ({"skills": [SQL, SQL]}, "skills 2 “sql”: is told twice"),
        ({"skills": [{**SQL, "name": ["SQL"]}]}, "skills 1: name: must be a text"),
        ({"skills": [{**SQL, "aliases": [1]}]}, "skills 1 “sql”: aliases: Enter texts"),
        ({"skills": [{**SQL, "name": "a\0b"}]}, "skills 1: name: holds a character that cannot be stored"),
        ({"skills": [{**SQL, "former_slugs": "x"}]}, "skills 1: former_slugs must be a list of keys"),
        ({"skills": [{**SQL, "parent": 7}]}, "skills 1: parent must be a key"),
        ({"skills": [{**SQL, "parent": "all"}]}, "skills 1 “sql”: there is no skill “all”"),
        (
            {"skills": [{**SQL, "kind": "talent"}]},
            "skills 1 “sql”: kind: Value 'talent' is not a valid choice",
        ),
        ({"skills": [{**SQL, "slug": "S Q L"}]}, "slug: Enter a valid “slug”"),
        ({"skills": [SQL, {"slug": "b", "name": "SQL"}]}, "skills 2 “b”: name: Skill with this Name already"),
        (
            {"skills": [SQL, {"slug": "b", "name": "B", "former_slugs": ["sql"]}]},
            "“sql” leads to another entry",
        ),
        ({"roles": [{**ROLE, "job_zone": 10**30}]}, "job_zone: "),
        (
            {"roles": [{**ROLE, "job_zone": True}]},
            "job_zone: must be a number",
        ),
        ({"roles": [{"slug": "r", "name": "R"}]}, "roles 1 “r”: main_focus: This field cannot be blank"),
        ({"roles": [{"slug": "r", "name": "R", "titles": "X"}]}, "titles must be a list of entries"),
        ({"credentials": [GOLD]}, "credentials 1 “gold”: there is no provider “acme”"),
        ({"credentials": [{**GOLD, "provider": None}]}, "credentials 1 “gold”: lacks 'provider'"),
        ({"credentials": [{**GOLD, "checked_on": "2026-02-31"}]}, "credentials 1: checked_on: "),
        ({"comparisons": [{"roles": ["nobody"]}]}, "comparisons 1 “nobody”: there is no role “nobody”"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_written(db, export_file, entries, message):
    with pytest.raises(DataError, match=r"all\.json") as error:
        bring_in(export_file(**entries))

    assert message in str(error.value)
    assert not Skill.objects.exists()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_what_is_no_number_is_refused(db, tmp_path, number):
    path = tmp_path / "all.json"
    role = f'{{"slug": "r", "name": "R", "main_focus": "F", "job_zone": {number}}}'
    path.write_text(f'{{"format": "waymark-careers", "version": 1, "roles": [{role}]}}')

    with pytest.raises(DataError, match=r"all\.json"):
        bring_in(path)
