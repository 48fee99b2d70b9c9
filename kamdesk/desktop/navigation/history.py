"""Where one was: back and forward, as in a browser. Knows no widget."""

from __future__ import annotations

from kamdesk.desktop.navigation.target import Target

_MOST = 100


class History:
    """The visited targets and the place among them."""

    def __init__(self) -> None:
        self._visited: list[Target] = []
        self._at = -1

    @property
    def current(self) -> Target | None:
        """Where one is."""
        return self._visited[self._at] if self._visited else None

    def visit(self, target: Target) -> None:
        """Go on to a target; what lay forward is forgotten. The same place again is no step."""
        if target == self.current:
            return
        del self._visited[self._at + 1 :]
        self._visited.append(target)
        del self._visited[:-_MOST]
        self._at = len(self._visited) - 1

    def replace(self, target: Target) -> None:
        """Say that the present place has another name now (another tab of the page)."""
        if self._visited:
            self._visited[self._at] = target

    def can_go(self, step: int) -> bool:
        """Whether −1 (back) or +1 (forward) leads anywhere."""
        return 0 <= self._at + step < len(self._visited)

    def go(self, step: int) -> Target | None:
        """Step back (−1) or forward (+1); None where there is nothing."""
        if not self.can_go(step):
            return None
        self._at += step
        return self._visited[self._at]

    def forget(self, kind: str, record: str) -> None:
        """Take a record that no longer exists out of the history."""
        kept = [target for target in self._visited if (target.kind, target.id) != (kind, record)]
        before = sum((target.kind, target.id) != (kind, record) for target in self._visited[: self._at + 1])
        self._visited, self._at = kept, min(max(before - 1, 0), len(kept) - 1)
