"""What the articles that are there already show. Theirs were live blocks of three kinds."""

import re
from html import unescape

from django.db import migrations

BLOCK = re.compile(r"<careers-block((?: data-[a-z]+=\"[^\"]*\")*)></careers-block>")
ATTRIBUTE = re.compile(r"data-([a-z]+)=\"([^\"]*)\"")
NOUNS = ("role", "skill", "provider")
BATCH = 500


def read(apps, schema_editor):
    rows = apps.get_model("blog", "ArticleEmbed").objects
    articles = apps.get_model("blog", "Article").objects.filter(body_html__contains="<careers-block")
    pks = {noun: by_slug(apps, noun) for noun in NOUNS}
    for article in articles.order_by("pk").only("body_html").iterator(BATCH):
        rows.bulk_create(shown(rows.model, article, pks))


def by_slug(apps, noun):
    """By the slugs of today, and by those given up that nobody has taken since."""
    types, aliases = apps.get_model("contenttypes", "ContentType"), apps.get_model("careers", "SlugAlias")
    kind = types.objects.filter(app_label="careers", model=noun).first()
    before = aliases.objects.filter(content_type=kind).values_list("slug", "object_id") if kind else []
    now = dict(apps.get_model("careers", noun).objects.values_list("slug", "pk"))
    there = set(now.values())
    return {slug: pk for slug, pk in before if pk in there} | now


def shown(model, article, pks):
    for order, (attributes,) in enumerate(map(re.Match.groups, BLOCK.finditer(article.body_html))):
        given = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        noun = given.get("by") if given.get("kind") == "certifications" else "role"
        slugs = dict.fromkeys(filter(None, given.get("ref", "").split(",")))
        for slug in slugs if noun in NOUNS else ():
            yield model(
                article=article,
                order=order,
                kind=given.get("kind", ""),
                params={name: given[name] for name in ("by", "heading") if given.get(name)},
                noun=noun,
                slug=slug,
                **{f"{noun}_id": pks[noun].get(slug)},
            )


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0002_what_articles_show"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(read, migrations.RunPython.noop)]
