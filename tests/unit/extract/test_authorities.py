"""The authority files are complete, consistent, and bilingual."""

import re

import pytest

from kg import authorities
from kg.model import LEVEL_RANK, Level


def test_a_name_or_alias_stands_for_one_body_only() -> None:
    names = [name for body in authorities.bodies() for name in (body.name, *body.aliases)]
    assert len(names) == len(set(names))
    assert len(authorities.bodies()) > 150


def test_every_body_has_a_label_in_both_languages() -> None:
    assert all(body.label.zh and body.label.en for body in authorities.bodies())


def test_an_abolished_body_knows_a_successor_that_is_in_the_file() -> None:
    abolished = [body for body in authorities.bodies() if body.until]
    assert len(abolished) >= 20
    for body in abolished:
        assert body.successor is not None
        assert authorities.body_by_alias(body.successor) is not None


def test_successors_are_followed_to_a_body_of_today() -> None:
    for body in authorities.bodies():
        last = authorities.successor_of(body.name)
        if last is not None:
            today = authorities.body_by_alias(last)
            assert today is not None
            assert today.until is None


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("市场监管总局", "国家市场监督管理总局"),
        ("网信办", "国家互联网信息办公室"),
        ("中央网信办", "中央网络安全和信息化委员会办公室"),
        ("团中央", "中国共产主义青年团中央委员会"),
    ],
)
def test_an_alias_leads_to_the_full_name(alias: str, name: str) -> None:
    body = authorities.body_by_alias(alias)
    assert body is not None
    assert body.name == name


def test_an_unknown_name_stands_for_no_body() -> None:
    assert authorities.body_by_alias("云江省财政厅") is None
    assert authorities.successor_of("云江省财政厅") is None


def test_every_area_has_its_parent_in_the_file_and_a_code_of_six_digits() -> None:
    for area in authorities.areas():
        assert re.fullmatch(r"\d{6}", area.code)
        assert area.label.zh
        assert area.label.en
        if area.level is not Level.CENTRAL:
            assert area.parent is not None
            assert authorities.area_by_code(area.parent) is not None


def test_there_are_all_province_level_areas_and_the_corps() -> None:
    provinces = [a.name for a in authorities.areas() if a.level is Level.PROVINCE]
    assert len(provinces) == 35
    assert "新疆生产建设兵团" in provinces


def test_a_code_names_one_area() -> None:
    codes = [area.code for area in authorities.areas()]
    assert len(codes) == len(set(codes))


def test_levels_rank_as_in_the_model() -> None:
    assert {one.level: one.rank for one in authorities.levels()} == dict(LEVEL_RANK)


def test_policy_areas_of_bodies_are_in_the_file() -> None:
    keys = {area.key for area in authorities.policy_areas()}
    used = {body.policy_area for body in authorities.bodies() if body.policy_area}
    assert used <= keys


def test_every_mandate_names_known_bodies_and_says_where_it_is_written() -> None:
    assert len(authorities.mandates()) >= 70
    read = [m for m in authorities.mandates() if m.ground == "article"]
    assert read
    assert {m.ground for m in authorities.mandates()} == {"article", "knowledge"}
    assert all(re.search(r"第[一二三四五六七八九十百]+条$", m.source) for m in read)
    assert not any(
        "条" in m.source.replace("条例", "") for m in authorities.mandates() if m not in read
    )
    today = {body.name for body in authorities.bodies() if body.until is None}
    for mandate in authorities.mandates():
        assert mandate.matter.zh, mandate
        assert mandate.matter.en, mandate
        assert mandate.source, mandate
        assert mandate.bodies, mandate
        assert set(mandate.bodies) <= today, mandate


def test_a_word_names_one_mandate_only() -> None:
    words = [w for mandate in authorities.mandates() for w in (mandate.matter.zh, *mandate.words)]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("name", "matter"),
    [
        ("市场监管总局", "标准化"),
        ("国家标准委", "标准化"),
        ("云岭省市场监督管理局", "标准化"),
        ("云岭省临江市市场监督管理局", "计量"),
        ("云岭省人民政府国有资产监督管理委员会", "国有企业"),
        ("云岭省临江市青禾县卫生健康局", "医疗卫生"),
        ("中共云岭省委宣传部", "新闻宣传"),
        ("云岭省教育厅", "教育"),
        ("云岭省林业和草原局", "林业和草原"),
    ],
)
def test_a_body_answers_for_what_its_name_says(name: str, matter: str) -> None:
    assert matter in {mandate.matter.zh for mandate in authorities.mandates_of(name)}


@pytest.mark.parametrize("name", ["云岭省人民政府", "有关部门", "质检总局", "云岭教育集团", ""])
def test_a_body_without_a_known_field_answers_for_nothing(name: str) -> None:
    assert authorities.mandates_of(name) == ()
