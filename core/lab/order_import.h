#pragma once
#include "service/order_service.h"

#include <atomic>
#include <functional>
#include <istream>

namespace orderlab {

/// One order of a file.
struct ImportLine {
    std::uint64_t line = 0; ///< In the file, from 1.
    OrderRequest request;
    TimePoint created_at;
    IdempotencyKey idempotency; ///< Made of the line's content, so that the same file again creates nothing.
};

/// A line that is no order: "FILE:LINE: field: reason".
struct RejectedLine {
    std::uint64_t line = 0;
    std::string field; ///< Empty when the whole line is to blame.
    std::string reason;
    std::string text;  ///< The line itself, cut at 1,000 bytes.
    std::string describe(std::string_view file) const;
};

struct ImportProgress {
    std::uint64_t imported = 0, rejected = 0, already_there = 0;
    std::uint64_t bytes_read = 0;
};

/// Reads order files: CSV (RFC 4180, UTF-8, a byte order mark is skipped) with the columns user_id, amount, currency,
/// created_at in any order, named in the first line; currency may be missing (EUR). Blanks around a field that is not quoted do not
/// count. One thread.
class OrderFileReader {
public:
    explicit OrderFileReader(std::istream& in);

    /// Error: Corrupt when the first line does not name the columns. Once, before next().
    Result<void> readHeader();
    /// The line that readHeader() read.
    const std::string& header() const { return m_header; }
    /// The next order, a rejected line, or nothing at the end. A bad line never stops the rest.
    struct Item {
        std::optional<ImportLine> order;
        std::optional<RejectedLine> rejected;
    };
    std::optional<Item> next();
    std::uint64_t bytesRead() const { return m_bytes_read; }

private:
    struct Record {
        std::uint64_t line = 0;
        std::string text;
        std::vector<std::string> fields;
        std::string problem; ///< Of quoting; empty when there is none.
    };
    std::optional<Record> readRecord();
    Result<ImportLine> orderOf(const Record& record);

    std::istream& m_in;
    std::uint64_t m_line = 0;
    std::uint64_t m_bytes_read = 0;
    std::string m_header;
    std::vector<std::string> m_columns;
    std::unordered_map<std::string, std::uint64_t> m_occurrences; ///< Equal lines are different orders; by content.
};

/// Where the orders of a file go: the own service, or a server. Used by one coroutine, one order at a time.
using ImportTarget = std::function<Task<Result<CreatedOrder>>(ImportLine)>;
/// Makes the target of one of the coroutines that import at the same time.
using MakeImportTarget = std::function<ImportTarget()>;
/// Creates each order in `service`.
MakeImportTarget importInto(OrderService& service);

struct ImportOptions {
    double rate_per_s = 0;          ///< 0: as fast as it goes.
    std::size_t concurrency = 16;   ///< Orders under way at once; a durable commit takes a while.
    std::function<void(const ImportProgress&)> on_progress = {}; ///< Some times a second, from the runtime's threads.
    std::function<void(const RejectedLine&)> on_rejected = {};
    const std::atomic<bool>* stop = nullptr; ///< Set to end early: what is under way is finished.
};

/// Imports a file whose header was read. What is under way is bounded by `concurrency`.
/// Errors: what the target fails with for a reason that is not the line's (Unavailable after several tries…).
Task<Result<ImportProgress>> importOrders(Runtime& runtime, OrderFileReader& reader, MakeImportTarget make_target,
                                          ImportOptions options);

} // namespace orderlab
