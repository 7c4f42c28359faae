"""A new snapshot for the pages: built aside, checked, verified, then made current in one step.

Nothing a reader has open is ever written to. Until the pointer is replaced the old snapshot is current,
whatever happens to this process.
"""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from etl.books import write_books
from etl.dictionary import Dictionary, office_words, read_dictionary
from etl.engine import connect, known_failure, no_room
from etl.errors import CheckFailed, NoRoom
from etl.graph import Graph, Told, work_out
from etl.lineage import edits
from etl.notebook import digest
from etl.place import Place
from etl.profile import read_profile
from etl.proposals import propose
from etl.recipe import CHECKS, recipe
from etl.shelf import current, make_current, newest_stamp, prune, wipe_drafts
from etl.store import clock, identity, scalar, version
from etl.suggest import suggest
from etl.tables import fill, read_model, refill
from etl.terms import count_terms
from etl.texts import Reading, reading
from etl.verdicts import laid_out, lay_out, read_verdicts

EXAMPLES = 3
SPARE = 8 * 2**20  # bytes a small snapshot may need beyond its base
MOST_REFILLS = 100  # replaced rows leave gaps in the file; now and then it is written anew

UNREADABLE = "新快照写入后读回不一致,磁盘可能有故障。当前快照不变;请检查磁盘后重新加载。"

Say = Callable[[str], None]


class Damaged(CheckFailed):
    """The draft does not read back as it was written."""


@dataclass(frozen=True)
class Base:
    """An earlier snapshot that the new one may be copied from."""

    file: Path
    version: int
    refills: int
    verdicts: str


@dataclass(frozen=True)
class Inputs:
    """What a snapshot is made by, besides the records."""

    profile: dict[str, Any]
    dictionary: Dictionary
    recipe: str


def _inputs(con: duckdb.DuckDBPyConnection, place: Place) -> Inputs:
    profile, dictionary = read_profile(place), read_dictionary(con, place)
    return Inputs(profile, dictionary, recipe(profile, dictionary))


def publish(con: duckdb.DuckDBPyConnection, place: Place, say: Say) -> str:
    """Build a snapshot of the store as it stands and make it current. Only under the lock."""
    place.snapshots.mkdir(parents=True, exist_ok=True)
    wipe_drafts(place)
    lay_out(con, read_verdicts(place))
    inputs = _inputs(con, place)
    base = _base(con, place, inputs.recipe)
    since, links = base.version if base else None, base is None or _relinks(con, base)
    try:
        with reading(con, inputs.dictionary, since, links=links) as texts:
            draft, name = _build_either_way(con, place, inputs, texts, base, say)
        make_current(place, draft, name)
    finally:
        wipe_drafts(place)
    prune(place)
    return name


def _relinks(con: duckdb.DuckDBPyConnection, base: Base) -> bool:
    """Links hang on every record: whether one changed, or a verdict on them."""
    changed = "SELECT count(*) FROM changes WHERE version > ? AND source IN ('hotline', 'cases')"
    return base.verdicts != digest(laid_out(con)) or scalar(con, changed, [base.version]) > 0


def outdated(con: duckdb.DuckDBPyConnection, place: Place) -> bool:
    """Whether another version of the program, another profile or other corrections made the current
    snapshot of this store."""
    file = current(place)
    meta = read_meta(file) if file else None
    if meta is None or meta.get("store") != identity(con):
        return False
    made = (_inputs(con, place).recipe, digest(read_verdicts(place)), digest(edits(place)))
    return tuple(meta.get(name, "") for name in ("recipe", "verdicts", "lineage")) != made


def _build_either_way(
    con: duckdb.DuckDBPyConnection,
    place: Place,
    inputs: Inputs,
    texts: Reading,
    base: Base | None,
    say: Say,
) -> tuple[Path, str]:
    try:
        return _build(con, place, inputs, texts, base, say)
    except (Damaged, duckdb.Error) as error:
        full_disk = isinstance(error, duckdb.Error) and isinstance(
            known_failure(error, place), NoRoom
        )
        if base is None or full_disk:
            raise
        # A copy inherits the damage of what it was copied from; a rebuild does not.
        say("上一快照不能沿用,重新生成全部…")
        return _build(con, place, inputs, texts, None, say)


def _base(con: duckdb.DuckDBPyConnection, place: Place, recipe: str) -> Base | None:
    """The current snapshot, where only rows were added or replaced since it was built."""
    file = current(place)
    meta = read_meta(file) if file else None
    if file is None or meta is None:
        return None
    if meta.get("store") != identity(con) or meta.get("recipe") != recipe:
        return None
    at, refills = int(meta["version"]), int(meta["refills"])
    remade = (
        "SELECT count(*) FROM changes WHERE version > ? AND (kind = 'undo' OR source = 'areas')"
    )
    if at > version(con) or refills >= MOST_REFILLS or scalar(con, remade, [at]):
        return None
    return Base(file, at, refills, meta.get("verdicts", ""))


def read_meta(file: Path) -> dict[str, str] | None:
    """The meta table of a snapshot, or None of a file that is no snapshot."""
    # Attached to a connection of its own: the pages of this process may have the file open
    # with other settings, which a plain connect would refuse.
    with duckdb.connect() as con:
        try:
            con.execute(f"ATTACH {_literal(file)} AS old (READ_ONLY)")
            return dict(con.execute("SELECT key, value FROM old.meta").fetchall())
        except duckdb.Error:
            return None


def _build(
    con: duckdb.DuckDBPyConnection,
    place: Place,
    inputs: Inputs,
    texts: Reading,
    base: Base | None,
    say: Say,
) -> tuple[Path, str]:
    name, profile = _name(con, place), inputs.profile
    keep_text = bool(profile.get("keep_text"))
    corrected = edits(place)
    draft = place.snapshots / f".draft-{name}.duckdb"
    facts = {
        "snapshot": name,
        "built_at": clock().isoformat(" "),
        "store": identity(con),
        "version": str(version(con)),
        "recipe": inputs.recipe,
        "lineage": digest(corrected),
        "words": digest(office_words(place)),
        "refills": str(base.refills + 1 if base else 0),
        "verdicts": digest(laid_out(con)),
    }
    con.execute("SET VARIABLE threshold_t1 = ?", [int(profile.get("threshold_t1", 5))])
    _make_room(place, base)
    say("整理诉求用词,查找同一件事,生成快照…")
    if base:
        shutil.copyfile(base.file, draft)
    con.execute(f"ATTACH {_literal(draft)} AS snap")
    try:
        con.execute("BEGIN")
        if base:
            finish = refill(con, keep_text, base.version, corrected)
        else:
            finish = fill(con, keep_text, corrected)
        # What was cut meanwhile is seen from here on.
        con.execute("COMMIT")
        texts.cut()
        con.execute("BEGIN")
        count_terms(con)
        suggest(con)
        finish(texts.linked() if base else _links(con, texts))
        write_books(con, profile, facts)
        propose(con)
        con.execute("COMMIT")
        say("检查快照…")
        counts = _counts(con)
        _check(con)
        con.execute("CHECKPOINT snap")
    except BaseException:
        _abandon(con)
        raise
    con.execute("DETACH snap")
    _verify(draft, place, name, counts)
    return draft, name


def _links(con: duckdb.DuckDBPyConnection, texts: Reading) -> Graph:
    """Also where they were thought to stand, but what they stand in cannot be used."""
    return texts.linked() or work_out(con, read_model("_matters"), Told.of(con))


def _name(con: duckdb.DuckDBPyConnection, place: Place) -> str:
    """Names sort by time even when the clock stands still or goes back."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    newest = newest_stamp(place)
    if newest and now <= newest:
        now = newest + timedelta(seconds=1)
    seed = f"{identity(con)} {version(con)} {now.isoformat()}"
    return f"{now:%Y%m%dT%H%M%SZ}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"


def _make_room(place: Place, base: Base | None) -> None:
    needed = (base.file.stat().st_size * 3 // 2 if base else 0) + SPARE
    if shutil.disk_usage(place.root).free < needed:
        raise no_room(place, needed)


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    tables = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'snap' ORDER BY table_name"
    ).fetchall()
    return {table: scalar(con, f"SELECT count(*) FROM snap.{table}") for (table,) in tables}


def _check(con: duckdb.DuckDBPyConnection) -> None:
    """Each file of checks/ is a SELECT of wrong rows."""
    wrong = []
    store = scalar(con, "SELECT current_database()")
    con.execute("USE snap")
    try:
        for file in sorted(CHECKS.glob("*.sql")):
            text = file.read_text(encoding="utf-8")
            rows = con.execute(text).fetchmany(EXAMPLES)
            if rows:
                meaning = text.splitlines()[0].removeprefix("--").strip()
                count = scalar(con, f"SELECT count(*) FROM ({text})")
                wrong.append(f"{file.stem}({meaning}):{count} 行")
    finally:
        con.execute(f"USE {store}")
    if wrong:
        raise CheckFailed(
            f"新快照没有通过检查,当前快照不变。{';'.join(wrong)}。"
            "数据已在加载库中:可用 python -m etl undo <批次> 撤销最近一批,改正文件后重新加载。"
        )


def _verify(draft: Path, place: Place, name: str, counts: dict[str, int]) -> None:
    """Read every block back: a damaged one is found only when it is read."""
    try:
        with connect(draft, place, read_only=True) as con:
            found = {
                table: (
                    con.execute(f"SELECT count(*), bit_xor(hash(t)) FROM {table} AS t").fetchone()
                    or (0,)
                )[0]
                for table in counts
            }
            snapshot = scalar(con, "SELECT value FROM meta WHERE key = 'snapshot'")
    except duckdb.Error as error:
        raise Damaged(UNREADABLE) from error
    if found != counts or snapshot != name:
        raise Damaged(UNREADABLE)


def _abandon(con: duckdb.DuckDBPyConnection) -> None:
    """Leave the draft behind; the next build wipes it."""
    for statement in ("ROLLBACK", "DETACH snap"):
        try:
            con.execute(statement)
        except duckdb.Error:  # no transaction open, or the instance is dead after a full disk
            continue


def _literal(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"
