"""The strip at the bottom: whether all is saved, what is running and how to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from kamdesk.desktop.jobs import JobState
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import IconLabel, label, set_look, tool_button
from kamdesk.model.messages import Message


class StatusStrip(QFrame):
    """Follows ``kit.commands`` and ``kit.jobs`` by itself."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._job: JobState | None = None
        _ = kit.words.gettext
        set_look(self, "strip")
        self._picture = IconLabel(kit, "ok", 16, "success")
        self._saved = label(kit, look="caption")
        self._what = label(kit, look="caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._cancel = tool_button(kit, lambda: _("Cancel this work"), "close", self._cancel_job)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 2, 14, 2)
        self._row.setSpacing(8)
        self._row.addWidget(self._picture)
        self._row.addWidget(self._saved)
        self._row.addStretch(1)
        self._row.addWidget(self._what)
        self._row.addWidget(self._bar)
        self._row.addWidget(self._cancel)
        kit.commands.busy_changed.connect(self._say)
        kit.jobs.changed.connect(self._show_jobs)
        kit.words.bind(self, self._say)
        kit.words.bind(self, lambda: self._bar.setAccessibleName(_("Progress")))
        self._show_jobs(kit.jobs.running)
        self.setFixedHeight(kit.theme.px(34))
        kit.theme.changed.connect(self._resize)

    def add(self, widget: QWidget) -> None:
        """Add something quiet at the right (the last backup when it is old)."""
        self._row.addWidget(widget)

    def saved_text(self) -> str:
        """What the strip says about saving."""
        return self._saved.text()

    def job_text(self) -> str:
        """What the strip says about the running job."""
        return self._what.text()

    def _resize(self) -> None:
        self.setFixedHeight(self._kit.theme.px(34))

    def _say(self) -> None:
        _ = self._kit.words.gettext
        busy = self._kit.commands.busy
        self._saved.setText(_("Saving…") if busy else _("All changes saved"))
        self._picture.set_icon("refresh" if busy else "ok", "muted" if busy else "success")
        self._show_jobs(self._kit.jobs.running)

    def _show_jobs(self, states: list[JobState]) -> None:
        self._job = states[0] if states else None
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(self._job is not None)
        if self._job is None:
            return
        job, _ = self._job, self._kit.words.gettext
        what = self._kit.words.message(job.what) if isinstance(job.what, Message) else job.what
        parts = [job.title, _("Stopping…") if job.cancelling else what]
        if len(states) > 1:
            more = self._kit.words.ngettext("{n} more", "{n} more", len(states) - 1)
            parts.append(more.format(n=len(states) - 1))
        self._what.setText(" · ".join(part for part in parts if part))
        self._bar.setRange(0, job.total)
        self._bar.setValue(job.done)
        self._cancel.setEnabled(not job.cancelling)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._kit.jobs.cancel(self._job.number)
