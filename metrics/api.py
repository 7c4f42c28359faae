"""The same door over HTTP: GET /api/metrics/<id>?period=2024-09&by=community&where=unit=区住建局."""

from collections.abc import Mapping
from typing import Any

from metrics import roles
from metrics.asking import ask, describe
from metrics.errors import BadCut, MetricError, NoSnapshot, UnknownMetric, nearest
from metrics.judged import judged
from metrics.snapshot import Snapshot, current_snapshot

WORDS = ("by", "period", "from", "to", "where", "scope", "as_of", "version")


def answer(
    metric: str, query: Mapping[str, str], snapshot: Snapshot | None = None
) -> tuple[int, dict[str, Any]]:
    """HTTP status and JSON body. Lists (by, where) are separated by commas; the role is never asked
    of the caller, because nothing here could check it: it is the deployment's."""
    try:
        return 200, _answer(metric, query, snapshot or current_snapshot())
    except NoSnapshot as error:
        return 503, {"error": str(error)}
    except UnknownMetric as error:
        return 404, {"error": str(error)}
    except MetricError as error:
        return 400, {"error": str(error)}


def _answer(metric: str, query: Mapping[str, str], snapshot: Snapshot) -> dict[str, Any]:
    for word in query:
        if word not in WORDS:
            raise BadCut(f"不认识参数“{word}”{nearest(word, WORDS)}。可用:{'、'.join(WORDS)}")
    version = query.get("version")
    if version and not version.isdigit():
        raise BadCut(f"版本应为数字,收到的是“{version}”")
    role = roles.fixed() or roles.DEFAULT
    measured = ask(
        metric,
        snapshot,
        by=_list(query.get("by")),
        period=query.get("period"),
        first=query.get("from"),
        last=query.get("to"),
        where=_list(query.get("where")),
        scope=query.get("scope"),
        as_of=query.get("as_of"),
        version=int(version) if version else None,
        role=role,
    )
    return describe(measured, judged(measured, snapshot, role))


def _list(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]
