import json
from datetime import date
from decimal import Decimal

import pytest

from careers.importing.faults import FileFault
from careers.models import Condition, Credential, ExamVersion, ExternalRecord, Fee, LifecycleEvent
from tests.careers.imports import CTDL, json_file, reasons, run, verdicts
from tests.factories import CredentialFactory, ExamVersionFactory, ProviderFactory

pytestmark = pytest.mark.django_db

REGISTRY = "https://credentialengineregistry.org/resources/"


def ctid(digit):
    return f"ce-{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}"


@pytest.fixture(autouse=True)
def provider():
    return ProviderFactory(slug="sample-institute", name="Sample Institute")


def one(**more):
    """A file of one resource."""
    told = {f"ceterms:{key}": value for key, value in {"name": "One", "ownedBy": [ctid("9")], **more}.items()}
    organisation = {"@type": "ceterms:CredentialOrganization", "ceterms:ctid": ctid("9")}
    credential = {"@type": "ceterms:Certification", "ceterms:ctid": ctid("1"), **told}
    return {"@graph": [{**organisation, "ceterms:name": "Sample Institute"}, credential]}


def costing(kind, price, currency="USD"):
    cost = {
        "ceterms:directCostType": f"costType:{kind}",
        "ceterms:price": price,
        "ceterms:currency": currency,
    }
    return {"estimatedCost": [cost]}


def alone(tmp_path, **more):
    return run("ctdl", json_file(tmp_path, one(**more)))


def test_a_resource_becomes_a_draft_with_exam_price_and_conditions(provider):
    run("ctdl", CTDL)

    credential = Credential.objects.get(name="Sample Certified Developer")
    assert (credential.provider, credential.status, credential.level) == (provider, "draft", "associate")
    assert (credential.summary, credential.audience_level) == ("Made up for tests.", "intermediate")
    version = credential.versions.get()
    assert (version.exam_code, version.status) == ("XX-103", "active")
    assert version.deliveries.get().languages == ["en"]
    fee = credential.fees.get()
    assert (fee.amount, fee.currency, fee.kind, fee.note) == (Decimal(165), "USD", "exam", "In all.")
    assert credential.renewals.get().note == "Pass a short test every year."


def test_what_is_asked_for_is_all_of_and_what_is_alternative_any_of():
    run("ctdl", CTDL)

    conditions = Condition.objects.filter(credential__name="Sample Certified Developer").order_by("pk")
    assert [(row.relation, row.group, str(row.target_credential or row.text)) for row in conditions] == [
        ("requires", 1, "Sample Certified Beginner"),
        ("recommends", 1, "A degree in building things."),
        ("recommends", 1, "A portfolio of built things."),
    ]


def test_an_imported_condition_never_becomes_an_alternative_to_an_editors(provider):
    credential = CredentialFactory(provider=provider, name="Sample Certified Developer")
    Condition.objects.create(credential=credential, relation="requires", group=1, text="Two years of work")

    run("ctdl", CTDL)

    groups = credential.conditions.filter(relation="requires").values_list("text", "group")
    assert set(groups) == {("Two years of work", 1), ("", 2)}


def test_a_condition_that_would_go_in_a_circle_is_refused(provider):
    beginner = CredentialFactory(provider=provider, name="Sample Certified Beginner")
    developer = CredentialFactory(provider=provider, name="Sample Certified Developer")
    Condition.objects.create(credential=beginner, relation="requires", target_credential=developer)

    outcome = run("ctdl", CTDL)

    assert any("itself depends on" in reason for reason in reasons(outcome))
    assert not developer.conditions.filter(relation="requires").exists()


def test_a_credential_told_to_be_required_elsewhere_is_a_condition_there(tmp_path, provider):
    first = one(isRequiredFor=[{"ceterms:targetCredential": [REGISTRY + ctid("2")]}])
    second = {"@type": "ceterms:Certification", "ceterms:ctid": ctid("2"), "ceterms:name": "Two"}
    first["@graph"].append({**second, "ceterms:ownedBy": [ctid("9")]})

    run("ctdl", json_file(tmp_path, first))

    condition = Condition.objects.get()
    assert (condition.credential.name, condition.relation, condition.target_credential.name) == (
        "Two",
        "requires",
        "One",
    )


@pytest.mark.parametrize(
    ("shape", "remark"),
    [
        ({"ceterms:targetNode": "credentialStat:Deprecated"}, False),
        ([{"ceterms:targetNode": "https://credreg.net/ctdl/terms/credentialStat/Deprecated"}], False),
        ({"ceterms:targetNodeName": {"en-US": "Deprecated"}}, False),
        ("ceterms:Deprecated", True),
        (["credentialStat:Deprecated"], True),
        ({"termName": "Deprecated"}, True),
    ],
)
def test_a_status_is_understood_in_each_of_its_shapes(tmp_path, shape, remark):
    outcome = alone(tmp_path, credentialStatusType=shape)

    assert ExamVersion.objects.get().status == "retired"
    assert reasons(outcome) == []
    assert any("is told as a" in row.reason for row in outcome.rows) == remark


@pytest.mark.parametrize(
    ("word", "status"),
    [("Active", "active"), ("Ceasing", "retirement_announced"), ("TeachOut", "retirement_announced")],
)
def test_each_word_of_theirs_is_one_of_ours(tmp_path, word, status):
    alone(tmp_path, credentialStatusType={"ceterms:targetNode": f"credentialStat:{word}"})

    assert ExamVersion.objects.get().status == status


def test_in_development_is_told_with_the_life_cycles_word(tmp_path):
    alone(tmp_path, credentialStatusType={"ceterms:targetNode": "lifeCycle:Developing"})

    assert ExamVersion.objects.get().status == "in_development"


@pytest.mark.parametrize(
    "name",
    ["One", {"en-US": "One"}, {"de": "Eins", "en": "One"}, ["One"], [{"en": "One"}], {"@value": "One"}],
)
def test_a_text_is_understood_in_each_of_its_shapes(tmp_path, name):
    alone(tmp_path, name=name)

    assert Credential.objects.get().name == "One"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (
            {"credentialStatusType": {"ceterms:targetNode": "credentialStat:Suspended"}},
            "“suspended” has no like",
        ),
        ({"credentialStatusType": 5}, "in a shape not known here"),
        ({"credentialStatusType": {"else": 1}}, "in a shape not known here"),
        ({"requires": "a sentence alone"}, "in a shape not known here"),
        ({"requires": [{"ceterms:targetCredential": [ctid("7")]}]}, "is not in the catalogue"),
        (costing("AssessmentFee", 0), "0 may mean free"),
        (costing("Snacks", 5), "“snacks” has no like"),
        (costing("AssessmentFee", -5), "ceterms:price"),
        (costing("AssessmentFee", "1e999"), "ceterms:price"),
        (costing("AssessmentFee", True), "no amount"),
        (costing("AssessmentFee", 5, "$"), "no currency"),
        ({"inLanguage": "english"}, "no code such as"),
        ({"inLanguage": [5]}, "no code such as"),
        ({"expirationDate": "soon"}, "is no date"),
        ({"subjectWebpage": "javascript:1"}, "no address of a page"),
        ({"description": 5}, "is no text"),
        ({"name": "a\0b"}, "no text"),
        ({"name": "a\ud800"}, "no text"),
        ({"name": {}}, "no ceterms:name"),
        ({"ctid": "ce-1"}, "no ceterms:ctid"),
        ({"ownedBy": [ctid("8")]}, "Who awards it is not in the catalogue"),
    ],
)
def test_what_makes_no_sense_is_refused_and_says_why(tmp_path, more, reason):
    assert any(reason in told for told in reasons(alone(tmp_path, **more)))


def test_one_bad_property_costs_that_property_only(tmp_path):
    alone(tmp_path, inLanguage="english", subjectWebpage="https://example.org/one")

    assert Credential.objects.get().official_url == "https://example.org/one"


def test_the_owner_can_be_named_where_the_file_does_not_tell(tmp_path, provider):
    document = {"@type": "ceterms:Certification", "ceterms:ctid": ctid("1"), "ceterms:name": "One"}

    run("ctdl", json_file(tmp_path, document), provider="sample-institute")

    assert Credential.objects.get().provider == provider


def test_ours_is_found_by_its_page_whoever_awards_it(tmp_path):
    credential = CredentialFactory(official_url="https://www.example.org/one/")

    alone(tmp_path, subjectWebpage="https://example.org/one", ownedBy=[])

    assert ExternalRecord.objects.get(fact_model="careers.Credential").fact_id == credential.pk


def test_a_price_of_ours_stays(tmp_path, provider):
    credential = CredentialFactory(provider=provider, name="Sample Certified Developer")
    Fee.objects.create(credential=credential, amount=100)

    outcome = run("ctdl", CTDL)

    assert credential.fees.get().amount == 100
    assert "Kept amount: the desk's own value." in reasons(outcome, "locked")


def test_which_of_several_exams_is_meant_is_left_to_the_desk(tmp_path, provider):
    credential = CredentialFactory(provider=provider, name="One")
    for _ in range(2):
        ExamVersionFactory(credential=credential)

    outcome = alone(tmp_path, credentialStatusType={"ceterms:targetNode": "credentialStat:Deprecated"})

    assert any("which of our several exams" in reason for reason in reasons(outcome))
    assert not ExamVersion.objects.filter(status="retired").exists()


def test_an_end_is_a_last_day_and_an_event():
    run("ctdl", CTDL)

    event = LifecycleEvent.objects.get()
    assert (event.happens_on, event.certainty, event.version.exam_code) == (
        date(2026, 6, 30),
        "confirmed",
        "XX-300",
    )


def test_a_level_that_nobody_tells_is_a_note_for_the_desk():
    run("ctdl", CTDL)

    note = Credential.objects.get(name="Sample Certified Tester").editor_note
    assert note == "The registry tells no level: set it before publishing."


def test_other_resources_are_only_looked_up(tmp_path):
    document = json.loads(CTDL.read_text())["@graph"][:1]

    assert verdicts(run("ctdl", json_file(tmp_path, document))) == {"created": 1}


def test_the_same_again_changes_nothing():
    first, second = run("ctdl", CTDL), run("ctdl", CTDL)

    assert verdicts(second) == {
        "unchanged": verdicts(first)["created"],
        "rejected": verdicts(first)["rejected"],
    }


def test_another_file_is_no_loss_of_the_first(tmp_path):
    run("ctdl", CTDL)
    document = one()
    document["@graph"][1]["ceterms:ctid"] = ctid("6")

    assert run("ctdl", json_file(tmp_path, document)).gone == ()


def test_the_same_file_with_less_in_it_is_a_loss(tmp_path):
    run("ctdl", CTDL)

    with pytest.raises(FileFault, match="of the last import are gone"):
        run("ctdl", json_file(tmp_path, one(), "ctdl.json"))


@pytest.mark.parametrize(
    "document", ["[]", "{}", "5", '"x"', "null", '{"@graph": 5}', '{"@graph": [{"a": 1}]}']
)
def test_json_that_is_no_ctdl_is_refused(tmp_path, document):
    with pytest.raises(FileFault, match="holds no CTDL resource"):
        run("ctdl", json_file(tmp_path, document))
