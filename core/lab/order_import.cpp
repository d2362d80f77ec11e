#include "lab/order_import.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "runtime/task_group.h"

#include <algorithm>
#include <array>

namespace orderlab {

namespace {

constexpr std::size_t shown_bytes_max = 1'000;
constexpr int tries_max = 8;                                   ///< For a target that is away: about half a minute.
constexpr Duration input_pause{std::chrono::milliseconds{20}}; ///< Between looks at an input that has nothing yet.
constexpr std::array<std::string_view, 4> column_names = {"user_id", "amount", "currency", "created_at"};

Error corrupt(std::string message)
{
    return {ErrorCode::Corrupt, Retry::Never, std::move(message), {}};
}

std::string_view withoutLineEnd(std::string_view line)
{
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// What the workers of one import share.
struct SharedImport {
    Mutex mutex;
    ImportProgress progress ORDERLAB_GUARDED_BY(mutex);
    std::optional<Error> failed ORDERLAB_GUARDED_BY(mutex);
    std::uint64_t taken ORDERLAB_GUARDED_BY(mutex) = 0;
};

} // namespace

std::string RejectedLine::describe(std::string_view file) const
{
    return std::string(file) + ':' + std::to_string(line) + ": " + (field.empty() ? std::string("line") : field) + ": "
           + reason;
}

OrderFileReader::OrderFileReader(std::istream& in) : m_csv(in) {}

Result<void> OrderFileReader::readHeader()
{
    CsvRecord header;
    if (!m_csv.next(header)) {
        if (m_csv.failed())
            return unavailable("the file cannot be read");
        return corrupt("the file is empty; its first line has to name the columns user_id,amount,currency,created_at");
    }
    if (header.raw.starts_with("\xff\xfe") || header.raw.starts_with("\xfe\xff"))
        return corrupt("the file is UTF-16; save it as CSV in UTF-8");
    if (!header.problem.empty())
        return corrupt("line 1 " + header.problem + "; it has to name the columns user_id,amount,currency,created_at");
    for (std::string_view needed : {"user_id", "amount", "created_at"}) {
        if (std::find(header.fields.begin(), header.fields.end(), needed) == header.fields.end())
            return corrupt("line 1 has no column " + std::string(needed)
                           + "; it has to name the columns user_id,amount,currency,created_at");
    }
    for (const std::string& column : header.fields) {
        if (std::find(column_names.begin(), column_names.end(), column) == column_names.end())
            return corrupt("line 1 names an unknown column " + shortened(column, 80));
        if (std::count(header.fields.begin(), header.fields.end(), column) > 1)
            return corrupt("line 1 names the column " + column + " twice");
    }
    m_header = std::move(header.raw);
    m_columns = std::move(header.fields);
    m_csv.expectFields(m_columns.size());
    return {};
}

Result<void> OrderFileReader::keepRejects(RejectsSink sink)
{
    m_rejects = std::move(sink);
    return keep(m_header);
}

Result<void> OrderFileReader::keep(std::string_view bytes)
{
    if (!m_rejects || bytes.empty())
        return {};
    if (m_rejects_line_open)
        ORDERLAB_TRY(return, m_rejects("\n"));
    m_rejects_line_open = !bytes.ends_with('\n');
    return m_rejects(bytes);
}

Result<ImportLine> OrderFileReader::orderOf(const CsvRecord& record)
{
    if (!record.problem.empty())
        return invalidArgument("", record.problem);
    if (record.field_count != m_columns.size()) {
        return invalidArgument("", "has " + std::to_string(record.field_count) + " fields; expected "
                                       + std::to_string(m_columns.size()));
    }
    ImportLine order;
    order.line = record.line;
    std::string_view amount, currency = "EUR", created_at;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i] == "user_id")
            order.request.user_id = record.fields[i];
        else if (m_columns[i] == "amount")
            amount = record.fields[i];
        else if (m_columns[i] == "currency")
            currency = record.fields[i];
        else
            created_at = record.fields[i];
    }
    const auto known = Currency::parse(currency);
    if (!known)
        return known.error();
    const auto total = Money::parse(amount, *known);
    if (!total)
        return total.error();
    order.request.total = *total;
    ORDERLAB_TRY(return, order.request.validate());
    const auto moment = parseRfc3339(created_at);
    if (!moment)
        return invalidArgument("created_at", moment.error().message);
    if (*moment < TimePoint{})
        return invalidArgument("created_at", "must not be before 1970");
    order.created_at = *moment;
    order.raw = record.raw;

    const std::string content = sha256Hex(order.request.user_id + '\n' + total->amountText() + '\n'
                                          + std::string(known->code()) + '\n' + toRfc3339(*moment));
    order.idempotency.key = "import-" + content + '-' + std::to_string(++m_occurrences[content]);
    order.idempotency.fingerprint = content;
    return order;
}

Result<std::optional<OrderFileReader::Item>> OrderFileReader::next()
{
    CsvRecord record;
    do {
        if (!m_csv.next(record)) {
            if (m_csv.failed())
                return unavailable("the file cannot be read on");
            return std::optional<Item>{};
        }
    } while (record.is_blank);
    auto order = orderOf(record);
    Item item;
    if (order) {
        item.order = std::move(*order);
        return std::optional<Item>(std::move(item));
    }
    ORDERLAB_TRY(return, keep(record.raw));
    if (record.has_rest) {
        for (std::string_view more = m_csv.rest(); !more.empty(); more = m_csv.rest()) {
            m_rejects_line_open = false; // The same line goes on.
            ORDERLAB_TRY(return, keep(more));
        }
    }
    std::string reason = std::move(order.error().message);
    if (record.lines > 1)
        reason += " (the record ends in line " + std::to_string(record.line + record.lines - 1) + ')';
    item.rejected = RejectedLine{record.line, order.error().field, std::move(reason),
                                 shortened(withoutLineEnd(record.raw), shown_bytes_max)};
    return std::optional<Item>(std::move(item));
}

Result<RejectedLine> OrderFileReader::reject(const ImportLine& order, const Error& refusal)
{
    ORDERLAB_TRY(return, keep(order.raw));
    return RejectedLine{order.line, refusal.field, refusal.message,
                        shortened(withoutLineEnd(order.raw), shown_bytes_max)};
}

MakeImportTarget importInto(OrderService& service)
{
    return [&service] {
        return [&service](ImportLine line) {
            CreateOrder create;
            create.request = std::move(line.request);
            create.idempotency = std::move(line.idempotency);
            create.created_at = line.created_at;
            return service.create(std::move(create));
        };
    };
}

namespace {

/// Creates one order, waiting out a target that is away for a while.
Task<Result<CreatedOrder>> createPatiently(Runtime& runtime, const ImportTarget& target, const ImportLine& line,
                                           const std::atomic<bool>* stop)
{
    Duration pause{std::chrono::milliseconds{200}};
    for (int attempt = 1;; ++attempt) {
        auto created = co_await target(line);
        if (created || created.error().retry == Retry::Never || attempt == tries_max || (stop && stop->load()))
            co_return created;
        co_await runtime.sleep(pause);
        pause = std::min(pause * 2, Duration{std::chrono::seconds{10}});
    }
}

/// As the HTTP API does, wherever the order goes.
Task<Result<CreatedOrder>> createOne(Runtime& runtime, const ImportTarget& target, const ImportLine& line,
                                     const std::atomic<bool>* stop)
{
    if (line.created_at > runtime.now())
        co_return invalidArgument("created_at", "must not be in the future");
    co_return co_await createPatiently(runtime, target, line, stop);
}

void noteRejected(SharedImport& shared, const ImportOptions& options, const RejectedLine& line)
    ORDERLAB_REQUIRES(shared.mutex)
{
    ++shared.progress.rejected;
    if (options.on_rejected)
        options.on_rejected(line);
}

/// The next order; a rejected record is noted; nothing at the end or on an error.
std::optional<OrderFileReader::Item> takeNext(OrderFileReader& reader, const ImportOptions& options,
                                              SharedImport& shared) ORDERLAB_REQUIRES(shared.mutex)
{
    auto item = reader.next();
    shared.progress.bytes_read = reader.bytesRead();
    if (!item) {
        shared.failed = item.error();
        return {};
    }
    if (*item && (*item)->rejected)
        noteRejected(shared, options, *(*item)->rejected);
    return std::move(*item);
}

Task<void> importSome(Runtime& runtime, OrderFileReader& reader, const MakeImportTarget& make_target,
                      const ImportOptions& options, SharedImport& shared, TimePoint started)
{
    const ImportTarget target = make_target();
    for (;;) {
        std::optional<OrderFileReader::Item> item;
        std::uint64_t number = 0;
        bool is_ready = true;
        {
            const MutexLock guard(shared.mutex);
            if (shared.failed || (options.stop && options.stop->load()))
                co_return;
            is_ready = !options.is_ready || reader.hasLine() || options.is_ready();
            if (is_ready) {
                item = takeNext(reader, options, shared);
                if (!item)
                    co_return;
                if (item->rejected)
                    continue;
                number = shared.taken++;
            }
        }
        if (!is_ready) {
            co_await runtime.sleep(input_pause);
            continue;
        }
        if (options.rate_per_s > 0) {
            const Duration due{std::int64_t(double(number) / options.rate_per_s * 1e6)};
            if (const Duration early = started + due - runtime.now(); early.count() > 0)
                co_await runtime.sleep(early);
        }
        const auto created = co_await createOne(runtime, target, *item->order, options.stop);
        const MutexLock guard(shared.mutex);
        if (created) {
            ++(created->replayed ? shared.progress.already_there : shared.progress.imported);
            continue;
        }
        auto failure = created.error();
        if (failure.code == ErrorCode::AlreadyExists) {
            ++shared.progress.already_there; // Its key is made of what the order says: no other order has it.
            continue;
        }
        if (failure.code == ErrorCode::InvalidArgument) {
            const auto rejected = reader.reject(*item->order, failure);
            if (rejected) {
                noteRejected(shared, options, *rejected);
                continue;
            }
            failure = rejected.error();
        }
        if (!shared.failed)
            shared.failed = std::move(failure);
        co_return;
    }
}

} // namespace

Task<Result<ImportProgress>> importOrders(Runtime& runtime, OrderFileReader& reader, MakeImportTarget make_target,
                                          ImportOptions options)
{
    SharedImport shared;
    TaskGroup workers(runtime);
    const TimePoint started = runtime.now();
    for (std::size_t i = 0; i < std::max<std::size_t>(1, options.concurrency); ++i)
        workers.spawn(importSome(runtime, reader, make_target, options, shared, started));
    while (workers.size() > 0) {
        co_await runtime.sleep(std::chrono::milliseconds{50});
        if (options.on_progress) {
            const MutexLock guard(shared.mutex);
            options.on_progress(shared.progress);
        }
    }
    const MutexLock guard(shared.mutex);
    if (options.on_progress)
        options.on_progress(shared.progress);
    if (shared.failed)
        co_return *shared.failed;
    co_return shared.progress;
}

} // namespace orderlab
