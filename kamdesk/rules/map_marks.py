"""The mark of stance: a shape for each value, so that it is read without colour.

Triangles point up for us and down against us: an empty one ±1, a full one ±2, two full ones ±3; a ring is neutral, a question
mark is unknown.
"""

from __future__ import annotations

from kamdesk.model.influence import Ellipse, Polygon, Primitive, Rect, Text


def stance_mark(stance: int | None, x: float, y: float, size: float = 13, node: str = "") -> list[Primitive]:
    """The mark around a centre, about ``size`` pixels high and wide."""
    if stance is None:
        text = Text(
            x, y + size * 0.38, "?", size, bold=True, anchor="middle", colour="stance_none", node=node
        )
        return [text]
    role = f"stance_{max(-3, min(3, stance))}"
    half = size / 2
    if stance == 0:
        ring = Rect(x - half * 0.75, y - half * 0.75, half * 1.5, half * 1.5)
        return [Ellipse(ring, stroke=role, width=2, node=node)]
    up = 1 if stance > 0 else -1
    if abs(stance) == 1:
        return [Polygon(_triangle(x, y, half * 0.9, half * 0.85, up), stroke=role, width=1.7, node=node)]
    if abs(stance) == 2:
        return [Polygon(_triangle(x, y, half, half * 0.95, up), fill=role, node=node)]
    return [
        Polygon(_triangle(x, y + shift, half, half * 0.5, up), fill=role, node=node)
        for shift in (-half * 0.56, half * 0.56)
    ]


def _triangle(x: float, y: float, half_w: float, half_h: float, up: int) -> tuple[tuple[float, float], ...]:
    return ((x, y - up * half_h), (x - half_w, y + up * half_h), (x + half_w, y + up * half_h))
