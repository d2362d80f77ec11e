#include "ui/bridge/flow_scenario.h"

#include "domain/order.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace orderlab::ui {

namespace {

Result<double> number(const QJsonObject& object, const char* member, double fallback, double min, double max,
                      bool whole)
{
    const QJsonValue value = object.value(QLatin1String(member));
    if (value.isUndefined())
        return fallback;
    const double found = value.toDouble(std::nan(""));
    if (!(found >= min && found <= max) || (whole && found != std::floor(found))) {
        const QString range = QStringLiteral("has to be a%1 number from %2 to %3")
                                  .arg(whole ? QStringLiteral(" whole") : QString())
                                  .arg(min)
                                  .arg(max, 0, 'f', 0);
        return invalidArgument(member, std::string(member) + " " + range.toStdString());
    }
    return found;
}

Result<QStringList> customersOf(const QJsonValue& value)
{
    QStringList customers;
    if (value.isUndefined())
        return customers;
    if (!value.isArray() || value.toArray().size() > 1'000)
        return invalidArgument("customers", "customers has to be a list of at most 1,000 names");
    for (const QJsonValue& item : value.toArray()) {
        const QString customer = item.toString();
        const OrderRequest request{customer.toStdString(), {1, {}}};
        if (const auto valid = request.validate(); !valid)
            return invalidArgument("customers", "customers: " + valid.error().message);
        customers << customer;
    }
    return customers;
}

} // namespace

Result<FlowScenario> FlowScenario::parse(const QByteArray& json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject()) {
        const QString where =
            problem.error == QJsonParseError::NoError
                ? QStringLiteral("a scenario has to be a JSON object")
                : QStringLiteral("no JSON: %1 at byte %2").arg(problem.errorString()).arg(problem.offset);
        return invalidArgument("scenario", where.toStdString());
    }
    const QJsonObject object = document.object();
    static const QStringList known = {QStringLiteral("orders"), QStringLiteral("rate_per_s"), QStringLiteral("seconds"),
                                      QStringLiteral("customers"), QStringLiteral("description")};
    for (const QString& member : object.keys()) {
        if (!known.contains(member))
            return invalidArgument(member.toStdString(), "unknown member \"" + member.toStdString() + "\"; known are "
                                                             + known.join(QStringLiteral(", ")).toStdString());
    }
    FlowScenario scenario;
    const auto orders = number(object, "orders", 0, 0, 100'000, true);
    if (!orders)
        return orders.error();
    const auto rate = number(object, "rate_per_s", 10, 0.01, 2'000, false);
    if (!rate)
        return rate.error();
    const auto seconds = number(object, "seconds", 0, 0, 86'400, false);
    if (!seconds)
        return seconds.error();
    auto customers = customersOf(object.value(QStringLiteral("customers")));
    if (!customers)
        return customers.error();
    scenario.orders = int(*orders);
    scenario.rate_per_s = *rate;
    scenario.seconds = *seconds;
    scenario.customers = *customers;
    return scenario;
}

Result<FlowScenario> FlowScenario::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, Retry::Never,
                     path.toStdString() + " cannot be read: " + file.errorString().toStdString(), "scenario"};
    constexpr qint64 size_max = 64 * 1024;
    const QByteArray content = file.read(size_max + 1);
    if (content.size() > size_max)
        return invalidArgument("scenario", path.toStdString() + " is larger than 64 KiB");
    return parse(content);
}

} // namespace orderlab::ui
