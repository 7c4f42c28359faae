"""People who do not exist, in forms that real exports carry and that must never be stored.

Phone numbers use the unassigned 154 block; identity numbers use county 9900, which does not exist.
"""

from random import Random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "建国秀英志强桂兰海燕文斌晓梅玉珍家豪雨婷德明春花永福丽娟子涵国庆美玲光辉思远"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
WIDE_DIGITS = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}


def name(random: Random) -> str:
    start = random.randrange(0, len(GIVEN) - 1, 2)
    given = GIVEN[start : start + 2] if random.random() < 0.8 else random.choice(GIVEN)
    return random.choice(SURNAMES) + given


def phone(random: Random) -> str:
    return f"1540{random.randrange(10_000_000):07d}"


def identity_number(random: Random) -> str:
    body = f"529900{random.randrange(1950, 2005)}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}{random.randrange(1000):03d}"
    checksum = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[checksum]


def bank_card(random: Random) -> str:
    body = f"6299{random.randrange(10**14):014d}"
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(body))]
    return body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def particulars(random: Random) -> dict[str, str]:
    """One person, as the placeholders of the contact sentences name it."""
    number = phone(random)
    return {
        "name": name(random),
        "title": random.choice(("先生", "女士")),
        "phone": number,
        "spaced": f"{number[:3]} {number[3:7]} {number[7:]}",
        "wide": phone(random).translate(WIDE_DIGITS),
        "chinese": phone(random).translate(CHINESE_DIGITS),
        "door": f"{random.randrange(1, 19)}栋{random.randrange(1, 4)}单元{random.randrange(1, 31)}0{random.randrange(1, 5)}室",
        "idcard": identity_number(random),
        "plate": f"贵A{random.choice('FGH')}{random.randrange(1000):03d}{random.choice('XYZ')}",
        "wechat": f"wx_demo{random.randrange(1000):03d}",
        "mail": f"resident{random.randrange(1000):03d}@example.com",
        "card": bank_card(random),
    }
