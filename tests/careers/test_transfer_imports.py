"""What an export does to a catalogue that is there already."""

from itertools import pairwise

import pytest

from careers import transfer
from careers.models import FieldChange, Pathway, Role, Skill
from careers.transfer import DataError, Verdict
from tests.factories import RoleFactory, SkillFactory

from .documents import GOLD, ROLE, SQL, bring_in


def test_a_dry_run_shows_and_changes_nothing(db, export_file):
    SkillFactory(name="SQL", slug="sql", summary="Old.")

    report = bring_in(export_file(skills=[SQL, {"slug": "r", "name": "R"}]), commit=False)

    assert [(p.verdict, p.name, p.lines) for p in report.proposals] == [
        ("changed", "sql", ("summary: gone",)),
        ("new", "r", ()),
    ]
    assert list(Skill.objects.values_list("slug", "summary")) == [("sql", "Old.")]
    assert not FieldChange.objects.exists()


def test_what_changes_is_written_down(db, export_file):
    role = RoleFactory(name="Role", slug="role", main_focus="Old")

    bring_in(
        export_file(roles=[{"slug": "role", "name": "Role", "main_focus": "New"}, {**ROLE, "slug": "other"}])
    )

    changes = FieldChange.objects.order_by("pk")
    assert changes.count() == 2
    first = changes.get(fact_name="Role")
    assert (first.field, first.before, first.after) == ("main focus", "Old", "New")
    assert first.fact_id == role.pk
    assert first.note == "Imported from all.json"
    assert (changes.get(fact_name="Other").field, changes.get(fact_name="Other").before) == ("role", "")


def test_what_the_file_does_not_tell_of_stays(db, export_file):
    SkillFactory(name="Kept", slug="kept")

    report = bring_in(export_file(skills=[SQL]))

    assert report.only_here == {"skills": 1}
    assert Skill.objects.filter(slug="kept").exists()


def test_rows_within_an_entry_follow_the_file(db, export_file):
    titles = [{"title": "One"}, {"title": "Two"}]
    bring_in(export_file(roles=[{**ROLE, "titles": titles}]))
    kept = Role.objects.get().titles.get(title="Two")

    report = bring_in(export_file(roles=[{**ROLE, "titles": [{"title": "Three"}, {"title": "Two"}]}]))

    assert report.proposals[0].lines == ("titles Three: new", "titles Three title: Three", "titles One: gone")
    assert set(Role.objects.get().titles.values_list("title", flat=True)) == {"Three", "Two"}
    assert Role.objects.get().titles.get(title="Two") == kept


def test_an_exam_the_file_does_not_name_is_kept(db, export_file):
    entries = {"providers": [{"slug": "acme", "name": "Acme"}]}
    versions = [{"key": "a", "exam_code": "A"}, {"key": "b", "exam_code": "B"}]
    bring_in(export_file(**entries, credentials=[{**GOLD, "versions": versions}]))

    report = bring_in(export_file(**entries, credentials=[{**GOLD, "versions": versions[1:]}]))

    assert report.count(Verdict.CHANGED) == 0
    assert Role.objects.count() == 0
    assert transfer.catalogue_document().count('"exam_code"') == 2


def test_a_fact_renamed_here_is_known_by_its_former_slug(db, export_file):
    skill = SkillFactory(name="SQL", slug="sql")
    skill.slug = "structured-query-language"
    skill.save()

    report = bring_in(export_file(skills=[SQL]))

    assert report.count(Verdict.CHANGED) == 1
    assert Skill.objects.get().slug == "sql"
    assert Skill.objects.named(["structured-query-language"]).get().pk == skill.pk


def test_a_fact_renamed_there_is_known_by_its_former_slug(db, export_file):
    skill = SkillFactory(name="SQL", slug="sql")

    bring_in(export_file(skills=[{"slug": "structured", "name": "SQL", "former_slugs": ["sql"]}]))

    assert Skill.objects.get().pk == skill.pk
    assert Skill.objects.named(["sql"]).get().slug == "structured"


def test_a_changed_pathway_is_drawn_anew(db, export_file):
    def pathway(*keys):
        steps = [{"key": key, "kind": "text", "text": key, "order": n} for n, key in enumerate(keys)]
        edges = [{"from_step": a, "to_step": b} for a, b in pairwise(keys)]
        return {"slug": "p", "name": "P", "steps": steps, "edges": edges}

    bring_in(export_file(pathways=[pathway("a", "b", "c")]))
    bring_in(export_file(pathways=[pathway("b", "a")]))

    assert [str(edge) for edge in Pathway.objects.get().edges.all()] == ["b → a"]


def test_a_code_taken_by_another_exam_is_named_though_the_rows_came_in_a_batch(db, export_file):
    entries = {"providers": [{"slug": "acme", "name": "Acme"}]}
    versions = [{"key": "a", "exam_code": "X-1"}, {"key": "b", "exam_code": "x-1"}]

    with pytest.raises(DataError, match=r"credentials 1 “gold”: .*already") as error:
        bring_in(export_file(**entries, credentials=[{**GOLD, "versions": versions}]))

    assert "\n" not in str(error.value)
