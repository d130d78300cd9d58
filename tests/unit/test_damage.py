"""Damaged copies are the same for the same seed, and reading and cleaning gives the plan back."""

from pathlib import Path

import pytest

from bench.damage import FORMATS, KINDS, damaged
from kg.settings import Settings
from kg.text.clean import clean
from kg.text.readers import read

# Invented.
HEAD = """青山市质量强市工作方案（2025—2027年）
为贯彻落实《质量强国建设纲要》，着力推动经济社会高质量发展。《纲要》提出，到2025年质量水平显著提高。科技创新能力明显增强，特制定本方案。
"""
BODY = """一、总体要求
坚持质量第一、效益优先，围绕着群众关切，统筹产品、工程、服务质量，加强质量监督管理，产品质量国家监督抽查合格率达到95%以上。
二、任务分工
（一）推动标准化建设。（市市场监管局牵头，市发展改革局、各县（市、区）政府配合）
序号\t任务\t牵头单位\t时限
1\t实施首台（套）质量提升行动\t市工业和信息化局\t2025年底
2\t完善认证认可体系\t\t2026年底
三、组织实施
各地区各部门要强化责任，狠抓落实。
"""
PLAN = HEAD + BODY * 4
COPIES = dict(damaged(PLAN, seed=7))


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("ending", COPIES)
def test_a_damaged_copy_is_read_and_cleaned_to_the_plan(ending: str) -> None:
    raw = read(f"plan.{ending}", COPIES[ending], settings=Settings())
    found = clean(raw.text)
    assert lines_of(found.text) == lines_of(PLAN)
    assert found.issues == ()
    assert found.replay(raw.text) == found.text


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert dict(damaged(PLAN, seed=7)) == COPIES
    assert dict(damaged(PLAN, seed=8))["scraped.txt"] != COPIES["scraped.txt"]


def test_each_kind_does_damage() -> None:
    assert len(COPIES) == len(KINDS) + len(FORMATS) >= 12
    assert all(COPIES[f"{kind}.txt"].decode() != PLAN for kind in KINDS)


def test_the_byte_shift_is_really_there() -> None:
    assert "?！" in COPIES["byte-shift.txt"].decode()


def test_the_copies_in_data_give_the_plans_back(root: Path) -> None:
    plans = sorted((root / "data/plans").glob("*.txt"))
    assert len(plans) >= 3
    for plan in plans:
        wanted = plan.read_text(encoding="utf-8").replace(" ", "")
        copies = sorted((root / "data/damaged").glob(f"{plan.stem}.*"))
        assert len(copies) == len(KINDS) + len(FORMATS)
        for copy in copies:
            raw = read(copy.name, copy.read_bytes(), settings=Settings())
            got = clean(raw.text).text.replace(" ", "")
            todo = f"{copy.name}: run python -m bench.damage data/plans/*.txt -o data/damaged"
            assert lines_of(got) == lines_of(wanted), todo
