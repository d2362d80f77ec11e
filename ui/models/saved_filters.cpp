#include "ui/models/saved_filters.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace orderlab::ui {

namespace {

struct SavedFiltersWords {
    Q_DECLARE_TR_FUNCTIONS(SavedFiltersWords)
};

} // namespace

const SavedFilter* SavedFilters::find(const QString& name) const
{
    const auto found =
        std::find_if(m_all.begin(), m_all.end(), [&](const SavedFilter& filter) { return filter.name == name; });
    return found == m_all.end() ? nullptr : &*found;
}

QString SavedFilters::keep(SavedFilter filter)
{
    filter.name = filter.name.simplified();
    if (filter.name.isEmpty() || filter.name.size() > SavedFilter::name_max)
        return SavedFiltersWords::tr("The name must have 1 to %1 characters.").arg(SavedFilter::name_max);
    if (filter.text.size() > SavedFilter::text_max)
        return SavedFiltersWords::tr("The text of a filter may have at most %1 characters.").arg(SavedFilter::text_max);
    if (!find(filter.name) && m_all.size() >= filters_max)
        return SavedFiltersWords::tr("At most %1 filters are kept. Delete one first.").arg(filters_max);
    forget(filter.name);
    const auto place =
        std::find_if(m_all.begin(), m_all.end(), [&](const SavedFilter& one) { return one.name > filter.name; });
    m_all.insert(place, std::move(filter));
    return {};
}

void SavedFilters::forget(const QString& name)
{
    std::erase_if(m_all, [&](const SavedFilter& filter) { return filter.name == name; });
}

QString SavedFilters::toText() const
{
    QJsonArray list;
    for (const SavedFilter& filter : m_all)
        list.append(QJsonObject{{QStringLiteral("name"), filter.name},
                                {QStringLiteral("status"), filter.status},
                                {QStringLiteral("text"), filter.text}});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

std::optional<SavedFilters> SavedFilters::parse(const QString& text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isArray())
        return std::nullopt;
    SavedFilters filters;
    for (const QJsonValue& value : document.array()) {
        const QJsonObject object = value.toObject();
        const QJsonValue name = object.value(QLatin1String("name")), status = object.value(QLatin1String("status")),
                         words = object.value(QLatin1String("text"));
        const bool is_good = name.isString() && status.isString() && words.isString();
        if (!is_good || !filters.keep({name.toString(), status.toString(), words.toString()}).isEmpty())
            return std::nullopt;
    }
    return filters;
}

} // namespace orderlab::ui
