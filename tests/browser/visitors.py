"""A browser whose visitors are patient; and the types of what this folder's fixtures give."""

from collections.abc import Callable, Sequence
from typing import Literal

from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, ViewportSize

PATIENCE = 120_000
"""Milliseconds that a step of a walk may take: a slow machine is no fault of the page."""

Started = Callable[[FastAPI], str]
"""Serves an app; gives its address."""
Scheme = Literal["light", "dark"]


class Visitors:
    """Each context is a visitor of its own."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium

    def new_context(
        self, *, viewport: ViewportSize | None = None, locale: str | None = None, color_scheme: Scheme | None = None, permissions: Sequence[str] | None = None
    ) -> BrowserContext:
        context = self._chromium.new_context(viewport=viewport, locale=locale, color_scheme=color_scheme, permissions=permissions)
        context.set_default_timeout(PATIENCE)
        context.set_default_navigation_timeout(PATIENCE)
        return context
