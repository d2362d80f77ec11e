#include "ui/theme/style_sheet.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QTemporaryDir>

namespace orderlab::ui {

namespace {

// @name stands for a colour of the palette.
constexpr auto style_template = R"(
QMainWindow, QDialog { background: @panel; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow::separator { background: @border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QWidget { color: @text; }
QToolTip { background: @raised; color: @text; border: 1px solid @edge; padding: 4px 6px; }
QDockWidget { background: @panel; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
#panel, #toolbar { background: @panel; }
#toolbar { border-bottom: 1px solid @border; }
#canvasHeader { background: @window; }
#rule { background: @border; }
#brand { font-size: 16px; font-weight: 700; }
QLabel:focus { border: 1px solid @accent; border-radius: 3px; }
QTextEdit { border: 1px solid transparent; border-radius: 3px; }
QTextEdit:focus { border-color: @accent; }
QLabel[role="muted"] { color: @muted; font-size: 11px; }
QLabel[role="faint"] { color: @faint; font-size: 11px; }
QLabel[role="heading"] { color: @muted; }
QLabel[role="title"] { font-size: 14px; font-weight: 600; }
QLabel[role="error"] { color: @failure; font-size: 11px; }
QLabel[role="empty"] { color: @muted; font-size: 12px; }
#banner { background: @warning_fill; border-bottom: 1px solid @warning; }
#banner[kind="error"] { background: @failure_fill; border-bottom: 1px solid @failure; }
#banner[kind="info"] { background: @control; border-bottom: 1px solid @border; }
QMenuBar { background: transparent; color: @muted; font-size: 12px; }
QMenuBar::item { background: transparent; padding: 5px 8px; border-radius: 5px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @raised; color: @text; }
QMenu { background: @control; border: 1px solid @edge; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @accent; color: @on_accent; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
QLineEdit, QComboBox, QPlainTextEdit { background: @control; border: 1px solid @edge; border-radius: 5px;
    padding: 0 7px; min-height: 22px; selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border-color: @accent; }
QLineEdit:disabled, QComboBox:disabled { color: @disabled; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QLineEdit[invalid="true"] { border-color: @failure; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(@arrow); width: 10px; height: 10px; }
QCheckBox { spacing: 6px; }
QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid @edge; border-radius: 3px; background: @control; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@check); }
QCheckBox::indicator:focus { border-color: @accent; }
QComboBox QAbstractItemView, QListView#completer { background: @control; border: 1px solid @edge; outline: none;
    selection-background-color: @accent; selection-color: @on_accent; }
QPushButton, QToolButton { background: @control; border: 1px solid @edge; border-radius: 6px; padding: 0 10px;
    min-height: 26px; font-size: 12px; font-weight: 500; }
QToolButton { padding: 0 4px; }
QPushButton:hover, QToolButton:hover { background: @raised; }
QPushButton:pressed, QToolButton:pressed { background: @border; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton:disabled, QToolButton:disabled { color: @disabled; }
QPushButton[primary="true"], QToolButton[primary="true"] { background: @accent; color: @on_accent;
    border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accent_hover; }
QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus { border: 2px solid @text; }
QPushButton[primary="true"]:disabled, QToolButton[primary="true"]:disabled { background: @raised; color: @disabled;
    border-color: @border; }
QPushButton[door="true"] { min-height: 86px; }
QPushButton[flat="true"] { background: transparent; border: 1px solid transparent; padding: 2px 6px; min-height: 18px;
    text-align: left; font-weight: 400; }
QPushButton[flat="true"]:hover { background: @raised; }
QPushButton[flat="true"]:focus { border-color: @accent; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0 3px;
    min-height: 17px; font-size: 11px; font-weight: 500; color: @accent; }
QPushButton[link="true"]:hover { background: @raised; }
QPushButton[link="true"]:focus { border-color: @accent; }
QPushButton[link="true"]:disabled { color: @muted; }
QPushButton[amount="true"] { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0 3px;
    min-height: 18px; font-size: 11px; font-weight: 500; color: @muted; text-align: right; }
QPushButton[amount="true"][active="true"] { color: @warning; font-weight: 600; }
QPushButton[amount="true"]:hover { background: @raised; }
QPushButton[amount="true"]:focus { border-color: @accent; }
QLineEdit[amount="true"] { padding: 0 3px; min-height: 16px; font-size: 11px; border-radius: 4px; }
QPushButton[pill="ok"], QPushButton[pill="idle"], QPushButton[pill="broken"], QPushButton[pill="failures"], QPushButton[pill="off"] {
    border-radius: 11px; padding: 0 12px; min-height: 20px; font-size: 11px; font-weight: 600; }
QPushButton[pill="ok"] { background: @ok_fill; border-color: @ok_fill; color: @ok; }
QPushButton[pill="idle"] { background: @neutral_fill; border-color: @neutral_fill; color: @muted; }
QPushButton[pill="broken"] { background: @dead_fill; border-color: @dead; color: @dead; }
QPushButton[pill="failures"] { background: @failure_fill; border-color: @failure; color: @failure; }
QPushButton[pill="off"] { background: @warning_fill; border-color: @warning; color: @warning; }
QPushButton[pill="ok"]:focus, QPushButton[pill="idle"]:focus, QPushButton[pill="broken"]:focus, QPushButton[pill="failures"]:focus,
QPushButton[pill="off"]:focus { border: 2px solid @text; }
QPushButton::menu-indicator { width: 0; }
QLabel[role="warning"] { color: @warning; font-size: 11px; font-weight: 600; }
QLabel[sign="holds"] { color: @ok; }
QLabel[sign="open"] { color: @muted; }
QLabel[sign="broken"] { color: @failure; }
#why { background: @dead_fill; border: 1px solid @dead; border-radius: 8px; }
#why QLabel { background: transparent; }
QFrame[box] { border-radius: 8px; padding: 9px 11px; }
QFrame[box="good"] { background: @ok_fill; border: 1px solid @ok; }
QFrame[box="bad"] { background: @dead_fill; border: 1px solid @dead; }
QFrame[box="hint"] { background: @control; border: 1px solid @border; }
QFrame[box="hint"] QLabel, QFrame[box="hint"] QCheckBox { background: transparent; }
QFrame[choice] { background: @control; border: 1px solid @edge; border-radius: 6px; }
QFrame[choice="on"] { background: @selection; border: 1px solid @accent; }
QFrame[choice] QLabel, QFrame[choice] QRadioButton { background: transparent; }
QRadioButton::indicator { width: 13px; height: 13px; border: 2px solid @muted; border-radius: 8px; background: transparent; }
QRadioButton::indicator:checked { border-color: @accent; background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5,
    fy:0.5, stop:0 @accent, stop:0.5 @accent, stop:0.6 @control, stop:1 @control); }
QRadioButton::indicator:focus { border-color: @text; }
QRadioButton::indicator:disabled { border-color: @disabled; }
#lessonText { background: transparent; }
#puzzleCards::item { background: @control; border: 1px solid @edge; border-radius: 6px; padding: 7px; color: @text; }
#puzzleCards::item:selected { border-color: @accent; background: @raised; }
#puzzleCards::indicator { width: 13px; height: 13px; border: 1px solid @edge; border-radius: 3px; background: @panel; }
#puzzleCards::indicator:checked { background: @accent; border-color: @accent; image: url(@check); }
#drillCover { background: @window; }
#whyTitle { color: @dead; font-weight: 600; }
QToolButton::menu-indicator { image: none; }
#busControl { background: @control; border: 1px solid @edge; border-radius: 7px; }
QToolButton[segment] { border: 1px solid transparent; border-radius: 5px; padding: 0 9px; min-height: 20px; }
QToolButton[segment="off"] { background: transparent; color: @muted; }
QToolButton[segment="off"]:hover { background: @raised; color: @text; }
QToolButton[segment="on"] { background: @accent; color: @on_accent; font-weight: 600; }
QToolButton[segment="on"]:disabled { background: @raised; color: @muted; }
QToolButton[segment]:focus { border-color: @text; }
QToolButton[small="true"] { min-height: 18px; max-height: 18px; min-width: 18px; max-width: 18px; padding: 0; }
QSlider::groove:horizontal { background: @edge; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: @knob; border: 1px solid @edge; width: 12px; height: 12px;
    margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { border: 2px solid @accent; }
QSlider::handle:horizontal:disabled { background: @disabled; }
QSlider::sub-page:horizontal:disabled { background: @border; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; padding: 5px 9px; margin: 6px 1px 6px 1px; border: none;
    border-radius: 6px; font-size: 12px; font-weight: 500; }
QMainWindow > QTabBar::tab { padding: 5px 6px; }
QTabBar::tab:first { margin-left: 8px; }
QTabBar::tab:selected { background: @raised; color: @text; font-weight: 600; }
QTabBar::tab:hover:!selected { color: @text; }
QTabBar::tab:focus { border: 1px solid @accent; }
QTabWidget::pane { background: transparent; border: none; }
QTableView, QTreeView, QListView { background: @panel; border: 1px solid transparent; border-radius: 3px; outline: none; gridline-color: transparent;
    selection-background-color: @selection; selection-color: @text; font-size: 12px; }
QTableView:focus, QTreeView:focus, QListView:focus { border-color: @accent; }
QTableView::item, QTreeView::item { border: none; padding: 0 6px; }
QTableView::item:selected, QTreeView::item:selected { background: @selection; color: @text; }
QTreeView::item:hover:!selected { background: @hover; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @muted; border: none; padding: 2px 6px; font-size: 11px;
    font-weight: 600; }
QHeaderView::section:hover { color: @text; }
QScrollBar, QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; margin: 0; }
QScrollBar:horizontal { height: 10px; margin: 0; }
QScrollBar::handle { background: @edge; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
    width: 0; height: 0; }
QSplitter::handle { background: @border; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: @raised; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
)";

/// Style sheets take pictures from files only, so the two that are needed are drawn into the program's own resources
/// folder of this run.
QString glyphFile(const QString& kind, const QColor& colour)
{
    static const QTemporaryDir folder;
    const QString path = folder.filePath(kind + colour.name().mid(1) + QStringLiteral(".png"));
    if (QFile::exists(path))
        return path;
    QPixmap pixmap(40, 40);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (kind == QLatin1String("arrow"))
        painter.drawPolyline(QPolygonF({{9, 15}, {20, 26}, {31, 15}}));
    else
        painter.drawPolyline(QPolygonF({{9, 20}, {17, 28}, {31, 11}}));
    painter.end();
    pixmap.save(path);
    return path;
}

} // namespace

QString styleSheetOf(const Palette& p)
{
    const QColor selection = p.dark ? QColor(p.accent.red(), p.accent.green(), p.accent.blue(), 48)
                                    : QColor(p.accent.red(), p.accent.green(), p.accent.blue(), 36);
    const auto rgba = [](const QColor& c) {
        return QStringLiteral("rgba(%1,%2,%3,%4)").arg(c.red()).arg(c.green()).arg(c.blue()).arg(c.alpha());
    };
    // Longer names first: @accent is a prefix of @accent_hover.
    const std::pair<const char*, QString> names[] = {
        {"@accent_hover", (p.dark ? p.accent.lighter(112) : p.accent.darker(112)).name()},
        {"@on_accent", p.on_accent.name()},
        {"@warning_fill", p.warning_fill.name()},
        {"@failure_fill", p.failure_fill.name()},
        {"@ok_fill", p.ok_fill.name()},
        {"@dead_fill", p.dead_fill.name()},
        {"@ok", p.ok.name()},
        {"@dead", p.dead.name()},
        {"@selection", rgba(selection)},
        {"@hover", rgba(QColor(p.text.red(), p.text.green(), p.text.blue(), 10))},
        {"@window", p.window.name()},
        {"@panel", p.panel.name()},
        {"@control", p.control.name()},
        {"@raised", p.raised.name()},
        {"@border", p.border.name()},
        {"@edge", p.edge.name()},
        {"@disabled", p.disabled.name()},
        {"@text", p.text.name()},
        {"@muted", p.muted.name()},
        {"@faint", p.faint.name()},
        {"@accent", p.accent.name()},
        {"@warning", p.warning.name()},
        {"@failure", p.failure.name()},
        {"@knob", QStringLiteral("#ffffff")},
        {"@arrow", glyphFile(QStringLiteral("arrow"), p.muted)},
        {"@check", glyphFile(QStringLiteral("check"), p.on_accent)},
    };
    QString sheet = QString::fromLatin1(style_template);
    for (const auto& [name, value] : names)
        sheet.replace(QLatin1String(name), value);
    return sheet;
}

} // namespace orderlab::ui
