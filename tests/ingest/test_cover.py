"""Titles, labels and file names → identity; publishers' short names."""

from itertools import islice
from pathlib import Path

import pytest

from corpus.disclosure import Kind, Scope
from corpus.fact import Origin
from ingest.cover import identify
from ingest.lines import lines_of
from ingest.names import aliases_of, canonical, parts_of
from ingest.page import Page
from ingest.pages import read_pages
from tests.ingest.test_lines import signs

SHARED = Path(__file__).parents[2].parent / "shared"


def page(number: int, *texts: str, size: float = 15) -> Page:
    lines = [lines_of(signs(text, 80, 100 + 30.0 * row, size))[0] for row, text in enumerate(texts)]
    return Page(number, 800, 842, tuple(lines), (), Origin.TEXT)


def found(*pages: Page, file: str = "x.pdf") -> tuple[str, int, Kind, Scope, bool]:
    identity = identify(pages, file)
    return identity.publisher, identity.year, identity.kind, identity.scope, identity.certain


def test_a_cover_title_broken_over_lines_is_read_as_one() -> None:
    cover = page(1, "中共上海市普陀区委", "社会工作部 2024 年度", "部门决算", size=30)
    assert found(cover) == ("中共上海市普陀区委社会工作部", 2024, Kind.FINAL, Scope.DEPARTMENT, True)


def test_the_label_names_the_department_where_the_title_names_the_district() -> None:
    cover = page(1, "上海市普陀区2025年区级部门预算", "预算主管部门：上海市普陀区人民政府万里街道办事处")
    assert found(cover) == ("上海市普陀区人民政府万里街道办事处", 2025, Kind.BUDGET, Scope.DEPARTMENT, True)


def test_a_report_without_a_cover_is_told_by_its_headings() -> None:
    first = page(1, "第一部分 武汉市硚口区人民政府办公室概况", "一、部门主要职能")
    second = page(2, "第二部分 武汉市硚口区人民政府办公室2022年度部门决算表")
    assert found(first, second)[:4] == ("武汉市硚口区人民政府办公室", 2022, Kind.FINAL, Scope.DEPARTMENT)


def test_a_sentence_cut_by_the_line_does_not_make_final_accounts_a_budget() -> None:
    cover = page(1, "某某市教育局2022年度部门决算")
    prose = [page(k, "2022年度一般公共预算", "2022年度预算绩效管理工作开展情况") for k in range(2, 12)]
    assert found(cover, *prose)[2] is Kind.FINAL


def test_years_of_comparison_do_not_count() -> None:
    cover = page(1, "某某市教育局2022年度部门决算")
    tables = [page(k, "比2021年预算增加的说明", "与2021年度决算相比") for k in range(2, 12)]
    assert found(cover, *tables)[1] == 2022


def test_the_page_outweighs_the_files_name() -> None:
    cover = page(1, "某某市教育局2022年度部门决算")
    assert found(cover, file="某某市民政局2023年度部门预算.pdf")[:3] == ("某某市教育局", 2022, Kind.FINAL)


def test_what_only_the_files_name_says_is_not_certain() -> None:
    assert found(page(1, "收支预算总表"), file="某某市民政局2023年度部门预算.pdf") == (
        "某某市民政局", 2023, Kind.BUDGET, Scope.DEPARTMENT, False,
    )  # fmt: skip


def test_nothing_is_made_up_where_nothing_is_said() -> None:
    assert found(page(1, "第一篇 商品和货币"), file="扫描.pdf")[0::4] == ("", False)


def test_an_agencys_accounts_are_not_a_departments() -> None:
    cover = page(1, "上海市普陀区万里街道社区党群服务中心2024年度单位决算")
    assert found(cover) == ("上海市普陀区万里街道社区党群服务中心", 2024, Kind.FINAL, Scope.AGENCY, True)


def test_a_governments_report_is_of_the_year_that_it_budgets() -> None:
    cover = page(1, "关于石家庄市2018年预算执行情况和", "2019年预算草案的报告", "石家庄市财政局局长")
    assert found(cover) == ("石家庄市", 2019, Kind.BUDGET, Scope.GOVERNMENT, True)


def test_a_year_in_chinese_figures_is_a_year() -> None:
    assert found(page(1, "某某市教育局二〇二三年度部门决算"))[1] == 2023


def test_the_evidence_is_the_place_that_says_it() -> None:
    identity = identify([page(1, "封面"), page(2, "某某市教育局2022年度部门决算")], "x.pdf")
    assert {source.page for source in identity.evidence} == {2}


@pytest.mark.parametrize(
    ("publisher", "shorts"),
    [
        ("武汉市硚口区人民政府办公室", ["硚口区政府办", "硚口区政府办公室", "硚口区人民政府办公室", "硚口政府办"]),
        ("上海市普陀区人民政府万里街道办事处", ["万里街道", "万里街道办", "万里街道办事处", "普陀区万里街道"]),
        ("中共上海市普陀区委社会工作部", ["普陀区委社会工作部", "区委社会工作部", "社会工作部"]),
        ("中共江苏省委办公厅", ["江苏省委办公厅", "省委办公厅"]),
        ("太原市发展和改革委员会", ["太原市发改委", "太原发改委", "发改委"]),
        ("宁夏回族自治区", ["宁夏", "宁夏回族自治区人民政府"]),
        ("南京市城市管理局", ["南京市城管局", "城管局"]),
    ],
)
def test_usual_short_names_follow_from_the_full_name(publisher: str, shorts: list[str]) -> None:
    aliases = aliases_of(publisher)
    assert [short for short in shorts if short not in aliases] == []
    assert publisher not in aliases


def test_an_alias_that_could_be_anyones_is_not_given() -> None:
    assert not {"办公室", "人民法院", "委员会", "政府", "市委"} & set(aliases_of("浦东新区人民法院"))
    assert "市委" not in aliases_of("共青团上海市委员会")


def test_a_city_in_a_name_of_work_is_no_region() -> None:
    assert parts_of("南京市城市管理局").regions == ("南京市",)
    assert parts_of("湖南省益阳市南县财政局").regions == ("湖南省", "益阳市", "南县")
    assert parts_of("上海市社区发展服务中心").regions == ("上海市",)


def test_the_party_committees_forms_are_one_publisher() -> None:
    forms = ["江苏省委办公厅", "中共江苏省委办公厅", "中国共产党江苏省委员会办公厅"]
    assert {canonical(form) for form in forms} == {"江苏省委办公厅"}


REAL = {
    "evals/dev/reports/中共上海市普陀区委社会工作部 2024 年度部门决算.pdf": ("中共上海市普陀区委社会工作部", 2024, "决算", "部门"),
    "evals/dev/reports/上海市普陀区人民政府万里街道办事处24年预算.pdf": ("上海市普陀区人民政府万里街道办事处", 2024, "预算", "部门"),
    "reports/more_years/江苏省委办公厅2018年度部门预算公开文件.pdf": ("江苏省委办公厅", 2018, "预算", "部门"),
    "reports/more_years/江苏省委办公厅2018年度部门预算公开表.pdf": ("江苏省委办公厅", 2018, "预算", "部门"),
    "reports/more_years/江苏省委办公厅2017年部门预算.pdf": ("江苏省委办公厅", 2017, "预算", "部门"),
    "reports/more_years/江苏省委办公厅2017年预算公开表格.pdf": ("江苏省委办公厅", 2017, "预算", "部门"),
    "reports/other_forms/wuhan_2025_budget_expenditure.pdf": ("武汉市", 2025, "预算", "政府"),
    "reports/other_forms/shijiazhuang_2018_budget_report.pdf": ("石家庄市", 2019, "预算", "政府"),
}


@pytest.mark.skipif(not SHARED.exists(), reason="real reports are not here")
@pytest.mark.parametrize("file", REAL)
def test_real_reports_are_told_rightly(file: str) -> None:
    path = SHARED / file
    identity = identify(islice(read_pages(path), 15), path.name)
    assert (identity.publisher, identity.year, str(identity.kind), str(identity.scope)) == REAL[file]
