"""Pages → blocks and chunks: paragraphs over lines and pages, headings, contents, furniture, definitions."""

from corpus.chunk import ChunkKind
from corpus.fact import Origin
from ingest.blocks import BlockKind, Blocks, blocks_of, boxes_of
from ingest.chunks import chunks_of
from ingest.lines import lines_of
from ingest.numbering import is_heading, level_of, unnumbered
from ingest.page import Grid, Line, Page
from tests.ingest.test_lines import signs

LEFT, EM, WIDTH = 80.0, 15.0, 30
"""A page of 30 signs a line."""


def line(text: str, row: int, indent: float = 0.0, size: float = EM) -> Line:
    return lines_of(signs(text, LEFT + indent * EM, 100 + 25.0 * row, size))[0]


def centred(text: str, row: int, size: float = EM) -> Line:
    wide = sum(size / 2 if c.isascii() else size for c in text)
    return lines_of(signs(text, (LEFT + (LEFT + WIDTH * EM)) / 2 - wide / 2, 100 + 25.0 * row, size))[0]


def page(number: int, *lines: Line, grids: tuple[Grid, ...] = ()) -> Page:
    return Page(number, 2 * LEFT + WIDTH * EM, 842, lines, grids, Origin.TEXT)


FILLER = [line("填" * WIDTH, row) for row in range(20, 23)]
"""Full lines, so that a short test page has margins."""


def kinds(blocks: Blocks) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in blocks.blocks if not block.text.startswith("填")]


def paragraphs(blocks: Blocks) -> list[str]:
    return [text for kind, text in kinds(blocks) if kind is BlockKind.PARAGRAPH]


def test_a_paragraph_is_joined_over_its_lines() -> None:
    found = blocks_of([page(1, line("本" * 28, 0, 2), line("年支出307.82万元。", 1), *FILLER)])
    assert paragraphs(found) == ["本" * 28 + "年支出307.82万元。"]


def test_a_paragraph_runs_over_a_page_break_and_a_page_number() -> None:
    foot = lines_of(signs("— 17 —", 280, 800))[0]
    first = page(1, *FILLER, line("支" * 28, 26, 2), foot)
    second = page(2, line("出，增长100.00%。", 0), line("另一段。", 1, 2), *FILLER)
    assert paragraphs(blocks_of([first, second])) == ["支" * 28 + "出，增长100.00%。", "另一段。"]


def test_a_line_cut_short_by_the_page_break_goes_on_when_no_stop_closes_it() -> None:
    first = page(1, *FILLER, line("会议任务", 26, 2))
    second = page(2, line("进行逐项责任分解。", 0), *FILLER)
    assert paragraphs(blocks_of([first, second])) == ["会议任务进行逐项责任分解。"]


def test_what_begins_no_paragraph_goes_on_with_the_line_before() -> None:
    """普陀区生态环境局 2025: 住房公积金|（项），主要用于… is one sentence though its first line is short and numbered."""
    found = blocks_of([page(1, line("19.住房保障支出（类）住房改革支出（款）住房公积金", 0, 2), line("（项），主要用于支付住房公积金。支出决算为5万元。", 1), *FILLER)])
    assert paragraphs(found) == ["19.住房保障支出（类）住房改革支出（款）住房公积金（项），主要用于支付住房公积金。支出决算为5万元。"]


def test_a_full_line_with_a_number_too_wide_for_it_runs_on() -> None:
    found = blocks_of([page(1, line("总" * 23, 0, 2), line("24458.43万元。", 1), *FILLER)])
    assert paragraphs(found) == ["总" * 23 + "24458.43万元。"]


def test_an_indented_line_begins_a_paragraph_though_the_one_before_is_full() -> None:
    found = blocks_of([page(1, line("本" * 28, 0, 2), line("另" * 10 + "。", 1, 2), *FILLER)])
    assert len(paragraphs(found)) == 2


def test_latin_words_keep_a_space_where_the_line_broke() -> None:
    found = blocks_of([page(1, line("项" * 25 + " public", 0, 2), line("finance。", 1), *FILLER)])
    assert "public finance" in paragraphs(found)[0]


def test_a_numbered_item_that_states_an_amount_is_no_heading() -> None:
    assert not is_heading("1.“一般公共服务支出（类）统计信息事务（款）专项普查活动（项）”25.77万元，主要用于普查")
    assert not is_heading("7、负责厅机关及所属单位的干部人事管理和党建工作。")
    assert not is_heading("（一）人员经费8308.53万元")
    assert is_heading("（一）一般公共预算安排情况")
    assert is_heading("三、贯彻新理念,坚持高质量,确保完成预算任务")
    assert is_heading("十三、预算绩效情况说明")


def test_a_numbered_item_with_nothing_under_it_is_no_heading_and_not_lost() -> None:
    """硚口 2022: the list of agencies has one item, 1.…（本级）, and the next part begins below it."""
    items = [line("围的二级预算单位包括：", 24, 2), line("1.某某区人民政府办公室（本级）", 25, 2)]
    found = blocks_of([page(1, *FILLER, *items), page(2, centred("第二部分 决算表", 0), *FILLER)])
    assert paragraphs(found) == ["围的二级预算单位包括：", "1.某某区人民政府办公室（本级）"]


def test_levels_follow_the_numbers() -> None:
    texts = ["第一部分 概况", "一、职能", "（一）收入", "1.全市", "(1)购置费", "概况", "2.5亿元"]
    assert [level_of(text) for text in texts] == [1, 2, 3, 4, 5, 0, 0]
    assert unnumbered("（七）“三公”经费") == "“三公”经费"


def test_a_centred_title_over_two_lines_is_one_heading() -> None:
    found = blocks_of([page(1, centred("第三部分 某某部2024年度部门决算情况", 0), centred("说明", 1), *FILLER)])
    assert kinds(found) == [(BlockKind.HEADING, "第三部分 某某部2024年度部门决算情况说明")]


def test_running_heads_and_page_numbers_are_no_passage() -> None:
    def one(number: int) -> Page:
        head = lines_of(signs(f"某某局{2020 + number}年度部门决算公开", 200, 50))[0]
        foot = lines_of(signs(f"第{number}页 共3页", 280, 810))[0]
        return page(number, head, *FILLER, line(f"第{'一二三'[number - 1]}页的话。", 24, 2), foot)

    assert paragraphs(blocks_of([one(1), one(2), one(3)])) == ["第一页的话。", "第二页的话。", "第三页的话。"]


def test_a_table_title_repeated_on_each_page_is_no_running_head() -> None:
    """宁夏 2023 repeats the title above each of the 30 parts of a table."""
    def one(number: int) -> Page:
        title = centred("2023年全区支出决算表", -2, 20)
        grid = Grid(number, (80, 70, 530, 400), 1, 2, (), (80, 300, 530), Origin.TEXT)
        return page(number, title, grids=(grid,))

    assert [text for _, text in kinds(blocks_of([one(1), one(2), one(3)]))] == ["2023年全区支出决算表"] * 3


def test_contents_are_kept_apart_from_the_passages() -> None:
    entries = [line("第一部分 概况.......... 1", 2), line("一、主要职能.......... 1", 3), line("第二部分 情况说明.......... 5", 4)]
    body = page(2, centred("第一部分 概况", 0), line("一、主要职能", 1, 2), line("负责某事。", 2, 2), *FILLER)
    found = blocks_of([page(1, centred("目录", 0), *entries), body])
    assert [(entry.text, entry.printed, entry.page) for entry in found.contents] == [
        ("第一部分 概况", 1, 1),
        ("一、主要职能", 1, 1),
        ("第二部分 情况说明", 5, 1),
    ]
    assert [text for _, text in kinds(found)] == ["第一部分 概况", "一、主要职能", "负责某事。"]


def test_contents_end_where_their_first_entry_begins_the_body_on_the_same_page() -> None:
    """江苏 2017: 目录 runs on to page 2, and 第一部分 begins below it."""
    first = page(1, centred("目录", 0), line("第一部分 部门概况", 1), line("第二部分 预算表", 2))
    second = page(2, line("第三部分 名词解释", 0), centred("第一部分 部门概况", 3), line("一、主要职能", 4, 2), *FILLER)
    found = blocks_of([first, second])
    assert [entry.text for entry in found.contents] == ["第一部分 部门概况", "第二部分 预算表", "第三部分 名词解释"]
    assert [text for _, text in kinds(found)] == ["第一部分 部门概况", "一、主要职能"]


def test_the_place_of_every_character_is_known() -> None:
    found = blocks_of([page(1, line("本" * 28, 0, 2), line("年支出307.82万元。", 1), *FILLER)])
    block = found.blocks[0]
    start = block.text.index("307.82")
    ((number, box),) = boxes_of(block, start, start + 6)
    assert number == 1
    assert box[0] == LEFT + 3 * EM and box[2] == LEFT + 6 * EM
    assert len(boxes_of(block)) == 2


def test_a_unit_line_above_a_table_is_no_passage() -> None:
    grid = Grid(1, (80, 180, 530, 400), 1, 2, (), (80, 300, 530), Origin.TEXT)
    found = blocks_of([page(1, *FILLER, centred("收入决算表", 1), line("单位：万元", 2, 24), grids=(grid,))])
    assert kinds(found) == [(BlockKind.HEADING, "收入决算表"), (BlockKind.CAPTION, "单位：万元")]


def test_each_definition_is_a_chunk_that_begins_with_its_term() -> None:
    body = [
        centred("第四部分 名词解释", 0),
        line("一、财政拨款收入：指本级财政拨付的资金。", 1, 2),
        line("二、“三公”经费：是指三项经费。", 2, 2),
        line("其中包括公务接待费，按规定开支。", 3, 2),
        line("附：绩效自评表", 4, 2),
    ]
    chunks = [c for c in chunks_of(blocks_of([page(1, *body, *FILLER)]).blocks, "d", "f") if "填" not in c.text]
    assert [(chunk.kind, chunk.text) for chunk in chunks] == [
        (ChunkKind.DEFINITION, "财政拨款收入：指本级财政拨付的资金。"),
        (ChunkKind.DEFINITION, "“三公”经费：是指三项经费。\n其中包括公务接待费，按规定开支。"),
        (ChunkKind.PARAGRAPH, "附：绩效自评表"),
    ]
    assert chunks[0].headings == ("第四部分 名词解释",)
    assert chunks[0].sources[0].box is not None and chunks[0].sources[0].box[0] == LEFT + 4 * EM


def test_a_paragraph_without_a_full_stop_is_one_chunk_however_long() -> None:
    """A spoilt file had one of 900 characters, and the whole file could not be read for it."""
    body = [line("收入支出" * 8, row) for row in range(30)]
    chunks = chunks_of(blocks_of([page(1, *body)]).blocks, "d", "f")
    assert [chunk.text for chunk in chunks] == ["收入支出" * 240]


def test_a_short_list_stays_with_its_lead_in_but_amounts_stand_alone() -> None:
    body = [line("本部门下属单位包括：", 0, 2), line("1.某某中心。", 1, 2), line("2.某某站。", 2, 2)]
    money = [line("其中：", 3, 2), line("1.办公费3.78万元。", 4, 2)]
    chunks = chunks_of(blocks_of([page(1, *body, *money, *FILLER)]).blocks, "d", "f")
    assert [chunk.text for chunk in chunks][:3] == [
        "本部门下属单位包括：\n1.某某中心。\n2.某某站。\n其中：",
        "1.办公费3.78万元。",
        "填" * WIDTH * 3,
    ]


def test_a_long_paragraph_is_cut_between_sentences_and_nothing_is_lost() -> None:
    sentence = "支" * 99 + "。"
    text = sentence * 9
    rows = [line(text[k : k + WIDTH], row, 0) for row, k in enumerate(range(0, len(text), WIDTH))]
    chunks = chunks_of(blocks_of([page(1, *rows)]).blocks, "d", "f")
    assert [len(chunk.text) for chunk in chunks] == [700, 200]
    assert "".join(chunk.text for chunk in chunks) == text


def test_a_purpose_behind_a_colon_goes_on_in_the_next_line() -> None:
    found = blocks_of([page(1, line("1.“群众文化（项）”2026年度预算18万元，主要用于：", 0, 2), line("社区活动。2025年当年预算执行数为62.51万元。", 1), *FILLER)])
    assert paragraphs(found) == ["1.“群众文化（项）”2026年度预算18万元，主要用于：社区活动。2025年当年预算执行数为62.51万元。"]


def test_the_name_of_an_account_torn_in_the_middle_is_one_name() -> None:
    found = blocks_of([page(1, line("9.环保支出（类）管理（款）行政运", 0, 2), line("行（项），年初预算为5万元，支出决算为6万元。", 1), *FILLER)])
    assert paragraphs(found) == ["9.环保支出（类）管理（款）行政运行（项），年初预算为5万元，支出决算为6万元。"]
