#pragma once
// Precompiled for the test programs, and included by each of their sources: the heavy, never-changing headers, and how
// long a test waits for what must happen.
#include "asio/asio_headers.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <map>
#include <set>
#include <thread>

namespace orderlab::test {
/// The limit of a wait for something that a quiet machine does in a moment. A busy one may stand still for many
/// seconds.
inline constexpr int patience_ms = 120'000;
} // namespace orderlab::test

// Qt's own limit for these is five seconds.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT(expr, orderlab::test::patience_ms)
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT(expr, message, orderlab::test::patience_ms)
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT(expr, expected, orderlab::test::patience_ms)
