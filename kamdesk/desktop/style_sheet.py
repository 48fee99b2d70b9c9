"""The one style sheet: only what the palette cannot say (round edges, focus frames, quiet buttons, thin scroll bars).

Widgets ask for a look with dynamic properties: ``look`` = "primary", "quiet", "link", "meta", "danger", "card", "inline", "title",
"heading", "muted", "error", "nav", "strip", "chip"; see ``widgets.basic.set_look``. Pictures are in ``resources/icons/style``, of colours that are seen in either theme.
"""

from __future__ import annotations

from string import Template

from kamdesk.desktop.palette import Colours

_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 5px 8px; qproperty-textFormat: PlainText; }
QMainWindow, QDialog { background: $window; }
QScrollArea, QScrollArea > QWidget > QWidget[look="page"] { background: transparent; border: none; }
QScrollArea[look="focusable"] { border: 2px solid transparent; border-radius: 8px; }
QScrollArea[look="focusable"]:focus { border: 2px solid $accent; }
QLabel[look="title"] { font-size: ${pt18}pt; font-weight: 600; }
QLabel[look="heading"] { font-size: ${pt12}pt; font-weight: 600; }
QLabel[look="caption"] { font-size: ${pt9}pt; color: $muted; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="error"] { color: $danger; }
QFrame[look="card"] { background: $surface; border: 1px solid $hairline; border-radius: 10px; }
QFrame[look="fact"] { background: $window; border: none; border-radius: 8px; }
QFrame[look="line"] { background: $hairline; border: none; }
QFrame[look="popup"] { background: $raised; border: 1px solid $border; border-radius: 10px; }
QFrame[look="popup"] QListView { background: transparent; border: none; }
QFrame[look="strip"] { background: $surface; border: none; border-top: 1px solid $hairline; }
QFrame[look="top"] { background: $surface; border: none; border-bottom: 1px solid $hairline; }
QFrame[look="rail"] { background: $window; border: none; border-right: 1px solid $hairline; }
QFrame[look="notice-info"] { background: $accent_soft; border: 1px solid $accent; border-radius: 8px; }
QFrame[look="notice-warning"] { background: $warning_soft; border: 1px solid $warning; border-radius: 8px; }
QFrame[look="notice-error"] { background: $danger_soft; border: 1px solid $danger; border-radius: 8px; }
QFrame[look="notice-success"] { background: $success_soft; border: 1px solid $success; border-radius: 8px; }

QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: 7px; padding: 5px 14px; min-height: ${px20}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 13px; }
QPushButton:disabled { color: $disabled; border-color: $hairline; background: transparent; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[look="primary"]:hover { background: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $pressed; color: $disabled; border-color: $pressed; }
QPushButton[look="danger"] { color: $danger; border-color: $danger; }
QPushButton[look="danger"]:disabled { color: $disabled; border-color: $hairline; }
QPushButton[look="quiet"], QPushButton[look="link"], QPushButton[look="nav"] { background: transparent; border: 1px solid transparent; }
QPushButton[look="link"]:disabled { color: $disabled; }
QPushButton[look="quiet"]:hover, QPushButton[look="link"]:hover { background: $hover; }
QPushButton[look="link"] { color: $accent_text; padding: 3px 6px; text-align: left; }
QPushButton[look="quiet"]:focus, QPushButton[look="link"]:focus { border: 2px solid $accent; }
QPushButton[look="link"]:focus { padding: 2px 5px; }
QPushButton[look="quiet"]:checked { background: $accent_soft; color: $accent_text; }
QPushButton[look="meta"] { background: transparent; border: 1px solid transparent; border-radius: 5px; color: $muted; padding: 1px 4px; font-size: ${pt9}pt; min-height: 0; text-align: left; }
QPushButton[look="meta"]:hover { background: $hover; color: $text; }
QPushButton[look="meta"]:focus { border: 2px solid $accent; padding: 0px 3px; }
QPushButton[look="nav"] { text-align: left; padding: 7px 10px; border-radius: 8px; }
QPushButton[look="nav"]:hover { background: $hover; }
QPushButton[look="nav"]:checked { background: $accent_soft; color: $accent_text; font-weight: 600; }
QPushButton[look="nav"]:focus { border: 2px solid $accent; padding: 6px 9px; }
QPushButton[look="chip"] { border-radius: ${px12}px; padding: 2px 12px; background: transparent; }
QPushButton[look="chip"]:hover { background: $hover; }
QPushButton[look="chip"]:checked { background: $accent_soft; color: $accent_text; border-color: $accent; }
QPushButton[look="chip"]:focus { border: 2px solid $accent; padding: 1px 11px; }
QPushButton[look="box"] { text-align: left; color: $muted; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 7px; padding: 5px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border: 2px solid $accent; padding: 4px; }
QToolButton[popupMode="2"]::menu-indicator, QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $border; border-radius: 7px; padding: 4px 8px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${px20}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $disabled; border-color: $hairline; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: ${px20}px; }
QComboBox::down-arrow { image: none; }
QAbstractSpinBox::down-arrow { image: url(style:arrow-down.svg); width: 12px; height: 12px; }
QAbstractSpinBox::up-arrow { image: url(style:arrow-up.svg); width: 12px; height: 12px; }
QAbstractItemView::indicator { background: $surface; border: 1px solid $border; border-radius: 3px; width: 14px; height: 14px; }
QAbstractItemView::indicator:checked { image: url(style:tick.svg); }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none; width: ${px20}px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; selection-background-color: $accent_soft; selection-color: $text; outline: none; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: ${px26}px; padding: 0 8px; border: none; }
QLineEdit[look="inline"], QPlainTextEdit[look="inline"], QComboBox[look="inline"] { background: transparent; border: 1px solid transparent; padding: 3px 6px; }
QLineEdit[look="inline"]:hover, QPlainTextEdit[look="inline"]:hover, QComboBox[look="inline"]:hover { border: 1px solid $border; }
QLineEdit[look="inline"]:focus, QPlainTextEdit[look="inline"]:focus, QComboBox[look="inline"]:focus { background: $surface; border: 2px solid $accent; padding: 2px 5px; }
QComboBox[look="inline"] { padding: 3px 24px 3px 8px; }
QComboBox[look="inline"]:focus { padding: 2px 23px 2px 7px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 1px solid $danger; background: $danger_soft; }
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus { border: 2px solid $danger; }
QLineEdit[look="cell"], QComboBox[look="cell"] { border: 2px solid $accent; border-radius: 0; padding: 0 4px; min-height: 0; }
QLineEdit[look="page-title"] { font-size: ${pt18}pt; font-weight: 600; }

QAbstractItemView { background: $surface; alternate-background-color: $window; border: 1px solid $hairline; border-radius: 8px;
  selection-background-color: $accent_soft; selection-color: $text; gridline-color: $hairline; }
QAbstractItemView:focus { border: 1px solid $accent; }
QTableView::item, QListView::item { padding: 0 8px; border: none; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $text; }
QTableView::item:hover:!selected, QListView::item:hover:!selected { background: $hover; }
QTableView QTableCornerButton::section { background: $surface; border: none; }
QHeaderView { background: $surface; border: none; border-top-left-radius: 8px; border-top-right-radius: 8px; }
QHeaderView::section { background: $surface; color: $muted; border: none; border-bottom: 1px solid $hairline; padding: 6px 11px; font-weight: 600; }
QHeaderView::section:hover { background: $hover; }
QHeaderView::section:vertical { border-bottom: none; border-right: 1px solid $hairline; font-weight: 400; padding: 0 6px; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; padding: 7px 12px; margin-right: 4px; border: 2px solid transparent; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent_text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { border: 2px solid $accent; border-radius: 6px; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }

QMenu { background: $raised; border: 1px solid $border; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $hairline; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }

QProgressBar { color: transparent; background: $hover; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none; width: 0; height: 0; }
""")


def style_sheet(colours: Colours, scale: float) -> str:
    """The sheet for one theme and text size."""
    sizes = {f"pt{points}": f"{points * scale:.1f}" for points in (9, 12, 18)}
    pixels = {f"px{value}": round(value * scale) for value in (12, 20, 26)}
    return _SHEET.substitute(vars(colours) | sizes | pixels)
