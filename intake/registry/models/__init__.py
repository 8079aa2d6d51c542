"""All rows of the registry."""

from intake.registry.models.batches import Batch, BatchFile, FileStatus
from intake.registry.models.desk import Draft, Lease
from intake.registry.models.outgoing import Audit, Delivery, Webhook
from intake.registry.models.people import Assignment, Office, Role, Token, User
from intake.registry.models.records import (
    Correction,
    Decision,
    FieldValue,
    Record,
    RecordFlag,
    RecordStatus,
    Station,
    Verdict,
)
from intake.registry.models.submissions import (
    Original,
    PageRead,
    Pair,
    Queue,
    Reading,
    Status,
    Submission,
)
from intake.registry.models.totals import CentreCount
from intake.registry.models.trust import (
    Check,
    Effort,
    FourEyes,
    Lesson,
    Outcome,
    Policy,
    Purpose,
    Seed,
    SignIn,
    View,
)

__all__ = [
    "Assignment",
    "Audit",
    "Batch",
    "BatchFile",
    "CentreCount",
    "Check",
    "Correction",
    "Decision",
    "Delivery",
    "Draft",
    "Effort",
    "FieldValue",
    "FileStatus",
    "FourEyes",
    "Lease",
    "Lesson",
    "Office",
    "Original",
    "Outcome",
    "PageRead",
    "Pair",
    "Policy",
    "Purpose",
    "Queue",
    "Reading",
    "Record",
    "RecordFlag",
    "RecordStatus",
    "Role",
    "Seed",
    "SignIn",
    "Station",
    "Status",
    "Submission",
    "Token",
    "User",
    "Verdict",
    "View",
    "Webhook",
]
