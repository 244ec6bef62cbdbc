from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("blog", "0022_newest_of_a_subject")]

    operations = [
        migrations.AddIndex("article", models.Index(Lower("title"), name="article_title")),
    ]
