#include "ui/bridge/import_run.h"

#include <filesystem>

namespace orderlab::ui {

ImportRun::ImportRun(const std::string& path) : m_file(path, std::ios::binary), m_reader(m_file)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    m_bytes_total = error ? 0 : std::uint64_t(size);
}

ImportNews ImportRun::take()
{
    const std::lock_guard lock(m_mutex);
    ImportNews news = m_news;
    m_news.rejected.clear();
    return news;
}

void ImportRun::finish(std::string problem)
{
    const std::lock_guard lock(m_mutex);
    m_news.finished = true;
    m_news.canceled = m_stop;
    m_news.problem = std::move(problem);
    m_rejects->flush();
    m_news.rejects = m_rejects;
}

Task<void> ImportRun::run(std::shared_ptr<ImportRun> self, Runtime& runtime, OrderService& orders)
{
    if (!self->m_file) {
        self->finish("the file cannot be read");
        co_return;
    }
    const auto header = self->m_reader.readHeader();
    if (!header) {
        self->finish(header.error().message);
        co_return;
    }
    const auto kept = self->m_reader.keepRejects([file = self->m_rejects](std::string_view bytes) -> Result<void> {
        if ((!file->isOpen() && !file->open()) || file->write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
            return Error{ErrorCode::Exhausted, Retry::Never,
                         "the rejected lines cannot be kept: " + file->errorString().toStdString(), {}};
        return {};
    });
    if (!kept) {
        self->finish(kept.error().message);
        co_return;
    }
    ImportOptions options;
    options.stop = &self->m_stop;
    options.on_progress = [run = self.get()](const ImportProgress& progress) {
        const std::lock_guard lock(run->m_mutex);
        run->m_news.progress = progress;
    };
    options.on_rejected = [run = self.get()](const RejectedLine& line) {
        const std::lock_guard lock(run->m_mutex);
        if (run->m_rejected_kept++ < rejected_max)
            run->m_news.rejected.push_back(line);
    };
    MakeImportTarget target = importInto(orders);
    auto imported = co_await importOrders(runtime, self->m_reader, std::move(target), std::move(options));
    if (imported) {
        const std::lock_guard lock(self->m_mutex);
        self->m_news.progress = *imported;
    }
    self->finish(imported ? std::string() : imported.error().message);
}

} // namespace orderlab::ui
