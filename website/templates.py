"""Our own templates, indented for those who write them and not for those who load the pages."""

import re
from typing import Final

from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

INDENTATION: Final = re.compile(r"(?<=\n)[ \t]+")
# Between these, white space is content.
AS_TYPED: Final = re.compile(r"<(?:pre|textarea)\b")


class Loader(FilesystemLoader):
    def get_contents(self, origin: Origin) -> str:
        """Lines stay lines, so that an error still names the right one."""
        text = str(super().get_contents(origin))
        return text if AS_TYPED.search(text) else INDENTATION.sub("", text)
