#pragma once
#include "lab/order_import.h"
#include "runtime/runtime.h"
#include "ui/bridge/answers.h"

#include <QTemporaryFile>

#include <fstream>

namespace orderlab::ui {

/// What the window is to know of an import since it was last told.
struct ImportNews {
    ImportProgress progress;
    std::vector<RejectedLine> rejected; ///< Only the new ones.
    bool finished = false;
    bool canceled = false;
    std::string problem;                     ///< Why it ended before the end of the file; empty otherwise.
    std::shared_ptr<QTemporaryFile> rejects; ///< Once finished: header and rejected records, byte for byte.

    static void merge(ImportNews& waiting, ImportNews&& newer);
};

/// One import of an order file that runs behind the window, and tells it some times a second. cancel() from any thread;
/// shared with the coroutine that does the work. At most `rejected_max` rejected lines are told of, for the table; all
/// are counted, and all are kept whole in a temporary file, which is never larger than the imported one.
class ImportRun {
public:
    static constexpr std::size_t rejected_max = 10'000;

    ImportRun(const std::string& path, Answers::News<ImportNews> news);
    std::uint64_t bytesTotal() const { return m_bytes_total; }
    void cancel() { m_stop = true; }

    static Task<void> run(std::shared_ptr<ImportRun> self, Runtime& runtime, OrderService& orders);

private:
    void tell();
    void finish(std::string problem);

    std::ifstream m_file;
    OrderFileReader m_reader;
    std::uint64_t m_bytes_total = 0;
    const Answers::News<ImportNews> m_news;
    std::atomic<bool> m_stop{false};
    // The coroutine's.
    std::shared_ptr<QTemporaryFile> m_rejects = std::make_shared<QTemporaryFile>(); ///< Until finish().
    ImportNews m_untold;
    std::size_t m_rejected_told = 0;
};

} // namespace orderlab::ui
