#pragma once
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QWidget>

#include <functional>
#include <vector>

namespace orderlab::ui {

/// The parts of a window that F6 goes through: each gives the focus to what had it there last, else to what stands
/// first. GUI thread.
class WindowRegions final : public QObject {
public:
    struct Region {
        QWidget* root;
        QWidget* first; ///< Null: the first of it that takes the focus by Tab.
    };
    /// `list`: in their order; those that are not seen are passed over.
    WindowRegions(QWidget& window, std::function<std::vector<Region>()> list);

    void go(bool forward);

private:
    static QWidget* firstIn(const Region& region);

    QWidget& m_window;
    std::function<std::vector<Region>()> m_list;
    QHash<QWidget*, QPointer<QWidget>> m_last; ///< By a region's root.
};

} // namespace orderlab::ui
