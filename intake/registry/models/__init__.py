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

__all__ = [
    "Assignment",
    "Audit",
    "Batch",
    "BatchFile",
    "Correction",
    "Decision",
    "Delivery",
    "Draft",
    "FieldValue",
    "FileStatus",
    "Lease",
    "Office",
    "Original",
    "PageRead",
    "Pair",
    "Queue",
    "Reading",
    "Record",
    "RecordFlag",
    "RecordStatus",
    "Role",
    "Status",
    "Submission",
    "Token",
    "User",
    "Verdict",
    "Webhook",
]
