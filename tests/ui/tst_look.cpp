#include "support/test_program.h"
#include "ui/theme/motion.h"
#include "ui/theme/palette.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/system_look.h"
#include "ui/theme/theme.h"
#include "ui/theme/zoom.h"

#include <QApplication>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

#include <cmath>

using namespace orderlab::ui;

namespace {

/// As WCAG 2.2 defines it.
double luminance(const QColor& colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& one, const QColor& other)
{
    const double a = luminance(one), b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

constexpr double of_text = 4.5, of_marks = 3;

struct Pair {
    QString name;
    QColor front, ground;
    double least;
};

/// What is drawn on what.
std::vector<Pair> pairsOf(const Palette& p)
{
    std::vector<Pair> pairs;
    const std::pair<const char*, QColor> grounds[] = {
        {"window", p.window}, {"panel", p.panel}, {"control", p.control}, {"bus", p.bus}};
    const std::pair<const char*, QColor> texts[] = {
        {"text", p.text},       {"muted", p.muted},     {"faint", p.faint}, {"accent", p.accent},    {"ok", p.ok},
        {"warning", p.warning}, {"failure", p.failure}, {"dead", p.dead},   {"created", p.events[0]}};
    const auto add = [&pairs](const QString& name, const QColor& front, const QColor& ground, double least) {
        pairs.push_back({name, front, ground, least});
    };
    for (const auto& [ground_name, ground] : grounds) {
        const QString on = QStringLiteral(" on ") + QLatin1String(ground_name);
        for (const auto& [name, colour] : texts)
            add(QLatin1String(name) + on, colour, ground, of_text);
        add(QStringLiteral("edge") + on, p.edge, ground, of_marks);
        for (std::size_t i = 0; i < p.events.size(); ++i)
            add(QStringLiteral("event %1").arg(i) + on, p.events[i], ground, of_marks);
        for (std::size_t i = 0; i < p.groups.size(); ++i)
            add(QStringLiteral("group %1").arg(i) + on, p.groups[i], ground, of_marks);
    }
    add(QStringLiteral("text on raised"), p.text, p.raised, of_text);
    add(QStringLiteral("muted on raised"), p.muted, p.raised, of_text);
    add(QStringLiteral("links on raised"), p.accent, p.raised, of_text);
    add(QStringLiteral("text on accent"), p.on_accent, p.accent, of_text);
    add(QStringLiteral("ok on its fill"), p.ok, p.ok_fill, of_text);
    add(QStringLiteral("warning on its fill"), p.warning, p.warning_fill, of_text);
    add(QStringLiteral("failure on its fill"), p.failure, p.failure_fill, of_text);
    add(QStringLiteral("dead on its fill"), p.dead, p.dead_fill, of_text);
    for (const QColor& fill : {p.ok_fill, p.warning_fill, p.failure_fill, p.dead_fill, p.neutral_fill})
        add(QStringLiteral("text on fill ") + fill.name(), p.text, fill, of_text);
    add(QStringLiteral("muted on neutral"), p.muted, p.neutral_fill, of_text);
    add(QStringLiteral("created on neutral"), p.events[0], p.neutral_fill, of_text);
    return pairs;
}

} // namespace

class LookTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { init(); }
    void palettes_canBeRead_data();
    void palettes_canBeRead();
    void styleSheet_canBeRead_data() { palettes_canBeRead_data(); }
    void styleSheet_canBeRead();
    void zoom_goesInSteps();
    void zoom_changesEachWindow();
    void theme_followsTheSystem();
    void system_isNotBelievedBlindly();
    void motion_isReducedByPersonOrDesktop();
};

void LookTest::init()
{
    SystemLook& system = SystemLook::instance();
    system.take(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"), 2U);
    system.take(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("contrast"), 0U);
    system.take(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("reduced-motion"), 0U);
    Motion::instance().setReduced(false);
    Zoom::instance().set(100);
    Theme::instance().set(ThemeName::Dark);
}

void LookTest::palettes_canBeRead_data()
{
    QTest::addColumn<int>("theme");
    for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light, ThemeName::Contrast})
        QTest::newRow(qPrintable(name(theme))) << int(theme);
}

void LookTest::palettes_canBeRead()
{
    QFETCH(int, theme);
    QStringList weak;
    for (const Pair& pair : pairsOf(paletteOf(ThemeName(theme)))) {
        if (const double seen = contrast(pair.front, pair.ground); seen < pair.least)
            weak << QStringLiteral("%1: %2, needs %3").arg(pair.name).arg(seen, 0, 'f', 2).arg(pair.least);
    }
    QVERIFY2(weak.isEmpty(), qPrintable(weak.join(QLatin1Char('\n'))));
}

/// Each rule that says both colours, and each that draws the outline of a control.
void LookTest::styleSheet_canBeRead()
{
    QFETCH(int, theme);
    const Palette& p = paletteOf(ThemeName(theme));
    const QString sheet = styleSheetOf(p);
    static const QRegularExpression rule(QStringLiteral("([^{}]+)\\{([^}]*)\\}"));
    static const QRegularExpression word(
        QStringLiteral("(?:^|[;\\s])(color|background|border|border-color):\\s*([^;]+)"));
    static const QRegularExpression hex(QStringLiteral("#[0-9a-f]{6}"));
    const auto colourIn = [](const QString& value) {
        const auto found = hex.match(value);
        return found.hasMatch() ? QColor(found.captured()) : QColor();
    };
    QStringList weak;
    int checked = 0;
    for (auto rules = rule.globalMatch(sheet); rules.hasNext();) {
        const auto one = rules.next();
        const QString selector = one.captured(1).simplified();
        if (selector.contains(QLatin1String(":disabled")))
            continue;
        QMap<QString, QString> said;
        for (auto words = word.globalMatch(one.captured(2)); words.hasNext();) {
            const auto found = words.next();
            said[found.captured(1)] = found.captured(2).trimmed();
        }
        const QColor text = colourIn(said.value(QStringLiteral("color")));
        const QColor ground = colourIn(said.value(QStringLiteral("background")));
        if (text.isValid() && ground.isValid()) {
            ++checked;
            if (const double seen = contrast(text, ground); seen < of_text)
                weak << QStringLiteral("%1: text %2").arg(selector).arg(seen, 0, 'f', 2);
        } else if (text.isValid()) {
            ++checked;
            if (const double seen = contrast(text, p.panel); seen < of_text && selector != QLatin1String("*"))
                if (!selector.contains(QLatin1String("[segment")) && !selector.contains(QLatin1String("selected")))
                    weak << QStringLiteral("%1: text on the panel %2").arg(selector).arg(seen, 0, 'f', 2);
        }
        if (selector.contains(QLatin1String(":focus"))) {
            const QColor mark =
                colourIn(said.value(QStringLiteral("border-color"), said.value(QStringLiteral("border"))));
            QVERIFY2(mark.isValid(), qPrintable(selector + QStringLiteral(" says no mark of the focus")));
            ++checked;
            if (const double seen = contrast(mark, p.panel); seen < of_marks)
                weak << QStringLiteral("%1: mark of the focus %2").arg(selector).arg(seen, 0, 'f', 2);
        }
    }
    QVERIFY2(checked > 40, qPrintable(QString::number(checked)));
    QVERIFY2(weak.isEmpty(), qPrintable(weak.join(QLatin1Char('\n'))));
}

void LookTest::zoom_goesInSteps()
{
    Zoom& zoom = Zoom::instance();
    QCOMPARE(zoom.next(1), 110);
    QCOMPARE(zoom.next(-1), 90);
    zoom.set(130); // Not one of the steps.
    QCOMPARE(zoom.next(1), 150);
    QCOMPARE(zoom.next(-1), 125);
    zoom.set(999);
    QCOMPARE(zoom.percent(), 200);
    QCOMPARE(zoom.next(1), 200);
    zoom.set(0);
    QCOMPARE(zoom.percent(), 80);
    QCOMPARE(zoom.next(-1), 80);
}

void LookTest::zoom_changesEachWindow()
{
    QWidget window;
    window.resize(800, 600);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QSignalSpy told(&Zoom::instance(), &Zoom::changed);
    Zoom::instance().set(200);
    QCOMPARE(told.size(), 1);
    QTRY_COMPARE(window.size(), QSize(400, 300)); // As large on the screen, twice as large in it.
    QTRY_COMPARE(window.devicePixelRatioF(), 2.0);
    QCOMPARE(window.grab().size(), QSize(800, 600));
    QWidget later;
    later.resize(100, 100);
    later.show();
    QVERIFY(QTest::qWaitForWindowExposed(&later));
    QCOMPARE(later.devicePixelRatioF(), 2.0);
    Zoom::instance().set(150);
    QTRY_COMPARE(window.size(), QSize(534, 400).boundedTo(window.size().expandedTo(QSize(533, 400))));
    Zoom::instance().set(100);
    QTRY_COMPARE(window.size(), QSize(800, 600));
    Zoom::instance().set(100);
    QCOMPARE(told.size(), 3);
}

void LookTest::theme_followsTheSystem()
{
    SystemLook& system = SystemLook::instance();
    const QString appearance = QStringLiteral("org.freedesktop.appearance");
    system.take(appearance, QStringLiteral("color-scheme"), 1U);
    Theme& theme = Theme::instance();
    theme.set(ThemeName::System);
    QCOMPARE(theme.current(), ThemeName::Dark);
    QCOMPARE(theme.chosen(), ThemeName::System);
    QSignalSpy changed(&theme, &Theme::changed);
    system.take(appearance, QStringLiteral("color-scheme"), 2U);
    QCOMPARE(theme.current(), ThemeName::Light);
    system.take(appearance, QStringLiteral("contrast"), 1U);
    QCOMPARE(theme.current(), ThemeName::Contrast);
    QCOMPARE(changed.size(), 2);
    theme.set(ThemeName::Light); // A person's choice wins.
    system.take(appearance, QStringLiteral("contrast"), 0U);
    system.take(appearance, QStringLiteral("color-scheme"), 1U);
    QCOMPARE(theme.current(), ThemeName::Light);
    QCOMPARE(*themeOf(QStringLiteral("system")), ThemeName::System);
}

void LookTest::system_isNotBelievedBlindly()
{
    SystemLook& system = SystemLook::instance();
    const SystemLook::Wishes before = system.wishes();
    QSignalSpy changed(&system, &SystemLook::changed);
    const QString appearance = QStringLiteral("org.freedesktop.appearance");
    system.take(appearance, QStringLiteral("color-scheme"), 7U);
    system.take(appearance, QStringLiteral("color-scheme"), QStringLiteral("dark"));
    system.take(appearance, QStringLiteral("accent-color"), QVariantList{0.1, 0.2, 0.3});
    system.take(QStringLiteral("com.example"), QStringLiteral("color-scheme"), 1U);
    system.take(QStringLiteral("org.gnome.desktop.interface"), QStringLiteral("enable-animations"), 3U);
    QCOMPARE(system.wishes(), before);
    QCOMPARE(changed.size(), 0);
}

void LookTest::motion_isReducedByPersonOrDesktop()
{
    Motion& motion = Motion::instance();
    QVERIFY(!motion.isReduced());
    QSignalSpy changed(&motion, &Motion::changed);
    motion.setReduced(true);
    QVERIFY(motion.isReduced());
    motion.setReduced(false);
    QVERIFY(!motion.isReduced());
    SystemLook::instance().take(QStringLiteral("org.gnome.desktop.interface"), QStringLiteral("enable-animations"),
                                false);
    QVERIFY(motion.isReduced());
    QVERIFY(!motion.isReducedByChoice());
    QCOMPARE(changed.size(), 3);
}

ORDERLAB_TEST(tst_look, QApplication, LookTest)
#include "tst_look.moc"
