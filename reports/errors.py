"""What can go wrong while a report is written. Messages are Chinese: expected, found, what to do next."""


class ReportError(Exception):
    """Base of every error of a report that is shown to a reader as it stands."""


class UnknownFormat(ReportError):
    """No writer has this suffix."""


class Unwritable(ReportError):
    """The folder for the files cannot be made or written."""


class CannotPrint(ReportError):
    """A character has no glyph in any font that may be embedded."""
