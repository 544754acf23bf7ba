"""Word files made here and real ones: what Word draws is what is read."""

from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import FileError
from ingest.list_numbers import numeral
from ingest.office import office_pages
from ingest.page import Grid, Page
from ingest.word97 import PROGRAMS

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
LISTS = """
<w:abstractNum {ns} w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>"""


def _page(document: Any, folder: Path) -> Page:
    document.save(str(folder / "a.docx"))
    (page,) = office_pages(folder / "a.docx")
    return page


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def _numbered(document: Any, text: str, level: int, number: int = 90) -> None:
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    document.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(xml))


def _add_list(document: Any) -> None:
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LISTS.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def test_numbers_that_word_draws_stand_before_their_headings(tmp_path: Path) -> None:
    document = Document()
    _add_list(document)
    for text, level in [("概况", 0), ("职责", 1), ("机构", 1), ("决算表", 0), ("收入", 1)]:
        _numbered(document, text, level)
    texts = [line.text for line in _page(document, tmp_path).lines]
    assert texts == ["一、概况", "1. 职责", "2. 机构", "二、决算表", "1. 收入"]


def test_a_drawn_number_never_runs_into_the_figure_behind_it(tmp_path: Path) -> None:
    document = Document()
    _add_list(document)
    _numbered(document, "5万元用于会议", 1)
    assert [line.text for line in _page(document, tmp_path).lines] == ["1. 5万元用于会议"]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (10, "chineseCounting", "十"), (21, "chineseCounting", "二十一"), (103, "chineseCounting", "一百零三"),
        (110, "japaneseCounting", "一百一十"), (3, "decimalEnclosedCircle", "③"), (4, "upperRoman", "IV"),
        (2, "ideographTraditional", "乙"), (28, "lowerLetter", "bb"), (12, "decimalFullWidth", "１２"),
        (7, "unheard", "7"),
    ],
)  # fmt: skip
def test_a_count_is_drawn_in_its_form(count: int, form: str, text: str) -> None:
    assert numeral(count, form) == text


def test_deleted_and_hidden_text_is_not_text_and_inserted_text_is(tmp_path: Path) -> None:
    document: Any = Document()
    document.add_paragraph()._p.append(parse_xml(
        f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>决算100万元</w:t></w:r></w:ins>'))  # fmt: skip
    document.paragraphs[0]._p.append(parse_xml(
        f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>90万元</w:delText></w:r></w:del>'))  # fmt: skip
    document.paragraphs[0].add_run("，密").font.hidden = True
    assert [line.text for line in _page(document, tmp_path).lines] == ["决算100万元"]


def test_headers_and_footers_are_left_out(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.add_paragraph("正文")
    assert [line.text for line in _page(document, tmp_path).lines] == ["正文"]


def test_a_text_box_is_read_once_though_it_is_stored_twice(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent>"
    compat = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document: Any = Document()
    document.add_paragraph("正文").runs[0]._r.append(parse_xml(
        f'<mc:AlternateContent {compat} {nsdecls("w")}><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"))  # fmt: skip
    assert [line.text for line in _page(document, tmp_path).lines] == ["正文", "文本框"]


def test_merged_cells_stand_once_with_their_spans(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(3, 3)
    for row, texts in enumerate([("项目", "2024年", ""), ("", "预算", "决算"), ("收入", "1", "")]):
        for col, text in enumerate(texts):
            table.cell(row, col).text = text
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2024年"
    (grid,) = _page(document, tmp_path).grids
    cells = {cell.text: (cell.rowspan, cell.colspan, cell.place) for cell in grid.cells}
    assert (cells["项目"][:2], cells["2024年"][:2]) == ((2, 1), (1, 2))
    assert cells[""] == (1, 1, "第1表第3行第3列")


def test_tables_of_one_word_table_are_parted_and_drop_the_grid_lines_they_do_not_use(tmp_path: Path) -> None:
    document = Document()
    rows = [("附表1", "", "", ""), ("单位：万元", "", "", ""), ("项目", "", "决算", ""), ("收入", "", "1", ""),
            ("附表2", "", "", ""), ("单位：元", "", "", ""), ("科目", "预算", "", "决算"),
            ("支出", "2", "", "3")]  # fmt: skip
    table = document.add_table(len(rows), 4)
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            table.cell(row, col).text = text
    page = _page(document, tmp_path)
    assert [_texts(grid) for grid in page.grids] == [
        [["项目", "决算"], ["收入", "1"]], [["科目", "预算", "决算"], ["支出", "2", "3"]]]  # fmt: skip
    assert [line.text for line in page.lines] == ["附表1", "单位：万元", "附表2", "单位：元"]


def test_a_nested_table_is_a_table_of_its_own(tmp_path: Path) -> None:
    document = Document()
    outer = document.add_table(2, 2)
    for cell, text in zip([cell for row in outer.rows for cell in row.cells], ["项目", "数", "收入", "1"], strict=True):
        cell.text = text
    inner = outer.cell(1, 0).add_table(2, 2)
    for cell, text in zip([cell for row in inner.rows for cell in row.cells], ["甲", "乙", "丙", "9"], strict=True):
        cell.text = text
    assert [_texts(grid) for grid in _page(document, tmp_path).grids] == [
        [["项目", "数"], ["收入", "1"]], [["甲", "乙"], ["丙", "9"]]]  # fmt: skip


def test_a_broken_document_is_refused(tmp_path: Path) -> None:
    document = Document()
    document.save(str(tmp_path / "a.docx"))
    content = (tmp_path / "a.docx").read_bytes().replace(b"word/styles.xml", b"word/stylez.xml")
    (tmp_path / "b.docx").write_bytes(content)
    with pytest.raises(FileError, match="另存为"):
        list(office_pages(tmp_path / "b.docx"))


def test_without_libreoffice_a_doc_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.doc").write_bytes(b"{\\rtf1 text}")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileError, match="LibreOffice"):
        list(office_pages(tmp_path / "a.doc"))


def _real(name: str) -> Iterator[Page]:
    path = REPORTS / name
    if not path.exists():
        pytest.skip(f"needs {name}, which is not part of the repository")
    return office_pages(path)


def test_chengde_parts_its_13_annexed_tables_each_with_title_and_unit() -> None:
    (page,) = _real("other_formats/chengde_2025_budget_report.docx")
    assert len(page.grids) == 13
    titles = [line.text for line in page.lines if line.text.startswith("附表")]
    assert titles == [f"附表{number}" for number in range(1, 14)]
    assert _texts(page.grids[0])[1] == ["本年收入合计", "1448485", "1448177", "100", "3"]


@pytest.mark.skipif(not any(map(which, PROGRAMS)), reason="needs LibreOffice for .doc")
def test_taiyuan_doc_is_read_and_its_embedded_sheet_is_noted() -> None:
    (page,) = _real("other_formats/太原市发展和改革委员会2016年决算公开.doc")
    assert len(page.grids) == 9
    assert ["合计", "42,583,921.59", "42,575,058.26"] in [row[:3] for row in _texts(page.grids[1])]
    assert len(page.notes) == 1 and "嵌入对象" in page.notes[0]
