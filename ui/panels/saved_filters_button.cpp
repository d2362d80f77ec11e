#include "ui/panels/saved_filters_button.h"

#include <QInputDialog>
#include <QMenu>

namespace orderlab::ui {

namespace {

/// "&" marks a key in menus.
QString menuText(QString name)
{
    return name.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

SavedFiltersButton::SavedFiltersButton(QWidget* parent) : QToolButton(parent)
{
    setObjectName(QStringLiteral("savedFilters"));
    setText(tr("Filters ▾"));
    setAccessibleName(tr("Saved filters"));
    setToolTip(tr("Choose a filter that was saved, save the one that is set, or delete one"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setMenu(new QMenu(this));
    menu()->setObjectName(QStringLiteral("savedFiltersMenu"));
    connect(menu(), &QMenu::aboutToShow, this, &SavedFiltersButton::fill);
}

void SavedFiltersButton::fill()
{
    menu()->clear();
    if (m_filters.all().empty())
        menu()->addAction(tr("No filter is saved yet"))->setEnabled(false);
    for (const SavedFilter& filter : m_filters.all())
        connect(menu()->addAction(menuText(filter.name)), &QAction::triggered, this,
                [this, filter] { Q_EMIT chosen(filter); });
    menu()->addSeparator();
    QAction* const save = menu()->addAction(tr("&Save this filter…"), this, &SavedFiltersButton::save);
    const bool is_any = m_current.status.isEmpty() && m_current.text.isEmpty();
    save->setEnabled(!is_any);
    QMenu* const forget = menu()->addMenu(tr("&Delete"));
    forget->setEnabled(!m_filters.all().empty());
    for (const SavedFilter& filter : m_filters.all())
        connect(forget->addAction(menuText(filter.name)), &QAction::triggered, this, [this, name = filter.name] {
            m_filters.forget(name);
            Q_EMIT filtersChanged();
        });
}

void SavedFiltersButton::save()
{
    bool is_given = false;
    const QString suggested = m_current.text.isEmpty() ? m_current.status : m_current.text;
    const QString name =
        QInputDialog::getText(window(), tr("Save the filter"), tr("Its name; a filter of that name is replaced"),
                              QLineEdit::Normal, suggested.left(SavedFilter::name_max), &is_given);
    if (!is_given)
        return;
    SavedFilter filter = m_current;
    filter.name = name;
    const QString problem = m_filters.keep(std::move(filter));
    if (problem.isEmpty())
        Q_EMIT filtersChanged();
    else
        Q_EMIT told(problem);
}

} // namespace orderlab::ui
