#pragma once
#include <QFrame>
#include <QLabel>

namespace orderlab::ui {

/// Labels with the roles that the style sheet knows. The caller's layout owns them.
QLabel* mutedLabel(const QString& text, QWidget* parent = nullptr);
QLabel* faintLabel(const QString& text, QWidget* parent = nullptr);
/// In capitals, with wide spacing.
QLabel* headingLabel(const QString& text, QWidget* parent = nullptr);
/// A dialog's first line: what it is about, as plain text.
QLabel* titleLabel(const QString& text, QWidget* parent);
/// A hairline.
QFrame* ruleLine(QWidget* parent = nullptr);
/// Sets a dynamic property and has the style sheet look again.
void restyle(QWidget* widget, const char* property, const QVariant& value);

} // namespace orderlab::ui
