from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

PART = models.Func(
    F("id"),
    output_field=models.IntegerField(),
    size=10_000,
    template="((%(expressions)s - 1) / %(size)s)",
)
LAST_CHANGED = Coalesce("updated_at", "first_published_at", "published_at")


class Migration(migrations.Migration):
    dependencies = [("blog", "0023_article_title")]

    operations = [
        migrations.RemoveIndex("article", "article_newest"),
        migrations.AddIndex(
            "article",
            models.Index(fields=["state", "-published_at", "-id", "expires_at"], name="article_newest"),
        ),
        migrations.AddIndex(
            "article", models.Index(F("state"), PART, LAST_CHANGED.desc(), name="article_last_changed")
        ),
    ]
