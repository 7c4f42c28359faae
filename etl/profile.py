"""What an installation calls itself: profile.toml of its data directory, or the neutral one."""

import tomllib
from typing import Any

from etl.errors import BadMap
from etl.place import ROOT, Place

NEUTRAL = ROOT / "data" / "reference" / "profile.toml"


def read_profile(place: Place) -> dict[str, Any]:
    file = place.profile if place.profile.exists() else NEUTRAL
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMap(f"{file} 不是有效的 TOML:{error}。请改正后重新加载。") from error


def as_meta(profile: dict[str, Any]) -> dict[str, str]:
    """Flat text for the snapshot's meta table; [targets] become target.<metric>."""
    plain = {key: _text(value) for key, value in profile.items() if not isinstance(value, dict)}
    targets = {f"target.{key}": _text(value) for key, value in profile.get("targets", {}).items()}
    return plain | targets


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
