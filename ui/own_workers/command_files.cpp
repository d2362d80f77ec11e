#include "ui/own_workers/command_files.h"

#include "own_worker/own_worker.h"
#include "ui/models/format.h"

#include <QFileInfo>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr qsizetype short_letters = 40;

QStringList wordsOf(const QString& command)
{
    QStringList words;
    if (const auto split = splitCommand(command.toStdString())) {
        for (const std::string& word : *split)
            words << toQt(word);
    }
    return words;
}

} // namespace

QString quotedWord(const QString& word)
{
    const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || QStringLiteral("/._-+=:,@%").contains(c); };
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isPlain))
        return word;
    QString quoted = word;
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

QString commandOf(const QString& file)
{
    const QString suffix = QFileInfo(file).suffix();
    const QString word = quotedWord(file);
    if (suffix == QLatin1String("py"))
        return QStringLiteral("python3 ") + word;
    if (suffix == QLatin1String("js") || suffix == QLatin1String("mjs"))
        return QStringLiteral("node ") + word;
    return word;
}

QStringList filesOf(const QString& command)
{
    QStringList files;
    for (const QString& word : wordsOf(command)) {
        const QFileInfo file(word);
        const bool is_ours = file.isFile() && !file.absoluteFilePath().startsWith(QLatin1String("/usr/"));
        if (is_ours && !files.contains(file.absoluteFilePath()) && files.size() < files_max)
            files << file.absoluteFilePath();
    }
    return files;
}

QString shortCommand(const QString& command)
{
    QStringList words = wordsOf(command);
    for (QString& word : words) {
        if (word.startsWith(QLatin1Char('/')))
            word = QFileInfo(word).fileName();
    }
    const QString text = words.isEmpty() ? command : words.join(QLatin1Char(' '));
    if (text.size() <= short_letters)
        return text;
    return text.left(short_letters / 2) + QStringLiteral("…") + text.right(short_letters / 2 - 1);
}

} // namespace orderlab::ui
