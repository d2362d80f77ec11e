#include "store/postgres_ledger.h"

#include "store/postgres_values.h"

namespace orderlab {

namespace {

std::string kindName(LedgerEntry::Kind kind)
{
    return kind == LedgerEntry::Kind::Charge ? "charge" : "refund";
}

std::optional<std::string> optionalId(const Uuid& id)
{
    return id.isNull() ? std::nullopt : std::optional(id.toString());
}

} // namespace

Task<Result<void>> PostgresLedger::append(LedgerEntry entry)
{
    std::vector<PostgresStatement> statements;
    // One writer a payment key at a time; what follows sees all that the one before has written.
    if (!entry.payment_key.isNull())
        statements.push_back({"SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", {entry.payment_key.toString()}, {}});
    statements.push_back(
        {"INSERT INTO orderlab.gateway_ledger (kind, payment_id, payment_key, order_id, amount_minor, currency, created_at)"
         " SELECT $1::text, $2::uuid, $3::uuid, $4::uuid, $5::bigint, $6::text, $7::timestamptz"
         " WHERE $1::text = 'refund' OR $3::uuid IS NULL"
         " OR NOT EXISTS (SELECT FROM orderlab.gateway_ledger WHERE payment_key = $3::uuid) RETURNING sequence",
         {kindName(entry.kind), entry.payment.toString(), optionalId(entry.payment_key), entry.order.toString(),
          std::to_string(entry.total.amount_minor), std::string(entry.total.currency.code()), toRfc3339(entry.created_at)},
         {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    if (results->back().rows() == 0)
        co_return Error{ErrorCode::AlreadyExists, Retry::Never, "the gateway has an entry under this payment key", {}};
    co_return Result<void>{};
}

Task<Result<std::vector<LedgerEntry>>> PostgresLedger::find(Uuid payment_key)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT kind, payment_id, payment_key, order_id, amount_minor, currency, orderlab.to_micros(created_at)"
                          " FROM orderlab.gateway_ledger WHERE payment_key = $1::uuid ORDER BY sequence",
                          {payment_key.toString()}, {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    const PostgresResult& rows = (*results)[0];
    std::vector<LedgerEntry> entries;
    for (int row = 0; row < rows.rows(); ++row) {
        const auto payment = uuidOf(rows, row, 1), key = uuidOf(rows, row, 2), order = uuidOf(rows, row, 3);
        const auto total = moneyOf(rows, row, 4);
        if (!payment || !key || !order || !total)
            co_return Error{ErrorCode::Corrupt, Retry::Never, "the database holds a ledger entry that cannot be read", {}};
        LedgerEntry entry;
        entry.kind = rows.text(row, 0) == "charge" ? LedgerEntry::Kind::Charge : LedgerEntry::Kind::Refund;
        entry.payment = *payment;
        entry.payment_key = *key;
        entry.order = OrderId{*order};
        entry.total = *total;
        entry.created_at = timeOf(rows, row, 6);
        entries.push_back(entry);
    }
    co_return entries;
}

Task<Result<std::int64_t>> PostgresLedger::count(LedgerEntry::Kind kind)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT count(*) FROM orderlab.gateway_ledger WHERE kind = $1::text", {kindName(kind)}, {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return (*results)[0].number(0, 0);
}

} // namespace orderlab
