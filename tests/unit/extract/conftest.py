"""An invented plan of a province, and what one sentence among its tasks says."""

from kg.extract import extract
from kg.model import Extraction, Level, Metadata

PLACE = Metadata(title="云江省检测办法", level=Level.PROVINCE, area="云江省")


def read(words: str) -> Extraction:
    """Return what *words* say within a section of tasks of a plan that is no real one."""
    return extract(f"一、主要任务\n（一）加强检测\n{words}\n", overrides=PLACE)


def held(words: str) -> list[tuple[str, str]]:
    """Return who holds a duty in *words* as written, and in which role."""
    text = f"一、主要任务\n（一）加强检测\n{words}\n"
    found = extract(text, overrides=PLACE).responsibilities
    return [(one.body_span.of(text), one.role.value) for one in found if one.body_span]
