"""What the engine has against a piece of SQL, in Chinese, with the right name where one is near."""

import re
from collections.abc import Sequence

from metrics.entry import WORD
from metrics.errors import nearest

UNKNOWN = (
    r'Referenced column "([^"]+)" not found',
    r'does not have a column named "([^"]+)"',
)


def explain(
    problem: str, written: str, words: Sequence[str], tables: Sequence[str], on: str
) -> tuple[str, str]:
    """The engine's words in Chinese, and the word of the definition that they are about."""
    for pattern in UNKNOWN:
        if found := re.search(pattern, problem):
            hint = nearest(found[1], words) or f"({on};列改了名字要改这里,刚加的列要先重新加载)"
            return f"没有“{found[1]}”这一列,也没有这个用语(terms){hint}", found[1]
    if found := re.search(
        r"Function with name (\S+) does not exist!(?:\s*Did you mean \"(\w+)\")?", problem
    ):
        hint = f",是否要用“{found[2]}”?" if found[2] else ""
        return f"没有函数“{found[1]}”{hint}", found[1]
    if found := re.search(r"Table with name (\S+) does not exist", problem):
        return f"没有“{found[1]}”这张表{nearest(found[1], tables)}", found[1]
    if "must appear in the GROUP BY" in problem:
        return "不是汇总:要写成 count(*)、sum(列) 这样,对所有的行合起来算", ""
    if "unterminated" in problem:
        return "SQL 写错了:单引号没有配对", ""
    if found := re.search(r'syntax error at or near "([^"]*)"', problem):
        return _misspelt(found[1], written)
    if "syntax error at end of input" in problem:
        return _misspelt("", written)
    if found := re.search(r"Cannot compare values of type (\S+) and type (\S+)", problem):
        return f"两边的类型不同,不能相比:{found[1]} 和 {found[2]}", ""
    return f"SQL 不能执行:{problem.partition(chr(10))[0]}", ""


def _misspelt(token: str, written: str) -> tuple[str, str]:
    if written.count("(") != written.count(")"):
        opened, closed = written.count("("), written.count(")")
        return f"SQL 写错了:括号没有配对(左括号{opened}个,右括号{closed}个)", ""
    if token and token in re.findall(f"{WORD}|\\S", written):
        return f"SQL 写错了,错在“{token}”附近", token
    return f"SQL 没有写完:{written}", ""
