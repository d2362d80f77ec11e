#pragma once
#include <QStringList>

namespace orderlab::ui {

/// `word` as splitCommand() gives it back.
QString quotedWord(const QString& word);
/// What runs this file: `python3 FILE`, `node FILE`, or the file itself.
QString commandOf(const QString& file);
/// The files that a command names, by their absolute paths: the script, and the program unless it is one of the
/// system's; at most files_max.
QStringList filesOf(const QString& command);
inline constexpr qsizetype files_max = 16;
/// A command in few words, as a title has room for: without folders, and elided in its middle.
QString shortCommand(const QString& command);

} // namespace orderlab::ui
