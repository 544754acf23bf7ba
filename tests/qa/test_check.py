"""A false 一致 is the worst that a check can say: what a figure, a basis, a year, a department or a direction must match."""

from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from corpus.amount import PERCENT, WAN, Amount, Unit, UnitKind
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.errors import ShelfError
from corpus.fact import Basis, Fact, Measure, Origin
from corpus.number import Bound
from corpus.record import Record
from corpus.settings import load_settings
from corpus.shelf import Shelf
from qa.check import as_json, check, steps
from qa.reading import fits

PEOPLE = Unit("人次", UnitKind.COUNT, Decimal(1), "人次")
TIMES = Unit("批次", UnitKind.COUNT, Decimal(1), "批次")
OFFICE = "武汉市硚口区人民政府办公室"
COMMITTEE = "中共上海市普陀区委社会工作部"
Row = tuple[tuple[str, ...], Measure, Basis, str, Unit, str]

OFFICE_2022: tuple[Row, ...] = (
    (("收支总计",), Measure.AMOUNT, Basis.FINAL, "2711.50", WAN, ""),
    (("收支总计",), Measure.CHANGE, Basis.FINAL, "427.80", WAN, "上年"),
    (("支出合计",), Measure.AMOUNT, Basis.FINAL, "2711.50", WAN, ""),
    (("支出合计", "基本支出"), Measure.AMOUNT, Basis.FINAL, "1266.62", WAN, ""),
    (("支出合计", "项目支出"), Measure.AMOUNT, Basis.FINAL, "1444.88", WAN, ""),
    (("三公经费",), Measure.AMOUNT, Basis.BUDGET, "6.02", WAN, ""),
    (("三公经费",), Measure.AMOUNT, Basis.FINAL, "4.28", WAN, ""),
    (("三公经费",), Measure.COMPLETION, Basis.FINAL, "71.10", PERCENT, "预算"),
    (("三公经费",), Measure.CHANGE, Basis.FINAL, "1.23", WAN, "上年"),
    (("三公经费",), Measure.GROWTH, Basis.FINAL, "40.33", PERCENT, "上年"),
    (("公务接待费",), Measure.AMOUNT, Basis.BUDGET, "3.02", WAN, ""),
    (("公务接待费",), Measure.AMOUNT, Basis.FINAL, "1.28", WAN, ""),
    (("公务接待",), Measure.COUNT, Basis.NONE, "5", TIMES, ""),
    (("公务接待",), Measure.COUNT, Basis.NONE, "85", PEOPLE, ""),
    (("机关运行经费",), Measure.AMOUNT, Basis.FINAL, "92.97", WAN, ""),
    (("机关运行经费",), Measure.CHANGE, Basis.FINAL, "3.35", WAN, "上年"),
    (("政府采购支出总额",), Measure.AMOUNT, Basis.FINAL, "9.92", WAN, ""),
    (("政府采购支出总额", "政府采购服务支出"), Measure.AMOUNT, Basis.FINAL, "8.30", WAN, ""),
    (("政府采购支出总额", "政府采购货物支出"), Measure.AMOUNT, Basis.FINAL, "1.62", WAN, ""),
)  # fmt: skip
COMMITTEE_2024: tuple[Row, ...] = (
    (("本年支出合计",), Measure.AMOUNT, Basis.FINAL, "307.82", WAN, ""),
    (("机关运行经费",), Measure.AMOUNT, Basis.FINAL, "10.23", WAN, ""),
)


def record(publisher: str, alias: str, year: int, rows: tuple[Row, ...], said: str = "") -> Record:
    """The prose figures of a 决算, as its reading leaves them."""
    sha = sha256(publisher.encode()).hexdigest()
    id, file = sha[:16], f"{alias}{year}.pdf"
    source = Source(file, 17, (72.0, 100.0, 300.0, 112.0))
    facts = tuple(
        Fact(
            f"{id}-{n}", id, "", n, 0, "部门决算情况说明", "", item, "", (), measure, basis, versus, year,
            Amount(Decimal(number), unit), source, Origin.PROSE, True, f"{item[-1]}{number}{unit}。",
        )
        for n, (item, measure, basis, number, unit, versus) in enumerate(rows)
    )  # fmt: skip
    chunks = (Chunk(f"{id}-c0", id, ChunkKind.PARAGRAPH, ("第二部分",), said or "部门概况。", (source,)),)
    disclosure = Disclosure(id, sha, file, publisher, (alias,), year, Kind.FINAL, Scope.DEPARTMENT, 40, (source,), True)
    return Record(disclosure, "1", (), facts, chunks)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Two departments' 决算: 硚口区政府办 2022 and 普陀区委社会工作部 2024."""
    folder = tmp_path_factory.mktemp("shelf")
    kept = Shelf.open(load_settings(shelf=folder))
    for one in (
        record(OFFICE, "硚口区政府办", 2022, OFFICE_2022),
        record(COMMITTEE, "普陀区委社会工作部", 2024, COMMITTEE_2024, "本年度没有财政拨款“三公”经费支出，故本表无数据。"),
    ):
        original = folder / one.disclosure.file
        original.write_bytes(one.disclosure.publisher.encode())
        kept.save(one, original)
    yield kept


def claims(text: str, shelf: Shelf) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = as_json(check(text, shelf))["claims"]
    return found


def only(text: str, shelf: Shelf) -> dict[str, Any]:
    (claim,) = claims(text, shelf)
    return claim


@pytest.mark.parametrize(
    "text",
    [
        "硚口区政府办2022年“三公”经费支出4.28万元。",
        "硚口区政府办2022年“三公”经费支出四万两千八百元。",
        "硚口区政府办2022年“三公”经费完成预算的71.1%。",
        "硚口区政府办2022年“三公”经费比上年增长约四成。",
        "硚口区政府办2022年公务接待85人次。",
        "硚口区政府办2022年项目支出比基本支出多178.26万元。",
        "硚口区政府办2022年项目支出占总支出的一半以上。",
        "硚口区政府办2021年机关运行经费为89.62万元。",
        "硚口区政府办2022年机关运行经费近百万元。",
        "普陀区委社会工作部2024年没有“三公”经费支出。",
    ],
)
def test_what_the_report_says_in_other_words_is_supported(text: str, shelf: Shelf) -> None:
    claim = only(text, shelf)
    assert (claim["verdict"], claim["evidence"][0]["page"]) == ("supported", 17)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("硚口区政府办2022年“三公”经费支出42.8万元。", "数量级"),
        ("硚口区政府办2022年“三公”经费支出4.28元。", "单位"),
        ("硚口区政府办2022年“三公”经费比上年下降40.33%。", "方向"),
        ("硚口区政府办2021年“三公”经费支出4.28万元。", "年度"),
        ("硚口区政府办2022年“三公”经费预算4.28万元。", "口径"),
        ("硚口区政府办2022年公务接待费实际支出3.02万元。", "口径"),
        ("硚口区政府办2022年“三公”经费支出4.29万元。", "取整"),
        ("硚口区政府办2022年公务接待58人次。", "数字"),
    ],
)
def test_a_wrong_claim_is_refuted_with_what_is_wrong(text: str, reason: str, shelf: Shelf) -> None:
    claim = only(text, shelf)
    assert (claim["verdict"], claim["reason"]) == ("refuted", reason)
    assert claim["disclosed"] and claim["evidence"]


@pytest.mark.parametrize(
    "text",
    [
        "硚口区政府办2022年外事接待费1.28万元。",
        "硚口区政府办2022年培训费4.28万元。",
        "硚口区政府办2020年机关运行经费92.97万元。",
        "硚口区财政局2022年“三公”经费4.28万元。",
        "普陀区委社会工作部2025年支出307.82万元。",
        "硚口区政府办2022年在职人员85人次。",
        "硚口区政府办2022年项目支出比上年增加427.80万元。",
    ],
)
def test_a_figure_that_stands_elsewhere_supports_nothing(text: str, shelf: Shelf) -> None:
    assert only(text, shelf)["verdict"] == "unverifiable"


def test_percent_is_not_points(shelf: Shelf) -> None:
    """53.29 % is 6.58 points more than 46.71 %, and 14.09 percent more."""
    points, percent = (only(f"硚口区政府办2022年项目支出占比比基本支出占比高6.58{unit}。", shelf) for unit in ("个百分点", "%"))
    assert (points["verdict"], percent["verdict"], percent["reason"]) == ("supported", "refuted", "单位")


def test_said_to_be_none_is_zero(shelf: Shelf) -> None:
    claim = only("普陀区委社会工作部2024年“三公”经费支出0.39万元。", shelf)
    assert (claim["verdict"], claim["disclosed"]) == ("refuted", {"value": "0", "unit": "万元"})


def test_the_headline_gives_publisher_year_and_kind(shelf: Shelf) -> None:
    text = "硚口区政府办2022年度决算公开。三公经费4.28万元，比上年减少1.23万元。其中公务接待费1.28万元。"
    found = claims(text, shelf)
    assert [claim["verdict"] for claim in found] == ["supported", "refuted", "supported"]
    assert all(text[claim["start"] : claim["end"]] == claim["text"] for claim in found)


@pytest.mark.parametrize("body", ["该办公室", "该单位", "我单位", "本部门", "该机关"])
def test_the_body_spoken_of_is_the_one_named_before(body: str, shelf: Shelf) -> None:
    text = f"硚口区政府办公布2022年度决算。数据显示，{body}全年三公经费支出4.28万元，比上年增加1.23万元。2022年{body}公务接待费1.82万元。"
    assert [claim["verdict"] for claim in claims(text, shelf)] == ["supported", "supported", "refuted"]


def test_a_bureau_spoken_of_is_never_the_office_named_before(shelf: Shelf) -> None:
    text = "硚口区政府办公布2022年度决算。会上，硚口区水务局也作了介绍。2022年该局三公经费支出4.28万元。"
    assert [claim["verdict"] for claim in claims(text, shelf)] == ["unverifiable"]


def test_parts_are_sought_under_their_whole(shelf: Shelf) -> None:
    found = claims("硚口区政府办2022年政府采购支出9.92万元，其中货物、服务分别为1.62万元和8.3万元，两项合计9.92万元。", shelf)
    assert [claim["verdict"] for claim in found] == ["supported"] * 4


def test_a_comparison_of_two_departments_is_about_neither(shelf: Shelf) -> None:
    found = claims("硚口区政府办2022年机关运行经费比普陀区委社会工作部多92.97万元。", shelf)
    assert [claim["verdict"] for claim in found] == ["unverifiable"]


@pytest.mark.parametrize(
    "text",
    [
        "硚口区政府办始终坚持厉行节约，从严控制各项开支。",
        "会议于2019年1月21日召开，咨询电话025-83391234。",
        "该报告依据苏财预〔2017〕19号文件编制。",
        "硚口区政府办2022年第三季度工作分四个方面推进。",
    ],
)
def test_a_sentence_without_a_checkable_figure_claims_nothing(text: str, shelf: Shelf) -> None:
    assert claims(text, shelf) == []


@pytest.mark.parametrize(
    ("number", "bound", "value", "right"),
    [
        ("18.7", Bound.EXACT, "18.7328", True), ("18.7", Bound.EXACT, "18.76", False), ("3E+1", Bound.ODD, "39.9", True), ("3E+1", Bound.ODD, "40", False),
        ("100", Bound.NEAR, "92.97", True), ("100", Bound.NEAR, "101", False), ("80", Bound.OVER, "80", False), ("96", Bound.UNDER, "95.89", True),
        ("151", Bound.ABOUT, "150.59", True), ("1200", Bound.ABOUT, "1173.65", False),
    ],
)  # fmt: skip
def test_a_writers_figure_is_read_by_its_words(number: str, bound: Bound, value: str, right: bool) -> None:
    assert fits(Amount(Decimal(number), PERCENT), bound, Decimal(value)) is right


def test_text_is_taken_from_a_file_as_it_stands(tmp_path: Path) -> None:
    from ingest.text import text_of

    path = tmp_path / "稿件.txt"
    path.write_bytes("硚口区政府办2022年三公经费4.28万元。\r\n完。".encode("gb18030"))
    assert text_of(path) == "硚口区政府办2022年三公经费4.28万元。\n完。"


def test_a_report_that_is_taken_off_during_a_check_is_told(tmp_path: Path) -> None:
    kept = Shelf.open(load_settings(shelf=tmp_path))
    one = record(OFFICE, "硚口区政府办", 2022, OFFICE_2022)
    original = tmp_path / one.disclosure.file
    original.write_bytes(b"1")
    kept.save(one, original)
    walk = steps(f"{OFFICE}2022年机关运行经费92.97万元。{OFFICE}2022年公务接待费1.28万元。", kept)
    assert next(walk).done == 0 and next(walk).done == 1
    kept.delete(one.disclosure.id)
    with pytest.raises(ShelfError, match="硚口区政府办2022.pdf》刚从报告库删除"):
        list(walk)
    kept.close()
