#pragma once
#include "base/error.h"
#include "lab/lab_config.h"

#include <QString>

namespace orderlab::ui {

/// One of the buses that a person can choose.
struct BusChoice {
    BusKind kind = BusKind::Memory;
    QString brokers = {}; ///< For BusKind::Kafka: "host:port,host:port".
    bool operator==(const BusChoice&) const = default;
};

/// Within a sentence: "the in-memory bus", "Kafka in this process", "Kafka at localhost:9092".
QString busName(const BusChoice& choice);
/// What it is and where its limits lie, for tool tips.
QString aboutBus(const BusChoice& choice);
/// Why it was not taken, and what to do about it.
QString busProblem(const BusChoice& choice, const Error& error);
/// What is wrong with addresses as they were typed; empty when nothing is.
QString brokersProblem(const QString& brokers);

} // namespace orderlab::ui
