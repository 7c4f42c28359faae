"""What must not survive in a text, and what must: a mask that eats ordinary words is switched off by its users."""

import pytest
from kept import everything_kept
from stored import stored

from etl.mask import Masker

SECRETS = {
    "联系人:张三丰 13812345678": ("张三丰", "13812345678"),
    "手机 138-1234-5678": ("1234",),
    "手机1 3 8 1 2 3 4 5 6 7 8": ("1 3 8",),
    "一三八一二三四五六七八": ("一三八",),
    "壹叁捌壹贰叁肆伍陆柒捌": ("壹叁捌",),
    "138壹贰叁肆伍陆柒捌": ("138", "伍陆"),
    "１３８１２３４５６７８": ("１３８", "138"),
    "座机0851-83851234": ("83851234",),
    "call (213) 555-0142 today": ("555", "0142"),
    "身份证52010219850307123X": ("5201", "123X"),
    "护照旁的旧证520102850307123": ("850307",),
    "贵A12345停在门口": ("A12345",),
    "贵AD12345占位": ("AD12345",),
    "车牌号贵A·12345": ("12345",),
    "卡号6222 0212 3456 7890 128": ("6222", "7890"),
    "加微信zhangsan_520": ("zhangsan",),
    "wx:lisi_88": ("lisi_88",),
    "QQ 12345678": ("12345678",),
    "邮箱li.si@example.com": ("li.si",),
    "住3栋2单元1804": ("1804", "3栋"),
    "吉麟小区5号楼301": ("301",),
    "幸福路12号院3-2-501": ("501",),
    "三栋二单元漏水": ("三栋", "二单元"),
    "我叫欧阳明月,要求处理": ("欧阳", "明月"),
    "李晓红女士反映楼道堆物": ("李晓红",),
    "高女士说": ("高女士",),
    "居民刘伟反映": ("刘伟",),
    "网格员李四上报": ("李四",),
    "张*丰来电": ("张*丰",),
    "与王小明因琐事争吵": ("王小明",),
    "姓名:买买提·艾力": ("买买提", "艾力"),
}
PLAIN = [
    "志愿服务队伍、陆军小区",
    "2024年9月3日 11:26受理", "截至20240903", "2023-2024年度", "2024-09-03至2024/9/30",
    "合同额1280.50万元", "涉及费用12800000元", "面积120000平方米", "12345热线转来", "拨打110报警",
    "高小区停车难", "金阳新区花溪大道", "马路边占道", "于2024年建成", "许多居民反映噪声", "严重扰民", "安全隐患突出",
    "时间太长", "方便群众", "何时解决", "党员先锋岗", "反映人要求回电", "业主要求更换物业", "市民来电咨询社保", "电话一直打不通",
    "向社区反映", "周边居民意见大", "温度30度", "程序复杂", "常年堆放", "负责人答复说", "马上处理", "成立业主委员会", "上水村",
    "第3条第2款", "公交202路", "12点30分", "6楼平台积水",
]  # fmt: skip


@pytest.fixture(scope="module")
def mask():
    masker = Masker()
    yield lambda text: masker([text])[0]
    masker.close()


@pytest.mark.parametrize("text", SECRETS)
def test_what_points_to_a_person_does_not_survive(mask, text):
    masked = mask(text)

    assert [secret for secret in SECRETS[text] if secret in masked] == []


@pytest.mark.parametrize("text", PLAIN)
def test_dates_amounts_places_and_ordinary_words_survive(mask, text):
    assert mask(text) == text


def test_masking_twice_changes_nothing_more(mask):
    for text in SECRETS:
        assert mask(mask(text)) == mask(text)


def test_order_numbers_survive_in_their_column_and_a_telephone_number_there_is_refused(office):
    numbers = ["GY20240903001", "52010020240903000123", "1-870704831", "101005200001"]
    report = office.load(
        office.table(
            "工单.csv",
            ["工单编号", "受理时间"],
            [[n, "2024-09-03"] for n in [*numbers, "13812345678"]],
        )
    )

    assert {n for (n,) in stored(office, "SELECT order_no FROM raw_hotline")} == set(numbers)
    assert report.files[0].reject_reasons == {"工单编号疑似手机号或身份证号": 1}
    assert not any("13812345678" in text for _, text in everything_kept(office.place.root))


def test_a_list_of_persons_becomes_counts_and_no_person_survives(office):
    header = [
        "姓名",
        "身份证号",
        "联系电话",
        "人员类别",
        "社区",
        "更新时间",
        "走访时间",
        "走访次数",
        "是否帮扶",
    ]
    people = [
        ("张三丰", "52010219850307123X", "13812345678", "独居老人", "吉麟社区", "2024-09-10", "2024-09-20", "2", "是"),
        ("张三丰", "52010219850307123X", "13812345678", "独居老人", "吉麟社区", "2024-09-11", "", "1", "否"),
        ("李晓红", "110105194912310021", "13987654321", "独居老人、残疾人", "吉麟社区", "2024-08-01", "", "", ""),
        ("王建国", "330106197001011234", "13700001122", "流动人口", "清溪社区", "2024-09-01", "2024-08-30", "1", ""),
        ("欧阳明月", "440305199912311234", "13612340000", "", "清溪社区", "2024-09-01", "", "", ""),
    ]  # fmt: skip

    report = office.load(office.table("重点人员花名册.csv", header, people))

    assert stored(
        office,
        "SELECT community, key_group, known, fresh, visited, visits, helped FROM raw_coverage ORDER BY ALL",
    ) == [
        ("吉麟社区", "disabled", 1, 0, 0, 0, 0),
        ("吉麟社区", "living_alone", 2, 1, 1, 3, 1),
        ("清溪社区", "floating", 1, 1, 0, 1, 0),
    ]
    assert any("5人" in warning for warning in report.files[0].warnings)
    assert any("1人没有人员类别" in warning for warning in report.files[0].warnings)
    secrets = [cell for person in people for cell in person[:3]]
    kept = "".join(text for _, text in everything_kept(office.place.root))
    assert [secret for secret in secrets if secret in kept] == []


def test_a_map_can_say_that_rows_with_a_name_are_counts_after_all(office):
    report = office.load(
        office.table("统计.csv", ["姓名", "月份", "社区", "人员类别", "底数"], [["王书记", "2024-09", "吉麟社区", "残疾人", "7"]]),
        mapping='source = "coverage"\n[fields]\nexpected = "底数"\n[read]\nperson_level = false\n',
    )  # fmt: skip

    assert report.files[0].accounting.loaded == 1
    assert stored(office, "SELECT expected, known FROM raw_coverage") == [(7, None)]
    assert not any("王书记" in text for _, text in everything_kept(office.place.root))
