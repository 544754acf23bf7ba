"""What the server does → counters for Prometheus, and the page `/metrics` that shows them. Numbers only: no question, no name."""

from collections.abc import Callable
from math import nan

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from corpus.errors import MingzhangError

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
MEDIA_TYPE = CONTENT_TYPE_LATEST


class Counters:
    """One set a site, not one a process: two sites in one process do not count each other's visitors."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = self._counter("questions", "回答的问题，按结果：answered、refused、clarify、error", "status")
        self.dropped = self._counter("figures_dropped", "因为追溯不到报告而没有给读者看的数字和句子")
        self.checks = self._counter("checks", "核查的文字，按结果：ok、error", "status")
        self.claims = self._counter("claims", "核查过的数字，按判断", "verdict")
        self.audits = self._counter("audits", "体检的报告，按结果：ok、error", "status")
        self.uploads = self._counter("uploads", "添加的报告，按结果：ok、error", "status")
        self.errors = self._counter("errors", "出错，按种类", "kind")
        self.turned_away = self._counter("turned_away", "因为超过限制而没有受理的请求，按限制", "limit")
        self.requests = self._counter("http_requests", "HTTP 请求，按状态", "code")
        self.seconds = Histogram(
            "mingzhang_seconds", "用时（秒），按阶段", ("stage",), buckets=SECONDS, registry=self.registry
        )
        self._reports = Gauge("mingzhang_reports", "报告库里的报告数", registry=self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"mingzhang_{name}", told, labels, registry=self.registry)

    def watch_reports(self, count: Callable[[], float]) -> None:
        """How many reports there are is asked when someone looks; where the store cannot be asked, the other counters stand."""

        def counted() -> float:
            try:
                return count()
            except MingzhangError:
                return nan

        self._reports.set_function(counted)

    def page(self) -> bytes:
        return generate_latest(self.registry)
