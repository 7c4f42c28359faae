"""Word, PowerPoint and WPS refuse files that are merely well-formed: order of elements, names, relations."""

import io
import posixpath
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from metrics import Period, current_snapshot
from reports.lettering import widths
from reports.model import Report, signature
from reports.monthly import monthly
from reports.sources import cited
from reports.writers import WRITERS

# The order in which ISO/IEC 29500 (transitional) has the children of what we write ourselves.
ORDER = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs snapToGrid spacing "
    "ind jc outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b i caps strike color sz szCs highlight u vertAlign lang",
    "w:trPr": "cantSplit tblHeader",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "w:sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "c:chartSpace": "date1904 roundedCorners chart spPr txPr externalData",
    "c:chart": "autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs showDLblsOverMax",
    "c:plotArea": "layout barChart lineChart catAx valAx spPr",
    "c:barChart": "barDir grouping varyColors ser dLbls gapWidth overlap axId",
    "c:lineChart": "grouping varyColors ser dLbls marker smooth axId",
    "c:ser": "idx order tx spPr invertIfNegative marker dPt dLbls errBars cat val smooth",
    "c:errBars": "errBarType errValType noEndCap plus minus spPr",
    "c:dLbls": "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize showLeaderLines",
    "c:catAx": "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark tickLblPos spPr "
    "txPr crossAx crosses auto lblAlgn lblOffset tickLblSkip noMultiLvlLbl",
    "c:valAx": "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark tickLblPos spPr "
    "txPr crossAx crosses crossBetween majorUnit",
    "c:externalData": "autoUpdate",
    "a:tcPr": "lnL lnR lnT lnB noFill solidFill",
    "a:rPr": "ln noFill solidFill latin ea cs hlinkClick",
    "a:defRPr": "ln noFill solidFill latin ea cs",
}  # fmt: skip
REPEATED = {"w:headerReference", "w:footerReference", "c:ser", "c:dPt", "c:axId"}
SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
}
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@pytest.fixture(scope="module")
def report(sample: Path) -> Report:
    snapshot = current_snapshot(sample)
    period = Period.parse("2024-10", snapshot.as_of)  # open: hatched bars too
    return monthly(snapshot, period, red_head="溪北街道办事处", signed=date(2024, 10, 25))


@pytest.fixture(scope="module", params=["docx", "pptx"])
def file(report: Report, request) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(WRITERS[request.param](report)))


def trees(file: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    ours = ("word/document", "word/footer", "word/charts/", "ppt/slides/", "ppt/charts/")
    names = [n for n in file.namelist() if n.startswith(ours) and n.endswith(".xml")]
    return {name: ElementTree.fromstring(file.read(name)) for name in names}


def named(tag: str) -> str:
    space, _, name = tag[1:].partition("}")
    return f"{SPACES.get(space, space)}:{name}"


def disorder(tree: ElementTree.Element) -> list[str]:
    """Children that are unknown, twice, or before one that they have to follow."""
    found = []
    for parent in tree.iter():
        tag = named(parent.tag)
        if tag not in ORDER:
            continue
        order = [f"{tag[0]}:{name}" for name in ORDER[tag].split()]
        children = [named(child.tag) for child in parent]
        found += [f"{child} in {tag}" for child in children if child not in order]
        places = [order.index(child) for child in children if child in order]
        if places != sorted(places):
            found.append(f"{tag}: {children}")
        once = [child for child in children if child not in REPEATED]
        if len(once) != len(set(once)):
            found.append(f"{tag}: {children}")
    return found


def test_elements_stand_in_the_order_of_the_standard(file):
    assert {name: bad for name, tree in trees(file).items() if (bad := disorder(tree))} == {}


def test_an_element_out_of_order_or_twice_is_found():
    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    twice = f"<c:externalData {space}><c:autoUpdate/><c:autoUpdate/></c:externalData>"
    turned = f"<c:chartSpace {space}><c:spPr/><c:chart/></c:chartSpace>"

    assert len(disorder(ElementTree.fromstring(twice))) == 1
    assert len(disorder(ElementTree.fromstring(turned))) == 1


def test_every_relation_leads_to_a_part_that_has_a_type(file):
    names = file.namelist()
    types = ElementTree.fromstring(file.read("[Content_Types].xml"))
    listed = {each.get("PartName", "").lstrip("/") for each in types}
    endings = {each.get("Extension") for each in types}

    assert len(names) == len(set(names))
    for name in names:
        assert name in listed or name.rpartition(".")[2] in endings, name
    for name, tree in trees(file).items():
        folder, _, base = name.rpartition("/")
        path = f"{folder}/_rels/{base}.rels"
        known = ElementTree.fromstring(file.read(path)) if path in names else []
        targets = {each.get("Id"): posixpath.normpath(posixpath.join(folder, each.get("Target", "")))
                   for each in known if each.get("TargetMode") != "External"}  # fmt: skip
        assert {each.get(RELATED) for each in tree.iter() if each.get(RELATED)} <= set(targets), (
            name
        )
        assert {target.lstrip("/") for target in targets.values()} <= set(names), name


def test_drawings_and_axes_have_numbers_of_their_own(file):
    for tree in trees(file).values():
        shapes = [e.get("id") for e in tree.iter() if named(e.tag) in ("wp:docPr", "p:cNvPr")]
        assert len(shapes) == len(set(shapes))
        axes = [e.get("val") or "" for e in tree.iter() if named(e.tag) in ("c:axId", "c:crossAx")]
        assert all(axis.isdigit() for axis in axes)


def test_the_document_is_signed_on_its_day_whatever_the_data_reach(report):
    lines = docx.Document(io.BytesIO(WRITERS["docx"](report))).paragraphs
    texts = [line.text for line in lines]
    at = texts.index("2024年10月25日")
    (name, inner), (day, edge) = signature(report)

    assert texts[at - 1] == name == "溪北街道"
    assert texts[at - 3] == "附件\uff1a数据来源标号"
    assert (day, edge, inner) == ("2024年10月25日", 4.0, 5.5)
    assert any("数据截至2024年10月24日" in text for text in texts)


def test_marks_below_a_table_are_in_order_and_runs_are_short():
    assert cited([4, 1, 2, 3, 7]) == "[1]至[4]、[7]"
    assert cited([9, 8]) == "[8]、[9]"


def test_short_names_stay_on_one_line_beside_long_texts():
    rows = [["民生保障办公室", "基本持平(+64件,波动范围内),另有退回17件未计入,见退单率", "93.5%"]]
    name, _, share = widths(["承办单位", "说明", "按时办结率(应办结口径)"], rows, 10.5, 300)

    assert name >= 7 * 10.5
    assert share >= 5 * 0.55 * 10.5
