"""A name as written leads to the body of the issuer's level and area. Areas here are real."""

import pytest

from kg.extract.bodies.bodykinds import OpenClass, kind_of
from kg.extract.bodies.resolve import NOWHERE, Place, prefix_of, resolve
from kg.model import BodyKind, Level

CENTRE = Place(Level.CENTRAL)
TIANJIN = Place(Level.PROVINCE, "天津市")
FUJIAN = Place(Level.PROVINCE, "福建省")
GUANGXI = Place(Level.PROVINCE, "广西壮族自治区")
WENZHOU = Place(Level.PREFECTURE, "温州市")


@pytest.mark.parametrize(
    ("name", "place", "canonical"),
    [
        ("发展改革委", CENTRE, "国家发展和改革委员会"),
        ("市发展改革委", TIANJIN, "天津市发展和改革委员会"),
        ("发展改革委", FUJIAN, "福建省发展和改革委员会"),
        ("财政厅", FUJIAN, "福建省财政厅"),
        ("国资委", FUJIAN, "福建省人民政府国有资产监督管理委员会"),
        ("财政部", FUJIAN, "财政部"),
        ("区工信厅", GUANGXI, "广西壮族自治区工业和信息化厅"),
        ("市质监局", WENZHOU, "温州市质量技术监督局"),
        ("省质监局", WENZHOU, "浙江省质量技术监督局"),
        ("省委编办", FUJIAN, "中共福建省委机构编制委员会办公室"),
        ("省委编办", NOWHERE, "省委机构编制委员会办公室"),
        ("市政府办公厅", TIANJIN, "天津市人民政府办公厅"),
        ("省税务局", FUJIAN, "国家税务总局福建省税务局"),
        ("人行福建省分行", FUJIAN, "中国人民银行福建省分行"),
        ("合肥海关", FUJIAN, "合肥海关"),
        ("杭州市政府", FUJIAN, "杭州市人民政府"),
        ("市生态环境局", NOWHERE, "市生态环境局"),
        ("质检总局", CENTRE, "国家质量监督检验检疫总局"),
        ("云岭新区管委会", NOWHERE, "云岭新区管理委员会"),
        ("省大数据集团", FUJIAN, "福建省大数据集团有限公司"),
    ],
)
def test_a_name_leads_to_the_full_name_of_its_level_and_area(
    name: str, place: Place, canonical: str
) -> None:
    assert resolve(name, place).canonical == canonical


def test_the_prefix_of_the_first_name_carries_on_where_the_issuer_is_unknown() -> None:
    assert prefix_of("省工信厅") == "省"
    assert resolve("财政厅", NOWHERE, "省").canonical == "省财政厅"


def test_the_prefix_of_a_city_wins_over_the_province_that_issued() -> None:
    assert resolve("财政局", FUJIAN, "市").canonical == "市财政局"


@pytest.mark.parametrize(
    ("name", "area", "canonical"),
    [
        ("市财政局", "云岭省临江市", "临江市财政局"),
        ("市财政局", "云岭省临江市青禾县", "临江市财政局"),
        ("临江市财政局", "云岭省", "临江市财政局"),
        ("省财政厅", "云岭省临江市", "云岭省财政厅"),
        ("县财政局", "临江市青禾县", "青禾县财政局"),
        ("东山区人民政府", "云岭省临江市", "临江市东山区人民政府"),
        ("区财政局", "云岭省临江市东山区", "临江市东山区财政局"),
    ],
)
def test_plans_of_all_levels_mean_one_body(name: str, area: str, canonical: str) -> None:
    level = Level.COUNTY if area[-1] in "县区" else Level.PREFECTURE
    level = Level.PROVINCE if area.endswith("省") else level
    assert resolve(name, Place(level, area)).canonical == canonical


def test_a_body_keeps_the_full_name_of_its_area() -> None:
    body = resolve("市财政局", Place(Level.COUNTY, "云岭省临江市青禾县"))
    assert (body.level, body.area) == (Level.PREFECTURE, "云岭省临江市")


def test_a_local_organ_knows_its_level_and_area() -> None:
    body = resolve("市财政局", WENZHOU)
    assert (body.level, body.area, body.kind) == (
        Level.PREFECTURE,
        "浙江省温州市",
        BodyKind.DEPARTMENT,
    )


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("各省级人民政府", OpenClass.ENUMERABLE),
        ("各地区", OpenClass.ENUMERABLE),
        ("有关部门", OpenClass.UNDETERMINED),
        ("各有关部门和单位", OpenClass.UNDETERMINED),
        ("省直有关部门", OpenClass.UNDETERMINED),
    ],
)
def test_a_class_of_organs_is_open_and_keeps_its_words(name: str, members: OpenClass) -> None:
    body = resolve(name, FUJIAN)
    assert body.open
    assert body.canonical == name
    assert body.open_class is members


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("云江省质量强省工作领导小组", BodyKind.COORDINATION_BODY),
        ("云江省标准化工作厅际联席会议", BodyKind.COORDINATION_BODY),
        ("云江省质量强省工作领导小组办公室", BodyKind.DEPARTMENT),
        ("云江省质量协会", BodyKind.BODY),
        ("云江省财政厅", BodyKind.DEPARTMENT),
        ("各市人民政府", BodyKind.OPEN_BODY),
    ],
)
def test_the_kind_of_a_body_follows_from_its_name(name: str, kind: BodyKind) -> None:
    assert kind_of(name) is kind


def test_an_enterprise_is_marked() -> None:
    assert resolve("云江钢铁集团有限公司").enterprise
    assert not resolve("财政部").enterprise
