#include "lab/order_archive.h"

#include "lab/subscriptions.h"
#include "postgres/postgres_migrations.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace orderlab {

namespace {

constexpr std::string_view archived_line_begin = R"({"order" : )";
constexpr Duration archive_connect_limit = std::chrono::seconds{10};
constexpr Duration archive_query_limit = std::chrono::minutes{10}; ///< A statement; counting reads all orders.

Error badFile(const std::filesystem::path& path, const std::string& what)
{
    return invalidArgument("out", path.string() + ": " + what);
}

std::string readAt(int descriptor, std::int64_t offset, std::size_t bytes)
{
    std::string text(bytes, '\0');
    const ssize_t got = ::pread(descriptor, text.data(), bytes, offset);
    text.resize(got > 0 ? std::size_t(got) : 0);
    return text;
}

/// Where the last whole line ends.
std::int64_t endOfLines(int descriptor, std::int64_t size)
{
    constexpr std::int64_t step = 64 * 1024;
    for (std::int64_t end = size; end > 0;) {
        const std::int64_t begin = std::max<std::int64_t>(end - step, 0);
        const std::string text = readAt(descriptor, begin, std::size_t(end - begin));
        if (const auto newline = text.rfind('\n'); newline != std::string::npos)
            return begin + std::int64_t(newline) + 1;
        end = begin;
    }
    return 0;
}

} // namespace

Result<ArchiveFile> ArchiveFile::open(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return badFile(path, std::strerror(errno));
    ArchiveFile file(path, descriptor);
    const std::int64_t size = ::lseek(descriptor, 0, SEEK_END);
    if (size < 0)
        return badFile(path, "an archive has to be a file");
    const std::string begin = readAt(descriptor, 0, archived_line_begin.size());
    if (begin != archived_line_begin.substr(0, begin.size()))
        return badFile(path, "is there and is no archive of orders: choose another file");
    if (const std::int64_t end = endOfLines(descriptor, size); end < size && ::ftruncate(descriptor, end) != 0)
        return badFile(path, std::strerror(errno));
    // The name has to be on the disk as well.
    const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        (void)::fsync(directory);
        ::close(directory);
    }
    return file;
}

ArchiveFile::~ArchiveFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<void> ArchiveFile::append(std::string_view lines)
{
    while (!lines.empty()) {
        const ssize_t written = ::write(m_descriptor, lines.data(), lines.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return Error{ErrorCode::Unavailable, Retry::Never, m_path.string() + ": " + std::strerror(errno), {}};
        lines.remove_prefix(std::size_t(written));
    }
    if (::fdatasync(m_descriptor) != 0)
        return Error{ErrorCode::Unavailable, Retry::Never, m_path.string() + ": " + std::strerror(errno), {}};
    return {};
}

Task<Result<OpenedArchive>> openArchive(Runtime& runtime, const LabConfig& config, TimePoint before)
{
    OpenedArchive opened;
    std::string url = config.postgres_url;
    if (config.store == StoreKind::Memory)
        co_return Error{ErrorCode::Rejected,
                        Retry::Never,
                        "the store is memory, which is gone at exit: there is nothing to archive; use --store postgres",
                        {}};
    if (config.store == StoreKind::PostgresPrivate) {
        PrivatePostgresOptions options;
        options.data_dir = config.data_dir;
        auto server = co_await startPrivatePostgres(runtime, std::move(options));
        // A system that runs has started it: then it is used as any other server.
        if (!server && server.error().code != ErrorCode::AlreadyExists)
            co_return server.error();
        if (server)
            opened.server = std::move(*server);
        url = privatePostgresUrl(config.data_dir);
    }
    auto connection = co_await PostgresConnection::open(runtime, url, archive_connect_limit);
    Result<void> ready;
    if (connection) {
        const auto migrated = co_await migratePostgres(**connection);
        if (!migrated)
            ready = migrated.error();
    } else {
        ready = connection.error();
    }
    if (ready) {
        auto patient = co_await PostgresConnection::open(runtime, url, archive_query_limit);
        if (patient) {
            const auto groups = labSubscriptions();
            opened.archive = std::make_unique<PostgresArchive>(std::move(*patient), before, groups);
            co_return opened;
        }
        ready = patient.error();
    }
    if (opened.server)
        co_await opened.server->stop();
    co_return ready.error();
}

Task<Result<std::int64_t>> archiveOrders(PostgresArchive& archive, ArchiveFile* file,
                                         const std::function<void(std::int64_t)>& on_progress)
{
    std::int64_t archived = 0;
    for (;;) {
        auto batch = co_await archive.next();
        if (!batch)
            co_return batch.error();
        if (batch->orders.empty())
            co_return archived;
        const auto count = std::int64_t(batch->orders.size());
        if (file)
            ORDERLAB_TRY(co_return, file->append(batch->lines));
        ORDERLAB_TRY(co_return, co_await archive.remove(*batch));
        archived += count;
        if (on_progress)
            on_progress(archived);
    }
}

} // namespace orderlab
