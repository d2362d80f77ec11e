#pragma once
#include <QGridLayout>

class QLabel;

namespace orderlab::ui {

/// Fields of a dialog, two a row, each behind its title. GUI thread.
class FieldGrid final : public QGridLayout {
public:
    explicit FieldGrid(QWidget* form);
    /// `place`: 0 or 1 in its row. `object` is the field's name for tests and style sheets. The title's label.
    QLabel* put(int row, int place, const QString& title, QWidget* field, const char* object);
};

} // namespace orderlab::ui
