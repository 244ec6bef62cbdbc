"""Style sheets, scripts and pictures that belong to the site itself."""

from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out source maps: for the body editor alone they are 2.3 MB that no visitor ever asks for."""

    ignore_patterns = [*DjangoStaticFilesConfig.ignore_patterns, "*.map"]


class Storage(CompressedManifestStaticFilesStorage):
    """Names with a hash, which browsers may keep for ever, and compressed copies."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self._addresses: dict[str | None, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 -- as Django has it
        """Worked out once: what is served does not change while the site runs."""
        known = self._addresses.get(name)
        if known is None:
            known = self._addresses[name] = super().url(name or "", force)
        return known

    def stored_name(self, name: str) -> str:
        """A file that is missing is a 404 for itself, not a 500 for the page that mentions it."""
        try:
            stored: str = super().stored_name(name)
        except ValueError:  # the manifest does not have it
            return name
        return stored

    # As Django has them, without those for source maps, which we leave out.
    patterns = tuple(
        (
            glob,
            tuple(pattern for pattern in patterns if "sourceMappingURL" not in "".join(pattern)),
        )
        for glob, patterns in CompressedManifestStaticFilesStorage.patterns
    )
