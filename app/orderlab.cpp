#include "desktop_benchmark.h"
#include "desktop_options.h"
#include "end_signals.h"
#include "option_settings.h"
#include "ui/main_window.h"
#include "ui/panels/story_panel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QIcon>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace {

/// Calls `painted` once, after the window's first frame.
class FirstFrame final : public QObject {
public:
    FirstFrame(QWidget& window, std::function<void()> painted) : QObject(&window), m_painted(std::move(painted))
    {
        window.installEventFilter(this);
    }
    bool eventFilter(QObject* object, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_painted)
            QTimer::singleShot(0, this, [this] {
                if (m_painted)
                    std::exchange(m_painted, {})();
            });
        return QObject::eventFilter(object, event);
    }

private:
    std::function<void()> m_painted;
};

/// A picture shows more with an order's story open: the newest one that was retried, else the newest.
void openAStory(orderlab::ui::MainWindow& window)
{
    const auto& orders = window.bridge().frames().world().orders();
    if (orders.empty() || !window.story().order().isNull())
        return;
    window.showFirstViolation();
    if (!window.story().order().isNull())
        return;
    const auto retried = std::find_if(orders.rbegin(), orders.rend(), [](const orderlab::OrderState& order) {
        return order.attempts_failed > 0 && order.status == orderlab::OrderStatus::Paid;
    });
    const orderlab::OrderId id = retried == orders.rend() ? orders.back().id : retried->id;
    window.showStory(id);
}

/// What a person has set in the window, unless the command line, the environment or the configuration file says
/// otherwise.
void useKeptSettings(int argc, char** argv, orderlab::DesktopOptions& options)
{
    auto system = std::make_shared<orderlab::OptionSettings>(argc, argv);
    options.system = system;
    const auto values = orderlab::ui::WindowMemory(true).systemValues();
    const bool is_watched = options.engine && options.engine->kind == orderlab::ui::Engine::Kind::Attached;
    if (values.empty() || is_watched)
        return;
    auto config = system->configWith(values);
    if (config) {
        options.lab = std::move(*config);
        return;
    }
    const QString problem =
        QCoreApplication::translate("Desktop",
                                    "The settings of the real system are not used. %1: %2. Change them with Ctrl+,")
            .arg(QString::fromStdString(config.error().field), QString::fromStdString(config.error().message));
    options.store_notice += (options.store_notice.isEmpty() ? QString() : QStringLiteral("\n")) + problem;
}

void takeScreenshot(orderlab::ui::MainWindow& window, const QString& file)
{
    if (!window.grab().save(file)) {
        std::fprintf(stderr, "orderlab: --screenshot: %s cannot be written\n", qPrintable(file));
        QApplication::exit(1);
        return;
    }
    window.close();
    QApplication::exit(0);
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer since_start;
    since_start.start();
    orderlab::DesktopOptions options;
    if (const auto code = orderlab::readDesktopOptions(argc, argv, options))
        return *code;
    orderlab::ui::FlowScenario scenario;
    if (!options.scenario.isEmpty()) {
        const auto loaded = orderlab::ui::FlowScenario::load(options.scenario);
        if (!loaded) {
            std::fprintf(stderr, "orderlab: --scenario: %s: %s\n", qPrintable(options.scenario),
                         loaded.error().message.c_str());
            return 2;
        }
        scenario = *loaded;
    }

    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("orderlab"));
    QApplication::setOrganizationName(QStringLiteral("orderlab"));
    QApplication::setApplicationVersion(QStringLiteral(ORDERLAB_VERSION));
    // By it a desktop finds the entry that packaging/desktop/ describes, with the icon.
    QApplication::setDesktopFileName(QStringLiteral("org.orderlab.Orderlab"));
    QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("org.orderlab.Orderlab")));
    orderlab::ui::MainWindow* shown = nullptr;
    // As Ctrl+Q does: the layout is kept, the system drains, its PostgreSQL ends. Nobody is asked.
    const orderlab::EndSignals signals([&shown](std::string_view) {
        QMetaObject::invokeMethod(
            qApp,
            [&shown] {
                if (shown)
                    shown->end();
                QApplication::closeAllWindows();
                QApplication::quit();
            },
            Qt::QueuedConnection);
    });
    const bool ordinary = options.screenshot.isEmpty() && !options.benchmark;
    const QString set_aside = orderlab::ui::WindowMemory(ordinary).setAsideBroken();
    // A picture or a measurement is the same on every machine.
    const auto usual = ordinary ? orderlab::ui::WindowMemory(true).language() : orderlab::ui::Language::English;
    orderlab::ui::installLanguage(options.language.value_or(usual), application);
    if (ordinary)
        useKeptSettings(argc, argv, options);
    orderlab::ui::MainWindow window(options.lab, {options.store_notice, ordinary, options.theme, options.faults,
                                                  options.guarantees, options.engine, options.system, ordinary});
    shown = &window;
    if (!set_aside.isEmpty())
        Q_EMIT window.bridge().told(set_aside);
    if (!options.size.isEmpty())
        window.resize(options.size);
    double first_frame_ms = 0;
    new FirstFrame(window, [&] { first_frame_ms = double(since_start.nsecsElapsed()) / 1e6; });
    window.show();
    if (!options.moment.isEmpty())
        QTimer::singleShot(0, &window, [&] { window.openMoment(options.moment); });
    if (!options.panel.isEmpty())
        window.showPanel(options.panel);
    if (!options.scenario.isEmpty())
        window.bridge().commands().play(scenario);
    if (!options.screenshot.isEmpty()) {
        const int after_ms = int(options.after_s * 1'000);
        // From when it runs, or cannot: a start may take long.
        auto* look = new QTimer(&window);
        QObject::connect(look, &QTimer::timeout, look, [&window, &options, look, after_ms] {
            using State = orderlab::ui::Session::State;
            const State state = window.bridge().session().state();
            if (state == State::Idle || state == State::Starting)
                return;
            look->stop();
            QTimer::singleShot(after_ms / 2, &window, [&window] { openAStory(window); });
            QTimer::singleShot(after_ms, &window, [&window, &options] { takeScreenshot(window, options.screenshot); });
        });
        look->start(20);
    }
    if (options.benchmark)
        QTimer::singleShot(500, &window, [&] { orderlab::runDesktopBenchmark(window, first_frame_ms); });
    return QApplication::exec();
}
