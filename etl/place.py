"""Where data lies: one directory, chosen by GOVERNANCE_DATA."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """The files of one installation. Nothing here is committed."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Place":
        return cls(Path(os.environ.get("GOVERNANCE_DATA") or ROOT / "data").resolve())

    @property
    def store(self) -> Path:
        return self.root / "store.duckdb"

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    @property
    def pointer(self) -> Path:
        """A text file that holds the current snapshot's file name: the one commit point."""
        return self.root / "CURRENT"

    @property
    def notebook(self) -> Path:
        """What the app writes; loading only reads in it which snapshots are pinned."""
        return self.root / "notebook.sqlite"

    @property
    def lock(self) -> Path:
        return self.root / "etl.lock"

    @property
    def key(self) -> Path:
        """The secret that turns callers into pseudonyms. Whoever has it can re-identify."""
        return self.root / "pseudonym.key"

    @property
    def spill(self) -> Path:
        return self.root / "spill"

    @property
    def profile(self) -> Path:
        """profile.toml of this installation; data/reference/profile.toml where there is none."""
        return self.root / "profile.toml"
