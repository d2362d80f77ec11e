#include "ui/dialogs/field_grid.h"

#include "ui/panels/labels.h"

#include <QLabel>

namespace orderlab::ui {

FieldGrid::FieldGrid(QWidget* form) : QGridLayout(form)
{
    setContentsMargins(0, 0, 0, 0);
    setHorizontalSpacing(10);
    setVerticalSpacing(7);
    setColumnStretch(1, 1);
    setColumnStretch(3, 1);
}

QLabel* FieldGrid::put(int row, int place, const QString& title, QWidget* field, const char* object)
{
    field->setObjectName(QLatin1String(object));
    field->setAccessibleName(title);
    QLabel* label = mutedLabel(title, parentWidget());
    label->setBuddy(field);
    addWidget(label, row, place * 2);
    addWidget(field, row, place * 2 + 1);
    return label;
}

} // namespace orderlab::ui
