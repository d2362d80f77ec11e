#pragma once
#include "lab/lab_config.h"
#include "postgres/postgres_archive.h"
#include "postgres/private_postgres.h"

namespace orderlab {

/// An archive of orders: a line an order, as ArchiveBatch has them. Appends only. Used from one thread; blocks.
class ArchiveFile {
public:
    /// Makes the file, for its owner alone, or goes on with one that is an archive already; a last line that was cut
    /// off, as its order is still in the database then, is taken out. Errors: InvalidArgument (field "out").
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

/// The database of a store, opened beside the system that may run on it.
struct OpenedArchive {
    std::unique_ptr<PrivatePostgres> server; ///< Null unless it had to be started; to be stopped.
    std::unique_ptr<PostgresArchive> archive;
};
/// Errors: Rejected (Never) for a memory store; those of startPrivatePostgres() and openPostgresStore().
Task<Result<OpenedArchive>> openArchive(Runtime& runtime, const LabConfig& config, TimePoint before);

/// Moves all that may be archived into `file` (null: nowhere), batch after batch: the lines are on the disk before the
/// rows are deleted, so that an end in the middle loses nothing; a batch may be in the file and in the database then,
/// and comes into a file once more. `on_progress` gets the number of orders so far. Returns how many.
Task<Result<std::int64_t>> archiveOrders(PostgresArchive& archive, ArchiveFile* file,
                                         const std::function<void(std::int64_t)>& on_progress);

} // namespace orderlab
