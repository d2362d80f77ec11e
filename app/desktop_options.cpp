#include "desktop_options.h"

#include "store/private_postgres.h"
#include "ui/main_window.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>
#include <QStandardPaths>

#include <cstdio>

namespace orderlab {

namespace {

/// What is typed, before it is checked against each other.
struct Typed {
    std::string bus = "memory";
    std::string store;
    std::string postgres = "private";
    std::string data_dir;
    std::string workers = "all";
    std::string size;
    std::string theme;
    std::string scenario;
    std::string panel;
    std::string screenshot;
};

std::string existingFile(const std::string& text)
{
    return text.empty() || QFileInfo(QString::fromStdString(text)).isFile() ? std::string()
                                                                            : "there is no file " + text;
}

std::string sizeProblem(const std::string& text)
{
    const QStringList parts = QString::fromStdString(text).split(QLatin1Char('x'));
    const bool right = parts.size() == 2 && parts[0].toInt() >= 640 && parts[0].toInt() <= 7'680
                       && parts[1].toInt() >= 480 && parts[1].toInt() <= 4'320;
    return right ? std::string() : "has to be WIDTHxHEIGHT from 640x480 to 7680x4320";
}

void addStoreOptions(CLI::App& app, Typed& typed, DesktopOptions& options)
{
    app.add_option("--bus", typed.bus, "Event bus: memory")->envname("ORDERLAB_BUS")->check(CLI::IsMember({"memory"}));
    app.add_option("--store", typed.store,
                   "Where orders are kept: memory or postgres. Default: a private PostgreSQL where it is installed")
        ->envname("ORDERLAB_STORE")
        ->check(CLI::IsMember({"memory", "postgres"}));
    app.add_option("--postgres", typed.postgres, "private (a cluster of our own), or the URL of a server")
        ->envname("ORDERLAB_POSTGRES")
        ->capture_default_str();
    app.add_option("--data-dir", typed.data_dir, "Where the private PostgreSQL keeps its files")
        ->envname("ORDERLAB_DATA_DIR");
    app.add_option("--partitions", options.lab.partitions, "Partitions a topic, 1 to 64")
        ->envname("ORDERLAB_PARTITIONS")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    app.add_option("--topic-prefix", options.lab.topic_prefix, "Before every topic's name")
        ->envname("ORDERLAB_TOPIC_PREFIX")
        ->capture_default_str();
    app.add_option("--workers", typed.workers,
                   "Groups that run here: all, none, or some of payment,notification,analytics,order-status")
        ->envname("ORDERLAB_WORKERS")
        ->capture_default_str();
}

void addWindowOptions(CLI::App& app, Typed& typed, DesktopOptions& options)
{
    app.add_option("--theme", typed.theme, "dark, light or contrast")
        ->check(CLI::IsMember({"dark", "light", "contrast"}));
    app.add_option("--scenario", typed.scenario, "Plays a flow of orders from a JSON file")
        ->check(CLI::Validator(existingFile, "FILE"));
    std::vector<std::string> panels;
    for (const QString& panel : ui::MainWindow::panelNames())
        panels.push_back(panel.toStdString());
    app.add_option("--panel", typed.panel, "The panel to show first")->check(CLI::IsMember(panels));
    app.add_option("--size", typed.size, "Size of the window, WIDTHxHEIGHT")
        ->check(CLI::Validator([](std::string& text) { return sizeProblem(text); }, "WxH"));
    auto* screenshot =
        app.add_option("--screenshot", typed.screenshot, "Saves a picture of the window (PNG) and exits");
    app.add_option("--after", options.after_s, "Seconds until the screenshot")
        ->needs(screenshot)
        ->check(CLI::Range(0.1, 3'600.0))
        ->capture_default_str();
    app.add_flag("--benchmark", options.benchmark, "Measures frames and idle load, prints one JSON object and exits");
}

std::vector<std::string> workersOf(const std::string& text)
{
    if (text == "all")
        return LabConfig{}.workers;
    std::vector<std::string> workers;
    if (text == "none")
        return workers;
    for (const QString& worker : QString::fromStdString(text).split(QLatin1Char(',')))
        workers.push_back(worker.trimmed().toStdString());
    return workers;
}

std::filesystem::path defaultDataDir()
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return std::filesystem::path((base + QStringLiteral("/orderlab")).toStdString());
}

void chooseStore(const Typed& typed, DesktopOptions& options)
{
    const bool is_private = typed.postgres == "private";
    options.lab.data_dir = typed.data_dir.empty() ? defaultDataDir() : std::filesystem::path(typed.data_dir);
    if (typed.store == "memory")
        return;
    if (!is_private) {
        options.lab.store = StoreKind::PostgresUrl;
        options.lab.postgres_url = typed.postgres;
    } else if (typed.store == "postgres" || findPostgresBinaries()) {
        options.lab.store = StoreKind::PostgresPrivate;
    } else {
        options.store_notice =
            QStringLiteral("PostgreSQL is not installed, so orders are kept in memory and are gone when the window closes. "
                           "To keep them: sudo apt install postgresql");
    }
}

int refuse(const std::string& option, const std::string& problem)
{
    std::fprintf(stderr, "orderlab: %s: %s\n", option.c_str(), problem.c_str());
    return 2;
}

void takeWindow(const Typed& typed, DesktopOptions& options)
{
    if (!typed.theme.empty())
        options.theme = ui::themeOf(QString::fromStdString(typed.theme));
    if (!typed.size.empty()) {
        const QStringList parts = QString::fromStdString(typed.size).split(QLatin1Char('x'));
        options.size = QSize(parts[0].toInt(), parts[1].toInt());
    }
    options.scenario = QString::fromStdString(typed.scenario);
    options.panel = QString::fromStdString(typed.panel);
    options.screenshot = QString::fromStdString(typed.screenshot);
}

} // namespace

std::optional<int> readDesktopOptions(int argc, char** argv, DesktopOptions& options)
{
    CLI::App app{"Orderlab: a desktop lab for event-driven systems", "orderlab"};
    app.set_version_flag("--version", ORDERLAB_VERSION);
    Typed typed;
    addStoreOptions(app, typed, options);
    addWindowOptions(app, typed, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "orderlab: %s\n", error.what());
        return 2;
    }
    takeWindow(typed, options);
    chooseStore(typed, options);
    options.lab.workers = workersOf(typed.workers);
    if (const auto valid = options.lab.validate(); !valid)
        return refuse("--" + valid.error().field, valid.error().message);
    return std::nullopt;
}

} // namespace orderlab
