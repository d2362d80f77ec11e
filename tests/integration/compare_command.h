#pragma once
#include "child_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace orderlab::test {

/// Thirty orders while three of ten acks are lost, as a scenario file.
class LostAcks {
public:
    LostAcks()
    {
        QFile out(file());
        if (out.open(QIODevice::WriteOnly))
            out.write(R"({"name": "lost-acks", "orders": {"count": 30, "test_customer_share": 0},
                          "faults": [{"seam": "ack", "action": "lose", "probability": 0.3}], "fault_seconds": 5})");
    }
    QString file() const { return QString::fromStdString((m_folder.path() / "lost-acks.json").string()); }

private:
    ScratchFolder m_folder;
};

/// `orderlabd compare … --json`, run to its end.
struct Compared {
    explicit Compared(QStringList arguments)
        : ended(runProgram(QStringList{"compare", "--json"} + arguments, 200)),
          json(QJsonDocument::fromJson(ended.out).object())
    {}
    /// "redeliveries" of "kafka"
    int count(const char* run, const char* what) const
    {
        return json[run].toObject()["counts"].toObject()[what].toInt(-1);
    }
    /// There are differences, and all are of that kind.
    bool hasOnlyRedeliveries() const
    {
        const QJsonArray differences = json["differences"].toArray();
        return !differences.isEmpty()
               && std::all_of(differences.begin(), differences.end(), [](const auto& difference) {
                      return difference.toObject()["kind"].toString() == QLatin1String("redelivered");
                  });
    }
    QString first(const char* member) const { return json["first_difference"].toObject()[member].toString(); }

    Ended ended;
    QJsonObject json;
};

} // namespace orderlab::test
