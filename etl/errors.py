"""What can go wrong while loading. Each class is one thing a caller can do differently.

EtlError
├── Unreadable      the file is not what its name says, is damaged, or is in an unknown encoding
├── Unrecognised    no source, or no required field, matches the headers found
├── BadMap          a --map file says something that cannot be meant
├── Busy            another load holds the lock
├── NoRoom          the disk is full, or would be
├── CheckFailed     a check of the new snapshot returned rows; the old snapshot stays current
└── NotFound        no such batch, snapshot or data directory

Messages are Chinese: what was expected, what was found, what to do next. They never carry a cell's
content, because a cell can hold personal data.
"""


class EtlError(Exception):
    """Base of every error that is shown to a reader as it stands."""


class Unreadable(EtlError):
    pass


class Unrecognised(EtlError):
    pass


class BadMap(EtlError):
    pass


class Busy(EtlError):
    pass


class NoRoom(EtlError):
    pass


class CheckFailed(EtlError):
    pass


class NotFound(EtlError):
    pass
