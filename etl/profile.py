"""What an installation calls itself: profile.toml of its data directory, or the neutral one."""

import json
import re
import tomllib
from datetime import date
from itertools import pairwise
from typing import Any

from etl.errors import BadMap
from etl.place import ROOT, Place

NEUTRAL = ROOT / "data" / "reference" / "profile.toml"
LEAST_MONTHS = 12  # fewer say nothing of what is usual


def read_profile(place: Place) -> dict[str, Any]:
    file = place.profile if place.profile.exists() else NEUTRAL
    try:
        profile = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMap(f"{file} 不是有效的 TOML:{error}。请改正后重新加载。") from error
    try:
        _baselines(profile)
    except ValueError as error:
        raise BadMap(f"{file} 中的基线有误:{error}。请改正后重新加载。") from error
    return profile


def as_meta(profile: dict[str, Any]) -> dict[str, str]:
    """Flat text for the snapshot's meta table; [targets] become target.<metric>, [[baselines]] become
    baselines.<metric>: a list of start, end (excluded) and reason."""
    plain = {
        key: _text(value) for key, value in profile.items() if not isinstance(value, dict | list)
    }
    targets = {f"target.{key}": _text(value) for key, value in profile.get("targets", {}).items()}
    return plain | targets | _baselines(profile)


def _baselines(profile: dict[str, Any]) -> dict[str, str]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for entry in profile.get("baselines", []):
        metric, start, end, reason = _baseline(entry)
        found.setdefault(metric, []).append((f"{start}", f"{end}", reason))
    for metric, spans in found.items():
        spans.sort()
        for (_, end, _), (start, _, _) in pairwise(spans):
            if start < end:
                raise ValueError(f"{metric} 的两条基线重叠:{start[:7]} 早于上一条的结束")
    return {f"baselines.{metric}": json.dumps(spans) for metric, spans in found.items()}


def _baseline(entry: dict[str, Any]) -> tuple[str, date, date, str]:
    """Whole months; the end is the first day after them."""
    known = {"metric", "from", "to", "reason"}
    if missing := sorted(known - {key for key, value in entry.items() if str(value).strip()}):
        raise ValueError(
            f"缺少 {'、'.join(missing)}(要写明 metric、from、to 和 reason;更换基线必须有理由)"
        )
    if unknown := sorted(entry.keys() - known):
        raise ValueError(f"不认识的字段 {'、'.join(unknown)},只能是 metric、from、to、reason")
    months = [_month(str(entry[name])) for name in ("from", "to")]
    if months[1] - months[0] + 1 < LEAST_MONTHS:
        raise ValueError(f"{entry['metric']} 的基线不足{LEAST_MONTHS}个月,看不出平常的波动")
    start, end = (date(count // 12, count % 12 + 1, 1) for count in (months[0], months[1] + 1))
    return str(entry["metric"]), start, end, str(entry["reason"]).strip()


def _month(text: str) -> int:
    """Months since year 0."""
    if not (found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text.strip())):
        raise ValueError(f"看不懂月份“{text}”,请写成 2024-01")
    return int(found[1]) * 12 + int(found[2]) - 1


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
