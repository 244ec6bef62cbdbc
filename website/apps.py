from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.db.models.signals import post_migrate


class WebsiteConfig(AppConfig):
    name = "website"

    def ready(self) -> None:
        from website.groups import make_groups  # models can be imported only once the apps are ready

        post_migrate.connect(make_groups, dispatch_uid="groups")


class AdminConfig(StockAdminConfig):
    """Django's admin, with the editor's desk as its front page."""

    default_site = "website.desk.Desk"

    def ready(self) -> None:
        super().ready()
        from django.contrib import admin
        from taggit.models import Tag

        # taggit's own tags are not ours, and its merge page is open to everyone on the staff.
        admin.site.unregister(Tag)
