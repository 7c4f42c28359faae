"""Write a hotline export of any size, fast: python benchmarks/generate.py ROWS FILE.csv

UTF-8, Chinese texts in clauses of phrases and made-up words, said by Zipf's law, at places that grow with the rows; a
quarter of the texts hold a name, a phone or both. Everything is drawn from hash(row, column), so the same call writes
the same file. Made to be like 4,326 public messages of a city (first) and the sample (second), in what decides
what reading texts and linking them costs; here of 50,000 rows:

    characters of a text and its address, median and 9 of 10   204, 775    26, 37    120, 185
    clauses of four characters and more, distinct of all       83%         27%       41%
    texts that name a place                                    62%         66%       77%
    orders of one place in 30 days, as an order sees it        0.15        2.1       1.6
    pairs of orders compared word by word, for each order      40          0.4       6.3
    links, of 1,000 orders                                     136         57        65

Said less well: a text has 22 rare pairs of characters, a message 89, and the made-up words are in no dictionary.
No text names its community: where all do, each is a place shared by its orders, and far more pairs are compared.
"""

import sys
import time
from pathlib import Path

import duckdb

HAN, CHARACTERS = 0x4E00, 3000
WORDS = 300_000  # made up, said by Zipf's law
PER_ESTATE = 40  # orders

LISTS = {
    "channels": ("12345热线", "12345热线", "12345热线", "12345热线", "手机APP", "微信公众号", "门户网站"),
    "natures": ("投诉", "投诉", "投诉", "求助", "求助", "咨询", "咨询", "建议", "举报"),
    "topics": (
        "城市管理|占道经营",
        "城市管理|垃圾清运",
        "物业管理|电梯",
        "物业管理|物业费",
        "物业管理|小区停车",
        "生态环境|施工噪声",
        "生态环境|油烟",
        "城乡建设|排水",
        "公用事业|供水",
        "交通运输与停车|机动车乱停",
        "劳动和社会保障|拖欠工资",
        "教育文体|入学升学",
        "市场监管与消费|退货退款",
        "违法建设|阳光房",
        "公共安全与消防|飞线充电",
        "创文创卫|文明创建",
    ),
    "units": ("综合行政执法队", "公共管理办公室", "平安建设办公室", "民生保障办公室", "区住建局", "区市场监管局"),
    "roots": tuple("和溪学雅金河平榕石云桃青清碧霞竹兰松柏梅荷莲枫桂泉湖岭峰谷岚锦绣翠瑞祥福康宁泰华荣景盛裕丰禾麓岸湾澜汀洲"),
    "roads": ("人民路", "建设路", "朝阳街", "滨河路", "迎宾路", "解放街", "新华路", "文昌街"),
    "endings": ("小区", "花园", "公寓", "家园", "新居", "雅居", "新村", "安置房", "广场", "佳苑", "山庄", "大厦"),
    "moments": ("从上个月开始", "每天晚上", "最近半个月", "今年以来", "每到周末", "凌晨时分", "下雨之后", "入夏以后", "上学时段", "停电那天", "节假日", "白天"),
    "spots": ("楼下", "单元门口", "背后的空地上", "地下车库里", "临街的一面", "学校旁边", "菜市场门口", "公交站附近", "楼顶", "河边", "电梯间", "绿化带里"),
    "subjects": ("烧烤摊", "商户", "施工队", "物业保安", "装修工人", "流浪犬", "渣土车", "垃圾桶", "排水管", "路灯", "消防栓", "变压器", "广场舞队伍", "麻将馆",
        "快递车辆", "电动自行车", "健身器材", "监控探头", "围墙", "化粪池", "租户", "酒吧", "棋牌室", "井盖", "护栏", "水泵", "门禁", "幼儿园家长", "出租车", "摊贩"),
    "degrees": ("一直", "经常", "反复", "又", "仍然", "连续几天", "已经", "总是", "偶尔", "仍旧"),
    "states": ("占用通道", "没有人管理", "声音很大", "发出臭味", "破损严重", "漏水", "堵住出口", "无法使用", "存在安全隐患", "乱收费", "不接电话", "拒绝维修",
        "堆放杂物", "追逐行人", "停在路中间", "影响孩子学习", "导致老人摔倒", "溢到路面上", "没有清理", "冒出黑烟", "不按时开放", "推卸责任", "随意涨价", "松动倾斜",
        "反映后没有结果", "闪烁不亮", "缺少照明", "遮挡视线", "排到雨水沟", "无人修剪"),
    "openings": ("市民来电反映", "群众通过热线反映", "来电人称", "市民多次来电反映"),
    "problems": (
        "流动摊贩长期占用人行道经营，晚上收摊后油污和垃圾留在路面，行人只能绕到机动车道上行走",
        "电梯运行时有异响并且多次停在楼层之间，老人小孩不敢乘坐，物业说已经报修却一直没有人来",
        "对面工地夜间浇筑混凝土，噪声一直持续到凌晨两点，已经连续十多天无法休息，孩子第二天还要上学",
        "下水道堵塞后污水外溢到路面，气味很大，雨天积水超过脚踝，附近居民出行非常不便",
        "物业公司上调物业费没有公示，也没有征求业主意见，询问收费依据时工作人员态度生硬",
        "消防通道长期被私家车占用，电动车在楼道里飞线充电，存在很大的安全隐患",
        "在工地干活三个月只发了一个月的生活费，剩下的工资老板一直推脱，现在电话也打不通",
        "健身房突然关门停业，会员费没有退还，联系不到负责人，店门口贴的通知也没有说明退费时间",
    ),
    "demands": ("请求尽快核实处理。", "希望相关部门到现场查看并回复处理结果。", "要求整改。", "此前已多次反映未得到解决，请重视。"),
    "surnames": tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"),
    "givens": ("建国", "秀英", "志强", "桂兰", "海燕", "文斌", "晓梅", "玉珍", "家豪", "雨婷", "丽", "勇"),
    "results": ("已解决", "已解决", "已解决", "已解决", "部分解决", "未解决", "解释说明"),
    "ratings": ("满意", "满意", "满意", "非常满意", "非常满意", "基本满意", "不满意", "未评价", "未评价", "未评价"),
    "communities": (
        "吉麟社区",
        "养牛社区",
        "石板井社区",
        "竹林社区",
        "上水社区",
        "董家堰社区",
        "中铁城社区",
        "溪北社区",
        "朝阳社区",
    ),
}  # fmt: skip

ROWS = """
WITH words AS MATERIALIZED (SELECT {lists}),
drawn AS (
    SELECT
        i,
        pick(topics, i, 1) AS topic,
        pick(surnames, i, 3) || pick(givens, i, 4) AS person,
        '154' || lpad(CAST(hash(hash(i, 5) % {callers}, 'p') % 100000000 AS VARCHAR), 8, '0') AS phone,
        TIMESTAMP '2022-01-01' + to_seconds(CAST(hash(i, 6) % 94608000 AS BIGINT)) AS accepted,
        (hash(i, 7) % 300) / 12.0 AS days,
        hash(i, 8) % 100 AS fate,
        hash(i, 9) % 100 AS told,
        hash(i, 28) % 100 < 65 AS placed,
        CAST(floor({estates} * pow(part(i, 13), 2)) AS BIGINT) AS estate_no,
        pick(roots, estate_no, 30) || pick(roots, estate_no, 31) || pick(endings, estate_no, 32) AS estate,
        pick(communities, estate_no, 2) AS community,
        CASE WHEN hash(i, 29) % 100 < 35 THEN hash(estate_no, month(accepted)) ELSE hash(i, 33) END AS matter,
        CASE
            WHEN hash(i, 27) % 100 < 35 THEN 2
            WHEN hash(i, 27) % 100 < 60 THEN 3
            WHEN hash(i, 27) % 100 < 85 THEN 4
            WHEN hash(i, 27) % 100 < 96 THEN 7
            ELSE 15
        END AS further,
        words.*
    FROM range({rows}) AS numbers(i), words
)
SELECT
    'GD' || lpad(CAST(i AS VARCHAR), 10, '0') AS 工单编号,
    pick(channels, i, 10) AS 诉求来源,
    pick(natures, i, 11) AS 诉求类型,
    split_part(topic, '|', 1) AS 一级分类,
    split_part(topic, '|', 2) AS 二级分类,
    pick(openings, i, 12) || strftime(accepted - INTERVAL 5 HOUR, '%-m月%-d日%-H时%-M分') || '起'
        || CASE WHEN placed THEN estate ELSE pick(spots, i, 34) END || '，'
        || CASE WHEN hash(i, 35) % 3 = 0 THEN pick(problems, i, 14) || '，' ELSE '' END
        || array_to_string(list_transform(range(further), lambda k:
            pick(moments, CASE WHEN k % 2 = 0 THEN matter ELSE i END, 100 + k)
            || word(CASE WHEN k % 2 = 0 THEN matter ELSE i END, 120 + k)
            || pick(subjects, CASE WHEN k % 2 = 0 THEN matter ELSE i END, 140 + k)
            || word(CASE WHEN k % 2 = 0 THEN matter ELSE i END, 160 + k)
            || pick(states, CASE WHEN k % 2 = 0 THEN matter ELSE i END, 180 + k)
            || word(CASE WHEN k % 2 = 0 THEN matter ELSE i END, 200 + k) || '，'), '')
        || CASE
            WHEN told < 9 THEN '联系人' || person || '，电话' || phone || '。'
            WHEN told < 17 THEN '联系电话' || phone || '。'
            WHEN told < 22 THEN person || '先生来电，住' || told || '栋2单元1804室。'
            WHEN told < 25 THEN '我叫' || person || '，手机' || phone[1:3] || ' ' || phone[4:7] || ' ' || phone[8:] || '。'
            ELSE ''
        END
        || pick(demands, i, 15) AS 主要内容,
    community AS 所属社区,
    community || lpad(CAST(1 + hash(i, 16) % 9 AS VARCHAR), 2, '0') || '网格' AS 所属网格,
    CASE WHEN placed THEN estate ELSE pick(roads, i, 36) END || CAST(1 + hash(i, 17) % 18 AS VARCHAR) || '栋' AS 发生地点,
    person AS 来电人,
    phone AS 联系电话,
    pick(units, i, 18) AS 承办单位,
    written(accepted) AS 受理时间,
    written(accepted + INTERVAL 2 HOUR) AS 派单时间,
    written(accepted + INTERVAL 10 DAY) AS 办结时限,
    CASE
        WHEN hash(i, 19) % 5000 = 0 THEN written(accepted - INTERVAL 3 DAY)
        WHEN fate >= 3 THEN written(accepted + INTERVAL 3 HOUR + to_hours(CAST(days * 24 AS BIGINT) // 2))
    END AS 办结时间,
    CASE WHEN fate >= 30 THEN written(accepted + INTERVAL 1 DAY + to_hours(CAST(days * 24 AS BIGINT))) END AS 回访时间,
    written(accepted + INTERVAL 2 DAY + to_hours(CAST(days * 24 AS BIGINT))) AS 更新时间,
    CASE WHEN hash(i, 20) % 33 = 0 THEN '否' ELSE '是' END AS 是否有效,
    CASE WHEN hash(i, 21) % 29 = 0 THEN '是' ELSE '否' END AS 是否退单,
    CASE WHEN fate >= 3 THEN pick(results, i, 22) END AS 处理结果,
    CASE WHEN fate >= 30 THEN pick(ratings, i, 23) END AS 满意度,
    round(106.655 + hash(i, 24) % 45000 / 1e6, 5) AS 经度,
    round(26.410 + hash(i, 25) % 40000 / 1e6, 5) AS 纬度
FROM drawn
"""


MACROS = f"""
CREATE MACRO pick(words, i, salt) AS words[CAST(1 + hash(i, salt) % len(words) AS BIGINT)];
CREATE MACRO written(moment) AS strftime(moment, '%Y-%m-%d %H:%M:%S');
CREATE MACRO part(i, salt) AS (hash(i, salt) % 1000000) / 1e6;
CREATE MACRO made_up(rank, salt) AS chr(CAST({HAN} + hash(rank, salt) % {CHARACTERS} AS INTEGER));
CREATE MACRO ranked(rank) AS made_up(rank, 1) || made_up(rank, 2);
CREATE MACRO word(i, salt) AS ranked(CAST(exp(part(i, salt) * ln({WORDS})) AS BIGINT));
"""


def generate(rows: int, target: Path) -> None:
    lists = ", ".join(f"{list(words)!r} AS {name}" for name, words in LISTS.items())
    with duckdb.connect() as con:
        con.execute(MACROS)
        sql = ROWS.format(
            lists=lists,
            rows=rows,
            callers=max(1, rows * 6 // 10) | 1,  # odd: else a caller's number would tell the topic
            estates=max(100, rows // PER_ESTATE),
        )
        con.execute(f"COPY ({sql}) TO '{target}' (FORMAT csv, HEADER)")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    started = time.perf_counter()
    generate(int(sys.argv[1]), Path(sys.argv[2]))
    size = Path(sys.argv[2]).stat().st_size
    print(f"{sys.argv[2]}: {size / 1e6:,.0f} MB in {time.perf_counter() - started:.1f} s")
