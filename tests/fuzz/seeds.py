"""Sound documents, clauses, queries and sheets to make cases of, and pieces to put into them.

All texts are invented.
"""

import io
from importlib.resources import files

from reportlab.pdfgen.canvas import Canvas

from kg.ledger.columns import FORM
from kg.sheets import write_sheet
from tests.fuzz.hostile import plan, sound_docx, sound_xlsx

PLAN = (
    "一、总体要求\n坚持质量第一、效益优先。\n序号\t任务\t牵头单位\n1\t提升质量\t市财政局\n" * 9
)  # invented


def sound_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(3):
        canvas.drawString(72, 700, f"plan of quality, page {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


PAGE = f"<html><body><div id='zoom'><p>{PLAN}</p><table><tr><td rowspan='2'>1</td></tr></table>"
SOUND = {
    "a.docx": sound_docx(),
    "a.xlsx": sound_xlsx(),
    "a.pdf": sound_pdf(),
    "a.html": PAGE.encode("gb18030"),
    "a.csv": PLAN.replace("\t", ",").encode(),
    "a.txt": PLAN.encode("gb18030"),
}
BYTE_PIECES = (
    *(b"<div>", b"</div>", b"<td colspan=9>", b"<!--", b"&#xd800;", b'style="display:none"'),
    *(
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\0",
        b"\xa1\xa3",
        b"\r\n",
        b",",
        b'"',
        b"\t",
        b"PK\x03\x04",
    ),
    *(b"%PDF-1.7", b"word/document", b"xl/workbook", "质量".encode(), "质量".encode("gbk")),
)
# What the rules of cleaning, cutting and extraction look for, and what none of them expects.
TEXT_PIECES = (
    *"(（)）《》“”「,，、。；：:!?！？·□—-\n\r\t \u3000\0\x0c\ud800\udfff\u200b\u202e\u2067\ue5e5ㄅ若质",
    *(
        "質(zhì)",
        "(a)",
        "?!毒V要",
        ",,",
        "质 ",
        '&" ',
        "a ",
        "20",
        "①",
        "——",
        "1.",
        "（一）",
        "一、",
    ),
    *("第一条", "专栏1", "附件", "一是", "等", "和", "及", "各县", "市", "人民政府", "财政部、"),
    *(
        "（财政部牵头）",
        "（财政部",
        "牵头单位：",
        "负责",
        "推进",
        "实施",
        "工程",
        "到2025年",
        "提高",
    ),
    *(
        "《a》",
        "关于印发",
        "的通知",
        "质量、\n",
        "序号\t任务\n",
        "1\t提升质量\t市财政局\n",
        "（" * 9 + "》",
    ),
)

TEXTS = (
    PLAN,
    plan("云溪省"),
    "二、主要目标\n到2025年，产品質(zhì)量合格率达到95%以上,，建成质量强县3个。\n",
    "第一条 为了提高质量，制定本办法。\n第二条 县级以上人民政府应当加强领导。\n",
    "专栏1 质量提升工程\n——开展标准提升行动。\n——健全质量安全追溯制度。\n",
    "一是完善机制。二是加强督查。各县（市、区）要按季度报送进展。\n",
    "责任分工表\n序号\t任务\t牵头单位\t配合单位\t完成时限\n1\t建设实验室\t市科技局\t市财政局、市教育局\t2026年底\n",
)
CLAUSES = (
    "（市场监管总局牵头，公安部等参与，2026年底前完成）",
    "（省财政厅、省教育厅按职责分工负责）",
    "（责任单位：市市场监管局、市发展改革委；配合单位：各县（市、区）人民政府）",
    "（牵头单位:市科技局 配合单位:市财政局）",
    "（各有关部门按职责分工负责，持续推进）",
    "（国家标准委会同工业和信息化部负责）",
)
QUERIES = tuple(
    file.read_text("utf-8")
    for file in sorted(files("kg").joinpath("queries").iterdir(), key=lambda item: item.name)
    if file.name.endswith(".rq")
)
QUERY_PIECES = (
    *(
        "SELECT * {",
        "}",
        "{",
        "GRAPH ?g {",
        "SERVICE <http://localhost/> {",
        "FROM <urn:a>",
        "#",
        "'",
    ),
    *(
        '"',
        '"""',
        "<",
        ">",
        "\\u0041",
        "\\",
        "?a",
        "(COUNT(*) AS ?n)",
        "UNION",
        "OPTIONAL",
        "*",
        "|",
    ),
    *(
        "<urn:a>*",
        "FILTER(",
        ")",
        "REGEX(?a, '(a+)+$')",
        "BIND(",
        "VALUES ?a {",
        "ORDER BY",
        "LIMIT 1",
    ),
    *(
        "\0",
        "\u202e",
        "𝒬",
        "质量",
        "1e999",
        "-",
        "^",
        "/",
        ";",
        ".",
        "PREFIX a: <urn:b>",
        "BASE <a>",
    ),
)


def _ledger(suffix: str) -> bytes:
    rows = [
        dict.fromkeys(FORM.keys, "") | {"id": f"a{number}", "task": "提升质量", "done": "50"}
        for number in range(4)
    ]
    return b"".join(write_sheet(suffix, FORM, rows))


LEDGERS = {suffix: (_ledger(suffix),) for suffix in (".csv", ".xlsx")}
CELL_PIECES = (
    *(
        b"=1+1",
        b"@a",
        b"-",
        b'"',
        b'""',
        b",",
        b"\n",
        b"\r",
        b"\t",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    ),
    *(
        b"id",
        b"done",
        b"101",
        b"1e309",
        b"nan",
        b"2026-02-30",
        b"<c",
        b"<row",
        b'r="',
        b"</v>",
        b"'",
    ),
)
