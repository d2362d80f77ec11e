#pragma once
#include "child_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace orderlab::test {

/// `orderlabd compare … --json`, run to its end.
struct Compared {
    explicit Compared(QStringList arguments)
        : ended(runProgram(QStringList{"compare", "--json"} + arguments, 200)), json(QJsonDocument::fromJson(ended.out).object())
    {
    }
    /// "redeliveries" of "kafka"
    int count(const char* run, const char* what) const { return json[run].toObject()["counts"].toObject()[what].toInt(-1); }
    QString first(const char* member) const { return json["first_difference"].toObject()[member].toString(); }

    Ended ended;
    QJsonObject json;
};

} // namespace orderlab::test
