"""Which pictures the articles that are there already show, and which of them are decoration."""

import re

from django.db import migrations

TOKEN = re.compile(r'src="[^"]*pictures/([0-9a-f]{32})/\d+\.jpg"')
BATCH = 500


def fill(apps, schema_editor):
    pictures, uses = apps.get_model("blog", "Picture").objects, apps.get_model("blog", "PictureUse").objects
    # Nobody uploaded those of the demo: they are drawn to decorate. What people uploaded, people describe.
    pictures.filter(uploaded_by=None, alt="").update(is_decorative=True)
    keys = dict(pictures.values_list("token", "pk"))
    articles = apps.get_model("blog", "Article").objects.filter(body__contains="pictures/")
    for article in articles.order_by("pk").only("body").iterator(BATCH):
        shown = sorted({keys[token] for token in TOKEN.findall(article.body) if token in keys})
        uses.bulk_create(uses.model(article=article, picture_id=key, place="body") for key in shown)


class Migration(migrations.Migration):
    dependencies = [("blog", "0010_picture_library")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
