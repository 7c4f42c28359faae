"""Working days of China, 调休 included, so that "5 个工作日" can be counted in SQL.

The dates come from chinesecalendar when a store is seeded; nothing asks the library while a page runs.
Past its last published year a plain Monday-to-Friday week stands in.
"""

from datetime import date, timedelta
from functools import cache
from importlib.metadata import version

import duckdb
import pyarrow as pa

FIRST = date(2004, 1, 1)
NAMES = {
    "new_years_day": "元旦",
    "spring_festival": "春节",
    "tomb_sweeping_day": "清明",
    "labour_day": "劳动节",
    "dragon_boat_festival": "端午",
    "mid_autumn_festival": "中秋",
    "national_day": "国庆节",
    "anti_fascist_70th_day": "抗战胜利纪念日",
}


def seed(con: duckdb.DuckDBPyConnection, today: date) -> None:
    """Keep the store's table calendar(day, is_workday, workday_no, festival) up to next year's end."""
    edition = f"{version('chinesecalendar')} {today.year + 1}"
    if con.execute("SELECT 1 FROM calendar_edition WHERE edition = ?", [edition]).fetchone():
        return
    con.register("calendar_rows", _rows(today.year + 1))
    con.execute("BEGIN")
    con.execute("DELETE FROM calendar")
    con.execute("INSERT INTO calendar SELECT * FROM calendar_rows ORDER BY day")
    con.execute("DELETE FROM calendar_edition")
    con.execute("INSERT INTO calendar_edition VALUES (?)", [edition])
    con.execute("COMMIT")
    con.unregister("calendar_rows")


@cache
def _rows(last_year: int) -> pa.Table:
    days = [FIRST + timedelta(n) for n in range((date(last_year + 1, 1, 1) - FIRST).days)]
    known = [_known(day) for day in days]
    numbers: list[int] = []
    for is_workday, _ in known:
        numbers.append((numbers[-1] if numbers else 0) + is_workday)
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "is_workday": [is_workday for is_workday, _ in known],
            "workday_no": pa.array(numbers, pa.int32()),
            "festival": pa.array([festival for _, festival in known], pa.string()),
        }
    )


def _known(day: date) -> tuple[bool, str | None]:
    # Imported here: building its tables costs more than starting the command line.
    from chinese_calendar import Holiday, get_holiday_detail
    from chinese_calendar.constants import holidays, workdays

    if day.year > max(holidays).year:
        return day.weekday() < 5, None
    if day in workdays:
        return True, None
    is_holiday, name = get_holiday_detail(day)
    return not is_holiday, NAMES[Holiday(name).name] if name else None
