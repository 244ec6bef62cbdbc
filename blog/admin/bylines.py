"""The authors of an article, chosen one after the other; the order of choosing is the order of the byline."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelectMultiple


class BylineSelect(AutocompleteSelectMultiple):
    class Media:
        js = ["admin/js/jquery.init.js", "admin_theme/byline.js"]  # in this order

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """Django's own lists what is chosen as the database does."""
        groups: list[Any] = super().optgroups(name, value, attr)
        order = {key: place for place, key in enumerate(map(str, value))}
        for _, options, _ in groups:
            options.sort(key=lambda option: order.get(str(option["value"]), -1))
        return groups
