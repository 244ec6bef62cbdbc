"""What an editor is told when a page gets another address, or takes one that led elsewhere."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest

from .models import Redirect
from .redirects import claimed_by, target

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object


class MovingMixin(Base):
    """Over the admin of every public page."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        before = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        old, new = before.get_absolute_url() if before else "", obj.get_absolute_url()
        if old == new:
            return
        if old and Redirect.objects.filter(old_path=old, **target(obj)).exists():
            self.message_user(
                request,
                f"Readers who come to {old} are led to {new}. To undo this, change the address back.",
                messages.INFO,
            )
        if other := claimed_by(new, obj):
            self.message_user(request, _taken_over(obj, other, new), messages.WARNING)


def _taken_over(newcomer: Any, other: Any, path: str) -> str:
    when = "now shows" if newcomer.is_public else "will show"
    return (
        f"Links to {path} led to “{other}” until now; the address {when} this page instead. "
        "If those links matter, give this page another address."
    )
