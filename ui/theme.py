"""The look of the page: one accent colour, light and dark, fonts that the reader's machine has; no outside host."""

from pathlib import Path

import gradio as gr

HERE = Path(__file__).parent
ACCENT = gr.themes.Color(
    c50="#eefaf7", c100="#d3f2ea", c200="#a8e4d6", c300="#74d0bd", c400="#43b5a0", c500="#1f9684",
    c600="#0b766a", c700="#0b6057", c800="#0d4d47", c900="#0f403c", c950="#042623", name="accent",
)  # fmt: skip
NEUTRAL = gr.themes.Color(
    c50="#fafaf8", c100="#f3f3f0", c200="#e5e5e0", c300="#d2d2cc", c400="#a3a39c", c500="#73736c",
    c600="#54544e", c700="#3f3f3b", c800="#282826", c900="#1b1b1a", c950="#121211", name="neutral",
)  # fmt: skip
FONTS = tuple(
    gr.themes.Font(name)
    for name in (
        "-apple-system", "BlinkMacSystemFont", "Segoe UI", "PingFang SC", "Hiragino Sans GB", "HarmonyOS Sans SC",
        "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "sans-serif",
    )
)  # fmt: skip
MONO = tuple(gr.themes.Font(name) for name in ("ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace"))


def theme() -> gr.themes.Base:
    base = gr.themes.Base(primary_hue=ACCENT, secondary_hue=ACCENT, neutral_hue=NEUTRAL, font=FONTS, font_mono=MONO)
    return base.set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        body_text_color="*neutral_900",
        body_text_color_dark="*neutral_100",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_700",
        button_primary_text_color="white",
        block_border_width="0px",
        block_shadow="none",
        input_background_fill="white",
        input_background_fill_dark="*neutral_900",
    )


def head() -> str:
    """Our rules go into the head whole: handed over as `css`, Gradio scopes them and rules on `body` match nothing."""
    rules, notices = ((HERE / name).read_text(encoding="utf-8") for name in ("page.css", "notices.js"))
    return f"<style>{rules}</style><script>{notices}</script>"


def script() -> str:
    return (HERE / "page.js").read_text(encoding="utf-8")
