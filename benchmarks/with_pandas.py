"""What an analyst would write: the same checks, masking and pseudonyms in pandas."""

import hashlib
import hmac
import re
import sys

import pandas as pd

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢潘葛范彭鲁马方任袁柳史唐薛雷贺汤罗郝安于傅康余黄萧尹"
MASKS = [
    (re.compile(r"[\w.+-]{1,40}@[\w-]{1,30}(?:\.[\w-]{1,20}){1,3}", re.A), "[邮箱]"),
    (re.compile(r"\d(?:[-\s.·]{0,2}\d){6,}[Xx]?"), "[号码]"),
    (re.compile(r"[〇零一二三四五六七八九幺两]{7,}"), "[号码]"),
    (re.compile(r"(微信号?|QQ号?|wx|vx)[:： 是为]{0,3}[A-Za-z0-9_-]{5,20}"), r"\1[账号]"),
    (re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}"), "[车牌]"),
    (re.compile(r"\d{1,4}(?:号楼|栋|幢|单元|楼)(?:\d{1,4}(?:单元|号|室|房))*|\d{3,4}室"), "[门牌]"),
    (re.compile(rf"(联系人|来电人|反映人|我叫|本人|姓名)[:： 是为]{{0,3}}[{SURNAMES}][\u4e00-\u9fa5]{{1,2}}"), r"\1[姓名]"),
    (re.compile(rf"[{SURNAMES}][\u4e00-\u9fa5]{{0,2}}(先生|女士|同志|阿姨|大爷|师傅)"), r"[姓名]\1"),
]  # fmt: skip

source, target = sys.argv[1:]
frame = pd.read_csv(source, dtype=str)
frame.columns = [c.strip() for c in frame.columns]
times = {
    c: pd.to_datetime(frame[c], errors="coerce")
    for c in frame.columns
    if c.endswith(("时间", "时限"))
}
text = next(c for c in frame.columns if "内容" in c)
for pattern, label in MASKS:
    frame[text] = frame[text].str.replace(pattern, label, regex=True)
caller = next((c for c in frame.columns if "电话" in c or "号码" in c), None)
if caller:
    frame[caller] = frame[caller].map(
        lambda phone: hmac.new(b"key", phone.encode(), hashlib.sha256).hexdigest()[:24],
        na_action="ignore",
    )
frame = frame.assign(**times)
key = frame.columns[0]
accepted, closed = times["受理时间"], times["办结时间"]
wrong = (
    frame[key].isna()
    | accepted.isna()
    | (closed < accepted)
    | (accepted > pd.Timestamp("2026-11-23"))
)
frame = frame[~wrong].sort_values("受理时间").drop_duplicates(key, keep="last")
frame.to_parquet(target)
