#include "ui/export/table_export.h"

#include "ui/export/whole_file.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

namespace orderlab::ui {

namespace {

struct TableExportWords {
    Q_DECLARE_TR_FUNCTIONS(TableExportWords)
};

/// Numbers are no formulas, whatever they begin with.
bool looksLikeFormula(const QString& text)
{
    static const QString starts = QStringLiteral("=+-@\t\r");
    bool is_number = false;
    (void)text.toDouble(&is_number);
    return !text.isEmpty() && !is_number && starts.contains(text.front());
}

QString csvCell(QString text)
{
    if (looksLikeFormula(text))
        text.prepend(QLatin1Char('\''));
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n'))
        && !text.contains(QLatin1Char('\r')))
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QStringList titlesOf(const QAbstractItemModel& model)
{
    QStringList titles;
    for (int column = 0; column < model.columnCount(); ++column) {
        QString title = model.headerData(column, Qt::Horizontal).toString();
        if (title.isEmpty())
            title = TableExportWords::tr("column %1").arg(column + 1);
        while (titles.contains(title))
            title += QLatin1Char('_');
        titles << title;
    }
    return titles;
}

void forEachRow(const QAbstractItemModel& model, const QModelIndex& parent,
                const std::function<void(const QStringList&)>& take)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells << model.index(row, column, parent).data().toString();
        take(cells);
        forEachRow(model, model.index(row, 0, parent), take);
    }
}

} // namespace

QByteArray tableText(const QAbstractItemModel& model, TableFormat format)
{
    const QStringList titles = titlesOf(model);
    if (format == TableFormat::Json) {
        QJsonArray rows;
        forEachRow(model, {}, [&](const QStringList& cells) {
            QJsonObject object;
            for (qsizetype i = 0; i < cells.size() && i < titles.size(); ++i)
                object[titles[i]] = cells[i];
            rows.append(object);
        });
        return QJsonDocument(rows).toJson();
    }
    QString text;
    const auto add = [&text](const QStringList& cells) {
        QStringList safe;
        for (const QString& cell : cells)
            safe << csvCell(cell);
        text += safe.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    };
    add(titles);
    forEachRow(model, {}, add);
    return text.toUtf8();
}

QString exportTable(const QAbstractItemModel& model, const QString& file)
{
    const bool is_json = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    const QString problem = writeWhole(file, tableText(model, is_json ? TableFormat::Json : TableFormat::Csv));
    return problem.isEmpty() ? QString() : TableExportWords::tr("%1 cannot be written: %2.").arg(file, problem);
}

} // namespace orderlab::ui
