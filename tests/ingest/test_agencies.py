"""Tables that list a department's money by agency (单位), and indicators each measured in a unit of its own."""

from decimal import Decimal

from corpus.fact import Basis, Fact, Measure
from corpus.table import Sums
from ingest.facts import facts_of
from ingest.reconcile import reconcile
from ingest.tables import tables_of
from tests.ingest.drawn import DISCLOSURE, page_from
from tests.ingest.test_facts import by_place

BY_AGENCY = """
科目编码|<|<|单位代码|单位名称（科目）|合计|基本支出|项目支出
类|款|项|^|^|^|^|^
||||合计|90.00|60.00|30.00
||||某市水务局机关|50.00|40.00|10.00
205|08|03|701001|培训支出|10.00||10.00
213|03|01|701001|行政运行|40.00|40.00|
||||某市水政执法支队|40.00|20.00|20.00
205|08|03|702001|培训支出|20.00||20.00
221|02|01|702001|住房公积金|20.00|20.00|
"""
CODED = """
单位编码|单位名称|合计|因公出国（境）费用|公务接待费
|合计|9.00|3.00|6.00
701001|某市水务局机关|7.00|3.00|4.00
702001|某市水政执法支队|2.00||2.00
"""
PROJECTS = """
科目编码|<|<|单位代码|单位名称（项目）|金额
类|款|项|^|^|^
||||合计|30.00
||||某市水务局机关|30.00
213|03|05|701001|河堤加固|20.00
213|03|05|701001|水闸维修|10.00
"""
INDICATORS = """
单位名称|项目名称|预算数|年度目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位
某市水政执法支队|巡查经费|20.00|查处违法取水。|产出指标|数量指标|巡查河道|≥|1200|公里
^|^|^|^|产出指标|数量指标|检查船舶|≥|2400|艘次
^|^|^|^|产出指标|成本指标|每公里成本|≤|1.50|万元
^|^|^|^|满意度指标|服务对象满意度|群众满意度|≥|90|%
某市水务局机关|普法宣传|5.00|宣传水法。|产出指标|数量指标|宣传场次|=|12|场
"""


def facts(text: str, title: str) -> dict[tuple[str, str], Fact]:
    return by_place(text, title)


def test_a_row_stands_under_the_agency_that_heads_it() -> None:
    found = facts(BY_AGENCY, "部门支出总表")
    one, other = found["某市水务局机关›培训支出", "合计"], found["某市水政执法支队›培训支出", "合计"]
    assert (one.amount and one.amount.number, other.amount and other.amount.number) == (Decimal("10.00"), Decimal("20.00"))
    assert one.account == "2050803"
    assert found["某市水政执法支队", "基本支出"].account == ""


def test_the_code_of_an_agency_is_no_account() -> None:
    assert {fact.account for fact in facts(CODED, "“三公”经费支出预算表").values()} == {""}


def test_the_account_beside_a_project_is_not_its_own() -> None:
    found = facts(PROJECTS, "项目支出预算表")
    assert found["某市水务局机关›河堤加固", "金额"].account == ""


def test_a_table_by_agency_is_summed_by_agency() -> None:
    for text, title in ((BY_AGENCY, "部门支出总表"), (CODED, "“三公”经费支出预算表"), (PROJECTS, "项目支出预算表")):
        tables = tuple(tables_of([page_from(text, title)], DISCLOSURE))
        done = reconcile(tables, facts_of(tables, DISCLOSURE)[0])
        assert not done.discrepancies and done.tables[0].sums is Sums.HOLD
    wrong = tuple(tables_of([page_from(BY_AGENCY.replace("住房公积金|20.00|20.00", "住房公积金|25.00|25.00"), "部门支出总表")], DISCLOSURE))
    assert reconcile(wrong, facts_of(wrong, DISCLOSURE)[0]).discrepancies


def test_an_indicator_is_in_its_own_unit_and_of_its_project() -> None:
    found = facts(INDICATORS, "项目绩效目标表")
    path = "某市水政执法支队›巡查经费›"
    patrol, ships = found[f"{path}产出指标›数量指标›巡查河道", "指标值"], found[f"{path}产出指标›数量指标›检查船舶", "指标值"]
    assert patrol.amount is not None and (str(patrol.amount.unit), patrol.measure, patrol.basis) == ("公里", Measure.COUNT, Basis.TARGET)
    assert ships.amount is None  # 艘次 is no unit that is known: no figure, rather than 2400万元
    cost, liked = found[f"{path}产出指标›成本指标›每公里成本", "指标值"], found[f"{path}满意度指标›服务对象满意度›群众满意度", "指标值"]
    assert cost.amount is not None and str(cost.amount) == "1.50万元" and liked.amount is not None and str(liked.amount) == "90%"
    assert found["某市水务局机关›普法宣传›产出指标›数量指标›宣传场次", "指标值"].amount is not None
    budget = found["某市水政执法支队›巡查经费", "预算数"].amount
    assert budget is not None and str(budget) == "20.00万元"


def test_a_rate_is_never_money_whatever_the_corner_says() -> None:
    found = facts("三级指标|指标值\n群众满意度|90\n达标率|95\n", "项目绩效目标表")
    assert all(fact.amount is None for fact in found.values()) and found


def test_what_is_carried_over_is_of_the_year_that_spends_it() -> None:
    found = facts("科目编码|科目名称|合计|上年结转安排|上年决算数\n213|农林水支出|9.00|3.00|7.00\n", "一般公共预算支出表")
    years = {path[1]: fact.year for path, fact in found.items()}
    assert years == {"合计": DISCLOSURE.year, "上年结转安排": DISCLOSURE.year, "上年决算数": DISCLOSURE.year - 1}
