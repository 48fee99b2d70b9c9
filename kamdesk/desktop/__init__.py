"""The windows. Only this package imports PySide6.

How to write a page
===================

A page is two files in ``desktop/pages``: what it looks like and what it does. Both get a ``Kit`` (``desktop/kit.py``): words, theme, icons,
settings, the two lanes of work (``commands`` for edits, ``queries`` for reads), ``jobs``, vocabularies and typed forms.

``client_view.py``, the looks; no service is known here::

    class ClientView(PageBase):
        def __init__(self, kit: Kit) -> None:
            super().__init__(kit)
            _ = kit.words.gettext
            self.name = InlineText(kit, lambda: _("Name"))
            self.people = Section(kit, lambda: _("Who decides"), add=lambda: _("Add a person"))
            self.people.body.addWidget(self.name)
            self.body.addWidget(self.people)

``client.py``, the behaviour; services are given to the constructor::

    class ClientPage(ClientView):
        def __init__(self, kit: Kit, services: Services) -> None:
            super().__init__(kit)
            self._services = services
            self.name.on_save(self._rename)

        def open(self, target: Target) -> None:
            self._id = target.id
            self.kit.queries.run(lambda: self._services.client(target.id), self._show, owner=self)

        def refresh(self, changes: object) -> None:
            if self._id in changes.ids:
                self.open(Target("client", self._id))

        def _show(self, client: ClientPageData) -> None:
            self.set_title(lambda: client.name)
            self.name.set_value(client.name)

        def _rename(self, name: str) -> None:
            self.kit.commands.run(lambda: self._services.rename(self._id, name), failed=self.name.show_problem)

and in ``bootstrap``: ``window.add_page_kind("client", lambda target: ClientPage(kit, services), section="clients")``.

The rules
=========

- Words are handed over as callables (``Say``) with a literal inside: ``lambda: _("Name")``. They are called again after a switch of the
  language; where a page sets words itself it uses ``kit.words.bind(widget, …)``.
- A service is never called in the GUI thread: reads go through ``kit.queries.run``, edits through ``kit.commands.run``, long work through
  ``kit.jobs.start``. Give ``owner=self``, so that an answer for a page that is gone is dropped.
- A problem is shown beside its cause: ``failed=editor.show_problem``. Without ``failed`` it becomes a notice.
- What can be done is declared as data (``actions.py``): ``Actions(page, kit.words, kit.icons).declare(SPECS, handlers)``; the box (Ctrl+K)
  offers the actions of the shown page.
- Panels with personal content: ``mark_private(widget)`` (``widgets/private.py``), F9 covers them.
- Every control that takes the focus has an accessible name; the builders of ``widgets/basic.py`` see to it.
- Icons by name from ``resources/icons``: ``kit.icons.icon("person")``; colours only from ``kit.theme.colour("muted")``.

The parts
=========

- looks: ``theme palette style_sheet icons`` · words: ``live`` · ``kit settings jobs actions latin_keys qt_setup``
- the window: ``main_window*``, ``navigation/`` (``Target``, ``Hit``)
- ``widgets/basic`` builders (label, button, tool_button, action_button, rows, columns, IconLabel, clear)
- ``widgets/page`` PageBase · ``list_page`` ListPage over ``models/rows.Column`` · ``tabs`` PageTabs, ``scroll`` ScrollColumn, ``two_columns``
- ``section`` Section, Card, FieldList · ``cards`` FactCard, EmptyState, Avatar · ``notice`` · ``private`` mark_private · ``status``
- editors: ``inline_text`` InlineText, InlineLongText, InlineDate, InlinePartialDate, InlineDecimal, InlineInteger, InlineTyped ·
  ``inline_choice`` InlineChoice, InlineCodes, InlineYesNo · ``editor_for`` (from a FieldSpec) · ``judgement`` JudgementBar · ``chips`` · ``tick``
- ``edit_grid`` EditGrid (a spreadsheet) · ``table`` RowsTable · ``steps`` · ``page_preview``
- ``dialogs/base`` DialogBase, confirm

All of them are shown by ``python -m tests.desktop.kit.gallery FOLDER`` as pictures.
"""
