from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careers", "0003_carry_over")]
    operations = [
        migrations.RemoveField("role", "related"),
        migrations.AddField(
            "role",
            "related",
            models.ManyToManyField(
                related_name="related_from", through="careers.RoleRelation", to="careers.role"
            ),
        ),
        migrations.RemoveField("credential", "renewal"),
        migrations.RemoveField("credential", "renewal_source"),
        migrations.AlterField(
            "examversion", "key", models.SlugField(editable=False, max_length=180, unique=True)
        ),
    ]
