#include "desktop_benchmark.h"

#include "ui/benchmark/benchmark.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace orderlab {

void runDesktopBenchmark(ui::MainWindow& window, double first_frame_ms)
{
    const auto result = ui::runBenchmark(window, {}, first_frame_ms);
    if (!result) {
        std::fprintf(stderr, "orderlab: --benchmark: %s\n", result.error().message.c_str());
        QCoreApplication::exit(1);
        return;
    }
    std::printf("%s\n", QJsonDocument(*result).toJson(QJsonDocument::Compact).constData());
    QCoreApplication::exit(0);
}

} // namespace orderlab
