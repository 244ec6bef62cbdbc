from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0017_one_undo_for_states")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("expires_at__isnull", False)), fields=["expires_at"], name="article_ends"
            ),
        ),
    ]
