#include "ui/models/column_layout.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace orderlab::ui {

QString ColumnLayout::toText() const
{
    QJsonArray list;
    for (const Column& column : columns)
        list.append(QJsonObject{{QStringLiteral("column"), column.column},
                                {QStringLiteral("width"), column.width},
                                {QStringLiteral("shown"), column.is_shown}});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

std::optional<ColumnLayout> ColumnLayout::parse(const QString& text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    const QJsonArray list = document.array();
    if (!document.isArray() || list.isEmpty() || list.size() > columns_max)
        return std::nullopt;
    ColumnLayout layout;
    std::vector<bool> known(std::size_t(list.size()), false);
    for (const QJsonValue& value : list) {
        const QJsonObject object = value.toObject();
        const int column = object.value(QLatin1String("column")).toInt(-1);
        const int width = object.value(QLatin1String("width")).toInt(-1);
        const QJsonValue is_shown = object.value(QLatin1String("shown"));
        if (column < 0 || column >= int(list.size()) || known[std::size_t(column)] || width < width_min
            || width > width_max || !is_shown.isBool())
            return std::nullopt;
        known[std::size_t(column)] = true;
        layout.columns.push_back({column, width, is_shown.toBool()});
    }
    if (std::none_of(layout.columns.begin(), layout.columns.end(), [](const Column& one) { return one.is_shown; }))
        return std::nullopt;
    return layout;
}

} // namespace orderlab::ui
