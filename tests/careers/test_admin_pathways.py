import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.models import Condition, FieldChange, PathwayEdge, PathwayStep
from tests.careers.ways import make_pathway
from tests.factories import CredentialFactory, SkillFactory, UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/careers/pathway/add/"
STEP_FIELDS = ("key", "kind", "credential", "skill", "role", "text", "note", "choice", "order")


@pytest.fixture
def editor(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="editor"))
    client.force_login(person)
    return client


def address(pathway):
    return reverse("admin:careers_pathway_change", args=[pathway.pk])


def filled(prefix, rows, new=()):
    sent = {f"{prefix}-TOTAL_FORMS": len(rows) + len(new), f"{prefix}-INITIAL_FORMS": len(rows)}
    for number, row in enumerate([*rows, *new]):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items() if value is not None}
    return sent


def sent(pathway, edges=(), **needed):
    """The form as it stands, with new edges, and with choices that need other numbers."""
    steps = [
        {
            "id": step.pk,
            "pathway": pathway.pk,
            **{name: step.serializable_value(name) for name in STEP_FIELDS},
        }
        for step in pathway.steps.all()
    ]
    choices = [
        {
            "id": c.pk,
            "pathway": pathway.pk,
            "key": c.key,
            "label": c.label,
            "needed": needed.get(c.key, c.needed),
        }
        for c in pathway.choices.all()
    ]
    kept = [
        {
            "id": e.pk,
            "pathway": pathway.pk,
            "from_step": e.from_step_id,
            "to_step": e.to_step_id,
            "relation": e.relation,
        }
        for e in pathway.edges.all()
    ]
    new = [
        {"pathway": pathway.pk, "from_step": start.pk, "to_step": end.pk, "relation": "requires"}
        for start, end in edges
    ]
    about = {"name": pathway.name, "slug": pathway.slug, "status": pathway.status}
    return {**about, **filled("choices", choices), **filled("steps", steps), **filled("edges", kept, new)}


def refusals(response):
    """All that the page says against what was sent."""
    assert response.status_code == 200
    sets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    of_sets = [str(error) for formset in sets for error in formset.non_form_errors()]
    rows = [form.errors for formset in sets for form in formset.forms]
    return of_sets + [str(error) for row in rows for errors in row.values() for error in errors]


def steps_of(pathway):
    return [pathway.steps.get(key=key) for key in "abc"[: pathway.steps.count()]]


def test_a_new_pathway_begins_without_lines(editor):
    shown = editor.get(ADD).content.decode()

    assert "steps-TOTAL_FORMS" in shown
    assert "edges-TOTAL_FORMS" not in shown


def test_a_line_is_saved_and_stands_in_the_history(editor):
    pathway = make_pathway(a="Read", b="Write")
    one, two = steps_of(pathway)

    assert editor.post(address(pathway), sent(pathway, [(one, two)])).status_code == 302

    assert PathwayEdge.objects.get().to_step == two
    change = FieldChange.objects.get()
    assert (change.fact_model, change.part) == ("careers.Pathway", "Read → Write")


def test_steps_that_come_round_are_refused_by_name(editor):
    pathway = make_pathway(lines=[("a", "b"), ("b", "c")], a="Read", b="Write", c="Sing")
    one, _, three = steps_of(pathway)

    response = editor.post(address(pathway), sent(pathway, [(three, one)]))

    assert refusals(response) == [
        "These steps go round in a circle: Sing → Read → Write → Sing. Each must lead on."
    ]
    assert PathwayEdge.objects.count() == 2


def test_what_certifications_ask_of_each_other_counts_in_a_circle(editor):
    first, second = CredentialFactory(name="First"), CredentialFactory(name="Second")
    Condition.objects.create(credential=second, relation="recommends", target_credential=first)
    pathway = make_pathway(a=first, b=second)
    one, two = steps_of(pathway)

    response = editor.post(address(pathway), sent(pathway, [(two, one)]))

    assert refusals(response) == [
        "These steps go round in a circle: Second → First → Second. Each must lead on."
    ]


def test_a_step_cannot_lead_to_itself(editor):
    pathway = make_pathway(a="Read")
    (one,) = steps_of(pathway)

    assert editor.post(address(pathway), sent(pathway, [(one, one)])).status_code == 200
    assert not PathwayEdge.objects.exists()


def test_a_line_to_a_step_of_another_pathway_is_refused(editor):
    pathway, other = make_pathway(a="Read"), make_pathway("other", a="Write")
    (one,), (stranger,) = steps_of(pathway), steps_of(other)

    response = editor.post(address(pathway), sent(pathway, [(one, stranger)]))

    assert refusals(response) == ["This is no step of this pathway."]


def test_a_choice_of_another_pathway_is_refused(editor):
    pathway = make_pathway(a="Read")
    other = make_pathway("other", choices=[("c", 1, ["a"])], a="Write")
    form = {**sent(pathway), "steps-0-choice": other.choices.get().pk}

    assert refusals(editor.post(address(pathway), form)) == ["This is no choice of this pathway."]


@pytest.mark.parametrize(
    ("needed", "words"),
    [(1, []), (2, []), (3, ["2 steps belong to this choice: it cannot need 3."])],
)
def test_a_choice_needs_no_more_steps_than_it_has(editor, needed, words):
    pathway = make_pathway(choices=[("c", 1, ["a", "b"])], a="Read", b="Write")

    response = editor.post(address(pathway), sent(pathway, c=needed))

    assert (refusals(response) if response.status_code == 200 else []) == words


def test_a_choice_whose_last_step_goes_is_refused(editor):
    pathway = make_pathway(choices=[("c", 1, ["a"])], a="Read")
    form = {**sent(pathway), "steps-0-DELETE": "on"}

    assert refusals(editor.post(address(pathway), form)) == [
        "0 steps belong to this choice: it cannot need 1."
    ]


def test_a_step_is_what_its_kind_says(editor):
    pathway = make_pathway(a="Read")
    form = {**sent(pathway), "steps-0-kind": "skill"}

    assert refusals(editor.post(address(pathway), form)) == [
        "Choose what the kind of the step says, and only that."
    ]


def test_what_makes_no_sense_is_refused_kindly(editor):
    pathway = make_pathway(lines=[("a", "b")], choices=[("c", 1, ["a"])], a="Read", b="Write")
    for name, value in [
        ("edges-0-from_step", "x"),
        ("edges-0-to_step", "9" * 30),
        ("choices-0-needed", "-1"),
        ("choices-0-needed", ""),
        ("steps-0-key", ""),
        ("steps-0-choice", "9" * 30),
        ("steps-0-text", "\x00"),
        ("steps-0-order", "x"),
    ]:
        response = editor.post(address(pathway), {**sent(pathway), name: value})
        assert response.status_code == 400 or refusals(response), name
    assert not FieldChange.objects.exists()


def test_more_steps_and_lines_cost_as_many_queries(editor):
    def queries(slug, count):
        steps = {f"s{n}": SkillFactory() for n in range(count)}
        pathway = make_pathway(slug, [(f"s{n}", f"s{n + 1}") for n in range(count - 1)], **steps)
        editor.get(address(pathway))
        with CaptureQueriesContext(connection) as found:
            assert editor.get(address(pathway)).status_code == 200
        return len(found)

    assert queries("few", 3) == queries("many", 12)


def test_the_list_counts_the_steps(editor):
    make_pathway(a="Read", b="Write")

    assert '<td class="field-step_count">2</td>' in editor.get("/admin/careers/pathway/").content.decode()
    assert PathwayStep.objects.count() == 2
