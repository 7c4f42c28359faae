"""Files as they go wrong: exports of every source, with every kind of trouble, and mere noise."""

import codecs
import io
import json
import string
from datetime import date, timedelta

import xlsxwriter
from hypothesis import strategies as st

from etl.catalog import sources

START = date(2024, 1, 1)
NAMES = ("a.csv", "b.tsv", "c.xlsx", "d.xls", "e.json", "f.geojson", "g.txt", "h.et", "无扩展名")
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "big5", "latin-1")
BOMS = (b"", codecs.BOM_UTF8, codecs.BOM_UTF8 * 2, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE)  # fmt: skip
ODD_STAMPS = (
    *("", "-", "2024/1/5", "2024年9月3日 9时", "45321.5", "1704067200", "2024-13-40", "昨天", "0"),
    *(
        "10/31/2024 11:59:58 PM",
        "0000-00-00",
        "9999-12-31 23:59:59",
        "１月２日",
        "-1",
        "2024-02-30",
    ),
)
ODD_CELLS = ("", "合计", "小计", "注：以下为空", "是", "否", "1e308", "-0", "NaN", "12%", "１，２３４", "110101199003074477", "13800138000", "'007", "\t12", "=1+1", '"', '""', "甲\n乙", "\x00", "\ufeff", "\ue000", "\x1f", " › ")  # fmt: skip

labels = st.sampled_from(sorted(sources())).map(
    lambda name: [field.label for field in sources()[name].fields]
)
loose = st.text(
    st.sampled_from(
        "吉麟社区投诉漏水" + string.ascii_letters + string.digits + " ,\"\t\n\r'=;|\x00\ufeff％　０"
    ),
    max_size=12,
)
stamps = st.one_of(
    st.integers(0, 900).map(lambda day: (START + timedelta(day)).isoformat()),
    st.sampled_from(ODD_STAMPS),
)
numbers = st.one_of(st.integers(-3, 10**12).map(str), st.floats(-200, 200).map(str))
huge = st.builds(lambda word, times: word * times, loose, st.sampled_from([400, 9_000]))
cells = st.one_of(stamps, loose, st.sampled_from(ODD_CELLS), numbers)
rare_cells = st.one_of(*[cells] * 12, huge)


@st.composite
def headers(draw):
    """Columns of one source, some missing, some twice, some of no source, at times two thousand."""
    found = draw(labels)
    if draw(st.booleans()):
        found = draw(st.permutations(found))[: draw(st.integers(1, len(found)))]
    if draw(st.integers(0, 3)) == 0:
        found = [*found, draw(st.sampled_from(found)), draw(loose)]
    if draw(st.integers(0, 30)) == 0:
        found = [*found, *(f"列{number}" for number in range(2_000))]
    return found


@st.composite
def tables(draw):
    """Header and rows; a row may be ragged, blank or a total. Often header only, or one row."""
    header = draw(headers())
    width = min(len(header), 30)
    even = st.lists(rare_cells, min_size=width, max_size=width)
    ragged = st.lists(cells, max_size=width + 3)
    total = st.builds(
        lambda word, more: [word, *more],
        st.sampled_from(["合计", "小计", "总 计", "Total"]),
        st.lists(numbers, max_size=width),
    )
    body = draw(st.lists(st.one_of(even, even, even, ragged, total), max_size=10))
    filled = [row + [""] * (len(header) - len(row)) if len(header) > 30 else row for row in body]
    titles = draw(st.lists(st.lists(loose, max_size=2), max_size=2))
    return [*titles, header, *filled]


@st.composite
def texts(draw):
    """A table as text: quoted well, badly or not at all, in one encoding or several, with any BOM."""
    separator = draw(st.sampled_from([",", "\t", ";", "|"]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quote = draw(st.sampled_from([_unquoted, _unquoted, _quoted, _carelessly]))
    encoding = draw(st.sampled_from((*["utf-8"] * 4, *["gb18030"] * 2, *ENCODINGS)))
    other = draw(st.sampled_from((*[encoding] * 5, *ENCODINGS)))
    lines = [separator.join(map(quote, row)) + end for row in draw(tables())]
    mixed = [
        line.encode(other if number % 3 == 2 else encoding, "ignore")
        for number, line in enumerate(lines)
    ]
    return draw(st.sampled_from((*[b""] * 6, *BOMS))) + b"".join(mixed)


def _unquoted(cell):
    return cell


def _quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def _carelessly(cell):
    return f'"{cell}'


@st.composite
def workbooks(draw):
    """One to three sheets, with numbers, dates, formulas without a result and merged cells."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        stamp = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for rows in draw(st.lists(tables(), min_size=1, max_size=3)):
            sheet = book.add_worksheet()
            for line, row in enumerate(rows):
                for column, cell in enumerate(row[:60]):
                    kind = draw(st.integers(0, 12)) if line else 0
                    if kind == 1:
                        sheet.write_number(line, column, draw(st.floats(-1e6, 1e6)), stamp)
                    elif kind == 2:
                        sheet.write_formula(line, column, "=1/0", None, "")
                    else:
                        sheet.write_string(line, column, cell[:30_000])
            if draw(st.booleans()):
                sheet.merge_range(0, 0, draw(st.integers(1, 3)), draw(st.integers(1, 3)), "合并")
    return file.getvalue()


leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), cells)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["x", "点", "y"]), inner)
    ),
    max_leaves=6,
)
records = labels.flatmap(
    lambda names: st.lists(
        st.one_of(st.dictionaries(st.sampled_from(names), values, max_size=14), leaves), max_size=8
    )
)
geometries = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["Point", "Polygon", "MultiPolygon", "Nonsense"]),
            "coordinates": st.one_of(
                values, st.just([[[106.6, 26.4], [106.7, 26.4], [106.7, 26.5], [106.6, 26.4]]])
            ),
        }
    ),
)
features = st.builds(
    lambda rows, shape, key: {
        "type": "FeatureCollection",
        key: [{"type": "Feature", "properties": row, "geometry": shape} for row in rows],
    },
    records,
    geometries,
    st.sampled_from(["features", "features", "feature"]),
)
objects = st.one_of(
    records, features, values, records.map(lambda rows: {"data": {"rows": rows}, "n": 1})
).map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
json_lines = records.map(lambda rows: "\n".join(map(json.dumps, rows)).encode())


@st.composite
def _damaged(draw, contents):
    """Cut short, overwritten, or with something foreign in the middle."""
    data = draw(contents)
    for _ in range(draw(st.integers(1, 3))):
        at = int(draw(st.floats(0, 1)) * len(data))
        blow = draw(st.one_of(st.binary(max_size=3), st.sampled_from([b"\n", b'"', b"\0" * 40])))
        data = draw(st.sampled_from([data[:at], data[:at] + blow + data[at + len(blow) :]]))
    return data


whole = st.one_of(texts(), texts(), workbooks(), objects, json_lines)
bad_files = st.one_of(st.just(b""), st.binary(max_size=400), *[whole] * 5, *[_damaged(whole)] * 3)
bad_names = st.sampled_from(NAMES)
