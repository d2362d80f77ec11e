#include "ui/database/database_panel.h"

#include "ui/database/rows_view.h"
#include "ui/database/select_view.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/labels.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>

namespace orderlab::ui {

DatabasePanel::DatabasePanel(LabBridge& bridge, QWidget* parent) : Panel(tr("Database"), parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("databaseDock"));
    m_views = new QStackedWidget(this);
    m_rows = new RowsView(bridge, m_views);
    m_select = new SelectView(bridge, m_views);
    m_views->addWidget(m_rows);
    m_views->addWidget(m_select);
    m_content = setTabContent(makeBar(this), m_views);
    connect(m_rows, &RowsView::orderSelected, this, &Panel::orderSelected);
    connect(m_rows, &RowsView::changed, this, &DatabasePanel::showState);
    connect(&bridge.session(), &Session::stateChanged, this, &DatabasePanel::showState);
    showView(false);
}

QWidget* DatabasePanel::makeBar(QWidget* parent)
{
    auto* bar = new QWidget(parent);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 2, 0, 2);
    row->setSpacing(4);
    const auto button = [&](const QString& text, const char* name, const QString& about) {
        auto* made = new QToolButton(bar);
        made->setText(text);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(about);
        row->addWidget(made);
        return made;
    };
    m_rows_button = button(tr("Rows"), "databaseRows", tr("The rows of each table"));
    m_select_button = button(QStringLiteral("SELECT"), "databaseSelect", tr("Ask the database; it only reads"));
    row->addSpacing(8);
    row->addWidget(m_rows->bar(), 1);
    row->addStretch(0);
    connect(m_rows_button, &QToolButton::clicked, this, &DatabasePanel::showRows);
    connect(m_select_button, &QToolButton::clicked, this, &DatabasePanel::showSelect);
    return bar;
}

/// Rows are asked for only while they are.
void DatabasePanel::showSeen()
{
    m_rows->setSeen(isSeen() && m_views->currentIndex() == 0);
}

void DatabasePanel::showView(bool is_select)
{
    m_views->setCurrentIndex(is_select ? 1 : 0);
    restyle(m_rows_button, "segment", is_select ? QStringLiteral("off") : QStringLiteral("on"));
    restyle(m_select_button, "segment", is_select ? QStringLiteral("on") : QStringLiteral("off"));
    showSeen();
    m_rows->bar()->setVisible(!is_select);
    setFocusProxy(m_views->currentWidget());
    if (isSeen())
        m_views->currentWidget()->setFocus();
    showState();
}

/// Nothing is to be seen while there are no tables; a mistake in a statement is told at its place.
void DatabasePanel::showState()
{
    const QString& why_none = m_bridge.tables().whyNone();
    const QString problem = !why_none.isEmpty()               ? why_none
                            : !m_bridge.session().isRunning() ? m_bridge.session().stateText()
                                                              : m_rows->problem();
    m_content->show(problem.isEmpty(), problem);
}

} // namespace orderlab::ui
