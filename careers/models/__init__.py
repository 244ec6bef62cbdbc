"""The catalogue of facts, one noun a file."""

from .aliases import SlugAlias
from .checks import FieldChange, FieldCheck
from .comparisons import Comparison
from .conditions import Condition
from .credentials import Credential, Renewal
from .dates import Precision
from .events import LifecycleEvent
from .exams import Delivery, ExamDomain, ExamVersion, Fee
from .imports import ExternalRecord, ImportRow, ImportRun, System
from .pathways import Pathway, PathwayChoice, PathwayEdge, PathwayStep
from .preferences import PreferenceStatement, PreferenceWeight
from .providers import Provider
from .publishable import Fact, FactQuerySet, Status, named_elsewhere
from .recommendations import Recommendation
from .roles import (
    OF_A_PUBLIC_ROLE,
    Dimension,
    Role,
    RoleCode,
    RoleDimensionValue,
    RoleRelation,
    RoleTask,
    RoleTitle,
    joined,
)
from .skills import RoleSkill, Skill
from .sources import Source
from .technologies import RoleTechnology, Technology

__all__ = [
    "OF_A_PUBLIC_ROLE",
    "Comparison",
    "Condition",
    "Credential",
    "Delivery",
    "Dimension",
    "ExamDomain",
    "ExamVersion",
    "ExternalRecord",
    "Fact",
    "FactQuerySet",
    "Fee",
    "FieldChange",
    "FieldCheck",
    "ImportRow",
    "ImportRun",
    "LifecycleEvent",
    "Pathway",
    "PathwayChoice",
    "PathwayEdge",
    "PathwayStep",
    "Precision",
    "PreferenceStatement",
    "PreferenceWeight",
    "Provider",
    "Recommendation",
    "Renewal",
    "Role",
    "RoleCode",
    "RoleDimensionValue",
    "RoleRelation",
    "RoleSkill",
    "RoleTask",
    "RoleTechnology",
    "RoleTitle",
    "Skill",
    "SlugAlias",
    "Source",
    "Status",
    "System",
    "Technology",
    "joined",
    "named_elsewhere",
]
