#pragma once
#include "base/result.h"

#include <QTest>

namespace orderlab::test {

/// "payment: must not be empty"; empty where there is no error.
template <typename T>
std::string problemOf(const Result<T>& result)
{
    if (result)
        return {};
    const Error& error = result.error();
    return error.field.empty() ? error.message : error.field + ": " + error.message;
}

} // namespace orderlab::test

/// QVERIFY() for an expression that is a Result: where it is an error, the failure shows its field and message. The
/// expression is evaluated once.
#define QVERIFY_RESULT(...)                                                                                            \
    do {                                                                                                               \
        const auto& orderlabVerified = (__VA_ARGS__);                                                                  \
        if (!QTest::qVerify(orderlabVerified.has_value(), #__VA_ARGS__,                                                \
                            orderlab::test::problemOf(orderlabVerified).c_str(), __FILE__, __LINE__))                  \
            return;                                                                                                    \
    } while (false)
