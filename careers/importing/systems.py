"""Whose files can be read."""

from .ctdl import CTDL
from .esco import ESCO
from .microsoft_learn import MICROSOFT_LEARN
from .onet import ONET

SYSTEMS = {str(importer.system): importer for importer in (ONET, ESCO, MICROSOFT_LEARN, CTDL)}
