#pragma once
#include "domain/event.h"

#include <QDialog>
#include <QStringList>

class QComboBox;
class QRadioButton;

namespace orderlab::ui {

/// Asks which group gets an event once more, and whether as the same one. GUI thread.
class RedeliverDialog final : public QDialog {
    Q_OBJECT
public:
    /// `groups`: as they are shown; at least one.
    RedeliverDialog(const QString& what, const QStringList& groups, QWidget* parent);

    QString group() const;
    /// With an id of its own: the group's inbox does not know it.
    bool isNewEvent() const;

private:
    QComboBox* m_group = nullptr;
    QRadioButton* m_as_new = nullptr;
};

} // namespace orderlab::ui
