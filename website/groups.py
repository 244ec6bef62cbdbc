"""Who may do what. What readers see of articles changes only through publishers."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Model

# What each may do with a model, with every model of an app, or with those that are only a part of another and
# have no page of their own. Each group may also do what the one before may.
POWERS: dict[str, dict[str, str]] = {
    "writer": {
        "blog.article": "view add change",
        "blog.articleauthor": "view add change delete",
        "blog.articlehashtag": "view add change delete",
        "blog.picture": "view add",
        "blog.category": "view",
        "blog.author": "view",
        "blog.authorlink": "view",
        "blog.hashtag": "view",
        "blog.hashtagalias": "view",
        "blog.series": "view",
        "blog.seriespart": "view",
        "blog.revision": "view",
        "blog.act": "view",
        "blog.draftcomment": "view",
        "careers": "view",
    },
    "editor": {
        "blog.article": "change_any",
        "blog.picture": "change",
        "blog.category": "add change",
        "blog.author": "add change",
        "blog.authorlink": "add change delete",
        "blog.hashtag": "add change merge",
        "blog.hashtagalias": "add change delete",
        "blog.series": "add change",
        "blog.seriespart": "add change delete",
        "website.redirect": "view delete",
        "website.signpost": "view add change delete",
        "website.missingaddress": "view change",
        "website.searchlesson": "teach",
        "careers": "add change",
        "careers.fieldchange": "",
        "careers.slugalias": "",
        "careers.importrun": "",
        "careers.importrow": "",
        "careers.externalrecord": "",
        "careers parts": "delete",
    },
    "publisher": {
        "blog.article": "publish delete",
        "blog.picture": "delete",
        "blog.category": "delete",
        "blog.author": "delete",
        "blog.hashtag": "delete",
        "blog.series": "delete",
        "careers": "delete",
        "careers.fieldchange": "",
        "careers.slugalias": "",
        "careers.importrun": "",
        "careers.importrow": "",
        "careers.externalrecord": "change",
    },
}
APPS = ("website", "blog", "careers")


def make_groups(sender: AppConfig, **kwargs: Any) -> None:
    """After every migrate. Only adds: a permission the client gave a group by hand stays."""
    if sender.label not in APPS:
        return
    create_permissions(sender, verbosity=0, using=kwargs.get("using", "default"))
    granted: list[Permission] = []
    for name, powers in POWERS.items():
        granted += _permissions(sender, powers)
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*granted)


def _permissions(app: AppConfig, powers: dict[str, str]) -> list[Permission]:
    codenames = {
        f"{verb}_{model.__name__.lower()}" for model in app.get_models() for verb in _verbs(model, powers)
    }
    found = Permission.objects.filter(content_type__app_label=app.label, codename__in=codenames)
    return list(found)


def _verbs(model: type[Model], powers: dict[str, str]) -> list[str]:
    app = model._meta.app_label
    if model._meta.label_lower in powers:
        return powers[model._meta.label_lower].split()
    verbs = powers.get(app, "")
    if not hasattr(model, "get_absolute_url"):
        verbs += " " + powers.get(f"{app} parts", "")
    return verbs.split()
