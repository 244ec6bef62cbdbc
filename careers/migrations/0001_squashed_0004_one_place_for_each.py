"""The catalogue as its first four migrations left it, made in one go, without their remaking of tables.

They stay for the sites that have taken some of them: 0003 carries over what such a site knows.
"""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import careers.texts


class Migration(migrations.Migration):
    replaces = [
        ("careers", "0001_initial"),
        ("careers", "0002_sources_life_and_choices"),
        ("careers", "0003_carry_over"),
        ("careers", "0004_one_place_for_each"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dimension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("label", models.CharField(max_length=80)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "value_kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("text_list", "List of texts"),
                            ("focus", "Main focus"),
                            ("technologies", "Technologies"),
                            ("tools", "Tools"),
                            ("skills", "Essential skills"),
                            ("certifications", "Certifications"),
                            ("tasks", "Responsibilities"),
                            ("preparation", "Preparation (job zone)"),
                            ("number", "Number"),
                        ],
                        default="text",
                        max_length=14,
                    ),
                ),
                (
                    "better",
                    models.CharField(
                        blank=True,
                        choices=[("", "Neither"), ("higher", "More is better"), ("lower", "Less is better")],
                        help_text="For numbers.",
                        max_length=6,
                    ),
                ),
                ("unit", models.CharField(blank=True, help_text="For numbers.", max_length=40)),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ExternalRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("onet", "O*NET database"),
                            ("microsoft-learn", "Microsoft Learn catalogue"),
                            ("esco", "ESCO"),
                            ("ctdl", "Credential Registry (CTDL)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("external_id", models.CharField(max_length=200)),
                ("fact_model", models.CharField(max_length=40)),
                ("fact_id", models.PositiveBigIntegerField()),
                ("values", models.JSONField(default=dict, help_text="What the import wrote last, by field.")),
                (
                    "locked_fields",
                    careers.texts.TextListField(
                        blank=True, default=list, help_text="Fields that imports leave alone."
                    ),
                ),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["system", "external_id"],
                "indexes": [models.Index(fields=["fact_model", "fact_id"], name="records_of_a_fact")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "fact_model", "external_id"), name="external_record_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fact_model", models.CharField(help_text="Such as careers.Credential.", max_length=40)),
                ("fact_id", models.PositiveBigIntegerField()),
                ("fact_name", models.CharField(max_length=200)),
                (
                    "part",
                    models.CharField(
                        blank=True, help_text="The row within the fact, such as an exam.", max_length=200
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
                "indexes": [
                    models.Index(fields=["fact_model", "fact_id", "-changed_at"], name="changes_of_a_fact")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("onet", "O*NET database"),
                            ("microsoft-learn", "Microsoft Learn catalogue"),
                            ("esco", "ESCO"),
                            ("ctdl", "Credential Registry (CTDL)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("file_name", models.CharField(max_length=300)),
                ("file_hash", models.CharField(help_text="SHA-256 of what was read.", max_length=64)),
                ("release", models.CharField(blank=True, max_length=80)),
                ("licence", models.CharField(blank=True, max_length=200)),
                ("is_dry_run", models.BooleanField(default=True)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("counts", models.JSONField(default=dict, help_text="How many rows had which verdict.")),
                (
                    "run_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(help_text="File and line.", max_length=200)),
                ("external_id", models.CharField(blank=True, max_length=200)),
                ("fact_model", models.CharField(blank=True, max_length=40)),
                ("fact_id", models.PositiveBigIntegerField(blank=True, null=True)),
                ("label", models.CharField(blank=True, max_length=300)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("updated", "Updated"),
                            ("unchanged", "Unchanged"),
                            ("locked", "Kept: an editor changed it"),
                            ("rejected", "Refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("changes", models.JSONField(default=dict, help_text="For each field, before and after.")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="careers.importrun",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two plain sentences for cards, search results and link previews.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        db_index=True,
                        default="published",
                        max_length=10,
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(blank=True, help_text="For the desk only; readers never see it."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("short_name", models.CharField(blank=True, max_length=40)),
                ("site_url", models.URLField(blank=True, max_length=300)),
                ("catalogue_url", models.URLField(blank=True, max_length=300)),
                (
                    "aliases",
                    careers.texts.TextListField(
                        blank=True, default=list, help_text="Other names, searched but not shown as titles."
                    ),
                ),
                ("badge_issuer_url", models.URLField(blank=True, max_length=300)),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("name")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two plain sentences for cards, search results and link previews.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        db_index=True,
                        default="published",
                        max_length=10,
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(blank=True, help_text="For the desk only; readers never see it."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("skill", "Skill"), ("knowledge", "Knowledge"), ("software", "Software")],
                        default="skill",
                        max_length=10,
                    ),
                ),
                (
                    "reuse_level",
                    models.CharField(
                        choices=[
                            ("transversal", "Transversal"),
                            ("cross-sector", "Cross-sector"),
                            ("sector-specific", "Sector-specific"),
                            ("occupation-specific", "Occupation-specific"),
                        ],
                        default="cross-sector",
                        max_length=20,
                    ),
                ),
                (
                    "aliases",
                    careers.texts.TextListField(
                        blank=True, default=list, help_text="Other names, searched but not shown as titles."
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The wider skill that this one is part of.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="careers.skill",
                    ),
                ),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("name")],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="skill_not_its_own_parent",
                        violation_error_message="A skill cannot be part of itself.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SlugAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField()),
                ("slug", models.SlugField(max_length=120)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "slug aliases",
                "ordering": ["slug"],
                "indexes": [models.Index(fields=["content_type", "object_id"], name="slug_alias_of_fact")],
                "constraints": [
                    models.UniqueConstraint(fields=("content_type", "slug"), name="slug_alias_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=250)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("publisher", models.CharField(blank=True, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official page"),
                            ("secondary", "Secondary source"),
                            ("dataset", "Data set"),
                            ("editor", "Our own desk"),
                            ("general", "General knowledge, unverified"),
                        ],
                        max_length=10,
                    ),
                ),
                ("licence", models.CharField(blank=True, max_length=120)),
                (
                    "checked",
                    models.CharField(
                        blank=True, help_text="When it was read, as far as recorded.", max_length=60
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("title")],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two plain sentences for cards, search results and link previews.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        db_index=True,
                        default="published",
                        max_length=10,
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(blank=True, help_text="For the desk only; readers never see it."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("short_name", models.CharField(blank=True, max_length=40)),
                (
                    "level_label",
                    models.CharField(
                        blank=True, help_text="The provider's own word for the level.", max_length=40
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("foundational", "Foundational"),
                            ("associate", "Associate"),
                            ("professional", "Professional"),
                            ("expert", "Expert"),
                            ("specialty", "Specialty"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("open", "Open to all"),
                            ("partner", "Members of the partner programme only"),
                            ("invite", "By invitation only"),
                            ("enterprise", "Enterprises only"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("certification", "Certification"),
                            ("certificate", "Certificate"),
                            ("badge", "Badge"),
                        ],
                        default="certification",
                        max_length=13,
                    ),
                ),
                ("official_url", models.URLField(blank=True, max_length=300)),
                (
                    "checked_on",
                    models.DateField(
                        blank=True, help_text="When the facts were last read at the source.", null=True
                    ),
                ),
                (
                    "checked_on_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("year", "Year"),
                        ],
                        default="day",
                        max_length=7,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="What a reader should know besides. Shown on the page."
                    ),
                ),
                (
                    "conflicts",
                    careers.texts.TextListField(
                        blank=True,
                        default=list,
                        help_text="Where sources disagree, a sentence each. Shown on the page.",
                    ),
                ),
                (
                    "replaced_by",
                    models.ManyToManyField(blank=True, related_name="replaces", to="careers.credential"),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="careers.provider",
                    ),
                ),
                (
                    "skills",
                    models.ManyToManyField(blank=True, related_name="credentials", to="careers.skill"),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="credentials", to="careers.source"),
                ),
                (
                    "audience_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("beginner", "Beginners"),
                            ("intermediate", "Intermediate"),
                            ("advanced", "Advanced"),
                            ("professional", "Professionals"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "is_exam_required",
                    models.BooleanField(blank=True, help_text="Empty means not known.", null=True),
                ),
                (
                    "is_without_prerequisites",
                    models.BooleanField(
                        default=False,
                        help_text="Known to have no formal prerequisites. Leave it unticked when not known.",
                    ),
                ),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("name")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("requires", "Requires"),
                            ("recommends", "Recommends"),
                            ("corequisite", "Taken together with"),
                            ("preparation_for", "Prepares for"),
                            ("advanced_standing_from", "Shortened by"),
                            ("renews", "Renews"),
                        ],
                        default="requires",
                        max_length=22,
                    ),
                ),
                (
                    "group",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Conditions of one group are alternatives; of each group one must be met.",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True, help_text="In words, where it is none of the others.", max_length=200
                    ),
                ),
                ("years_experience", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "must_be_current",
                    models.BooleanField(
                        blank=True,
                        help_text="Whether the credential asked for must still be valid.",
                        null=True,
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conditions",
                        to="careers.credential",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="careers.source",
                    ),
                ),
                (
                    "target_credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions_on",
                        to="careers.credential",
                    ),
                ),
                (
                    "target_skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions_on",
                        to="careers.skill",
                    ),
                ),
            ],
            options={
                "ordering": ["relation", "group", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_credential__isnull", False),
                            ("target_skill__isnull", False),
                            ("years_experience__isnull", False),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="condition_asks_for_something",
                        violation_error_message="Say what is asked for: a certification, a skill, years or a text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_credential__isnull", True),
                            models.Q(("target_credential", models.F("credential")), _negated=True),
                            _connector="OR",
                        ),
                        name="condition_not_on_itself",
                        violation_error_message="A certification cannot be a condition of itself.",
                    ),
                    models.UniqueConstraint(
                        fields=("credential", "relation", "group", "target_credential"), name="condition_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExamVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("exam_code", models.CharField(blank=True, max_length=40, null=True)),
                ("version_label", models.CharField(blank=True, max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_development", "In development"),
                            ("beta", "Beta"),
                            ("active", "Active"),
                            ("retirement_announced", "Retirement announced"),
                            ("retired", "Retired"),
                        ],
                        default="active",
                        max_length=20,
                    ),
                ),
                ("available_from", models.DateField(blank=True, null=True)),
                (
                    "available_from_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("year", "Year"),
                        ],
                        default="day",
                        max_length=7,
                    ),
                ),
                ("last_exam_on", models.DateField(blank=True, null=True)),
                (
                    "last_exam_on_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("year", "Year"),
                        ],
                        default="day",
                        max_length=7,
                    ),
                ),
                (
                    "date_note",
                    models.CharField(
                        blank=True,
                        help_text="How sure the dates are: announced, expected, disputed.",
                        max_length=200,
                    ),
                ),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Empty means not known.", null=True
                    ),
                ),
                ("no_expiry", models.BooleanField(default=False, help_text="Known to be valid for life.")),
                ("note", models.TextField(blank=True)),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="careers.credential",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="predecessors",
                        to="careers.examversion",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exam_versions",
                        to="careers.provider",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="exam_versions", to="careers.source"),
                ),
                (
                    "validity_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="careers.source",
                    ),
                ),
                ("key", models.SlugField(editable=False, max_length=180, unique=True)),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Exams of one part are alternatives; of each part one must be passed.",
                    ),
                ),
            ],
            options={
                "ordering": ["-available_from", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("provider"),
                        django.db.models.functions.text.Upper("exam_code"),
                        name="exam_code_once_per_provider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("no_expiry", False), ("validity_months__isnull", True), _connector="OR"
                        ),
                        name="exam_validity_or_no_expiry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor__isnull", True),
                            models.Q(("successor", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="exam_not_its_own_successor",
                        violation_error_message="An exam cannot succeed itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exam_code__isnull", True),
                            models.Q(("exam_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="exam_code_null_or_filled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[("beta", "Beta"), ("standard", "Standard")], default="standard", max_length=8
                    ),
                ),
                (
                    "languages",
                    careers.texts.TextListField(
                        blank=True,
                        default=list,
                        help_text="BCP-47 codes such as en, pt-BR. Empty means not known.",
                    ),
                ),
                ("appointment_code", models.CharField(blank=True, max_length=40)),
                (
                    "channels",
                    careers.texts.TextListField(
                        blank=True, default=list, help_text="Where it is sat, such as online or test centre."
                    ),
                ),
                (
                    "parts",
                    careers.texts.TextListField(
                        blank=True, default=list, help_text="What it consists of, where it has several parts."
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                    ),
                ),
                ("items_min", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("items_max", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("items_scored", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("items_are_approximate", models.BooleanField(default=False)),
                ("pass_mark", models.CharField(blank=True, max_length=40)),
                ("window_from", models.DateField(blank=True, null=True)),
                ("window_to", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="careers.examversion",
                    ),
                ),
                (
                    "pass_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="The pass mark as a share of the scale, 0 to 1.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ["phase", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes__isnull", True), ("minutes__range", (1, 1440)), _connector="OR"
                        ),
                        name="delivery_minutes_within_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("items_min__isnull", True),
                            ("items_max__isnull", True),
                            ("items_min__lte", models.F("items_max")),
                            _connector="OR",
                        ),
                        name="delivery_items_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("window_from__isnull", True),
                            ("window_to__isnull", True),
                            ("window_from__lte", models.F("window_to")),
                            _connector="OR",
                        ),
                        name="delivery_window_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pass_share__isnull", True), ("pass_share__range", (0, 1)), _connector="OR"
                        ),
                        name="delivery_pass_share_0_to_1",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExamDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "weight_min",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "weight_max",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "skills",
                    models.ManyToManyField(blank=True, related_name="exam_domains", to="careers.skill"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="careers.source",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="careers.examversion",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "name"), name="exam_domain_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight_min__range", (0, 100)),
                            ("weight_max__range", (0, 100)),
                            ("weight_min__lte", models.F("weight_max")),
                        ),
                        name="exam_domain_weight_in_per_cent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exam", "Exam"),
                            ("beta_exam", "Beta exam"),
                            ("retake", "Retake"),
                            ("renewal", "Renewal"),
                            ("annual", "Annual"),
                            ("application", "Application"),
                            ("bundle", "Bundle"),
                        ],
                        default="exam",
                        max_length=12,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("currency", models.CharField(default="USD", max_length=3)),
                ("is_from_price", models.BooleanField(default=False, help_text="The provider says “from”.")),
                ("note", models.CharField(blank=True, max_length=200)),
                ("observed_on", models.DateField(blank=True, null=True)),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fees",
                        to="careers.examversion",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="fees",
                        to="careers.source",
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fees",
                        to="careers.credential",
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        blank=True, help_text="Where this price holds. Empty: anywhere.", max_length=60
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="fee_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credential__isnull", False), ("version__isnull", True)),
                            models.Q(("credential__isnull", True), ("version__isnull", False)),
                            _connector="OR",
                        ),
                        name="fee_of_an_exam_or_a_credential",
                    ),
                    models.UniqueConstraint(
                        fields=("version", "kind", "currency", "region"), name="fee_once_per_kind"
                    ),
                    models.UniqueConstraint(
                        fields=("credential", "kind", "currency", "region"),
                        name="credential_fee_once_per_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LifecycleEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(editable=False, max_length=220, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("beta_open", "Beta opens"),
                            ("beta_close", "Beta closes"),
                            ("general_availability", "Generally available"),
                            ("blueprint_change", "Blueprint changes"),
                            ("language_added", "Languages added"),
                            ("language_removed", "Languages end"),
                            ("price_change", "Price changes"),
                            ("rename", "Renamed"),
                            ("registration_close", "Registration closes"),
                            ("last_exam", "Last day to sit it"),
                            ("retired", "Retired"),
                            ("replaced", "Replaced"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "languages",
                    careers.texts.TextListField(
                        blank=True,
                        default=list,
                        help_text="BCP-47 codes, where only some languages are concerned.",
                    ),
                ),
                (
                    "happens_on",
                    models.DateField(blank=True, help_text="Empty means no date is known yet.", null=True),
                ),
                (
                    "happens_on_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("year", "Year"),
                        ],
                        default="day",
                        max_length=7,
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("announced", "Announced"),
                            ("expected", "Expected"),
                            ("disputed", "Disputed"),
                        ],
                        default="confirmed",
                        max_length=9,
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="A sentence for readers.", max_length=300)),
                (
                    "review_on",
                    models.DateField(blank=True, help_text="When the desk should look again.", null=True),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="careers.credential",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="careers.source",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="careers.examversion",
                    ),
                ),
            ],
            options={
                "ordering": ["happens_on", "pk"],
                "indexes": [models.Index(fields=["happens_on"], name="event_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happens_on__isnull", False),
                            models.Q(("certainty", "confirmed"), _negated=True),
                            _connector="OR",
                        ),
                        name="event_confirmed_has_a_date",
                        violation_error_message="A confirmed event has a date.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PreferenceStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "text",
                    models.CharField(
                        help_text="In the reader's own voice: “I enjoy …”", max_length=200, unique=True
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("work", "The work you like"),
                            ("strength", "What you are good at"),
                            ("background", "Where you come from"),
                            ("constraint", "What must be"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="published",
                        max_length=10,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="careers.source",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Renewal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("retake", "Sitting the exam again"),
                            ("online_assessment", "An online assessment"),
                            ("continuing_education", "Continuing education"),
                            ("higher_exam", "Passing a higher exam"),
                            ("maintenance_module", "A maintenance module"),
                            ("fee", "A fee"),
                        ],
                        help_text="Empty means not known.",
                        max_length=20,
                    ),
                ),
                (
                    "window_months_before",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How many months before the end renewing is possible.",
                        null=True,
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="In one sentence.", max_length=200)),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renewals",
                        to="careers.credential",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="careers.source",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", ""), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="renewal_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Technology",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two plain sentences for cards, search results and link previews.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        db_index=True,
                        default="published",
                        max_length=10,
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(blank=True, help_text="For the desk only; readers never see it."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(choices=[("technology", "Technology"), ("tool", "Tool")], max_length=10),
                ),
                ("vendor", models.CharField(blank=True, max_length=80)),
                ("aliases", careers.texts.TextListField(blank=True, default=list)),
                ("category", models.CharField(blank=True, max_length=80)),
                (
                    "is_hot",
                    models.BooleanField(
                        default=False,
                        help_text="Often asked for in job adverts (O*NET Hot Technology).",
                        verbose_name="hot technology",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "technologies",
                "ordering": [django.db.models.functions.text.Lower("name")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Comparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        editable=False,
                        help_text="The ids of the roles in order, as 3-17.",
                        max_length=500,
                        unique=True,
                    ),
                ),
                ("intro", models.TextField(blank=True, help_text="Above the table. Plain paragraphs.")),
                (
                    "verdict",
                    models.TextField(blank=True, help_text="Which to choose, and why. Plain paragraphs."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="published",
                        max_length=10,
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "dimensions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen means all.",
                        related_name="comparisons",
                        to="careers.dimension",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two plain sentences for cards, search results and link previews.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        db_index=True,
                        default="published",
                        max_length=10,
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(blank=True, help_text="For the desk only; readers never see it."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("main_focus", models.CharField(max_length=200)),
                (
                    "job_zone",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="O*NET job zone, 1 (little preparation) to 5 (extensive). Empty means not known.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("checked_on", models.DateField(blank=True, null=True)),
                ("sources", models.ManyToManyField(blank=True, related_name="roles", to="careers.source")),
                (
                    "demand_note",
                    models.CharField(
                        blank=True, help_text="What is known of demand, with where and when.", max_length=300
                    ),
                ),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("name")],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("job_zone__isnull", True), ("job_zone__range", (1, 5)), _connector="OR"
                        ),
                        name="role_job_zone_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__contains", "-vs-"), _negated=True),
                        name="role_slug_without_vs",
                        violation_error_message="A role's slug cannot contain “-vs-”.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("price", "Price"),
                            ("status", "Status"),
                            ("languages", "Languages"),
                            ("minutes", "Length"),
                            ("items", "Questions"),
                            ("pass_mark", "Pass mark"),
                            ("validity", "Validity"),
                            ("available_from", "Offered from"),
                            ("last_exam", "Last exam"),
                            ("prerequisites", "Prerequisites"),
                            ("renewal", "Renewal"),
                            ("access", "Access"),
                            ("level", "Level"),
                            ("domains", "Exam domains"),
                            ("successor", "Successor"),
                            ("skills", "Skills"),
                            ("tasks", "Responsibilities"),
                            ("technologies", "Technologies"),
                            ("titles", "Titles"),
                            ("codes", "Codes"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="As the source words it, such as “170 minutes”.",
                        max_length=300,
                        verbose_name="value seen",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("confirms", "Confirms"),
                            ("contradicts", "Contradicts"),
                            ("silent", "Says nothing"),
                        ],
                        default="confirms",
                        max_length=11,
                    ),
                ),
                ("checked_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_checks",
                        to="careers.credential",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_checks",
                        to="careers.role",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_checks",
                        to="careers.source",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_checks",
                        to="careers.examversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-checked_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("credential__isnull", False),
                                ("role__isnull", True),
                                ("version__isnull", True),
                            ),
                            models.Q(
                                ("credential__isnull", True),
                                ("role__isnull", True),
                                ("version__isnull", False),
                            ),
                            models.Q(
                                ("credential__isnull", True),
                                ("role__isnull", False),
                                ("version__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="check_of_one_thing",
                        violation_error_message="A check is of one thing: a certification, an exam or a role.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "silent"), models.Q(("value", ""), _negated=True), _connector="OR"
                        ),
                        name="check_says_what_was_seen",
                        violation_error_message="Say what the source says, or that it says nothing.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pathway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two plain sentences for cards, search results and link previews.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        db_index=True,
                        default="published",
                        max_length=10,
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(blank=True, help_text="For the desk only; readers never see it."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "intro",
                    models.TextField(
                        blank=True, help_text="Who it is for and how to read it. Plain paragraphs."
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where it leads.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pathways",
                        to="careers.role",
                    ),
                ),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("name")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PathwayChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60)),
                ("label", models.CharField(max_length=120)),
                (
                    "needed",
                    models.PositiveSmallIntegerField(
                        default=1, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="careers.pathway",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("pathway", "key"), name="pathway_choice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("needed__gte", 1)), name="pathway_choice_needs_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PathwayStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(help_text="Names the step within its pathway.", max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("credential", "Certification"),
                            ("skill", "Skill"),
                            ("role", "Role"),
                            ("text", "Text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, help_text="Why it stands here.", max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "choice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="steps",
                        to="careers.pathwaychoice",
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pathway_steps",
                        to="careers.credential",
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="careers.pathway",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pathway_steps",
                        to="careers.role",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pathway_steps",
                        to="careers.skill",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("pathway", "key"), name="pathway_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("credential__isnull", False),
                                ("kind", "credential"),
                                ("role", None),
                                ("skill", None),
                            ),
                            models.Q(
                                ("credential", None),
                                ("kind", "skill"),
                                ("role", None),
                                ("skill__isnull", False),
                            ),
                            models.Q(
                                ("credential", None),
                                ("kind", "role"),
                                ("role__isnull", False),
                                ("skill", None),
                            ),
                            models.Q(
                                ("credential", None),
                                ("kind", "text"),
                                ("role", None),
                                ("skill", None),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pathway_step_is_what_its_kind_says",
                        violation_error_message="Choose what the kind of the step says, and only that.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PathwayEdge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("requires", "Required"),
                            ("recommends", "Recommended"),
                            ("optional", "Optional"),
                        ],
                        default="recommends",
                        max_length=10,
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edges",
                        to="careers.pathway",
                    ),
                ),
                (
                    "from_step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edges_out",
                        to="careers.pathwaystep",
                    ),
                ),
                (
                    "to_step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edges_in",
                        to="careers.pathwaystep",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("from_step", "to_step"), name="pathway_edge_once"),
                    models.CheckConstraint(
                        condition=models.Q(("from_step", models.F("to_step")), _negated=True),
                        name="pathway_edge_leads_on",
                        violation_error_message="A step cannot lead to itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreferenceWeight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(3)]
                    ),
                ),
                (
                    "is_excluding",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever says this cannot take the role.",
                        verbose_name="rules it out",
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, help_text="Needed from two points on.", max_length=200),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preference_weights",
                        to="careers.role",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weights",
                        to="careers.preferencestatement",
                    ),
                ),
            ],
            options={
                "ordering": ["-weight", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("statement", "role"), name="preference_weight_once"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__range", (0, 3))),
                        name="preference_weight_0_to_3",
                        violation_error_message="A statement gives a role 0 to 3 points.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_excluding", False), ("weight__lt", 2)),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="preference_weight_has_a_reason",
                        violation_error_message="Two points or more, and ruling out, need a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_excluding", False), ("weight", 0), _connector="OR"),
                        name="preference_excludes_without_points",
                        violation_error_message="What is ruled out gets no points.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("start", "Start"),
                            ("core", "Core"),
                            ("advance", "Advance"),
                            ("specialise", "Specialise"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="careers.credential",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="careers.role",
                    ),
                ),
                (
                    "for_skill",
                    models.ForeignKey(
                        blank=True,
                        help_text="The skill of the role that it is recommended for, where it is one.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="careers.skill",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "credential"), name="recommendation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="recommendation_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "framework",
                    models.CharField(
                        choices=[
                            ("onet-soc-2019", "O*NET-SOC 2019"),
                            ("isco-08", "ISCO-08"),
                            ("esco", "ESCO"),
                            ("sfia", "SFIA"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("exact", "Exact"),
                            ("close", "Close"),
                            ("broad", "Broader"),
                            ("narrow", "Narrower"),
                            ("related", "Related"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="careers.role"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="role_codes",
                        to="careers.source",
                    ),
                ),
            ],
            options={
                "ordering": ["framework", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "framework", "code"), name="role_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleDimensionValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("items", careers.texts.TextListField(blank=True, default=list, help_text="Short texts.")),
                (
                    "dimension",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="careers.dimension",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dimension_values",
                        to="careers.role",
                    ),
                ),
                ("number", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
            ],
            options={
                "ordering": ["dimension__order"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "dimension"), name="role_dimension_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("items", []), _negated=True), ("number__isnull", False), _connector="OR"
                        ),
                        name="role_dimension_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("primary-short", "Nearest"),
                            ("primary-long", "Near"),
                            ("supplemental", "Further"),
                        ],
                        default="primary-short",
                        max_length=13,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "from_role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="careers.role",
                    ),
                ),
                (
                    "to_role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_from",
                        to="careers.role",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("from_role", "to_role"), name="role_relation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("from_role", models.F("to_role")), _negated=True),
                        name="role_not_related_to_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleSkill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[("essential", "Essential"), ("optional", "Optional")],
                        default="essential",
                        max_length=10,
                    ),
                ),
                (
                    "importance",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="1 to 5 (O*NET importance).",
                        max_digits=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "level",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="0 to 7 (O*NET level).",
                        max_digits=3,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(7),
                        ],
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_skills",
                        to="careers.role",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_skills",
                        to="careers.skill",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("editorial", "Our own judgement"), ("imported", "Measured elsewhere")],
                        default="editorial",
                        max_length=9,
                    ),
                ),
                (
                    "is_suppressed",
                    models.BooleanField(
                        default=False, help_text="The source recommends not to show it: too few were asked."
                    ),
                ),
                ("sample_size", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "standard_error",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=6, null=True),
                ),
            ],
            options={
                "ordering": ["-importance", "-level", django.db.models.functions.text.Lower("skill__name")],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "skill"), name="role_skill_once"),
                    models.CheckConstraint(
                        condition=models.Q(("importance__range", (1, 5))), name="role_skill_importance_1_to_5"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__range", (0, 7))), name="role_skill_level_0_to_7"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[("core", "Core"), ("supplemental", "Supplemental")],
                        default="core",
                        max_length=12,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="careers.role"
                    ),
                ),
                (
                    "importance",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="1 to 5 (O*NET importance). Empty means not known.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("importance__isnull", True), ("importance__range", (1, 5)), _connector="OR"
                        ),
                        name="role_task_importance_1_to_5",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleTechnology",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[("core", "Core"), ("common", "Common"), ("situational", "Situational")],
                        default="core",
                        max_length=12,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_technologies",
                        to="careers.role",
                    ),
                ),
                (
                    "technology",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_technologies",
                        to="careers.technology",
                    ),
                ),
                (
                    "is_in_demand",
                    models.BooleanField(
                        default=False,
                        help_text="Often asked for in adverts for this role (O*NET In Demand).",
                        verbose_name="in demand",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "technology"), name="role_technology_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("alternate", "Alternate"), ("reported", "Reported by employers")],
                        default="alternate",
                        max_length=10,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="titles", to="careers.role"
                    ),
                ),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("title")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("role"),
                        django.db.models.functions.text.Lower("title"),
                        name="role_title_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="comparison",
            name="roles",
            field=models.ManyToManyField(related_name="comparisons", to="careers.role"),
        ),
        migrations.AddField(
            model_name="role",
            name="related",
            field=models.ManyToManyField(
                related_name="related_from", through="careers.RoleRelation", to="careers.role"
            ),
        ),
    ]
