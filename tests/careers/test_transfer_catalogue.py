"""What the data files make of an empty database: the tricky facts, as a reader would ask for them."""

from datetime import date

from django.test import TestCase
from django.utils.text import slugify

from careers.checklist import subjects
from careers.lifecycle import exam_status, is_overdue
from careers.models import (
    Comparison,
    Condition,
    Credential,
    Delivery,
    ExamDomain,
    ExamVersion,
    Fee,
    FieldCheck,
    LifecycleEvent,
    PreferenceStatement,
    PreferenceWeight,
    Renewal,
    Role,
    RoleCode,
    RoleRelation,
    Source,
)
from careers.review import found_in
from careers.transfer import load

ON = date(2026, 11, 24)
Field = FieldCheck.Field
Verdict = FieldCheck.Verdict


def exam(code) -> ExamVersion:
    return ExamVersion.objects.get(exam_code=code)


def windows(code):
    ways = exam(code).deliveries.order_by("pk")
    return [(way.phase, way.languages, way.window_from, way.window_to) for way in ways]


def said(subject, field):
    """Newest first: verdict, value and source."""
    checks = subject.field_checks.filter(field=field)
    return [(check.verdict, check.value, check.source.key) for check in checks]


class TheLoadedCatalogue(TestCase):
    @classmethod
    def setUpTestData(cls):
        load()

    # --- How much there is --------------------------------------------------

    def test_every_table_is_filled(self):
        counted = {
            model: model.objects.count()
            for model in (
                Condition,
                LifecycleEvent,
                PreferenceStatement,
                PreferenceWeight,
                Comparison,
                Renewal,
            )
        }

        assert counted == {
            Condition: 12,
            LifecycleEvent: 31,
            PreferenceStatement: 13,
            PreferenceWeight: 42,
            Comparison: 1,
            Renewal: 2,
        }
        assert RoleRelation.objects.count() == 26
        assert RoleCode.objects.count() == 51
        assert Delivery.objects.exclude(appointment_code="").count() == 2

    def test_the_files_know_no_exam_domains(self):
        assert not ExamDomain.objects.exists()

    def test_every_row_satisfies_its_own_rules(self):
        for model in (Role, Credential, ExamVersion, Condition, FieldCheck, LifecycleEvent, PreferenceWeight):
            for row in model.objects.all():
                row.full_clean()

    def test_keys_are_those_that_the_site_itself_would_give(self):
        for version in ExamVersion.objects.select_related("credential", "provider"):
            code = version.exam_code
            stem = slugify(f"{version.provider.slug} {code}") if code else version.credential.slug
            assert version.key == stem
            assert version.provider_id == version.credential.provider_id
        for event in LifecycleEvent.objects.select_related("version", "credential"):
            about = event.version.key if event.version else event.credential.slug
            assert event.key == slugify(" ".join([about, event.kind.replace("_", "-"), *event.languages]))

    # --- Windows ------------------------------------------------------------

    def test_two_editions_can_be_open_at_once(self):
        assert exam_status(exam("MLA-C01"), on=ON) == ExamVersion.Status.RETIREMENT_ANNOUNCED
        assert exam_status(exam("MLA-C02"), on=ON) == ExamVersion.Status.BETA

    def test_english_has_ended_where_other_languages_go_on(self):
        assert windows("MLA-C01") == [
            ("standard", ["ja", "ko", "zh-Hans"], None, None),
            ("standard", ["en"], None, date(2026, 9, 28)),
        ]

    def test_a_beta_and_its_standard_form_have_windows_of_their_own(self):
        assert windows("MLA-C02") == [
            ("beta", ["en"], date(2026, 9, 29), None),
            ("standard", [], date(2027, 1, 14), None),
        ]
        assert exam("MLA-C02").deliveries.get(phase="beta").appointment_code == "ME1-C02"

    def test_languages_that_end_leave_those_open_that_nobody_listed(self):
        assert windows("AIF-C01") == [
            ("standard", [], None, None),
            ("standard", ["it", "de"], None, date(2026, 10, 15)),
        ]

    def test_an_exam_may_end_in_english_before_the_others(self):
        assert windows("SY0-701") == [
            ("standard", ["en"], None, date(2027, 6, 11)),
            ("standard", ["ja", "pt", "es", "th"], None, date(2027, 8, 13)),
        ]
        assert exam("SY0-701").successor == exam("SY0-801")

    def test_a_closed_beta_stays_on_record(self):
        assert ("beta", [], None, date(2026, 3, 31)) in windows("AIP-C01")

    # --- Life ---------------------------------------------------------------

    def test_announcements_that_nobody_confirmed_are_overdue(self):
        overdue = [version.exam_code for version in ExamVersion.objects.all() if is_overdue(version, on=ON)]

        assert set(overdue) == {"PCEP-30-03", "PCAP-31-04", "SY0-801", "AIB-C01"}
        queued = {item.what for item in self.queued() if item.kind == "overdue"}
        assert any("PCEP-30-03" in what for what in queued)

    def queued(self):
        return found_in(subjects("credential").prefetch_related("events__source"), on=ON)

    def test_a_quarter_stays_a_quarter(self):
        event = LifecycleEvent.objects.get(version__exam_code="PCAP-31-04")

        assert (event.happens_on, event.happens_on_precision) == (date(2026, 7, 1), "quarter")
        assert (event.certainty, event.review_on) == ("announced", date(2026, 10, 1))

    def test_a_day_that_two_pages_tell_differently_is_disputed(self):
        event = LifecycleEvent.objects.get(version__exam_code="MLA-C02", kind="general_availability")

        assert (event.happens_on, event.certainty) == (date(2027, 1, 14), "disputed")

    def test_an_archive_notice_of_other_exams_is_an_expectation_only(self):
        event = LifecycleEvent.objects.get(version__exam_code="1Z0-1127-25")

        assert (event.happens_on, event.certainty) == (date(2026, 9, 30), "expected")
        assert exam("1Z0-1127-25").last_exam_on == date(2026, 9, 30)
        assert exam("1Z0-1127-25").successor == exam("1Z0-1127-26")
        assert exam_status(exam("1Z0-1127-25"), on=ON) == ExamVersion.Status.RETIRED

    def test_a_certification_may_leave_two_successors(self):
        mls = Credential.objects.get(slug="aws-ml-specialty")

        assert {row.slug for row in mls.replaced_by.all()} == {
            "aws-ml-engineer-associate",
            "aws-genai-developer-professional",
        }
        assert exam("MLS-C01").last_exam_on == date(2026, 3, 31)

    # --- Conditions ---------------------------------------------------------

    def test_a_pass_once_gained_is_enough_for_the_cks(self):
        condition = Condition.objects.get(credential__slug="cks")

        assert (condition.relation, condition.target_credential.slug) == ("requires", "cka")
        assert condition.must_be_current is False
        assert condition.source.key == "CSL"

    def test_all_that_is_recommended_is_recommended(self):
        advice = Condition.objects.filter(credential__slug="pcad")

        assert {(row.relation, row.group, row.target_credential.slug) for row in advice} == {
            ("recommends", 1, "pcap"),
            ("recommends", 2, "pced"),
        }

    def test_known_to_have_no_prerequisites_is_not_the_same_as_none_recorded(self):
        known = Credential.objects.filter(is_without_prerequisites=True)

        assert known.count() == 18
        assert {row.provider.slug for row in known} == {
            "python-institute",
            "google-cloud",
            "databricks",
            "aws",
        }

    # --- Evidence -----------------------------------------------------------

    def test_two_official_pages_may_list_different_prerequisites(self):
        credential = Credential.objects.get(slug="ms-agentic-ai-architect-expert")

        assert said(credential, Field.PREREQUISITES) == [
            ("contradicts", "A list that includes MB-280 and PL-200", "AB100-EXAM"),
            ("contradicts", "A list without MB-280 and PL-200", "AB100-CREDENTIAL"),
        ]

    def test_a_contradiction_stands_beside_what_it_contradicts(self):
        assert said(exam("PCEP-30-02"), Field.VALIDITY) == [
            ("confirms", "60 months", "CSL"),
            ("contradicts", "for life", "OEP-PCEP"),
        ]
        assert said(exam("PCEP-30-02"), Field.PRICE) == [
            ("contradicts", "USD 59", "PY-GUIDES"),
            ("confirms", "from USD 69", "CSL"),
        ]
        assert said(exam("AIP-C01"), Field.MINUTES) == [
            ("contradicts", "170 minutes", "AIP-GUIDES"),
            ("confirms", "180 minutes", "CSL"),
        ]

    def test_what_two_official_pages_tell_differently_is_disputed_and_no_other_field(self):
        disputed = [item for item in self.queued() if item.kind == "disputed"]

        assert [(item.what, item.line.field) for item in disputed] == [
            ("Microsoft Certified: Agentic AI Business Solutions Architect Expert", "prerequisites")
        ]

    def test_every_other_contradiction_waits_for_the_desk(self):
        contradicted = [item for item in self.queued() if item.kind == "contradicted"]

        assert {(item.what.rpartition("(")[2].strip(")"), item.line.field) for item in contradicted} == {
            ("PCEP-30-02", "validity"),
            ("PCEP-30-02", "price"),
            ("PCEP-30-02", "minutes"),
            ("PCEP-30-02", "status"),
            ("PCAP-31-03", "status"),
            ("AIP-C01", "minutes"),
            ("1Z0-830", "minutes"),
            ("NCA-GENL", "price"),
            ("NCA-GENL", "minutes"),
            ("NCA-GENL", "items"),
            ("CKA", "price"),
            ("CKA", "validity"),
            ("Databricks Certified Generative AI Engineer Associate", "minutes"),
            ("Databricks Certified Generative AI Engineer Associate", "items"),
            ("Databricks Certified Machine Learning Professional", "price"),
        }

    def test_a_found_value_has_the_day_and_the_source_it_was_read_at(self):
        check = FieldCheck.objects.get(version__exam_code="PCED-30-02", field=Field.LANGUAGES)

        assert (check.value, check.source.key, check.checked_on) == (
            "English, Spanish",
            "CSL",
            date(2026, 9, 29),
        )

    def test_a_source_with_a_day_of_its_own_keeps_it(self):
        check = FieldCheck.objects.get(version__exam_code="1Z0-829", field=Field.PRICE)

        assert (check.source.key, check.checked_on) == ("ATLAS", date(2026, 6, 13))

    def test_a_source_that_never_tells_a_status_confirms_none(self):
        assert not FieldCheck.objects.filter(field=Field.STATUS, source__key="ATLAS").exists()
        assert said(exam("SAP-C02"), Field.STATUS) == [("confirms", "Active", "CSL")]
        assert said(exam("1Z0-829"), Field.STATUS) == []

    def test_general_knowledge_confirms_nothing(self):
        assert not FieldCheck.objects.filter(source__kind=Source.Kind.GENERAL).exists()
        assert said(exam("AI-103"), Field.PRICE) == []

    def test_what_is_general_knowledge_is_marked_as_such(self):
        assert all(not code.source.is_verified for code in RoleCode.objects.select_related("source"))
        assert all(role.sources.filter(kind=Source.Kind.GENERAL).exists() for role in Role.objects.all())
        assert not Fee.objects.get(version__credential__slug="databricks-ml-professional").source.is_verified
        assert not Condition.objects.get(credential__slug="ms-azure-solutions-architect").source.is_verified
        assert not PreferenceStatement.objects.get(slug="maths").source.is_verified
        assert not exam("CLF-C02").validity_source.is_verified

    # --- Choosing -----------------------------------------------------------

    def test_statements_come_in_the_order_of_the_file(self):
        slugs = list(PreferenceStatement.objects.values_list("slug", flat=True))

        assert slugs[:3] == ["train-models", "llm-apps", "act-tools"]

    def test_the_sample_comparison_says_something_and_names_its_rows(self):
        comparison = Comparison.objects.get()

        assert comparison.intro
        assert comparison.verdict
        assert str(comparison) == "Generative AI Engineer vs Machine Learning Engineer"
        assert comparison.key == Comparison.key_of(comparison.roles.all())
        assert [row.key for row in comparison.dimensions.all()] == [
            "main-focus",
            "typical-use-cases",
            "technologies",
            "typical-tools",
        ]
