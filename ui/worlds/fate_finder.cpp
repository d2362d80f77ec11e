#include "ui/worlds/fate_finder.h"

#include "ui/models/fault_texts.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/worlds.h"

namespace orderlab::ui {

namespace {

QString percent(double part)
{
    return QStringLiteral("%1 %").arg(qRound(part * 100));
}

QString guaranteeTitle(Guarantee guarantee)
{
    for (const GuaranteeText& text : guaranteeTexts()) {
        if (text.guarantee == guarantee)
            return text.title;
    }
    return {};
}

QString sentenceOf(const FateReport& report)
{
    if (report.points.empty())
        return {};
    const FatePoint& jump = report.points[report.jump];
    QString text =
        FateFinder::tr("%1: from %2 to %3 at %4, with “%5”.")
            .arg(invariantTitle(report.violation.invariant), percent(report.beforeJump()), percent(jump.probability),
                 momentText(std::int64_t(jump.virtual_seconds * 1e6)), QString::fromStdString(jump.what));
    for (const FateReport::Saver& saver : report.savers)
        text +=
            QLatin1Char(' ')
            + FateFinder::tr("Until %1 “%2” would have kept it.")
                  .arg(momentText(std::int64_t(saver.until_virtual_seconds * 1e6)), guaranteeTitle(saver.guarantee));
    return text;
}

} // namespace

FateFinder::FateFinder(LabBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge)
{
    connect(&bridge.frames(), &FramePump::worldChanged, this, &FateFinder::forget);
}

bool FateFinder::find(OrderId order)
{
    const World& world = m_bridge.worlds()->shown();
    if (!world.outcome || world.outcome->violations.empty())
        return false;
    FateOptions options;
    for (const Violation& violation : world.outcome->violations) {
        if (order.isNull() || violation.order == order) {
            options.invariant = std::string(violation.invariant);
            options.order = violation.order;
            break;
        }
    }
    if (options.invariant.empty())
        return find({}); // This order's were kept: the first one that was not.
    forget();
    m_progress = 0;
    auto result = std::make_shared<std::optional<Result<FateReport>>>();
    m_work.start(
        [this, scenario = world.scenario, seed = world.seed, options,
         result](const std::function<bool()>& is_given_up) mutable {
            options.give_up = is_given_up;
            options.on_progress = [this](std::size_t done, std::size_t all) {
                if (done % 50 == 0)
                    m_work.post([this, done, all] {
                        m_progress = double(done) / double(all);
                        Q_EMIT changed();
                    });
            };
            *result = fate(scenario, seed, options);
        },
        [this, result] { take(**result); });
    Q_EMIT changed();
    return true;
}

void FateFinder::cancel()
{
    m_work.giveUp();
    Q_EMIT changed();
}

void FateFinder::take(const Result<FateReport>& report)
{
    if (report) {
        m_report = *report;
        m_sentence = sentenceOf(*report);
    } else {
        m_sentence = tr("The point of no return was not found. %1").arg(QString::fromStdString(report.error().message));
    }
    Q_EMIT changed();
}

/// It was of another world.
void FateFinder::forget()
{
    m_work.giveUp();
    m_report.reset();
    m_sentence.clear();
    Q_EMIT changed();
}

} // namespace orderlab::ui
