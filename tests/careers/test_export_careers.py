"""manage.py export_careers and import_careers."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careers.models import RoleSkill, Skill
from tests.factories import RoleFactory, SkillFactory

from .documents import SQL

pytestmark = pytest.mark.django_db


def run(command, *args, **options) -> str:
    out = StringIO()
    call_command(command, *map(str, args), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def need():
    return RoleSkill.objects.create(role=RoleFactory(), skill=SkillFactory(), importance=4, level=5)


def test_an_export_goes_to_the_screen_to_a_file_or_to_a_folder(need, tmp_path):
    shown = run("export_careers")
    run("export_careers", to=tmp_path / "new" / "all.json")
    run("export_careers", to=tmp_path / "folder")

    assert (tmp_path / "new" / "all.json").read_text() == shown
    roles = json.loads((tmp_path / "folder" / "roles.json").read_text())
    assert roles["roles"] == json.loads(shown)["roles"]
    assert (tmp_path / "folder" / "checks.json").exists()


def test_the_table_goes_to_the_screen_or_to_a_file(need, tmp_path):
    run("export_careers", csv=True, to=tmp_path / "skills.csv")

    assert (tmp_path / "skills.csv").read_bytes().decode() == run("export_careers", csv=True)
    assert need.role.slug in run("export_careers", csv=True)


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="Cannot be written"):
        run("export_careers", to=tmp_path / "file" / "all.json")


def test_an_import_shows_what_it_would_do_and_does_it_when_told(export_file):
    SkillFactory(name="Kept", slug="kept")
    path = export_file(skills=[SQL])

    shown = run("import_careers", path)

    assert "new       skills sql" in shown
    assert "1 new, 0 changed, 0 unchanged. Only here, and kept: 1 skills." in shown
    assert "This was a dry run" in shown
    assert not Skill.objects.filter(slug="sql").exists()

    assert "dry run" not in run("import_careers", path, commit=True)
    assert Skill.objects.filter(slug="sql").exists()
    assert "0 new, 0 changed, 1 unchanged." in run("import_careers", path, commit=True)


def test_an_import_lists_each_change(export_file):
    SkillFactory(name="Language", slug="sql")

    assert "            name: Language → SQL\n" in run("import_careers", export_file(skills=[SQL]))


def test_an_import_says_in_one_sentence_what_is_wrong(export_file):
    with pytest.raises(CommandError, match=r"all\.json, skills 1: lacks 'slug'\nNothing was changed\."):
        run("import_careers", export_file(skills=[{}]))


def test_an_import_says_how_far_it_is(export_file):
    told = StringIO()

    call_command("import_careers", str(export_file(skills=[SQL])), stdout=StringIO(), stderr=told)

    assert told.getvalue().splitlines() == ["1 entries read.", "skills: 1 entries …"]
