#pragma once
#include "ui/models/orders_filter.h"
#include "ui/models/orders_model.h"
#include "ui/panels/panel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace orderlab::ui {

class ContentOrEmpty;
class FittedTable;
class SavedFiltersButton;

/// The table of orders, newest first, with filters by status, broken promises and customer. Selecting a row opens its
/// story, and does not move the moment, of which the table is; a double click, Enter or G goes to the order's last
/// moment. An order that is not final can be canceled. A selected row that goes (filtered out, or to make room) leaves
/// none selected, and is selected again when the filters show it. GUI thread.
class OrdersPanel final : public Panel {
    Q_OBJECT
public:
    explicit OrdersPanel(LabBridge& bridge, QWidget* parent = nullptr);

    OrdersModel& model() { return m_model; }
    /// Of all its rows, in bytes.
    std::size_t memory() const { return m_model.memory() + m_filter.memory(); }
    SavedFiltersButton& savedFilters() { return *m_saved; }
    void filterStatus(const QString& status);
    QLineEdit* findField() override { return m_text; }
    /// Selects the order's row when the filters let it be seen.
    void select(OrderId id);
    OrderId selected() const;

public Q_SLOTS:
    void showFrame(const orderlab::ui::Frame& frame) override;
    void cancelSelected();
    void copySelectedId();
    /// To the last thing that happened to the selected order.
    void goToSelected();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QWidget* makeFilters(QWidget* parent);
    FittedTable* makeTable(QWidget* parent);
    void note(std::span<const Entry> entries);
    void planFlush();
    void flush();
    void filtersChanged();
    void keepSelected();
    void showEmptyState();
    void showActions();
    void openMenu(const QPoint& at);

    LabBridge& m_bridge;
    OrdersModel m_model;
    OrdersFilter m_filter;
    FittedTable* m_table = nullptr;
    QComboBox* m_status = nullptr;
    SavedFiltersButton* m_saved = nullptr;
    QLineEdit* m_text = nullptr;
    QLabel* m_count = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_copy = nullptr;
    ContentOrEmpty* m_content = nullptr;
    OrderId m_chosen; ///< By a person, last. The table never chooses by itself.
    bool m_flush_planned = false;
    bool m_is_elsewhere = false;   ///< The moment is held, and has moved.
    bool m_is_other_world = false; ///< The run is another one.
};

} // namespace orderlab::ui
