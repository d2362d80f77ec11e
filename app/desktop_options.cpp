#include "desktop_options.h"

#include "config_file.h"
#include "documents/write_documents.h"
#include "faults/fault_plan.h"
#include "lab_options.h"
#include "number_in.h"
#include "option_origin.h"
#include "simulation/moment_line.h"
#include "ui/bridge/recorded_session.h"
#include "ui/main_window.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>
#include <QUrl>

#include <cstdio>

namespace orderlab {

namespace {

/// What is typed, before it is checked against each other.
struct Typed {
    std::string size;
    std::string theme;
    std::string language;
    std::string scenario;
    std::string panel;
    std::string screenshot;
    std::string engine;
    std::string world;
    std::uint64_t seed = 0;
    bool attach = false;
    std::vector<std::string> faults;
    std::vector<std::string> without;
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
    return right ? std::string() : "must be WIDTHxHEIGHT, from 640x480 to 7680x4320";
}

void addWindowOptions(CLI::App& app, Typed& typed, DesktopOptions& options)
{
    app.add_option("--theme", typed.theme, "dark, light, contrast or system")
        ->check(CLI::IsMember({"dark", "light", "contrast", "system"}));
    app.add_option("--language", typed.language, "Of the window: en, de or system")
        ->check(CLI::IsMember({"en", "de", "system"}));
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
    app.add_option("--after", options.after_s, "Seconds until the screenshot, from when the system runs")
        ->needs(screenshot)
        ->check(numberIn(0.1, 3'600.0))
        ->capture_default_str();
    app.add_option("--fault", typed.faults,
                   "Injects a failure from the start, such as gateway-call=lose-answer,probability=0.3; repeatable");
    app.add_option("--without", typed.without, "Guarantees that are off at the start, such as payment-key,inbox")
        ->delimiter(',');
    app.add_option("--engine", typed.engine, "What runs: simulated, or real (with --bus); else that of the last start")
        ->check(CLI::IsMember({"simulated", "real"}));
    app.add_option("WORLD", typed.world,
                   "A scenario to simulate (the name of a shipped one, or a file), a moment (orderlab:…), or a journal "
                   "file to look at");
    app.add_option("--seed", typed.seed, "Of the simulated world")->check(numberIn<std::uint64_t>(0, UINT64_MAX));
    app.add_flag("--attach", typed.attach,
                 "Runs no system of its own: shows the processes on --kafka-brokers that publish their journals "
                 "(orderlabd serve --share-journal)")
        ->excludes("--engine")
        ->excludes("WORLD")
        ->excludes("--scenario")
        ->excludes("--fault")
        ->excludes("--without");
    app.add_flag("--benchmark", options.benchmark, "Measures frames and idle load, prints one JSON object and exits");
}

int refuse(const std::string& complaint)
{
    std::fprintf(stderr, "orderlab: %s\n", complaint.c_str());
    return 2;
}

void takeWindow(const Typed& typed, DesktopOptions& options)
{
    if (!typed.theme.empty())
        options.theme = ui::themeOf(QString::fromStdString(typed.theme));
    if (!typed.language.empty())
        options.language = ui::languageOf(QString::fromStdString(typed.language));
    if (!typed.size.empty()) {
        const QStringList parts = QString::fromStdString(typed.size).split(QLatin1Char('x'));
        options.size = QSize(parts[0].toInt(), parts[1].toInt());
    }
    options.scenario = QString::fromStdString(typed.scenario);
    options.panel = QString::fromStdString(typed.panel);
    options.screenshot = QString::fromStdString(typed.screenshot);
}

std::optional<int> takeFailures(const Typed& typed, DesktopOptions& options)
{
    for (const std::string& text : typed.faults) {
        const auto fault = parseFault(text);
        if (!fault)
            return refuse("--fault: " + fault.error().field + ' ' + fault.error().message);
        options.faults.push_back(*fault);
    }
    if (options.faults.size() > FaultPlan::faults_max)
        return refuse("--fault: can be given at most " + std::to_string(FaultPlan::faults_max) + " times");
    for (const std::string& text : typed.without) {
        const auto guarantee = guaranteeOf(text);
        if (!guarantee)
            return refuse("--without: " + guarantee.error().message);
        options.guarantees.set(*guarantee, false);
    }
    return std::nullopt;
}

std::optional<int> takeEngine(const Typed& typed, DesktopOptions& options, const CLI::App& app)
{
    const bool is_simulated = typed.engine == "simulated" || (typed.engine.empty() && !typed.world.empty());
    if (!is_simulated) {
        if (app.count("--seed") > 0)
            return refuse("--seed: is of a simulated world: name one, or use --engine simulated");
        if (!typed.world.empty())
            return refuse("WORLD: is simulated, and --engine is real");
        // Who asks for something of the real system gets it, whatever ran last.
        const bool is_real = typed.engine == "real" || !typed.scenario.empty() || !options.faults.empty()
                             || options.guarantees != Guarantees{} || options.benchmark || !typed.screenshot.empty()
                             || app.count("--bus") > 0 || app.count("--store") > 0;
        if (is_real)
            options.engine = ui::Engine{};
        return std::nullopt;
    }
    if (ui::isJournalFile(QString::fromStdString(typed.world))) {
        options.engine = ui::Engine{ui::Engine::Kind::Recorded};
        options.engine->recording = QString::fromStdString(typed.world);
        return std::nullopt;
    }
    if (!typed.scenario.empty())
        return refuse(
            "--scenario: is a flow of orders for the real system, and WORLD or --engine asks for the simulated one");
    ui::Engine engine = ui::simulatedEngine();
    if (!typed.world.empty()) {
        auto chosen = ui::engineOf(typed.world);
        if (!chosen)
            return refuse("WORLD: " + chosen.error().message);
        engine = std::move(*chosen);
        if (MomentLine::isLine(typed.world))
            options.moment = QString::fromStdString(typed.world);
    }
    if (app.count("--seed") > 0)
        engine.seed = typed.seed;
    for (const Fault& fault : options.faults)
        engine.scenario.faults.push_back(fault);
    for (int i = 0; i < guarantee_count; ++i) {
        if (!options.guarantees[Guarantee(i)])
            engine.scenario.guarantees.set(Guarantee(i), false);
    }
    options.engine = std::move(engine);
    return std::nullopt;
}

} // namespace

std::optional<int> readDesktopOptions(int argc, char** argv, DesktopOptions& options)
{
    CLI::App app{"Orderlab: a desktop lab for event-driven systems", "orderlab"};
    app.set_version_flag("--version", ORDERLAB_VERSION);
    Typed typed;
    LabOptions lab;
    addLabOptions(app, lab);
    addWindowOptions(app, typed, options);
    addDocumentsOption(app, {});
    if (const auto config = takeConfigFile(app, argc, argv); !config)
        return refuse(config.error().message);
    try {
        parseOptions(app, argc, argv);
    } catch (const CLI::Success& success) {
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        return refuse(withOrigins(error.what(), originsBehind(app, argc, argv)));
    }
    // A desktop hands over what is opened as a URL; a moment's line is one already.
    if (typed.world.starts_with("file:"))
        typed.world = QUrl(QString::fromStdString(typed.world)).toLocalFile().toStdString();
    takeWindow(typed, options);
    if (const auto refused = takeFailures(typed, options))
        return refused;
    if (const auto refused = takeEngine(typed, options, app))
        return refused;
    if (typed.attach) {
        options.engine = ui::Engine{ui::Engine::Kind::Attached};
        if (lab.kafka_brokers == "embedded")
            return refuse("--attach: needs a cluster that others reach: --kafka-brokers HOST:PORT");
        lab.bus = "kafka";
        lab.store = "memory"; // Nothing is kept here.
    }
    auto chosen = chooseLab(lab);
    if (!chosen)
        return refuse(
            withOrigins("--" + chosen.error().field + ": " + chosen.error().message, originsBehind(app, argc, argv)));
    options.lab = std::move(chosen->config);
    options.store_notice = QString::fromStdString(chosen->notice);
    return std::nullopt;
}

} // namespace orderlab
