"""The catalogue of facts, one noun a file."""

from .credentials import Credential, Delivery, ExamVersion, Fee, Precision, Recommendation
from .providers import Provider
from .publishable import Fact, FactQuerySet, Status
from .roles import Dimension, Role, RoleCode, RoleDimensionValue, RoleTask, RoleTitle
from .skills import RoleSkill, Skill
from .sources import Source
from .technologies import RoleTechnology, Technology

__all__ = [
    "Credential",
    "Delivery",
    "Dimension",
    "ExamVersion",
    "Fact",
    "FactQuerySet",
    "Fee",
    "Precision",
    "Provider",
    "Recommendation",
    "Role",
    "RoleCode",
    "RoleDimensionValue",
    "RoleSkill",
    "RoleTask",
    "RoleTechnology",
    "RoleTitle",
    "Skill",
    "Source",
    "Status",
    "Technology",
]
