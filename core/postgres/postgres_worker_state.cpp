#include "postgres/postgres_worker_state.h"

#include "postgres/postgres_array.h"

namespace orderlab {

namespace {

struct StateColumns {
    PostgresArray group, key, value, read, updated;
    std::int64_t rows = 0;

    void add(const WorkerStateKey& of, const WorkerStateChange& change)
    {
        group.addText(of.group);
        key.addText(of.key);
        change.value ? value.addText(*change.value) : value.addNull();
        change.read ? read.addText(*change.read) : read.addNull();
        updated.add(change.updated_at);
        ++rows;
    }
};

} // namespace

void writeWorkerState(std::vector<PostgresStatement>& out, const std::map<WorkerStateKey, WorkerStateChange>& changes)
{
    StateColumns blind, fresh, changed, deleted, dropped;
    for (const auto& [key, change] : changes) {
        if (!change.is_written)
            continue;
        const bool was_there = change.was_read && change.read;
        if (change.value)
            (was_there ? changed : change.was_read ? fresh : blind).add(key, change);
        else
            (was_there ? deleted : dropped).add(key, change);
    }
    if (changed.rows > 0)
        out.push_back({"WITH done AS (UPDATE orderlab.worker_state w SET value = u.value, updated_at = u.updated_at"
                       " FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])"
                       " AS u(consumer_group, key, value, read, updated_at)"
                       " WHERE w.consumer_group = u.consumer_group AND w.key = u.key AND w.value = u.read RETURNING 1)"
                       " SELECT orderlab.expect_rows(count(*), $6::bigint, 'worker_state') FROM done",
                       {changed.group.take(), changed.key.take(), changed.value.take(), changed.read.take(),
                        changed.updated.take(), std::to_string(changed.rows)},
                       {}});
    if (fresh.rows > 0)
        out.push_back({"WITH done AS (INSERT INTO orderlab.worker_state (consumer_group, key, value, updated_at)"
                       " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])"
                       " ON CONFLICT DO NOTHING RETURNING 1)"
                       " SELECT orderlab.expect_rows(count(*), $5::bigint, 'worker_state') FROM done",
                       {fresh.group.take(), fresh.key.take(), fresh.value.take(), fresh.updated.take(),
                        std::to_string(fresh.rows)},
                       {}});
    if (blind.rows > 0)
        out.push_back({"INSERT INTO orderlab.worker_state (consumer_group, key, value, updated_at)"
                       " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])"
                       " ON CONFLICT (consumer_group, key) DO UPDATE SET value = excluded.value,"
                       " updated_at = excluded.updated_at",
                       {blind.group.take(), blind.key.take(), blind.value.take(), blind.updated.take()},
                       {}});
    if (deleted.rows > 0)
        out.push_back({"WITH done AS (DELETE FROM orderlab.worker_state w"
                       " USING unnest($1::text[], $2::text[], $3::text[]) AS u(consumer_group, key, read)"
                       " WHERE w.consumer_group = u.consumer_group AND w.key = u.key AND w.value = u.read RETURNING 1)"
                       " SELECT orderlab.expect_rows(count(*), $4::bigint, 'worker_state') FROM done",
                       {deleted.group.take(), deleted.key.take(), deleted.read.take(), std::to_string(deleted.rows)},
                       {}});
    if (dropped.rows > 0)
        out.push_back({"DELETE FROM orderlab.worker_state w USING unnest($1::text[], $2::text[])"
                       " AS u(consumer_group, key) WHERE w.consumer_group = u.consumer_group AND w.key = u.key",
                       {dropped.group.take(), dropped.key.take()},
                       {}});
}

} // namespace orderlab
