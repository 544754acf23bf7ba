"""PDF → pages: hidden text, turned and cropped pages, bad files."""

import gc
from pathlib import Path

import pdfplumber
import pytest
from pdfminer.pdftypes import PDFStream

from corpus.errors import FileError
from ingest import pages
from ingest.page import Page
from ingest.pages import Drawing, read_pages
from ingest.radicals import plain
from ingest.visible import ORDER
from tests.ingest.pdf_maker import box, grid, make_pdf, text

SHARED = Path(__file__).parents[2].parent / "shared"
BODY = "本年度一般公共预算财政拨款支出"


def only(path: Path) -> Page:
    (page,) = read_pages(path)
    return page


def texts(path: Path) -> list[str]:
    return [line.text for line in only(path).lines]


def test_a_line_stands_where_it_is_printed(tmp_path: Path) -> None:
    (line,) = only(make_pdf(tmp_path / "a.pdf", text(100, 742, BODY))).lines
    assert line.text == BODY
    assert line.box == pytest.approx((100, 89.7, 280, 101.7), abs=1)


@pytest.mark.parametrize(
    "hidden",
    [
        text(100, 600, "机密", before="1 g 0 Tr"),
        text(100, 600, "机密", before="0 0 0 0 k 0 Tr"),
        text(100, 600, "机密", before="0 g 3 Tr"),
        text(100, 600, "机密", size=0.5),
        text(700, 600, "机密"),
        text(100, 600, "机密") + "\n" + box(90, 590, 200, 30, 1),
    ],
    ids=["white", "white in CMYK", "rendering mode 3", "too small", "off the page", "under a white box"],
)
def test_hidden_text_is_not_read(tmp_path: Path, hidden: str) -> None:
    assert texts(make_pdf(tmp_path / "a.pdf", text(100, 700, BODY) + "\n" + hidden)) == [BODY]


@pytest.mark.parametrize("extra", ["/MediaBox[0 0 595 842]", "/MediaBox[-10 -20 585 822]", "/MediaBox[0 0 595 842]/Rotate 90"])
def test_characters_and_strokes_are_measured_as_pdfplumber_measures_them(tmp_path: Path, extra: str) -> None:
    content = text(100, 700, BODY, before="0 0.5 0.2 rg") + "\n" + grid([100, 160, 240], [600, 620, 640]) + "\n" + box(90, 590, 200, 30, 0.2)
    with pdfplumber.open(make_pdf(tmp_path / "a.pdf", content, extra=extra)) as pdf:
        theirs = pdf.pages[0].objects
        ours = Drawing(pdf, pdf.pages[0].page_obj, 1).objects
    assert {kind: len(found) for kind, found in ours.items()} == {kind: len(found) for kind, found in theirs.items()}
    for one, other in ((one, other) for kind in ours for one, other in zip(ours[kind], theirs[kind], strict=True)):
        assert {key: one[key] for key in one if key != ORDER} == {key: other[key] for key in one if key != ORDER}


def test_white_print_on_a_dark_bar_is_read(tmp_path: Path) -> None:
    bar = box(90, 590, 200, 30, 0.2) + "\n" + text(100, 600, "收入", before="1 g 0 Tr")
    assert texts(make_pdf(tmp_path / "a.pdf", text(100, 700, BODY) + "\n" + bar)) == [BODY, "收入"]


def test_text_drawn_over_a_white_box_is_read(tmp_path: Path) -> None:
    content = box(90, 590, 200, 30, 1) + "\n" + text(100, 600, BODY)
    assert texts(make_pdf(tmp_path / "a.pdf", content)) == [BODY]


def test_a_turned_page_is_measured_as_shown(tmp_path: Path) -> None:
    """A landscape table is often a portrait page with /Rotate 90, its text set sideways."""
    sideways = f"BT 0 g /F1 12 Tf 0 1 -1 0 100 50 Tm <{BODY.encode('utf-16-be').hex()}> Tj ET"
    page = only(make_pdf(tmp_path / "a.pdf", sideways, extra="/MediaBox[0 0 595 842]/Rotate 90"))
    assert (page.width, page.height) == (842, 595)
    assert page.lines[0].text == BODY
    assert page.lines[0].box[:2] == pytest.approx((50, 89.7), abs=1)


def test_a_cropped_page_is_measured_from_its_shown_corner(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", text(100, 700, BODY), extra="/MediaBox[0 0 595 842]/CropBox[50 100 500 800]")
    page = only(path)
    assert (page.width, page.height) == (450, 700)
    assert page.lines[0].box[:2] == pytest.approx((50, 89.7), abs=1)


def test_a_media_box_that_does_not_begin_at_zero_shifts_nothing(tmp_path: Path) -> None:
    """武汉 2025: MediaBox [-11.65 …]."""
    path = make_pdf(tmp_path / "a.pdf", text(100, 700, BODY), extra="/MediaBox[-10 -20 585 822]")
    assert only(path).lines[0].box[:2] == pytest.approx((110, 111.7), abs=1)


def test_radicals_are_read_as_the_characters_that_they_look_like() -> None:
    assert plain("⽀出⼀般") == "支出一般"


def test_radicals_of_the_supplement_are_too() -> None:
    """Chromium names 门, 车, 民 so in what it prints from a web page; NFKC leaves them."""
    assert plain("部⻔⻋辆居⺠⻓⻛⻢") == "部门车辆居民长风马"
    assert plain("12.50万元①") == "12.50万元①", "nothing else is touched"


def test_a_ruled_table_is_a_grid_and_its_text_is_no_line(tmp_path: Path) -> None:
    content = "\n".join([grid([50, 150, 250], [500, 520, 540]), text(55, 526, "项目"), text(155, 506, "1.50")])
    page = only(make_pdf(tmp_path / "a.pdf", content))
    assert page.lines == ()
    assert [cell.text for cell in page.grids[0].cells] == ["项目", "", "", "1.50"]
    assert page.grids[0].box == pytest.approx((50, 302, 250, 342), abs=0.5)


def test_what_was_read_of_a_page_is_forgotten(tmp_path: Path) -> None:
    """pdfminer keeps every decoded stream: 190 MB where a report of 1,000 pages needs 140."""
    path = make_pdf(tmp_path / "a.pdf", *(text(100, 700, f"第{n}页 {BODY}") for n in range(12)))
    alive = [streams() for page in read_pages(path) if page.number in (1, 12)]
    assert alive[1] <= alive[0] - 10


def streams() -> int:
    gc.collect()
    return sum(isinstance(one, PDFStream) for one in gc.get_objects())


def bad(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        list(read_pages(path))
    return str(caught.value)


def test_every_bad_file_is_named_in_one_chinese_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_pdf(tmp_path / "good.pdf", text(100, 700, BODY), text(100, 700, BODY)).read_bytes()
    assert bad(tmp_path / "空.pdf", b"") == "无法读取《空.pdf》：文件是空的，请重新下载"
    assert "不是 PDF" in bad(tmp_path / "a.pdf", b"PK\x03\x04 a docx named pdf")
    assert "下载中断" in bad(tmp_path / "a.pdf", whole[: len(whole) // 2])
    assert "已损坏" in bad(tmp_path / "a.pdf", b"%PDF-1.4 nothing at all\nstartxref\n9\n%%EOF")
    assert "一页也没有" in bad(tmp_path / "a.pdf", make_pdf(tmp_path / "none.pdf").read_bytes())
    monkeypatch.setattr(pages, "MOST_PAGES", 1)
    assert "超过上限" in bad(tmp_path / "a.pdf", whole)
    with pytest.raises(FileError, match="打不开"):
        list(read_pages(tmp_path / "missing.pdf"))


def test_an_encrypted_file_is_named_so(tmp_path: Path) -> None:
    whole = make_pdf(tmp_path / "a.pdf", text(100, 700, BODY)).read_bytes()
    lock = b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>/ID[<00><00>]"
    assert "有密码" in bad(tmp_path / "b.pdf", whole.replace(b"trailer<<", lock))


def test_a_pdf_named_docx_is_read(tmp_path: Path) -> None:
    assert texts(make_pdf(tmp_path / "名字不对.docx", text(100, 700, BODY))) == [BODY]


@pytest.mark.skipif(not SHARED.exists(), reason="real reports are not here")
def test_a_download_that_broke_off_is_refused() -> None:
    with pytest.raises(FileError, match="下载中断"):
        list(read_pages(SHARED / "reports/broken/fujian_2025.pdf"))


@pytest.mark.skipif(not SHARED.exists(), reason="real reports are not here")
def test_a_page_without_row_rules_gives_every_row() -> None:
    """石家庄 2018, page 24 of the file: nine rows in one drawn cell."""
    page = next(read_pages(SHARED / "reports/other_forms/shijiazhuang_2018_budget_report.pdf", first=24))
    (table,) = page.grids
    assert [cell.text for cell in table.cells if cell.row == 8] == [
        "8.彩票发行机构和彩票销售机\n构的业务费用",
        "2320",
        "2361",
        "101.8",
        "-26.3",
    ]


def test_the_radical_for_a_door_is_drawn_as_the_mainland_writes_it() -> None:
    assert plain("财政专⼾") == "财政专户"
