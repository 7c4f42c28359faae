"""Texts become counted terms: only words of a dictionary, never a mask or a name, and never of few orders."""

import sqlite3
from datetime import datetime

import pytest
from archives import new_archive

from etl.dictionary import Dictionary, read_dictionary

LATER = datetime(2024, 9, 20)


@pytest.fixture
def archive(tmp_path):
    with new_archive(tmp_path / "data") as archive:
        yield archive


def orders(text, count=5, first=0, **more):
    return [
        {"order_no": f"G{n:03d}", "accepted_at": datetime(2024, 9, 3), "category": "物业管理 › 电梯", "text": text}
        | more
        for n in range(first, first + count)
    ]  # fmt: skip


def terms(archive):
    return dict(archive.rows("SELECT term, sum(orders)::INTEGER FROM term_months GROUP BY term"))


def test_a_term_counts_once_an_order_and_stop_words_do_not_count(archive):
    archive.keep("hotline", *orders("市民反映电梯坏了,电梯困人,希望尽快处理"))
    archive.publish()

    assert terms(archive) == {"电梯": 5}
    assert archive.rows("SELECT DISTINCT month, category FROM term_months") == [
        (datetime(2024, 9, 1).date(), "物业管理")
    ]


def test_what_fewer_than_five_orders_say_is_not_in_the_snapshot(archive):
    archive.keep("hotline", *orders("电梯困人", 4), *orders("夜间施工", 5, 10))
    archive.publish()

    assert set(terms(archive)) == {"夜间施工"}


def test_masks_and_names_never_become_terms(archive):
    archive.keep(
        "hotline",
        *orders("联系人[姓名],电话[号码],住[门牌],车牌[车牌],微信[账号],电梯,王建国张三丰", 6),
    )
    archive.publish()

    assert set(terms(archive)) == {"电梯"}


def test_returned_and_invalid_orders_are_left_out(archive):
    archive.keep(
        "hotline",
        *orders("电梯", 5),
        *orders("电梯", 2, 5, valid=False),
        *orders("电梯", 2, 7, returned=True),
    )
    archive.publish()

    assert terms(archive)["电梯"] == 5


def test_a_later_load_cuts_only_what_it_touches_and_ends_where_a_rebuild_does(archive):
    archive.keep("hotline", *orders("电梯困人", 30))
    archive.publish()
    before = archive.rows("SELECT sum(orders) FROM term_months")

    archive.keep("hotline", *orders("夜间施工", 5, 28, updated_at=LATER))
    name = archive.publish()
    later = archive.tables(name)
    archive.place.pointer.unlink()
    rebuilt = archive.tables(archive.publish())

    assert before != archive.rows("SELECT sum(orders) FROM term_months")
    assert terms(archive)["电梯"] == 28 and terms(archive)["夜间施工"] == 5
    assert later["term_months"] == rebuilt["term_months"]


def test_undoing_a_load_takes_its_terms_back(archive):
    archive.keep("hotline", *orders("电梯", 9))
    archive.keep("hotline", *orders("停水", 9, updated_at=LATER))
    archive.publish()
    assert set(terms(archive)) == {"停水"}

    archive.undo(2)
    archive.publish()
    assert set(terms(archive)) == {"电梯"}


def note(archive, *words):
    with sqlite3.connect(archive.place.root / "notebook.sqlite") as book:
        book.execute(
            "CREATE TABLE IF NOT EXISTS local_words (word TEXT PRIMARY KEY, kept INTEGER NOT NULL)"
        )
        book.executemany("INSERT OR REPLACE INTO local_words VALUES (?, ?)", words)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("反映幸福公寓电梯困人", {"电梯"}),
        ("南苑安置房跳闸", {"跳闸"}),
        ("幸福里小区停水", {"停水"}),  # 幸福 belongs to the name too
        ("学院路口堵车", {"堵车"}),
        ("老旧小区停水", {"老旧小区", "停水"}),  # a word of the list
        ("过渡安置费", {"过渡安置费"}),  # the list goes on where a name would end
        ("农贸市场占道经营", {"农贸市场", "占道经营"}),  # names no place
        ("附近菜市场占道经营", {"菜市场", "占道经营"}),  # the general dictionary knows it
        ("新开的超市涨价", {"超市", "涨价"}),  # 开的 is no name
    ],
)
def test_a_place_nobody_listed_is_not_cut_into_pieces(archive, text, said):
    archive.keep("hotline", *orders(text))
    archive.publish()

    assert set(terms(archive)) == said


def test_the_offices_own_words_are_cut_whole_after_they_are_noted(archive):
    archive.keep("hotline", *orders("和苑小区电梯"))
    archive.publish()
    assert "和苑小区" not in terms(archive)

    note(archive, ("和苑小区", 1), ("电梯", 0))
    archive.publish()
    assert terms(archive) == {"和苑小区": 5}


def test_a_mask_can_not_be_made_a_word(archive):
    note(archive, ("号码", 1), ("x'; DROP", 1))
    found = read_dictionary(archive.con, archive.place)

    assert "号码" not in found.words and "x'; DROP" not in found.words
    assert Dictionary(frozenset({"甲乙"}), frozenset()).edition != found.edition


def proposed(archive):
    return archive.rows("FROM word_proposals")


def test_a_place_that_many_say_in_one_community_is_proposed(archive):
    keep_places(archive)
    archive.publish()
    assert proposed(archive) == [("幸福里小区", 25, "C1"), ("南苑安置房", 20, "C1")]

    note(archive, ("幸福里小区", 1), ("南苑安置房", 0))
    archive.publish()
    assert proposed(archive) == []
    assert "幸福里小区" in terms(archive) and "安置房" not in terms(archive)


def keep_places(archive):
    """Of 25 orders 20 lie in one community; others are too few, scattered, older or returned."""
    archive.keep(
        "areas",
        {"code": "S", "name": "街道", "level": "street"},
        *({"code": code, "name": name, "level": "community", "parent": "S"} for code, name in
          (("C1", "东社区"), ("C2", "西社区"))),
    )  # fmt: skip
    archive.keep(
        "hotline",
        *orders("反映幸福里小区停水,幸福里小区没水", 20, 0, community="C1"),
        *orders("来电称幸福里小区停水", 5, 20, community="C2"),
        *orders("南苑安置房跳闸", 20, 100, community="C1"),
        *orders("碧海花园跳闸", 19, 200, community="C1"),
        *orders("碧海花园跳闸", 9, 220, community="C1", returned=True),
        *orders("碧海花园跳闸", 9, 230, community="C1", accepted_at=datetime(2023, 9, 1)),
        *orders("文化广场跳闸", 15, 300, community="C1"),
        *orders("文化广场跳闸", 15, 320, community="C2"),
        *orders("附近菜市场跳闸", 30, 400, community="C1"),
        *orders("口袋公园跳闸", 30, 500),
    )
