"""Classes of single questions that hostile questions about whole reports brought out: each by the fact that decides it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.amount import Unit, UnitKind
from corpus.fact import Basis, Measure
from corpus.settings import load_settings
from corpus.shelf import Shelf
from ingest.read import read
from qa.answer import answer
from qa.asks import Ask
from qa.question import understand
from qa.reply import Status
from tests.qa.agency_report import CENTRE, agency_shelf
from tests.qa.hand_made import Row, made, shelf_of

PARK = "澜山市园林局"
_SAID = (
    "一、机构设置情况",
    "行政单位1个、全额拨款事业单位2个、差额拨款事业单位1个。",
    "编制人数60人。离退休人员97人，其中：离休2人、退休95人。",
    "二、一般公共预算财政拨款支出决算情况说明",
    "2024年度一般公共预算财政拨款支出800.00万元，其中：基本支出550.00万元，项目支出250.00万元。",
    "1.社会保障和就业支出（类）抚恤（款）死亡抚恤（项）。年初未安排预算，支出决算为40.00万元，支出决算数大于年初预算数的主要原因：年中按实际发生追加。",
    "2.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）。年初预算为50.00万元，支出决算为60.00万元，支出决算数大于年初预算数的主要原因：为退休人员做实记账。",
    "三、“三公”经费情况说明",
    "“三公”经费支出全年预算为57.20万元，支出决算为49.46万元，比上年增加11.51万元。决算数较上年增加的主要原因：报废更新公务用车1辆。",
    "国内公务接待支出2.63万元，主要用于对口支援地区来访交流，全年国内公务接待31批次、246人次。",
    "四、政府采购支出说明",
    "政府采购支出总额1,000.00万元，其中：政府采购货物支出100.00万元、政府采购工程支出300.00万元、政府采购服务支出600.00万元。"
    "授予中小企业合同金额800.00万元，占政府采购支出总额的80.00%，其中：授予小微企业合同金额600.00万元，占授予中小企业合同金额的75.00%。",
    "五、国有资产占用情况",
    "共有车辆19辆，其中：应急保障用车2辆、其他用车17辆；单价100万元（含）以上设备（不含车辆）2台（套）。",
    "六、预算绩效情况",
    "组织开展绩效自评，共涉及项目17个，资金250.00万元。",
    "1.东湖公园养护项目绩效自评综述：项目全年预算数为180.00万元，执行数为146.32万元。",
    "2.口袋花园建设项目绩效自评综述：项目全年预算数为50.00万元，执行数为46.75万元。",
    "发现的主要问题：辖区24个居委中仅17个设有便民驿站。",
    "七、其他情况",
    "上年整治河道42公里，2024年整治河道50公里。",
)
_CLASSES = (
    ("合计", "", "850.00", "600.00", "250.00"), ("208", "社会保障和就业支出", "200.00", "200.00", ""), ("20808", "抚恤", "40.00", "40.00", ""),
    ("2080801", "死亡抚恤", "40.00", "40.00", ""), ("20805", "行政事业单位养老支出", "160.00", "160.00", ""), ("213", "农林水支出", "550.00", "300.00", "250.00"),
    ("21302", "林业和草原", "550.00", "300.00", "250.00"), ("2130204", "事业机构", "250.00", "250.00", ""), ("2130205", "森林资源培育", "300.00", "50.00", "250.00"),
    ("221", "住房保障支出", "100.00", "100.00", ""), ("22102", "住房改革支出", "40.00", "40.00", ""), ("22103", "城乡社区住宅", "30.00", "30.00", ""),
)  # fmt: skip
_INCOME = (
    ("合计", "", "800.00"), ("208", "社会保障和就业支出", "200.00"), ("213", "农林水支出", "600.00"), ("21302", "林业和草原", "600.00"), ("2130204", "事业机构", "350.00"),
    ("2130205", "森林资源培育", "250.00"),
)  # fmt: skip
_BASIC = (("301", "工资福利支出", "400.00"), ("30102", "津贴补贴", "250.00"), ("30107", "绩效工资", "150.00"))
TEN_THOUSANDS = Unit("万人次", UnitKind.COUNT, Decimal(10000), "人次")


def _table(title: str, head: tuple[str, ...], cells: tuple[tuple[str, ...], ...]) -> str:
    printed = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (head, *cells))
    return f"<p>{title}</p><p>部门：{PARK}　单位：万元</p><table>{printed}</table>"


def _general() -> tuple[tuple[str, ...], ...]:
    """Of 一般公共预算: less was spent on 农林水 than of all the money."""
    less = {"合计": ("800.00", "550.00"), "213": ("500.00", "250.00"), "21302": ("500.00", "250.00"), "2130204": ("200.00", "200.00")}
    return tuple((code, name, *less[code], "" if code == "2130204" else "250.00") if code in less else (code, name, *rest) for code, name, *rest in _CLASSES)


def _page(path: Path) -> Path:
    head = ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
    tables = (
        _table("收入决算表", ("科目编码", "科目名称", "本年收入合计"), _INCOME), _table("支出决算表", head, _CLASSES),
        _table("一般公共预算财政拨款支出决算表", ("科目编码", "科目名称", "合计", "基本支出", "项目支出"), _general()),
        _table("一般公共预算财政拨款基本支出决算表", ("科目编码", "科目名称", "决算数"), _BASIC),
    )  # fmt: skip
    said = "".join(f"<h2>{line}</h2>" if line[1:2] == "、" else f"<p>{line}</p>" for line in _SAID)
    title = f"{PARK}2024年度部门决算"
    path.write_text(f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>{said}{"".join(tables)}</body></html>', encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = Path(tmp_path_factory.mktemp("eighth"))
    opened = Shelf.open(load_settings(shelf=folder / "shelf"))
    path = _page(folder / f"{PARK}2024年度部门决算.html")
    opened.save(read(path), path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def agencies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = agency_shelf(Path(tmp_path_factory.mktemp("eighth_agencies")))
    yield opened
    opened.close()


def told(question: str, shelf: Shelf) -> str:
    reply = answer(f"{PARK}2024年{question}", shelf)
    return reply.text if reply.status is Status.ANSWERED else ""


def test_classes_of_a_whole_are_no_basic_and_project_expenditure(park: Shelf) -> None:
    assert told("一般公共预算财政拨款支出里哪一类占得最多？", park).startswith("“农林水支出”")


def test_the_largest_of_a_class_is_sought_among_what_was_spent(park: Shelf) -> None:
    text = told("农林水支出里最大的一项是什么", park)
    assert text.startswith("“森林资源培育”较多，为300.00万元") and "350.00" not in text


def test_rows_that_do_not_come_to_their_class_name_no_largest(park: Shelf) -> None:
    assert "养老" in told("社会保障和就业支出里最大的一项是什么", park) and not told("住房保障支出里最大的一项是什么", park)


def test_a_count_ends_at_its_figure(park: Shelf) -> None:
    assert told("离退休人员有多少人", park).startswith("97人") and not told("离退休人员里，退休的有多少人？", park).startswith("97人")


def test_what_money_went_to_is_not_what_is_counted(park: Shelf) -> None:
    assert told("国内公务接待几批", park).startswith("31批次") and not told("对口支援地区来的接待有几批？", park)


def test_those_that_have_a_thing_are_counted_not_the_thing(park: Shelf) -> None:
    assert not told("一共有几个便民驿站", park)


def test_how_much_money_a_part_takes_is_an_amount(park: Shelf) -> None:
    assert understand("支出合计里头，项目支出占了多少钱？", ()).ask is Ask.LOOKUP and understand("项目支出占支出合计的多少？", ()).ask is Ask.SHARE


def test_by_how_much_is_told_besides_which(park: Shelf) -> None:
    text = told("津贴补贴和绩效工资哪个多，多多少？", park)
    assert "“津贴补贴”较多" in text and "相差100.00万元" in text


@pytest.mark.parametrize("asked", ["三公经费怎么反而涨了？", "三公经费咋还涨了？", "三公经费较上年增加的主要原因"])
def test_a_why_in_any_words_is_answered_with_the_reason(park: Shelf, asked: str) -> None:
    assert "报废更新公务用车" in told(asked, park)


def test_an_item_that_was_not_budgeted_keeps_its_reason(park: Shelf) -> None:
    assert "年中按实际发生追加" in told("死亡抚恤为什么超预算", park)


def test_a_pension_is_explained_by_whatever_name_the_report_gives_it(park: Shelf) -> None:
    assert "做实记账" in told("职业年金为什么比年初预算多出两成？", park)


def test_small_firms_are_no_middling_ones(park: Shelf) -> None:
    assert "60.00%" in told("授予小微企业合同占政府采购总额的百分之几", park)
    assert "80.00%" in told("授予中小企业合同占政府采购总额的百分之几", park)


def test_kinds_named_behind_their_whole_are_its_kinds(park: Shelf) -> None:
    assert told("政府采购的货物、工程、服务，哪一块最大？", park).startswith("“政府采购服务支出”最多")


def test_units_that_the_state_pays_in_part_are_no_difference(park: Shelf) -> None:
    assert told("差额拨款单位有几个", park).startswith("1个")


def test_what_is_not_spent_is_never_what_was(park: Shelf) -> None:
    assert "850.00万元" not in told("还有多少钱没花", park)


def test_a_project_told_in_prose_is_asked_for_by_its_name(park: Shelf) -> None:
    assert not told("自评项目的资金有多少", park) and "46.75万元" in told("口袋花园建设项目执行数多少", park)


def test_a_budget_that_the_question_tells_is_not_what_was_spent(park: Shelf) -> None:
    assert "49.46万元" in told("三公经费预算57.20万元花了多少", park)


def test_ten_thousands_of_people_stay_so(tmp_path: Path) -> None:
    row = Row(("数量指标", "社区助餐服务人次"), "13.26", TEN_THOUSANDS, Measure.COUNT, Basis.ACTUAL, form="绩效自评表", column=("实际完成值",))
    assert "13.26万人次" in told("社区助餐服务实际多少人次", shelf_of(tmp_path, made(PARK, "澜山市园林局", 2024, (row,))))


def test_a_quotation_holds_the_figure_of_its_own_unit(park: Shelf) -> None:
    assert "以上设备" in told("100万元以上设备几台", park)


def test_cars_in_all_are_counted_in_cars(park: Shelf) -> None:
    (value, *_) = answer(f"{PARK}2024年车辆总数", park).values
    assert value.amount.unit.kind is UnitKind.COUNT and str(value.amount) == "19辆"


def test_a_year_is_sought_among_years(park: Shelf) -> None:
    assert not told("哪年花得多", park)


def test_how_many_more_than_last_year_is_never_the_years_own(park: Shelf) -> None:
    assert not told("整治河道比上年多几公里", park).startswith("50公里")


def test_an_agencys_row_is_held_against_no_departments(agencies: Shelf) -> None:
    for asked in ("住房公积金", "支出"):
        reply = answer(f"{CENTRE}2025年{asked}多少", agencies)
        assert reply.status is Status.ANSWERED and not any("口径；" in notice for notice in reply.notices)


def test_by_how_much_is_told_of_agencies_too(agencies: Shelf) -> None:
    assert "相差210.00万元" in answer("管护中心和监测站哪个支出多，多多少", agencies).text


def test_a_target_is_asked_for_and_never_what_was_done(tmp_path: Path) -> None:
    things = Unit("株", UnitKind.COUNT, Decimal(1), "株")
    told_of = (Row(("除治枯树",), "3860", things, Measure.COUNT, Basis.NONE), Row(("除治枯树",), "3500", things, Measure.COUNT, Basis.TARGET, form="重点工作表", column=("年度目标",)))
    shelf = shelf_of(tmp_path, made(PARK, "澜山市园林局", 2024, told_of))
    assert "3,500株" in told("除治枯树目标多少株", shelf)
    assert understand("有多少个项目编了绩效目标？", ()).basis is Basis.NONE


def test_a_budget_without_an_item_is_no_one_forms_total(tmp_path: Path) -> None:
    row = Row(("合计",), "57.20", basis=Basis.BUDGET, form="三公经费表", column=("预算数",))
    assert not told("预算总额多少", shelf_of(tmp_path, made(PARK, "澜山市园林局", 2024, (row,))))
