"""A number stands before a section only where there is something to count."""

from reports.model import Report


def test_a_chapter_numbers_its_sections_only_where_there_are_two(written: Report):
    whole = [number for number, section in written.numbered() if section.level == 2]
    keys = {s.key for s in written.sections} - {"terms"}
    alone = {section.key: number for number, section in written.only(keys).numbered()}

    assert "(一)" in whole
    assert alone["matters"] == ""
    assert alone["channel"] == "(一)"


def test_words_of_orders_stand_beside_the_matters(written: Report):
    numbers = {section.key: number for number, section in written.numbered()}

    assert (numbers["matters"], numbers["terms"]) == ("(一)", "(二)")
