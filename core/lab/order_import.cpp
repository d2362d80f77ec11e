#include "lab/order_import.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "runtime/task_group.h"

#include <algorithm>
#include <array>

namespace orderlab {

namespace {

constexpr std::size_t record_bytes_max = 64 * 1024;
constexpr std::size_t shown_bytes_max = 1'000;
constexpr int tries_max = 8; ///< For a target that is away: about half a minute.
constexpr std::array<std::string_view, 4> column_names = {"user_id", "amount", "currency", "created_at"};

Error corrupt(std::string message)
{
    return {ErrorCode::Corrupt, Retry::Never, std::move(message), {}};
}

/// Spaces, tabs and carriage returns around a field are what spreadsheets and exports leave, not what anybody means.
void trim(std::string& field)
{
    constexpr std::string_view blank = " \t\r";
    field.erase(0, field.find_first_not_of(blank));
    field.erase(field.find_last_not_of(blank) + 1);
}

/// What the workers of one import share. Guarded by `mutex`.
struct SharedImport {
    std::mutex mutex;
    ImportProgress progress;
    std::optional<Error> failed;
    std::uint64_t taken = 0;
};

} // namespace

std::string RejectedLine::describe(std::string_view file) const
{
    return std::string(file) + ':' + std::to_string(line) + ": " + (field.empty() ? std::string("line") : field) + ": "
        + reason;
}

OrderFileReader::OrderFileReader(std::istream& in) : m_in(in) {}

/// One record: a line, or several where a quoted field has line breaks.
std::optional<OrderFileReader::Record> OrderFileReader::readRecord()
{
    Record record;
    std::string line;
    if (!std::getline(m_in, line))
        return {};
    record.line = ++m_line;
    m_bytes_read += line.size() + 1;
    std::string field;
    bool quoted = false, was_quoted = false;
    const auto finishField = [&] {
        if (!was_quoted)
            trim(field);
        record.fields.push_back(std::move(field));
        field.clear();
        was_quoted = false;
    };
    for (;;) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        record.text += line.substr(0, shown_bytes_max - std::min(shown_bytes_max, record.text.size()));
        for (std::size_t i = 0; i < line.size(); ++i) {
            const char c = line[i];
            if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
                field += '"';
                ++i;
            } else if (quoted && c == '"') {
                quoted = false;
            } else if (quoted) {
                field += c;
            } else if (c == ',') {
                finishField();
            } else if (c == '"' && field.empty() && !was_quoted) {
                quoted = was_quoted = true;
            } else if (c == '"' || was_quoted) {
                record.problem = "a quote is in the wrong place";
            } else {
                field += c;
            }
        }
        if (!quoted)
            break;
        if (field.size() > record_bytes_max || !std::getline(m_in, line)) {
            record.problem = "a quoted field does not end";
            break;
        }
        ++m_line;
        m_bytes_read += line.size() + 1;
        field += '\n';
    }
    finishField();
    if (!isUtf8(record.text) && record.text.size() < shown_bytes_max)
        record.problem = "is not UTF-8";
    return record;
}

Result<void> OrderFileReader::readHeader()
{
    auto header = readRecord();
    if (!header)
        return corrupt("the file is empty; its first line has to name the columns user_id,amount,currency,created_at");
    if (header->fields.front().starts_with("\xef\xbb\xbf"))
        header->fields.front().erase(0, 3);
    for (std::string_view needed : {"user_id", "amount", "created_at"}) {
        if (std::find(header->fields.begin(), header->fields.end(), needed) == header->fields.end())
            return corrupt("line 1 has no column " + std::string(needed)
                           + "; it has to name the columns user_id,amount,currency,created_at");
    }
    for (const std::string& column : header->fields) {
        if (std::find(column_names.begin(), column_names.end(), column) == column_names.end())
            return corrupt("line 1 names an unknown column " + column.substr(0, 80));
        if (std::count(header->fields.begin(), header->fields.end(), column) > 1)
            return corrupt("line 1 names the column " + column + " twice");
    }
    m_header = header->text;
    m_columns = std::move(header->fields);
    return {};
}

Result<ImportLine> OrderFileReader::orderOf(const Record& record)
{
    if (!record.problem.empty())
        return invalidArgument("", record.problem);
    if (record.fields.size() != m_columns.size()) {
        return invalidArgument("", "has " + std::to_string(record.fields.size()) + " fields; expected "
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
    order.created_at = *moment;

    const std::string content = sha256Hex(order.request.user_id + '\n' + total->amountText() + '\n'
                                          + std::string(known->code()) + '\n' + toRfc3339(*moment));
    order.idempotency.key = "import-" + content + '-' + std::to_string(++m_occurrences[content]);
    order.idempotency.fingerprint = content;
    return order;
}

std::optional<OrderFileReader::Item> OrderFileReader::next()
{
    for (;;) {
        const auto record = readRecord();
        if (!record)
            return {};
        if (record->fields.size() == 1 && record->fields.front().empty() && record->problem.empty())
            continue; // An empty line is no order, and no mistake either.
        auto order = orderOf(*record);
        Item item;
        if (order)
            item.order = std::move(*order);
        else
            item.rejected = RejectedLine{record->line, order.error().field, order.error().message, record->text};
        return item;
    }
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

Task<void> importSome(Runtime& runtime, OrderFileReader& reader, const MakeImportTarget& make_target,
                      const ImportOptions& options, SharedImport& shared, TimePoint started)
{
    const ImportTarget target = make_target();
    for (;;) {
        std::optional<OrderFileReader::Item> item;
        std::uint64_t number = 0;
        {
            const std::scoped_lock guard(shared.mutex);
            if (shared.failed || (options.stop && options.stop->load()))
                co_return;
            item = reader.next();
            if (!item)
                co_return;
            shared.progress.bytes_read = reader.bytesRead();
            number = item->order ? shared.taken++ : 0;
            if (item->rejected) {
                ++shared.progress.rejected;
                if (options.on_rejected)
                    options.on_rejected(*item->rejected);
                continue;
            }
        }
        if (options.rate_per_s > 0) {
            const Duration due{std::int64_t(double(number) / options.rate_per_s * 1e6)};
            if (const Duration early = started + due - runtime.now(); early.count() > 0)
                co_await runtime.sleep(early);
        }
        const auto created = co_await createPatiently(runtime, target, *item->order, options.stop);
        const std::scoped_lock guard(shared.mutex);
        if (!created) {
            if (!shared.failed)
                shared.failed = created.error();
            co_return;
        }
        ++(created->replayed ? shared.progress.already_there : shared.progress.imported);
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
            const std::scoped_lock guard(shared.mutex);
            options.on_progress(shared.progress);
        }
    }
    if (shared.failed)
        co_return *shared.failed;
    co_return shared.progress;
}

} // namespace orderlab
