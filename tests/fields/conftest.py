from __future__ import annotations

import pytest

from intake.fields.reference import Reference, load_reference
from tests.fields.writing import REFERENCE_FOLDER


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference(REFERENCE_FOLDER)
