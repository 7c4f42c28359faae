"""In what capacity someone reads: who sees sensitive groups, who corrects.

A role is declared, not proved. An office that must know who reads sets a proxy with a login in front of the
program and fixes the role of each deployment behind it (`GOVERNANCE_ROLE`).
"""

import os
from typing import Literal, get_args

from metrics.errors import BadRole, nearest

Role = Literal["leader", "analyst", "presenter"]
ROLES: tuple[Role, ...] = get_args(Role)
DEFAULT: Role = "leader"
NAMED_ROLES: tuple[str, ...] = ("leader", "analyst")
CORRECTING: tuple[str, ...] = ("analyst",)
LABELS: dict[str, str] = {"leader": "领导", "analyst": "分析员", "presenter": "汇报人"}
RIGHTS: dict[str, str] = {
    "leader": "看全部汇总数",
    "analyst": "看全部汇总数,并可以更正词典、关联和网格沿革",
    "presenter": "适合投屏:敏感群体的数不显示",
}
VARIABLE = "GOVERNANCE_ROLE"


def fixed() -> Role | None:
    """The one role of this deployment; None where readers choose.

    Raises:
        BadRole: the variable holds no role.
    """
    asked = os.environ.get(VARIABLE, "").strip()
    if not asked:
        return None
    if role := known(asked):
        return role
    raise BadRole(
        f"{VARIABLE} 应为 {'、'.join(ROLES)} 之一,现在是“{asked}”{nearest(asked, ROLES)}。"
    )


def known(text: str | None) -> Role | None:
    return next((role for role in ROLES if role == text), None)
