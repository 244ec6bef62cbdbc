"""What was kept more simply before, in its new place. Nothing is lost on the way."""

from django.db import migrations
from django.utils.text import slugify


def relate(apps, schema_editor):
    related = apps.get_model("careers", "Role").related.through.objects
    relation = apps.get_model("careers", "RoleRelation")
    pairs = related.order_by("pk").values_list("from_role", "to_role")
    relation.objects.bulk_create(
        relation(from_role_id=start, to_role_id=end, order=order)
        for order, (start, end) in enumerate(pairs)
        if start != end
    )


def renew(apps, schema_editor):
    renewal = apps.get_model("careers", "Renewal")
    told = apps.get_model("careers", "Credential").objects.exclude(renewal="")
    renewal.objects.bulk_create(
        renewal(credential_id=pk, note=text, source_id=source)
        for pk, text, source in told.values_list("pk", "renewal", "renewal_source")
    )


def name_exams(apps, schema_editor):
    versions = apps.get_model("careers", "ExamVersion").objects.select_related("credential", "provider")
    taken = set()
    for version in versions.order_by("pk"):
        code = version.exam_code
        stem = slugify(f"{version.provider.slug} {code}") if code else version.credential.slug
        key, number = stem, 1
        while key in taken:
            number += 1
            key = f"{stem}-{number}"
        taken.add(key)
        version.key = key
        version.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("careers", "0002_sources_life_and_choices")]
    operations = [
        migrations.RunPython(action, migrations.RunPython.noop) for action in (relate, renew, name_exams)
    ]
