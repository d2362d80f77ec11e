#pragma once

class QAbstractItemView;
class QLineEdit;

namespace orderlab::ui {

/// Ctrl+C copies the current row as it is seen, its cells with tabs between. The view keeps the key.
void giveCopyKey(QAbstractItemView* view);
/// Escape empties a field in which one types what is looked for. The field keeps the key.
void giveEscapeKey(QLineEdit* field);

} // namespace orderlab::ui
