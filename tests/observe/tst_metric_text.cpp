#include "journal/journal.h"
#include "observe/journal_metrics.h"
#include "observe/metric_text.h"
#include "observe/metrics.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <limits>
#include <set>

using namespace orderlab;
using orderlab::test::toQString;

namespace {

Entry entryOf(EntryKind kind, NameId group = 0, NameId detail = 0, std::int32_t value = 0)
{
    Entry entry;
    entry.kind = kind;
    entry.group = group;
    entry.detail = detail;
    entry.value = value;
    entry.time_us = 1'767'225'600'000'012;
    entry.order = Uuid::version7(1'767'225'599'000, 1, 2);
    return entry;
}

/// The samples of one metric, as "label,label=value".
QStringList samplesOf(const JournalMetrics& metrics, std::string_view name)
{
    std::vector<MetricFamily> families;
    metrics.collect(families);
    QStringList lines;
    for (const MetricFamily& family : families) {
        for (const MetricSample& sample : family.samples) {
            QStringList labels;
            for (const std::string& label : sample.labels)
                labels << toQString(label);
            if (family.kind->name == name)
                lines << labels.join(QLatin1Char(',')) + QLatin1Char('=') + QString::number(sample.value);
        }
    }
    return lines;
}

} // namespace

/// What is counted of a journal, and how it is spelled.
class TestMetricText : public QObject {
    Q_OBJECT

private slots:
    void kinds_followTheConventions()
    {
        std::set<std::string_view> names;
        for (const MetricKind* kind : Metrics::kinds()) {
            const std::string_view name = kind->name;
            QVERIFY2(names.insert(name).second, name.data());
            QVERIFY2(name.starts_with("orderlab_") || name.starts_with("process_"), name.data());
            QVERIFY2(name.ends_with("_total") == (kind->type == MetricType::Counter), name.data());
            QVERIFY2(name.ends_with("_info") == (kind->type == MetricType::Info), name.data());
            QVERIFY2(kind->type != MetricType::Histogram || name.ends_with("_seconds"), name.data());
            QVERIFY2(kind->help.ends_with('.'), name.data());
            for (const std::string_view unit : {"_ms", "_us", "_milliseconds", "_mib", "_percent"})
                QVERIFY2(name.find(unit) == std::string_view::npos, name.data());
            for (const std::string_view label : kind->labels)
                QVERIFY2(label != "le" && label != "job" && label != "instance", name.data());
        }
        // Parsers take these two for a clash.
        for (const std::string_view name : names)
            QVERIFY2(!names.contains(std::string(name.substr(0, name.rfind("_total"))) + "_created"), name.data());
    }

    void texts_areByteExact()
    {
        const MetricKind counter{"x_total", MetricType::Counter, "A help\nwith \\ and \"quotes\".", {"cause"}};
        const MetricKind gauge{"y_seconds", MetricType::Gauge, "A gauge."};
        const MetricKind histogram{"h_seconds", MetricType::Histogram, "A histogram.", {"g"}};
        const MetricKind info{"b_info", MetricType::Info, "The program.", {"version"}};
        const OrderId order(Uuid{0x0198000000007000, 0x8000000000000001});
        const Exemplar exemplar{17, order, 1, 1'767'225'600'000'012};
        const double bounds[] = {0.5, 1};
        const std::vector<MetricFamily> families{
            {&counter, {{{"a\"b\\c\nd\xff"}, 2, {}, {exemplar}}}},
            {&gauge, {{{}, 1.5, {}, {exemplar}}}}, // An exemplar on a gauge would take the target down.
            {&gauge, {{{}, std::numeric_limits<double>::quiet_NaN()}}},
            {&histogram,
             {{{"p"}, 1.25, {1, 0, 2}, {std::nullopt, std::nullopt, Exemplar{18, OrderId(), 9, 5}}}},
             bounds},
            {&info, {{{"0.1"}, 1}}},
        };
        QCOMPARE(toQString(metricText(MetricFormat::OpenMetrics, families)),
                 QStringLiteral("# TYPE x counter\n"
                                "# HELP x A help\\nwith \\\\ and \\\"quotes\\\".\n"
                                "x_total{cause=\"a\\\"b\\\\c\\nd%1\"} 2 # "
                                "{entry=\"17\",order=\"01980000-0000-7000-8000-000000000001\"} 1 1767225600.000012\n"
                                "# TYPE y_seconds gauge\n"
                                "# UNIT y_seconds seconds\n"
                                "# HELP y_seconds A gauge.\n"
                                "y_seconds 1.5\n"
                                "# TYPE y_seconds gauge\n"
                                "# UNIT y_seconds seconds\n"
                                "# HELP y_seconds A gauge.\n"
                                "# TYPE h_seconds histogram\n"
                                "# UNIT h_seconds seconds\n"
                                "# HELP h_seconds A histogram.\n"
                                "h_seconds_bucket{g=\"p\",le=\"0.5\"} 1\n"
                                "h_seconds_bucket{g=\"p\",le=\"1.0\"} 1\n"
                                "h_seconds_bucket{g=\"p\",le=\"+Inf\"} 3 # {entry=\"18\"} 9 0.000005\n"
                                "h_seconds_count{g=\"p\"} 3\n"
                                "h_seconds_sum{g=\"p\"} 1.25\n"
                                "# TYPE b info\n"
                                "# HELP b The program.\n"
                                "b_info{version=\"0.1\"} 1\n"
                                "# EOF\n")
                     .arg(QChar(0xfffd)));
        const QString plain = toQString(metricText(MetricFormat::Prometheus, families));
        QVERIFY2(plain.startsWith(QStringLiteral("# HELP x_total A help\\nwith \\\\ and \"quotes\".\n"
                                                 "# TYPE x_total counter\nx_total{cause=\"a\\\"b\\\\c\\nd%1\"} 2")
                                      .arg(QChar(0xfffd))),
                 qPrintable(plain));
        QVERIFY2(!plain.contains(QLatin1String("an\n"), Qt::CaseInsensitive) && !plain.contains(QLatin1String("# {")),
                 qPrintable(plain));
        QVERIFY2(plain.contains(QLatin1String("h_seconds_bucket{g=\"p\",le=\"+Inf\"} 3")), qPrintable(plain));
    }

    void format_isWhatTheClientPrefers_data()
    {
        QTest::addColumn<QByteArray>("accept");
        QTest::addColumn<bool>("open");
        const auto row = [](const char* accept, bool open) { QTest::newRow(accept) << QByteArray(accept) << open; };
        row("", false);
        row("*/*", false);
        row("text/plain", false);
        row("application/openmetrics-text", true);
        row("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
            "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            true); // Prometheus 2.42.
        row("text/plain;version=0.0.4, application/openmetrics-text;q=0.5", false);
        row("application/openmetrics-text;q=0", false);
        row("application/openmetrics-text; version=7.0.0", false);
        row(",;,q=;=,application/openmetrics-text;q=x", true);
    }
    void format_isWhatTheClientPrefers()
    {
        QFETCH(QByteArray, accept);
        QFETCH(bool, open);
        QCOMPARE(metricFormatFor(accept.constData()), open ? MetricFormat::OpenMetrics : MetricFormat::Prometheus);
    }

    void journal_isFoldedByTheTable()
    {
        Names names;
        const NameId payment = names.intern("orderlab.payment"), paid = names.intern("paid"),
                     error = names.internError({ErrorCode::InvalidArgument, Retry::Never, "no such card", {}}),
                     fault = names.intern("broker away");
        JournalMetrics metrics(names);
        const Entry entries[] = {
            entryOf(EntryKind::OrderAccepted),
            entryOf(EntryKind::StatusChanged, 0, paid),
            entryOf(EntryKind::EventHandled, payment, 0, 2'000),
            entryOf(EntryKind::EventHandled, payment, 0, 40'000'000),
            entryOf(EntryKind::DeadLettered, payment, error),
            entryOf(EntryKind::FaultInjected, 0, fault),
        };
        metrics.apply(entries, 100);
        QCOMPARE(samplesOf(metrics, "orderlab_orders_total"), QStringList({"created=1", "paid=1"}));
        QCOMPARE(samplesOf(metrics, "orderlab_handler_duration_seconds"), QStringList("orderlab.payment=40.002"));
        QCOMPARE(samplesOf(metrics, "orderlab_order_duration_seconds"), QStringList("paid=1.00001"));
        QCOMPARE(samplesOf(metrics, "orderlab_dead_letters_total"), QStringList("orderlab.payment,invalid-argument=1"));
        QCOMPARE(samplesOf(metrics, "orderlab_faults_injected_total"), QStringList("broker,away=1"));
        QCOMPARE(samplesOf(metrics, "orderlab_circuit_opened_total"), QStringList("=0"));
        std::vector<MetricFamily> families;
        metrics.collect(families);
        for (const MetricFamily& family : families) {
            if (family.kind->name != "orderlab_handler_duration_seconds")
                continue;
            const MetricSample& sample = family.samples.front();
            QCOMPARE(sample.buckets.size(), family.bounds.size() + 1);
            QCOMPARE(sample.buckets.back(), std::uint64_t(1)); // 40 s
            QCOMPARE(sample.exemplars.back()->entry, std::uint64_t(103));
            QCOMPARE(sample.buckets[3], std::uint64_t(1)); // 2 ms: up to 2.5 ms
            QCOMPARE(sample.exemplars[3]->entry, std::uint64_t(102));
        }
    }

    /// Where there is an entry, there is a series.
    void eachMetric_hasItsEntries()
    {
        Names names;
        for (const JournalMetric& metric : journalMetrics()) {
            for (const EntryKind kind : metric.entries) {
                JournalMetrics metrics(names);
                const Entry entry = entryOf(kind, names.intern("g"), names.intern("a b"), 5);
                metrics.apply(std::span(&entry, 1), 0);
                const QStringList samples = samplesOf(metrics, metric.kind.name);
                QVERIFY2(samples.size() == 1 && !samples[0].endsWith(QLatin1String("=0")), metric.kind.name.data());
            }
        }
    }

    void labels_areBounded()
    {
        Names names;
        JournalMetrics metrics(names);
        for (int i = 0; i < 1'000; ++i) {
            const Entry entry = entryOf(EntryKind::InvariantViolated, 0,
                                        names.intern("promise " + std::to_string(i) + std::string(200, 'x')));
            metrics.apply(std::span(&entry, 1), std::uint64_t(i));
        }
        const QStringList samples = samplesOf(metrics, "orderlab_invariant_violations_total");
        QCOMPARE(std::size_t(samples.size()), JournalMetrics::series_max);
        QCOMPARE(samples.back(), QStringLiteral("other=%1").arg(1'001 - JournalMetrics::series_max));
        for (const QString& sample : samples)
            QVERIFY2(sample.size() <= 100, qPrintable(sample));
    }

    /// Whatever the errors say, and however many there are.
    void deadLetters_areCountedByTheCodeOfTheirError()
    {
        Names names;
        JournalMetrics metrics(names);
        for (int i = 0; i < 30'000; ++i) {
            const ErrorCode code = i % 3 == 0 ? ErrorCode::PeerFailed : ErrorCode::Timeout;
            const Entry entry = entryOf(EntryKind::DeadLettered, names.intern("g"),
                                        names.internError({code, Retry::Later, "error " + std::to_string(i), {}}));
            metrics.apply(std::span(&entry, 1), std::uint64_t(i));
        }
        QCOMPARE(samplesOf(metrics, "orderlab_dead_letters_total"),
                 QStringList({"g,peer-failed=10000", "g,timeout=20000"}));
    }
};

ORDERLAB_TEST(tst_metric_text, NoApplication, TestMetricText)
#include "tst_metric_text.moc"
