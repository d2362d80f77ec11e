#pragma once
#include "base/result.h"

#include <memory>
#include <string_view>

struct pg_result;

namespace orderlab {

/// The rows of one PostgreSQL statement, as text. Rows and columns count from 0 and must exist.
class PostgresResult {
public:
    /// Takes ownership.
    explicit PostgresResult(pg_result* result) : m_result(result) {}

    int rows() const;
    bool isNull(int row, int column) const;
    /// Valid as long as this object. "" for null.
    std::string_view text(int row, int column) const;
    /// 0 for null.
    std::int64_t number(int row, int column) const;
    /// What the server says was done, for example "COMMIT".
    std::string_view tag() const;

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> m_result;
};

/// What a server's error means to a caller (PostgreSQL, Appendix A: error codes). Serialization failures and deadlocks
/// are Conflict (Now); a taken order id or idempotency key is AlreadyExists (Never), any other taken key Conflict
/// (Now); a server that is away, stopping or out of resources is Unavailable (Later).
Error postgresError(std::string_view sqlstate, std::string_view constraint, std::string_view message);
/// The same for a failed result.
Error postgresErrorOf(const pg_result* result);

} // namespace orderlab
