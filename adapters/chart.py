"""The trend of a report as a picture that can be read on a phone: a PNG of a few colours, the same every time.

Drawn by matplotlib's objects on a canvas without a screen. It takes seconds to import, so that is done where a chart
is drawn, or ahead of that by `warm_up`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from threading import Lock
from typing import Any

from bot.reporting.figures import Group
from bot.reporting.periods import period_of

INCHES, DOTS = (6.0, 4.0), 130  # for a card that is 390 wide, at twice the dots
SIZE = 15  # of letters, in points: on a phone they shrink to about half
#: Of Okabe and Ito, told apart by everybody; each also has a mark of its own.
RECEIVED, TRANSMITTED, ON_TIME, FAINT = "#0072B2", "#D55E00", "#009E73", "#C8C8C8"
INKS = ("#000000", RECEIVED, TRANSMITTED, ON_TIME)
#: matplotlib is not made for threads, and reports are drawn in some.
ONE_AT_A_TIME = Lock()


def warm_up() -> None:
    """Import what drawing needs, so that the first who asks for a report need not wait for it."""
    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401


def draw_trend(weeks: Sequence[Group]) -> bytes:
    """Received and transmitted each week above, the share transmitted on time below."""
    with ONE_AT_A_TIME:
        return _drawn(weeks)


def _drawn(weeks: Sequence[Group]) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=INCHES, dpi=DOTS, facecolor="white", layout="constrained")
    canvas: Any = FigureCanvasAgg(figure)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    _counts(above, weeks)
    _rate(below, weeks)
    _dates(below, [period_of(week.key).first for week in weeks])
    canvas.draw()
    return _png(canvas)


def _counts(axes: Any, weeks: Sequence[Group]) -> None:
    for told, colour, mark in ((_received(weeks), RECEIVED, "o"), (_transmitted(weeks), TRANSMITTED, "s")):
        axes.plot(range(len(told)), told, color=colour, marker=mark, markersize=7, linewidth=2.5, clip_on=False)
    most = max((*_received(weeks), *_transmitted(weeks), 4))
    axes.set_ylim(0, most * 1.1)
    axes.set_yticks([0, most // 2, most])
    _title(axes, ("● Received", RECEIVED, 0.0), ("■ Transmitted each week", TRANSMITTED, 0.33))
    _plain(axes)


def _rate(axes: Any, weeks: Sequence[Group]) -> None:
    """Weeks in which nothing was transmitted have no bar."""
    rates = [(n, week.flow.rate) for n, week in enumerate(weeks) if week.flow.rate is not None]
    axes.bar([n for n, _ in rates], [rate for _, rate in rates], color=ON_TIME, width=0.7)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100], ["0", "50", "100%"])
    _title(axes, ("Transmitted on time", ON_TIME, 0.0))
    _plain(axes)


def _title(axes: Any, *parts: tuple[str, str, float]) -> None:
    for text, colour, left in parts:
        axes.text(left, 1.06, text, color=colour, fontsize=SIZE, fontweight="bold", transform=axes.transAxes)


def _plain(axes: Any) -> None:
    """Lines behind the figures and nothing around them."""
    axes.tick_params(labelsize=SIZE, length=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _dates(axes: Any, mondays: Sequence[date]) -> None:
    """Every third week by its Monday, the last one always."""
    shown = range(len(mondays) - 1, -1, -3)
    axes.set_xticks(list(shown), [f"{mondays[n].day} {mondays[n]:%b}" for n in shown])


def _received(weeks: Sequence[Group]) -> list[int]:
    return [week.flow.received for week in weeks]


def _transmitted(weeks: Sequence[Group]) -> list[int]:
    return [week.flow.transmitted for week in weeks]


def _png(canvas: Any) -> bytes:
    """In the inks, their soft edges and nothing else: a card for Teams carries it as text, in 25 KB with all around."""
    from PIL import Image

    drawn = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in _palette() for part in colour])
    out = io.BytesIO()
    drawn.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _palette() -> list[tuple[int, int, int]]:
    from matplotlib.colors import to_rgb

    inks = [to_rgb(ink) for ink in INKS]
    soft = [tuple((part + 1) / 2 for part in ink) for ink in inks]
    return [(round(255 * r), round(255 * g), round(255 * b)) for r, g, b in ((1, 1, 1), to_rgb(FAINT), *inks, *soft)]
