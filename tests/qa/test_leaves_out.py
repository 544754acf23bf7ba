"""A question that leaves a part out is never answered with that part, in whatever words it says so."""

import pytest

from qa.question import leaves_out
from qa.without import _of_all_alone


@pytest.mark.parametrize(
    "asked",
    ["2022年除了农林水支出，别的支出加起来多少？", "三公经费里刨掉公车还剩多少？", "三公经费没花在公车上的有多少？", "接待的人次里，陪同的不算，是多少人次？"],
)
def test_words_that_leave_something_out_are_heard(asked: str) -> None:
    assert leaves_out(asked)


@pytest.mark.parametrize("asked", ["2022年公务接待费没花完多少？", "除了公务接待费，还花了什么钱？", "设备（不含车辆）有多少台？"])
def test_words_that_leave_nothing_out_are_not(asked: str) -> None:
    assert not leaves_out(asked)


def test_all_project_spending_is_no_part_of_one_item() -> None:
    assert _of_all_alone("项目支出", "城乡社区支出")
    assert not _of_all_alone("项目支出", "本年支出")
    assert not _of_all_alone("人员经费", "城乡社区支出")
