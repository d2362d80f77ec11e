#include "ui/bridge/import_run.h"

#include <filesystem>

namespace orderlab::ui {

void ImportNews::merge(ImportNews& waiting, ImportNews&& newer)
{
    waiting.rejected.insert(waiting.rejected.end(), std::make_move_iterator(newer.rejected.begin()),
                            std::make_move_iterator(newer.rejected.end()));
    newer.rejected = std::move(waiting.rejected);
    waiting = std::move(newer);
}

ImportRun::ImportRun(const std::string& path, Answers::News<ImportNews> news)
    : m_file(path, std::ios::binary), m_reader(m_file), m_news(std::move(news))
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    m_bytes_total = error ? 0 : std::uint64_t(size);
}

void ImportRun::tell()
{
    m_news.tell(m_untold);
    m_untold.rejected.clear();
}

void ImportRun::finish(std::string problem)
{
    m_untold.finished = true;
    m_untold.canceled = m_stop;
    m_untold.problem = std::move(problem);
    m_rejects->flush();
    m_untold.rejects = std::move(m_rejects);
    tell();
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
        if ((!file->isOpen() && !file->open())
            || file->write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
            return Error{ErrorCode::Exhausted,
                         Retry::Never,
                         "the rejected lines cannot be kept: " + file->errorString().toStdString(),
                         {}};
        return {};
    });
    if (!kept) {
        self->finish(kept.error().message);
        co_return;
    }
    ImportOptions options;
    options.stop = &self->m_stop;
    options.on_progress = [run = self.get()](const ImportProgress& progress) {
        run->m_untold.progress = progress;
        run->tell();
    };
    options.on_rejected = [run = self.get()](const RejectedLine& line) {
        if (run->m_rejected_told++ < rejected_max)
            run->m_untold.rejected.push_back(line);
    };
    MakeImportTarget target = importInto(orders);
    auto imported = co_await importOrders(runtime, self->m_reader, std::move(target), std::move(options));
    if (imported)
        self->m_untold.progress = *imported;
    self->finish(imported ? std::string() : imported.error().message);
}

} // namespace orderlab::ui
