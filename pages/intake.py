"""Which files came in, what was understood, and where did every row go?"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from etl.errors import EtlError
from etl.load import build_sample, load, refresh, undo, write_rejects
from etl.place import Place
from etl.words import flag_label
from metrics import NoSnapshot, current_snapshot
from ui import accounts, recompute, state, trial

place = Place.from_environment()


def receive(files, mapping, words, dry_run):
    """Uploads touch the disk only for the length of this call."""
    with TemporaryDirectory(prefix="governance-") as folder:
        paths = [trial.keep(file, Path(folder, str(at))) for at, file in enumerate(files)]
        map_file = trial.keep(mapping, Path(folder, "map")) if mapping else None
        return trial.run(
            words,
            lambda say: load(paths, place=place, map_file=map_file, dry_run=dry_run, progress=say),
        )


def account(report):
    rows = report.accounting
    parts = (rows.loaded, rows.updated, rows.unchanged, rows.duplicate, rows.rejected)
    unmapped = Counter()  # a word can be strange in two columns
    for _, word, count in report.unmapped:
        unmapped[word] += count
    return accounts.Account(
        title=report.file + (f" › {report.sheet}" if report.sheet else ""),
        source=report.label,
        encoding=report.encoding,
        read=rows.read,
        parts=dict(zip(accounts.PARTS, parts, strict=True)),
        columns=[
            (c.field.label, "、".join(c.headers) or "—", c.how) for c in report.recognition.columns
        ],
        ignored=report.recognition.ignored,
        rejected=report.reject_reasons,
        flagged={flag_label(report.source, flag): rows for flag, rows in report.flags.items()},
        unmapped=unmapped,
        warnings=report.warnings,
        reconciliation=report.reconciliation,
    )


def show(report):
    for file, problem in report.errors:
        st.error(accounts.problem(file, problem), icon=":material/error:")
    for file in report.files:
        accounts.draw(account(file))


def offer():
    state = st.session_state
    turn = state.setdefault("turn", 0)
    files = st.file_uploader(
        "把导出的文件拖到这里,可以一次放多个(表格、工单、台账、边界图)",
        trial.ENDINGS,
        accept_multiple_files=True,
        key=f"files-{turn}",
        help="不用改表头,不用删标题行和合计行。边界图用 geojson,和区域台账一样放进来。",
    )
    with st.expander("认不出表头?加一个映射文件"):
        mapping = st.file_uploader("映射文件(toml)", "toml", key=f"map-{turn}")
    if not files:
        if done := state.get("done"):
            st.success(
                f"第 {done.batch} 批已入库。下面是这一批的账。", icon=":material/check_circle:"
            )
            show(done)
        return
    asked = tuple(file.file_id for file in (*files, mapping) if file)
    if state.get("asked") != asked:
        state["trial"], state["asked"] = receive(files, mapping, "正在试算…", True), asked
    trial_report = state["trial"]
    st.markdown("**试算结果**(还没有入库)")
    show(trial_report)
    if trial_report.exit_status == 2:
        st.info("没有可以入库的行。请按上面的提示处理后重新放入。", icon=":material/info:")
    elif st.button("确认入库", type="primary", icon=":material/database_upload:"):
        state["done"] = receive(files, mapping, "正在入库…", False)
        state["turn"] = turn + 1
        st.rerun()


@st.dialog("撤销这一批?")
def confirm(batch):
    st.markdown(f"第 {batch} 批的记录会退出,同一编号较早的记录重新生效。文件可以再次接入。")
    if st.button("撤销", type="primary"):
        trial.run("正在撤销…", lambda say: undo(batch, place=place, progress=say))
        st.session_state.pop("done", None)
        st.rerun()


def rejects(batch):
    with TemporaryDirectory(prefix="governance-") as folder:
        write_rejects(batch, out := Path(folder, "rejects.xlsx"), place=place)
        return out.read_bytes()


def history(batches):
    st.header("批次", anchor=False)
    if not batches:
        st.caption("还没有批次。可以先放入自己的文件,或载入演示数据看看各页的样子。")
        if st.button("载入演示数据", icon=":material/science:"):
            trial.run("正在载入演示数据…", lambda say: build_sample(place, say))
            st.rerun()
        return
    chosen = accounts.choose_batch(batches)
    if chosen is None:
        st.caption("点一行可以撤销这一批,或下载被拒绝的行。")
        return
    with st.container(horizontal=True):
        if st.button(f"撤销第 {chosen.batch} 批", disabled=chosen.undone, icon=":material/undo:"):
            confirm(chosen.batch)
        st.download_button(
            f"下载被拒绝的 {chosen.rejected} 行",
            lambda: rejects(chosen.batch),
            f"第{chosen.batch}批_被拒绝.xlsx",
            disabled=not chosen.rejected,
            on_click="ignore",
            icon=":material/download:",
        )


try:
    batches = current_snapshot().batches()
except NoSnapshot:
    batches = ()
st.title(accounts.summary(batches), anchor=False)
st.caption(
    "读入 = 新增 + 更新 + 未变 + 重复 + 拒绝。姓名、电话、证件号等在读取时去掉;上传的文件读完即删。"
)
try:
    offer()
    history(batches)
    if batches:
        recompute.offer(state.current(), lambda say: refresh(place=place, progress=say))
except EtlError as problem:
    st.error(str(problem), icon=":material/error:")
