"""What every document of the corpus says of itself, against the list that a person made of them.

The list knows title, issuer, level and year; the number stands behind some of its titles. Areas are
told here. Where the text says nothing, nothing is the right answer, and where the list errs or takes
its value from elsewhere, `UNSAID` and `OTHERWISE` say so. ``pytest -s`` prints what is wrong.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import opencc
import pytest

from kg.extract.measures import documents
from kg.extract.metadata import UNTITLED, read
from kg.model import Metadata
from kg.settings import Settings
from kg.text.clean import clean
from kg.text.readers import read as read_file
from kg.text.segment import segment

pytestmark = pytest.mark.shared

LEVELS = {"central": "central", "province": "province", "city": "prefecture", "county": "county"}
AREAS = {
    "024": "天津市",
    "025": "黑龙江省",
    "027": "福建省",
    "030": "宁夏回族自治区",
    "031": "海南省",
    "032": "内蒙古自治区",
    "034": "陕西省",
    "036": "河南省",
    "037": "贵州省",
    "038": "青海省",
    "040": "上海市",
    "041": "北京市",
    "042": "广东省",
    "043": "山西省",
    "049": "包头市",
    "050": "安徽省",
    "051": "安徽省",
    "052": "北京市",
    "053": "四川省阿坝州",
    "061": "上海市",
    "062": "浙江省",
    "070": "石城县",
    "071": "石城县",
    "072": "海拉尔区",
    "073": "呼伦贝尔市海拉尔区",
    "085": "内蒙古自治区",
    "086": "青海省",
    "088": "张掖市",
    "089": "温州市",
    "090": "江门市",
    "092": "达州市",
    "093": "辽宁省",
    "096": "莆田市",
    "097": "广州市",
    "102": "广州市",
}
# What the list has from elsewhere: the text at hand does not say it.
UNSAID = {
    "title": {"023", "069", "082", "083", "091", "095"},
    "issuer": {"019", "023", "032", "036", "062", "069", "070", "071", "082", "083"}
    | {"086", "091", "095", "096", "097"},
    "level": {"023", "069", "082", "083", "095"},
    "area": {"091", "095"},
    "number": {"019", "023"},
    "year": {"019", "023", "062", "070", "071", "036", "045", "015", "068", "069", "046"}
    | {"074", "075", "078", "079", "081", "082", "083", "086", "090", "091"}
    | {"080", "095", "096", "097", "102"},
}
# Where the text says otherwise than the list.
OTHERWISE = {
    # the reports are of 海拉尔区, as their first lines say
    "072": {"title": "海拉尔区2016年政府工作报告", "issuer": "海拉尔区人民政府", "level": "county"},
    "073": {
        "title": "呼伦贝尔市海拉尔区2019年政府工作报告",
        "issuer": "呼伦贝尔市海拉尔区人民政府",
        "level": "county",
    },
    "050": {
        "title": "支持工业互联网发展若干政策和安徽省工业互联网创新发展行动计划（2021—2023年）",
        "year": "2021",
    },
    "051": {"year": "2022"},
    "030": {"year": "2021"},
    # a report about the Outline is listed under its own title; here it stands for the Outline
    "099": {"title": "质量强国建设纲要", "issuer": "中共中央、国务院"},
}
CONVERTER = opencc.OpenCC("t2s")
FLOORS = {"title": 0.97, "issuer": 0.98, "level": 0.98, "area": 0.98, "number": 0.98, "year": 0.98}


@pytest.fixture(scope="module")
def listed(shared: Path) -> dict[str, Mapping[str, str]]:
    with (shared / "corpus/index.tsv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture(scope="module")
def told(shared: Path) -> dict[str, Metadata]:
    found = {}
    for path in sorted((shared / "corpus/docs").glob("*.*")):
        raw = read_file(path.name, path.read_bytes(), settings=Settings()).text
        text = clean(raw).text
        blocks = segment(text)
        found[path.name] = read(text, blocks, documents=tuple(documents.find(text, blocks)))
    return found


def bare(words: str) -> str:
    return re.sub(r"\W", "", CONVERTER.convert(words)).lower()


def same_title(found: str, wanted: str) -> bool:
    """Return whether *found* is the listed title, or that of the plan which the notice sends out.

    The list has numbers and remarks behind titles, and cuts two of them short.
    """
    wanted = re.sub(r" \w{2,5}〔.*|\s[（(].*|…$|（(?:片段|“633”|seed).*", "", wanted)
    sent = re.search(r"(?:印发|发布)《?(.+?)》?(?:的通知|正式印发)?$", wanted)
    named = re.search("《(.+)》", wanted)
    names = [bare(name) for name in (wanted, *(one[1] for one in (sent, named) if one))]
    own = bare(found)
    return own in names or any(own in name or name in own for name in names if len(own) > 12)


def same_issuer(found: str, wanted: str) -> bool:
    """Return whether the first issuer is the listed one; how many there are may be said in sum."""
    first = re.split(r"[ 、]", wanted)[0]
    short = re.sub(r"等.*|.*…", "", first)
    names = {"中办": "中共中央办公厅", "国家林草局": "国家林业和草原局"}
    short = names.get(short, short)
    return bare(short)[-5:] in bare(found)


def wrong(key: str, about: Metadata, row: Mapping[str, str]) -> dict[str, tuple[object, object]]:
    """Return what is wrong: found and wanted, by field; a field the text does not say is left out."""
    wanted = {**row, "level": LEVELS[row["level"]], **OTHERWISE.get(key, {})}
    number = re.search(r"\w+〔\d{4}〕\d+号", row["title"].split(" ")[-1])
    year = about.issued_on[:4] if about.issued_on else None
    checks = {
        "title": (about.title, wanted["title"], same_title(about.title, wanted["title"])),
        "issuer": (
            about.issuer,
            wanted["issuer"],
            same_issuer(about.issuer or "", wanted["issuer"]),
        ),
        "level": (about.level, wanted["level"], about.level == wanted["level"]),
        "area": (about.area, AREAS.get(key), about.area == AREAS.get(key)),
        "year": (year, wanted["year"], year == wanted["year"]),
    }
    if number:
        checks["number"] = (about.number, number[0], about.number == number[0])
    nothing = {"title": UNTITLED}
    return {
        field: (found, expected)
        for field, (found, expected, right) in checks.items()
        if not (found in (None, nothing.get(field)) if key in UNSAID[field] else right)
    }


def test_the_corpus_is_told_apart_as_its_list_tells_it(
    listed: dict[str, Mapping[str, str]], told: dict[str, Metadata]
) -> None:
    errors: dict[str, dict[str, tuple[object, object]]] = defaultdict(dict)
    count = Counter[str]()
    for name, about in told.items():
        if name not in listed:
            continue
        count.update(FLOORS.keys())
        for field, values in wrong(name[:3], about, listed[name]).items():
            errors[field][name[:3]] = values
    assert count["title"] >= 77
    shares = {field: 1 - len(errors[field]) / count[field] for field in FLOORS}
    for field, cases in errors.items():
        print(f"{field}: {shares[field]:.3f}  {dict(cases)}")
    assert {field: share for field, share in shares.items() if share < FLOORS[field]} == {}
