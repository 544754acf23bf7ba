"""Web pages made here and real ones: the article and its tables, without what stands around it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import FileError
from ingest.office import office_pages
from ingest.page import Grid, Page

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
TABLE = """<table><tr><th rowspan="2">项目</th><th colspan="2">2024年</th></tr><tr><th>预算</th><th>决算</th></tr>
<tr><td>收入</td><td>1</td><td></td></tr></table>"""


def _page(folder: Path, html: str, encoding: str = "utf-8") -> Page:
    (folder / "a.html").write_bytes(html.encode(encoding))
    (page,) = office_pages(folder / "a.html")
    return page


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def test_the_article_is_read_without_navigation_footer_and_scripts(tmp_path: Path) -> None:
    page = _page(tmp_path, """<html><body><script>var x = "决算1万元";</script>
        <div class="top_nav"><a>首页</a>联系我们</div>
        <div class="main"><h1>2024年决算</h1><div class="text"><p>一、收支</p><p>收入100万元，<b>增长</b>3%。</p>
        <p>支出90万元。<br>其中：基本支出80万元。</p></div></div><div id="footer">主办：某某局</div></body></html>""")
    texts = [line.text for line in page.lines]
    assert texts == ["2024年决算", "一、收支", "收入100万元，增长3%。", "支出90万元。", "其中：基本支出80万元。"]
    assert [line.place for line in page.lines][:2] == ["第1段", "第2段"]


def test_hidden_elements_are_not_read(tmp_path: Path) -> None:
    page = _page(tmp_path, '<html><body><p>收入5万元</p><p style="display: none">6万元</p><p hidden>密</p></body>')
    assert [line.text for line in page.lines] == ["收入5万元"]


def test_spans_of_a_table_are_kept_and_a_blank_cell_is_blank(tmp_path: Path) -> None:
    (grid,) = _page(tmp_path, f"<html><body><p>说明</p>{TABLE}</body></html>").grids
    cells = {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in grid.cells}
    assert (cells["项目"], cells["2024年"], cells["决算"]) == ((0, 0, 2, 1), (0, 1, 1, 2), (1, 2, 1, 1))
    assert _texts(grid)[2] == ["收入", "1", ""]


def test_a_table_that_only_lays_out_the_page_is_no_table(tmp_path: Path) -> None:
    page = _page(tmp_path, f"<html><body><table><tr><td>正文。</td></tr><tr><td>{TABLE}</td></tr></table></body>")
    assert len(page.grids) == 1
    assert [line.text for line in page.lines] == ["正文。"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "utf-8-sig", "utf-16"])
def test_the_encoding_is_found_whatever_the_page_claims(tmp_path: Path, encoding: str) -> None:
    html = '<html><head><meta charset="utf-8"></head><body><p>财政拨款收入</p></body></html>'
    assert [line.text for line in _page(tmp_path, html, encoding).lines] == ["财政拨款收入"]


def test_a_span_attack_costs_nothing(tmp_path: Path) -> None:
    html = '<html><body><table><tr><td colspan="99999999">甲</td><td>乙</td></tr><tr><td>丙</td><td>1</td></tr></table>'
    assert _page(tmp_path, html).grids[0].cols <= 3


def test_a_frame_page_says_that_its_text_is_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="框架"):
        _page(tmp_path, '<html><frameset><frame src="sheet001.htm"></frameset></html>')


def test_a_page_nested_beyond_reason_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="过深"):
        _page(tmp_path, "<html><body>" + "<div>" * 3_000 + "正文")


def _real(name: str) -> Iterator[Page]:
    path = REPORTS / "other_formats" / name
    if not path.exists():
        pytest.skip(f"needs {name}, which is not part of the repository")
    return office_pages(path)


def test_changsha_keeps_its_sentences_and_drops_its_menus() -> None:
    (page,) = _real("changsha_2025_budget_report.html")
    texts = [line.text for line in page.lines]
    assert sum("1296.87亿元" in text for text in texts) == 1
    assert not any("返回首页" in text or "分享到" in text for text in texts)


def test_baoding_says_that_its_text_is_in_an_attachment() -> None:
    (page,) = _real("baoding_2025_budget_report.html")
    assert len(page.lines) == 2
    assert "附件" in page.notes[0]
