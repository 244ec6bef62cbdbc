from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.checks import register
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_save,
)


class WebsiteConfig(AppConfig):
    name = "website"
    verbose_name = "Addresses"  # all that its admin is about

    def ready(self) -> None:
        """What the apps cannot know of each other, and the only signal receivers: one line each."""
        from blog.models import Act, ArticleEmbed, Batch, HashtagMerge
        from blog.prepared import Prepared
        from careers import asking
        from website import (  # models can be imported only once the apps are ready
            bar,
            checks,
            desk_check,
            plans,
            redirects,
            signposts,
        )
        from website.groups import make_groups
        from website.pagecache import replaced, withdrawals
        from website.search import index, taught

        if connection.vendor == "postgresql":
            from website import postgres

            postgres.give_numbers_one_size()
            connection_created.connect(postgres.keep_statements, dispatch_uid="keep plans")
        asking.lend(Prepared)
        register(checks.public_models_keep_their_promises)
        register(checks.sqlite_may_damage_its_file, deploy=True)
        register(checks.pictures_can_be_drawn, deploy=True)
        user_logged_in.connect(bar.after_login, dispatch_uid="hint at the staff's bar")
        user_logged_out.connect(bar.after_logout, dispatch_uid="hint no more")
        post_migrate.connect(make_groups, dispatch_uid="groups")
        post_migrate.connect(plans.after_migrate, sender=self, dispatch_uid="tell SQLite the sizes of tables")
        pre_save.connect(redirects.before_save, dispatch_uid="remember an address")
        post_save.connect(redirects.after_save, dispatch_uid="leave a redirect")
        post_save.connect(
            redirects.after_merge, sender=HashtagMerge, dispatch_uid="lead from a merged hashtag"
        )
        post_save.connect(taught.after_merge, sender=HashtagMerge, dispatch_uid="mean the hashtag that stays")
        post_delete.connect(redirects.after_delete, dispatch_uid="forget redirects")
        post_save.connect(signposts.after_save, dispatch_uid="take down signposts")
        post_save.connect(signposts.after_batch, sender=Batch, dispatch_uid="keep what addresses answer")
        connection_created.connect(replaced.after_connecting, dispatch_uid="remember who reads a file")
        post_save.connect(withdrawals.after_save, dispatch_uid="withdraw copies")
        pre_delete.connect(withdrawals.before_delete, dispatch_uid="withdraw copies of what goes")
        post_save.connect(ArticleEmbed.objects.settle, dispatch_uid="settle what articles name")
        post_save.connect(index.note, dispatch_uid="index what was saved")
        post_delete.connect(index.note, dispatch_uid="index what is gone")
        post_save.connect(desk_check.after_act, sender=Act, dispatch_uid="check what was written")
        m2m_changed.connect(index.note_relation, dispatch_uid="index what was joined")


class AdminConfig(StockAdminConfig):
    """Django's admin, with the editor's desk as its front page."""

    default_site = "website.desk.Desk"

    def ready(self) -> None:
        super().ready()
        from django.contrib import admin
        from taggit.models import Tag

        # taggit's own tags are not ours, and its merge page is open to everyone on the staff.
        admin.site.unregister(Tag)
