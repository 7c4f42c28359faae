"""What can go wrong while a report is written, in the reader's language."""


class CannotPrint(Exception):
    """A character has no glyph in any font that may be embedded."""
