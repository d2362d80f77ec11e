#include "postgres/postgres_ledger.h"

#include "postgres/postgres_values.h"

#include <algorithm>
#include <set>

namespace orderlab {

namespace {

std::string kindName(LedgerEntry::Kind kind)
{
    return kind == LedgerEntry::Kind::Charge ? "charge" : "refund";
}

constexpr std::size_t entries_a_batch_max = 256;

/// Two charges under one key have to see each other.
bool fits(const std::vector<LedgerEntry>& batch, const LedgerEntry& next)
{
    return next.payment_key.isNull() || std::none_of(batch.begin(), batch.end(), [&](const LedgerEntry& entry) {
               return entry.payment_key == next.payment_key;
           });
}

} // namespace

PostgresLedger::PostgresLedger(std::shared_ptr<PostgresPool> pool)
    : m_pool(pool), m_appends(
                        entries_a_batch_max, 1,
                        [pool](std::vector<LedgerEntry> entries) { return appendAll(pool, std::move(entries)); }, fits)
{}

Task<Result<void>> PostgresLedger::append(LedgerEntry entry)
{
    return m_appends.ask(std::move(entry));
}

Task<std::vector<Result<void>>> PostgresLedger::appendAll(std::shared_ptr<PostgresPool> pool,
                                                          std::vector<LedgerEntry> entries)
{
    PostgresArray keys, kinds, payments, payment_keys, orders, amounts, currencies, times;
    for (const LedgerEntry& entry : entries) {
        if (!entry.payment_key.isNull())
            keys.add(entry.payment_key);
        kinds.addText(kindName(entry.kind));
        payments.add(entry.payment);
        payment_keys.addOptional(entry.payment_key);
        orders.add(entry.order);
        amounts.add(entry.total.amount_minor);
        currencies.addText(entry.total.currency.code());
        times.add(entry.created_at);
    }
    std::vector<PostgresStatement> statements;
    // One writer a payment key at a time; what follows sees all that the one before has written. In order, so that no
    // two wait for each other.
    statements.push_back({"SELECT pg_advisory_xact_lock(hash) FROM (SELECT hashtextextended(key::text, 0) AS hash"
                          " FROM unnest($1::uuid[]) AS k(key) ORDER BY 1) locks",
                          {keys.take()},
                          {}});
    statements.push_back({"INSERT INTO orderlab.gateway_ledger (kind, payment_id, payment_key, order_id, amount_minor, "
                          "currency, created_at)"
                          " SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], "
                          "$6::text[], $7::timestamptz[])"
                          " AS e(kind, payment_id, payment_key, order_id, amount_minor, currency, created_at)"
                          " WHERE e.kind = 'refund' OR e.payment_key IS NULL"
                          " OR NOT EXISTS (SELECT FROM orderlab.gateway_ledger l WHERE l.payment_key = e.payment_key) "
                          "RETURNING payment_id, kind",
                          {kinds.take(), payments.take(), payment_keys.take(), orders.take(), amounts.take(),
                           currencies.take(), times.take()},
                          {}});
    auto results = co_await pool->run(std::move(statements));
    std::vector<Result<void>> answers;
    if (!results) {
        answers.assign(entries.size(), results.error());
        co_return answers;
    }
    std::set<std::pair<std::string, std::string>> written;
    const PostgresResult& rows = results->back();
    for (int row = 0; row < rows.rows(); ++row)
        written.emplace(rows.text(row, 0), rows.text(row, 1));
    for (const LedgerEntry& entry : entries) {
        if (written.contains({entry.payment.toString(), kindName(entry.kind)}))
            answers.emplace_back();
        else
            answers.emplace_back(
                Error{ErrorCode::AlreadyExists, Retry::Never, "the gateway has an entry under this payment key", {}});
    }
    co_return answers;
}

Task<Result<std::vector<LedgerEntry>>> PostgresLedger::find(Uuid payment_key)
{
    std::vector<PostgresStatement> statements;
    statements.push_back(
        {"SELECT kind, payment_id, payment_key, order_id, amount_minor, currency, orderlab.to_micros(created_at)"
         " FROM orderlab.gateway_ledger WHERE payment_key = $1::uuid ORDER BY sequence",
         {payment_key.toString()},
         {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    const PostgresResult& rows = (*results)[0];
    std::vector<LedgerEntry> entries;
    for (int row = 0; row < rows.rows(); ++row) {
        const auto payment = uuidOf(rows, row, 1), key = uuidOf(rows, row, 2), order = uuidOf(rows, row, 3);
        const auto total = moneyOf(rows, row, 4);
        if (!payment || !key || !order || !total)
            co_return Error{
                ErrorCode::Corrupt, Retry::Never, "the database holds a ledger entry that cannot be read", {}};
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
