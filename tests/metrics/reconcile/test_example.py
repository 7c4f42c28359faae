"""The example that the page offers: what it says is wrong with itself is found, and no more."""

from metrics import Period, Scope
from metrics.reconcile import examine, examine_text, read_text
from metrics.reconcile.sample import example


def test_the_example_is_wrong_in_five_places_and_they_are_found(street):
    snapshot = street.write()  # an office without orders gets made-up units

    text = example(snapshot, Period.parse("2024-09", snapshot.as_of), Scope.street())

    pasted = read_text(text)
    (sheet,) = pasted.sheets
    found = [f for f in (*examine(sheet).findings, *examine_text(pasted.paragraphs)) if f.level == "break"]  # fmt: skip
    assert {f.topic for f in found} == {"受理数", "办结率", "用词", "分项"}
    assert len(found) == 5
