"""The secret that callers' pseudonyms are made with. Whoever has it can re-identify."""

import os
import secrets

from etl.errors import Unreadable
from etl.place import Place

BYTES = 32


def pseudonym_key(place: Place, *, rehearsal: bool = False) -> bytes:
    """Read the key, or make it on the first load. A rehearsal leaves none behind."""
    try:
        key = bytes.fromhex(place.key.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return secrets.token_bytes(BYTES) if rehearsal else _make(place)
    except (ValueError, UnicodeDecodeError):
        key = b""
    if len(key) != BYTES:
        raise Unreadable(
            f"{place.key} 应为 {BYTES * 2} 个十六进制字符,现不是。请从备份恢复;"
            "若删除它,将生成新钥匙,新旧工单的来电人不能再对上(重复诉求率会偏低)。"
        )
    return key


def _make(place: Place) -> bytes:
    key = secrets.token_bytes(BYTES)
    draft = place.key.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(place.key)
    return key
