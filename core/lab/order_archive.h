#pragma once
#include "lab/lab_config.h"
#include "postgres/postgres_archive.h"
#include "postgres/private_postgres.h"

namespace orderlab {

/// An archive of orders: one line for each order (see ArchiveBatch). Append only. One thread; blocks.
class ArchiveFile {
public:
    /// Creates the file, readable only by its owner, or appends to an existing archive. A last line that was cut off is
    /// removed: its order is still in the database. Error: InvalidArgument (field "out").
    static Result<ArchiveFile> open(const std::filesystem::path& path);
    ~ArchiveFile();
    ArchiveFile(ArchiveFile&& other) noexcept
        : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1))
    {}
    ArchiveFile& operator=(ArchiveFile&&) = delete;

    /// Returns once the lines are on the disk. Error: Unavailable (Never).
    Result<void> append(std::string_view lines);

private:
    ArchiveFile(std::filesystem::path path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}
    std::filesystem::path m_path;
    int m_descriptor;
};

/// The database of a store, opened beside a system that may be running on it.
struct OpenedArchive {
    std::unique_ptr<PrivatePostgres> server; ///< Set if it had to be started; the caller stops it.
    std::unique_ptr<PostgresArchive> archive;
};
/// Errors: Rejected (Never) for a memory store; those of startPrivatePostgres() and openPostgresStore().
Task<Result<OpenedArchive>> openArchive(Runtime& runtime, const LabConfig& config, TimePoint before);

/// Moves all orders that may be archived into `file` (null: deletes them), batch after batch. The lines are on the disk
/// before the rows are deleted, so an interruption loses nothing; one batch may then be in the file and in the
/// database, and is written once more by the next run. `on_progress` gets the number of orders so far. Returns how
/// many. Errors: those of append() and the store.
Task<Result<std::int64_t>> archiveOrders(PostgresArchive& archive, ArchiveFile* file,
                                         const std::function<void(std::int64_t)>& on_progress);

} // namespace orderlab
