"""What can go wrong, as one tree.

IntakeError                 anything this product refuses or fails at
├── Refused                 the input is at fault; the message gives cause and remedy
├── Failed                  a tool or this machine is at fault; trying again may help
└── TemplateError           a form under templates/ is wrong; names file and line
"""


class IntakeError(Exception):
    """Anything this product refuses or fails at.

    ``str(error)`` is one line: the cause, a semicolon, the remedy.
    """


class Refused(IntakeError):
    """The input cannot be taken: damaged, encrypted, too large, not a scan."""


class Failed(IntakeError):
    """A tool or the machine failed on this input: a crash, a limit, a full disk."""


class TemplateError(IntakeError):
    """A form's definition is wrong; the message names file and line."""

    def __init__(self, path: str, line: int, cause: str) -> None:
        super().__init__(f"{path}:{line}: {cause}")
        self.path = path
        self.line = line
        self.cause = cause
