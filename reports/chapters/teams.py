"""服务队: what each team did, and what came of it; output and outcome kept apart."""

from metrics import card
from metrics.past import published
from metrics.words import value_text
from reports.chapters.building import largest, sentences, side_by_side, told
from reports.chapters.charts import ranked
from reports.gathering import Gathering
from reports.model import Section
from reports.parts import Cell, Chart, Column, Sentence, Table, Words

SESSIONS = "team_sessions"
OUTCOMES = (
    "team_hazards_fixed", "team_problems_solved", "team_jobs_placed", "team_elders_followed",
    "team_home_visits",
)  # fmt: skip


def teams(ask: Gathering) -> list[Section]:
    text = sentences(told(ask, "teams.sessions", SESSIONS), _by_team(ask))
    table = side_by_side(
        ask, "teams", "各服务队活动情况", "team", (SESSIONS, "activity_attendances", "activity_people"),
        notes=("人次不除以人数",),
    )  # fmt: skip
    return [Section("teams", "五益服务队", 1, (text, table, _outcomes(ask), _chart(ask)))]


def _by_team(ask: Gathering) -> Sentence:
    found = ask.one(SESSIONS, "team")
    first = largest(found, 5)
    words = (ask.said(f"分队看,{first}", found), Words("。")) if first else ()
    return Sentence("teams.by_team", words)


def _outcomes(ask: Gathering) -> Table:
    rows = []
    for metric in OUTCOMES:
        found = ask.one(metric, period=published(card(metric), ask.period))
        why = found.total.reason or found.card.base
        rows.append(
            (
                Cell(found.card.label),
                ask.cell(found, found.total),
                Cell(found.period.label),
                Cell(why),
            )
        )
    headers = ("成果", "数", "期间", "口径或说明")
    columns = tuple(Column(header) for header in headers)
    return Table("outcomes", "各服务队工作成果", columns, tuple(rows))


def _chart(ask: Gathering) -> Chart:
    found, total = ask.one(SESSIONS, "team"), ask.one(SESSIONS)
    title = f"五支服务队共开展活动{value_text(total.card, total.total)}"
    return ranked(ask, "teams-sessions", found, title)
