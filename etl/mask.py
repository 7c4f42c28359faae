"""Personal data leaves a text before the text is stored: DuckDB macros, run inside the read itself.

RE2 has no look-around, so a span that must survive (a date, an amount) first gets an invisible
break inside it; digit runs do not reach across a break, and the breaks are taken out at the end.
Digits go whatever their checksum says: a mistyped identity number is still somebody's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import duckdb

BREAK = "\ue000"

INVISIBLE = (
    "\\x{00AD}\\x{180E}\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{2064}\\x{3164}\\x{FEFF}"
)
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _run(first: int, count: int) -> str:
    return "".join(chr(first + i) for i in range(count))


# Digits and letters in disguise, each alphabet in the order of what it stands for.
WIDE = {
    _run(0xFF10, 10): DIGITS,
    _run(0x660, 10): DIGITS,
    _run(0x6F0, 10): DIGITS,
    _run(0x966, 10): DIGITS,
    _run(0x2460, 9): DIGITS[1:],
    "\u24ea": "0",
    _run(0x2776, 9): DIGITS[1:],
    _run(0x2780, 9): DIGITS[1:],
    _run(0x2474, 9): DIGITS[1:],
    _run(0x2488, 9): DIGITS[1:],
    "⁰¹²³⁴⁵⁶⁷⁸⁹": DIGITS,
    _run(0x2080, 10): DIGITS,
    **{_run(0x1D7CE + 10 * i, 10): DIGITS for i in range(5)},
    _run(0xFF21, 26) + _run(0xFF41, 26): LETTERS,
    "＠．－＿＋": "@.-_+",
}
DISGUISED = "".join(WIDE)
PLAIN = "".join(WIDE.values())

SEPARATOR = r"[-\s.·()（）‐–—]{0,3}"
# 伍 and 陆 are words too (队伍, the name 陆), so the formal numerals are read as digits in runs only.
NUMERALS = "〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
NUMERAL = f"[{NUMERALS}]"
ANY_NUMERAL = f"[0-9{NUMERALS}]"

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"

# Surnames that hardly begin another word, and surnames that often do.
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤何吕张孔曹华魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌苗俞任袁柳鲍唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬乐傅卞齐伍余顾孟黄穆萧尹姚邵湛汪祁毛禹狄贝臧戴宋庞熊纪舒屈董梁杜阮蓝闵季贾娄颜郭梅林刁钟徐邱骆蔡田樊胡凌霍虞"
    "柯卢莫裘缪丁邓郁洪崔吉龚邢裴荣翁荀甄曲封芮储靳邴栾祖刘詹黎薄蒲邰鄂蔺屠蒙乔胥翟谭贡姬冉桑桂濮牛扈郏浦晏瞿阎慕茹艾耿匡寇"
    "禄阙殳聂晁敖融訾阚饶沙乜鞠丰巢蒯荆竺逯盖桓肖佘苟仝付代闫兰涂展岳帅缑亢况郈琴晋楚邸鹿揭"
)
WORDLIKE = (
    "高马方江于许严安时应从曾常向成金施石程陆叶龙白温万解包路项祝童盛支宗武景关查后红权国东广习连容古易满车全党农别庄尚燕井段富谷"
    "侯班秋仲宫宁甘符幸印索赖卓池阴双劳申堵柴冷空计席房康史文简游边管宣师利越沃辛平明"
)
DOUBLE = (
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|"
    "钟离|长孙|宇文|司徒|鲜于|司空|令狐"
)
# Characters that a given name does not hold: the name ends before them.
NEVER_GIVEN = (
    "的了是在与及或被把将要求请反映投诉称说认为表示电话机号码区街单元栋楼层室门口位个些这那哪什么怎样不没未无很都也就还又再只已经去到给让叫"
    "打拨从往因由而但虽对所以他她它我你您们咱者吗呢吧啊呀哦嗯哈等且并则即却使着过起下上左右前后里外内间旁附近处时分秒点今昨每次早晚午"
    "社主居物司店厂校局部报警事件问题咨询举助诉住址系乱堆放占用装施工停车费收交款钱买卖货租房屋墙顶漏管网"
    "贴围边额度便课括险先士女姐师傅医记队员某村镇乡县市省众户籍身份证提出议核解决该此做作受损害吵闹噪"
)
FORMS_OF_ADDRESS = "先生|女士|小姐|阿姨|大爷|大妈|大叔|大伯|大哥|大姐|大嫂|奶奶|爷爷|婆婆|伯伯|叔叔|同志|老人家|小朋友|同学"
TITLES = "老师|医生|师傅|书记|主任|经理|队长|所长|局长|科长|院长|校长|站长|组长|村长|警官|律师|法官|老板|老人"
SPOKEN_FOR = (
    "姓名|联系人|来电人|来访人|来信人|反映人|投诉人|举报人|当事人|申请人|诉求人|求助人|报案人|信访人|留言人|经办人|负责人|承办人|办理人|受理人|"
    "处理人|收件人|责任人|监护人|受害人|被投诉人|被申请人|纠纷双方|法定代表人|法人代表|法人|联络人|网格员|网格长|联户长|楼栋长|"
    "我叫|名叫|叫做|我是|本人|居民|市民|村民|群众|业主|户主|房主|房东|租客|租户|住户|车主|店主|网友|患者|伤者|死者|孕妇|学生|家长|老人|残疾人|"
    "丈夫|妻子|老公|老婆|儿子|女儿|父亲|母亲|爸爸|妈妈|爱人|孙子|孙女|邻居|同事|朋友|司机|保安|员工|职工|工人"
)
NAME_ENDS = (
    "反映|投诉|来电|称|说|表示|住|系|要求|认为|电话|手机|联系|身份证|先生|女士|同志|的|在|家|咨询|求助|举报|希望|建议|与|和|及|因|被|把|将|"
    "向|对|到|来|去|是|有|等|从|于|之|已|现|提出"
)

HAN = "\u4e00-\u9fa5\u3400-\u4dbf"


def _ranges(exclude: str) -> str:
    """The Chinese characters without these, as a character class: RE2 cannot subtract."""
    out, start = "", 0x4E00
    for stop in [*sorted({ord(c) for c in exclude}), 0x9FA6]:
        if stop > start:
            out += f"\\x{{{start:X}}}-\\x{{{stop - 1:X}}}"
        start = stop + 1
    return f"[{out}\\x{{3400}}-\\x{{4DBF}}]"


GIVEN = _ranges(NEVER_GIVEN)
SURE = f"(?:{DOUBLE}|[{SURNAMES}])"
ANY_SURNAME = f"(?:{DOUBLE}|[{SURNAMES}{WORDLIKE}])"
LINK = r"[:：\s是为叫“\"'(（]{0,4}"

THREE_FOUR_FOUR = rf"1[3-9][0-9][^0-9{HAN}]{{0,3}}[0-9]{{4}}[^0-9{HAN}]{{0,3}}[0-9]{{4}}"
MIXED_MOBILE = rf"[1一幺壹]{SEPARATOR}[3-9三四五六七八九叁肆伍陆柒捌玖]{SEPARATOR}(?:{ANY_NUMERAL}{SEPARATOR}){{8}}{ANY_NUMERAL}"
LISTED_MOBILE = r"1[、,，/]\s?[3-9](?:[、,，/]\s?[0-9]){9}"
PLATE = (
    rf"[{PROVINCES}][A-Za-z][-·•.\s]{{0,2}}(?:[0-9][A-Za-z0-9]{{4,5}}|[A-Za-z][0-9][A-Za-z0-9]{{3,4}}"
    r"|[A-Za-z]{2}[0-9][A-Za-z0-9]{2,3}|[A-Za-z0-9]{4}[挂学警港澳])"
)
NAMED_PLATE = r"(车牌号?码?[为是:：\s]{0,3})[A-Za-z0-9·]{5,8}"
MAIL = r"[A-Za-z0-9._%+-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,20}){1,3}"
ACCOUNT = r"(?i)((?:微信|weixin|wechat|v信|薇信|威信)(?:账号|帐号|号码|号)?[:：\s是为]{0,3})[a-z][a-z0-9_-]{4,19}"
SHORT_ACCOUNT = r"(?i)(\b(?:wxid|wx|vx)[_:：\s是为-]{0,3})[a-z0-9_-]{5,20}"
QQ = r"(?i)(qq(?:号码|号|群)?[:：\s是为]{0,3})[0-9]{5,12}"

DOOR = r"[A-Za-z]?[0-9]{1,4}\s?(?:号楼|栋|幢|单元|号院|座)(?:\s?[A-Za-z]?[0-9]{1,4}\s?(?:号楼|栋|幢|单元|号院|座|楼|层|梯|号|室|房)?){0,3}(?:[-—][0-9]{1,4}){0,3}"
ROOM = r"(?:[0-9]{1,2}\s?(?:楼|层|梯)\s?)?[A-Za-z]?[0-9]{3,4}\s?(?:室|号房|房间)"
DASHED_DOOR = r"\b[0-9]{1,3}[-—][0-9]{1,2}[-—][0-9]{3,4}\b"
SPELT_DOOR = (
    r"[一二三四五六七八九十]{1,3}(?:号楼|栋|幢|座)[0-9一二三四五六七八九十]{1,3}单元(?:[0-9〇零一二三四五六七八九十]{1,4}[号室])?"
    r"|[一二三四五六七八九十]{1,3}单元[0-9〇零一二三四五六七八九十]{1,4}[号室]?"
)
GROUP_DOOR = r"((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})组)\s?[0-9]{1,4}号"
NAMED_DOOR = r"(门牌号?码?[:：为是\s]{0,3})[0-9]{1,5}号?"

YEAR, MONTH, DAY = r"(?:19|20)[0-9]{2}", r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12][0-9]|0?[1-9])"

# Spans that survive: a break goes in after each group.
KEPT_SIGN = rf"\b{YEAR}[-/.—–~]?[0-9]|[0-9](?:元|万|亿|平方米|㎡|米|公里|吨|度|亩)"
KEPT = (
    (rf"\b({YEAR})([-/.])({MONTH})([-/.])({DAY})\b", rf"\1\2{BREAK}\3\4{BREAK}\5{BREAK}"),
    (rf"\b({YEAR})([-—–~])({YEAR})\b", rf"\1{BREAK}\2{BREAK}\3"),
    (r"\b(20[12][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])\b", rf"\1{BREAK}\2{BREAK}\3"),
    (r"\b([0-9]{1,3})([0-9]{6}(?:\.[0-9]{1,2})?(?:元|万元|平方米|㎡))", rf"\1{BREAK}\2"),
    (
        r"\b([0-9]{1,7}\.)([0-9]{1,4}(?:元|万|亿|平方米|㎡|米|公里|吨|度|亩))",
        rf"{BREAK}\1{BREAK}\2",
    ),
)
DIGIT_RUN = rf"[0-9](?:{SEPARATOR}[0-9]){{6,}}(?:{SEPARATOR}[xX])?"
SPELT_RUN = rf"{NUMERAL}(?:{SEPARATOR}{NUMERAL}){{6,}}"
NUMBER = f"{DIGIT_RUN}|{THREE_FOUR_FOUR}|{LISTED_MOBILE}|{MIXED_MOBILE}|{SPELT_RUN}"
NUMBER_SIGN = "|".join(
    (
        rf"[0-9](?:{SEPARATOR}[0-9]){{6}}",
        THREE_FOUR_FOUR,
        LISTED_MOBILE,
        MIXED_MOBILE,
        rf"{NUMERAL}(?:{SEPARATOR}{NUMERAL}){{6}}",
    )
)
ACCOUNT_SIGN = f"@|[{PROVINCES}][A-Za-z][-·•.\\s]{{0,2}}[A-Za-z0-9]{{4}}|车牌|(?i:微信|weixin|wechat|v信|薇信|威信|wx|vx|qq)"
ACCOUNTS = (
    (MAIL, "[邮箱]"),
    (PLATE, "[车牌]"),
    (NAMED_PLATE, r"\1[车牌]"),
    (ACCOUNT, r"\1[账号]"),
    (SHORT_ACCOUNT, r"\1[账号]"),
    (QQ, r"\1[账号]"),
)
DOOR_SIGN = (
    r"[0-9]\s?(?:号楼|栋|幢|单元|号院|座|室|号房|房间)|[一二三四五六七八九十]单元|[0-9一二三四五六七八九十]组\s?[0-9]"
    r"|门牌|[0-9][-—][0-9]{1,2}[-—][0-9]{3}"
)
DOORS = (
    (rf"{DOOR}|{ROOM}|{SPELT_DOOR}|{DASHED_DOOR}", "[门牌]"),
    (GROUP_DOOR, r"\1[门牌]"),
    (NAMED_DOOR, r"\1[门牌]"),
)
SPOKEN = (
    (
        rf"({SPOKEN_FOR})({LINK})(?:{ANY_SURNAME}{GIVEN}{{1,2}}?([^{HAN}]|$|{NAME_ENDS})|{SURE}{GIVEN}{{1,2}})",
        r"\1\2[姓名]\3",
    ),
)
LABEL_SIGN = f"(?:{SPOKEN_FOR})[:：]"
LABELS = (
    (
        rf"({SPOKEN_FOR})([:：]\s?)[{HAN}]{{1,8}}(?:[·•][{HAN}]{{1,10}}){{1,3}}",
        r"\1\2[姓名]",
    ),
    (rf"({SPOKEN_FOR})([:：]\s?)[{HAN}]{{2,4}}([^{HAN}]|$)", r"\1\2[姓名]\3"),
)
ADDRESSED = (
    (
        rf"{ANY_SURNAME}{GIVEN}{{0,2}}({FORMS_OF_ADDRESS})|{SURE}{GIVEN}{{0,2}}({TITLES})",
        r"[姓名]\1\2",
    ),
)
PARTY = f"{SURE}{GIVEN}{{1,2}}"
QUARREL = "因|就|发生|产生|之间"
NAMED = rf"\[姓名\](?:{FORMS_OF_ADDRESS}|{TITLES})?[与和同跟、]"
PARTY_SIGN = f"[与和同跟、]{PARTY}(?:{QUARREL})|{NAMED}"
PARTIES = (
    (rf"({NAMED}){ANY_SURNAME}{GIVEN}{{1,2}}({QUARREL})", r"\1[姓名]\2"),
    (rf"([与和同跟、]){PARTY}({QUARREL})", r"\1[姓名]\2"),
    (rf"(^|[^{HAN}]){PARTY}([与和同跟、]\[姓名\])", r"\1[姓名]\2"),
)
LISTED_SIGN = r"[*＊×]|\[姓名\][、和与及]"
LISTED = (
    (rf"{ANY_SURNAME}[*＊×]{{1,2}}[{HAN}]?", "[姓名]"),
    *((rf"(\[姓名\][、和与及]){SURE}{GIVEN}{{1,2}}", r"\1[姓名]"),) * 4,
)
ODD = f"[{INVISIBLE}{DISGUISED}]"
CODES_SIGN = "|".join((ODD, NUMBER_SIGN, ACCOUNT_SIGN, DOOR_SIGN))
NAMES_SIGN = "|".join((ADDRESSED[0][0], SPOKEN[0][0], LABEL_SIGN, PARTY_SIGN, "[*＊×]"))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _chain(value: str, steps: Iterable[tuple[str, str]]) -> str:
    for pattern, by in steps:
        value = f"regexp_replace({value}, {_quoted(pattern)}, {_quoted(by)}, 'g')"
    return value


def _steps() -> Iterator[tuple[str, str, str]]:
    """What to do to x, in order: the group it belongs to, a sign that it is needed, the change.

    A look at a text costs the same whatever it looks for, about as much as reading the text. So one
    look at everything comes first, and the rest happens to the texts that show something.
    """
    undisguised = (
        f"translate(regexp_replace(x, '[{INVISIBLE}]', '', 'g'), "
        f"{_quoted(DISGUISED)}, {_quoted(PLAIN)})"
    )
    numbers = f"replace({_chain('x', [(NUMBER, '[号码]')])}, '{BREAK}', '')"
    rare = "|".join((ODD, ACCOUNT_SIGN, KEPT_SIGN))
    yield (
        "codes",
        rare,
        f"CASE WHEN regexp_matches(x, {_quoted(ODD)}) THEN {undisguised} ELSE x END",
    )
    yield "codes", ACCOUNT_SIGN, _chain("x", ACCOUNTS)
    yield "codes", KEPT_SIGN, _chain("x", KEPT)
    yield "codes", f"{NUMBER_SIGN}|{BREAK}", numbers
    yield "codes", DOOR_SIGN, _chain("x", DOORS)
    yield "names", SPOKEN[0][0], _chain("x", SPOKEN)
    yield "names", f"{LABEL_SIGN}|{LISTED_SIGN}", _chain("x", (*LABELS, *LISTED))
    yield "names", ADDRESSED[0][0], _chain("x", ADDRESSED)
    yield "names", PARTY_SIGN, _chain("x", PARTIES)


SIGNS = {"codes": CODES_SIGN, "names": NAMES_SIGN}
STEPS = tuple((f"mask_step_{i}", *step) for i, step in enumerate(_steps(), 1))


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Create mask_text(x), and its steps for a caller that runs them in layers of subqueries."""
    signs = SIGNS | {"any": "|".join(SIGNS.values())}
    for group, sign in signs.items():
        seen = f"regexp_matches(x, {_quoted(sign)})"
        con.execute(f"CREATE OR REPLACE TEMP MACRO mask_sign_{group}(x) AS {seen}")
    for name, _, sign, change in STEPS:
        con.execute(
            f"CREATE OR REPLACE TEMP MACRO {name}(x, seen) AS CASE "
            f"WHEN seen AND regexp_matches(x, {_quoted(sign)}) THEN {change} ELSE x END"
        )
    value = "x"
    for name, *_ in STEPS:
        value = f"list_transform([{value}], lambda v: {name}(v, TRUE))[1]"
    con.execute(
        "CREATE OR REPLACE TEMP MACRO mask_text(x) AS CASE "
        f"WHEN mask_sign_any(x) THEN {value} ELSE x END"
    )


def layered(query: str, columns: Iterable[str]) -> str:
    """The query with these columns masked: one projection a step, so that no step runs twice.

    It adds columns <name>_any, <name>_codes and <name>_names, for the caller to leave out.
    """
    names = list(columns)
    if not names:
        return query
    signs = ", ".join(f"mask_sign_any({name}) AS {name}_any" for name in names)
    query = f"SELECT *, {signs} FROM ({query})"
    for group in SIGNS:
        signs = ", ".join(
            f"CASE WHEN {name}_any THEN mask_sign_{group}({name}) ELSE FALSE END AS {name}_{group}"
            for name in names
        )
        query = f"SELECT *, {signs} FROM ({query})"
        for step in (step for step, of, _, _ in STEPS if of == group):
            changed = ", ".join(f"{step}({name}, {name}_{group}) AS {name}" for name in names)
            query = f"SELECT * REPLACE ({changed}) FROM ({query})"
    return query


class Masker:
    """mask_text for a few words at a time, over a connection of its own, opened for the first suspect.

    Staging asks for it in the middle of a query, when the loader's connection is busy.
    """

    def __init__(self) -> None:
        self._opened: duckdb.DuckDBPyConnection | None = None
        self._signs = re.compile(
            re.sub(r"\\x\{([0-9A-F]+)\}", _as_python, f"{CODES_SIGN}|{NAMES_SIGN}")
        )

    @property
    def _con(self) -> duckdb.DuckDBPyConnection:
        if self._opened is None:
            self._opened = duckdb.connect()
            install(self._opened)
        return self._opened

    def __call__(self, words: Sequence[str]) -> list[str]:
        masked = list(words)
        suspects = [i for i, word in enumerate(words) if self._signs.search(word)]
        if suspects:
            rows = self._con.execute(
                "SELECT mask_text(w) FROM (SELECT unnest(?::VARCHAR[]) AS w)",
                [[words[i] for i in suspects]],
            ).fetchall()
            for i, (text,) in zip(suspects, rows, strict=True):
                masked[i] = text
        return masked

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()


def _as_python(code: re.Match[str]) -> str:
    return f"\\u{int(code[1], 16):04x}"
