#pragma once
#include <QString>

class QTreeWidget;
class QWidget;

namespace orderlab::ui {

/// A narrow list of names with a count behind each (columns 0 and 1), as of tables or topics. GUI thread.
QTreeWidget* countedList(const QString& about, int width, QWidget* parent);

} // namespace orderlab::ui
