#pragma once
#include "ui/models/saved_filters.h"

#include <QToolButton>

namespace orderlab::ui {

/// A menu of the filters that a person has named: choose one, save what is set now, delete one. GUI thread.
class SavedFiltersButton final : public QToolButton {
    Q_OBJECT
public:
    explicit SavedFiltersButton(QWidget* parent = nullptr);
    const SavedFilters& filters() const { return m_filters; }
    void setFilters(const SavedFilters& filters) { m_filters = filters; }
    /// What is set now, without a name: what can be saved.
    void setCurrent(const SavedFilter& current) { m_current = current; }

Q_SIGNALS:
    void chosen(const orderlab::ui::SavedFilter& filter);
    /// One was saved or deleted.
    void filtersChanged();
    /// A sentence for a person.
    void told(const QString& sentence);

private:
    void fill();
    void save();

    SavedFilters m_filters;
    SavedFilter m_current;
};

} // namespace orderlab::ui
