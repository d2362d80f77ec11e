#pragma once
#include "lab/csv_reader.h"
#include "service/order_service.h"

#include <atomic>
#include <functional>

namespace orderlab {

/// One order of a file.
struct ImportLine {
    std::uint64_t line = 0; ///< In the file, from 1.
    OrderRequest request;
    TimePoint created_at;
    IdempotencyKey idempotency; ///< Made of the line's content, so that the same file again creates nothing.
    std::string raw;            ///< The bytes it was read from, line end included.
};

/// A record that is no order: "FILE:LINE: field: reason".
struct RejectedLine {
    std::uint64_t line = 0; ///< Its first line in the file.
    std::string field;      ///< Empty when the whole line is to blame.
    std::string reason;
    std::string text; ///< For showing it: its first 1,000 bytes, without the line end.
    std::string describe(std::string_view file) const;
};

struct ImportProgress {
    std::uint64_t imported = 0, rejected = 0, already_there = 0;
    std::uint64_t bytes_read = 0;
};

/// Takes the bytes of rejected records. An error ends the import.
using RejectsSink = std::function<Result<void>(std::string_view bytes)>;

/// Reads order files: CSV, as CsvReader understands it, with the columns user_id, amount, currency, created_at in any
/// order, named in the first line; currency may be missing (EUR). Blanks around a field that is not quoted do not
/// count; a line of blanks is no record. Every other record is an order or rejected. One thread.
class OrderFileReader {
public:
    explicit OrderFileReader(std::istream& in);

    /// Error: Corrupt when the first line does not name the columns. Once, before next().
    Result<void> readHeader();
    /// Gives `sink` the header at once, and then each rejected record, byte for byte and whatever its length: a file
    /// that can be mended and imported. After readHeader(), before next(). Error: of the sink.
    Result<void> keepRejects(RejectsSink sink);
    /// The next order, a rejected record, or nothing at the end. A bad record never stops the rest.
    struct Item {
        std::optional<ImportLine> order;
        std::optional<RejectedLine> rejected;
    };
    /// Error: Unavailable when the file cannot be read on; of the sink.
    Result<std::optional<Item>> next();
    /// For an order that whoever should create it has refused: it goes to the rejected ones. Error: of the sink.
    Result<RejectedLine> reject(const ImportLine& order, const Error& refusal);
    /// Whether next() need not wait for the stream, unless a quoted field goes on beyond the line.
    bool hasLine() const { return m_csv.hasLine(); }
    std::uint64_t bytesRead() const { return m_csv.bytesRead(); }

private:
    Result<ImportLine> orderOf(const CsvRecord& record);
    Result<void> keep(std::string_view bytes);

    CsvReader m_csv;
    std::string m_header;
    std::vector<std::string> m_columns;
    std::unordered_map<std::string, std::uint64_t> m_occurrences; ///< Equal lines are different orders; by content.
    RejectsSink m_rejects;
    bool m_rejects_line_open = false; ///< What was kept last had no line end: it was the file's last line.
};

/// Where the orders of a file go: the own service, or a server. Used by one coroutine, one order at a time.
/// InvalidArgument: the order is rejected. AlreadyExists: it came another way before (a key is made of the order's
/// content, its fingerprint of how it came) and is already there. Any other error that is Never ends the import.
using ImportTarget = std::function<Task<Result<CreatedOrder>>(ImportLine)>;
/// Makes the target of one of the coroutines that import at the same time.
using MakeImportTarget = std::function<ImportTarget()>;
/// Creates each order in `service`.
MakeImportTarget importInto(OrderService& service);

struct ImportOptions {
    double rate_per_s = 0;        ///< 0: as fast as it goes.
    std::size_t concurrency = 16; ///< Orders under way at once; a durable commit takes a while.
    std::function<void(const ImportProgress&)> on_progress =
        {}; ///< Some times a second and at the end, however it ends.
    std::function<void(const RejectedLine&)> on_rejected = {};
    const std::atomic<bool>* stop = nullptr; ///< Set to end early: what is under way is finished.
    std::function<bool()> is_ready =
        {}; ///< Whether the file can be read without waiting; empty: always. Under a lock: be quick.
};

/// Imports a file whose header was read. What is under way is bounded by `concurrency`. Callbacks come from the
/// runtime's threads, one at a time. Unless it is stopped or fails, every record is imported, rejected or already
/// there. Errors: what the target fails with for a reason that is not the line's (Unavailable after several tries…),
/// and the reader's. The same file again goes on where it ended.
Task<Result<ImportProgress>> importOrders(Runtime& runtime, OrderFileReader& reader, MakeImportTarget make_target,
                                          ImportOptions options);

} // namespace orderlab
