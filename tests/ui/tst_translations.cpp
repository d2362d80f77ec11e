#include "app/option_settings.h"
#include "domain/event_types.h"
#include "fault_model/fault_words.h"
#include "handlers/group_registry.h"
#include "machine.h"
#include "observe/log_levels.h"
#include "simulation/shipped_scenarios.h"
#include "store/records.h"
#include "support/test_program.h"
#include "ui/models/format.h"
#include "ui/theme/core_text.h"
#include "ui/theme/language.h"

#include <QApplication>
#include <QFile>
#include <QLibraryInfo>
#include <QMenu>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// Languages in which every text has to have a translation. Of the others what is missing is shown in English.
const QStringList complete_languages = {QStringLiteral("de"), QStringLiteral("en")};
const QStringList languages = {QStringLiteral("de"), QStringLiteral("en")};

/// With it the files are written anew in place of compared.
const char* const write_variable = "ORDERLAB_WRITE_TRANSLATIONS";

const QString source_folder = QStringLiteral(ORDERLAB_SOURCE_DIR);

QString fileOf(const QString& language)
{
    return source_folder + QStringLiteral("/resources/translations/orderlab_%1.ts").arg(language);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Message {
    QStringList translations; ///< One, or a form for each number.
    bool is_finished = false;
    bool is_numerus = false;
    QString source;
};
using Messages = std::map<QString, Message>; ///< By context, source and comment.

Messages messagesOf(const QString& path)
{
    Messages messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context, comment;
    Message message;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            if (xml.name() == QLatin1String("message")) {
                message = {};
                comment.clear();
                message.is_numerus = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
            } else if (xml.name() == QLatin1String("name")) {
                context = xml.readElementText();
            } else if (xml.name() == QLatin1String("source")) {
                message.source = xml.readElementText();
            } else if (xml.name() == QLatin1String("comment")) {
                comment = xml.readElementText();
            } else if (xml.name() == QLatin1String("translation")) {
                message.is_finished = xml.attributes().value(QLatin1String("type")).isEmpty();
                if (!message.is_numerus)
                    message.translations << xml.readElementText();
            } else if (xml.name() == QLatin1String("numerusform")) {
                message.translations << xml.readElementText();
            }
        } else if (token == QXmlStreamReader::EndElement && xml.name() == QLatin1String("message")) {
            messages[context + QStringLiteral(": ") + message.source
                     + (comment.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(comment))] = message;
        }
    }
    return messages;
}

/// %1, %2, %n, %L1 and what else is replaced, in the order of the alphabet.
QStringList placesIn(const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%L?(?:\\d{1,2}|n)"));
    QStringList places;
    for (auto found = place.globalMatch(text); found.hasNext();)
        places << found.next().captured();
    places.sort();
    return places;
}

/// Runs lupdate over the sources. What it has to say of them; empty: nothing.
/// Releases of lupdate differ in which namespaces they see.
Messages withoutNamespaces(const Messages& messages)
{
    Messages short_ones;
    for (const auto& [key, message] : messages) {
        const QString context = key.section(QStringLiteral(": "), 0, 0);
        short_ones.emplace(context.section(QStringLiteral("::"), -1) + key.mid(context.size()), message);
    }
    return short_ones;
}

QString update(const QString& file, const QString& language)
{
    QProcess lupdate;
    lupdate.setWorkingDirectory(source_folder);
    lupdate.setProcessChannelMode(QProcess::MergedChannels);
    QStringList arguments{"-I", ".", "-I", "core", "-locations", "none", "-no-obsolete"};
    if (language == QLatin1String("en"))
        arguments << "-pluralonly";
    arguments << "ui"
              << "app"
              << "-source-language"
              << "en"
              << "-target-language" << language << "-ts" << file;
    lupdate.start(QStringLiteral(ORDERLAB_LUPDATE), arguments);
    if (!lupdate.waitForFinished(-1) || lupdate.exitCode() != 0)
        return QStringLiteral("lupdate: ") + lupdate.errorString();
    QStringList complaints;
    for (const QByteArray& line : lupdate.readAll().split('\n')) {
        for (const char* sign : {"without context", "lacks Q_OBJECT", "undeclared", "Discarding", "Cannot"}) {
            if (line.contains(sign))
                complaints << QString::fromUtf8(line);
        }
    }
    return complaints.join(QLatin1Char('\n'));
}

/// All texts of the core's tables that the window shows by coreText().
std::set<std::string> coreTexts()
{
    std::set<std::string> texts;
    const auto add = [&texts](std::string_view text) {
        if (!text.empty())
            texts.insert(std::string(text));
    };
    for (const EventTypeInfo& type : event_types)
        add(type.title);
    for (const auto status : {OrderStatus::Created, OrderStatus::Paid, OrderStatus::Failed, OrderStatus::Canceled})
        add(name(status));
    for (const auto state : {DeadLetterState::Waiting, DeadLetterState::Replayed, DeadLetterState::Discarded})
        add(name(state));
    for (const auto kind : {DeadLetterAct::Kind::Replayed, DeadLetterAct::Kind::Edited, DeadLetterAct::Kind::Discarded})
        add(name(kind));
    for (std::size_t level = 0; level < log_level_count; ++level)
        add(name(LogLevel(level)));
    for (std::size_t area = 0; area < log_area_count; ++area)
        add(name(LogArea(area)));
    for (int seam = 0; seam < seam_count; ++seam)
        add(row(Seam(seam)).sentence);
    for (int action = 0; action < fault_action_count; ++action) {
        add(row(FaultAction(action)).strike);
        add(row(FaultAction(action)).sentence);
    }
    for (int guarantee = 0; guarantee < guarantee_count; ++guarantee)
        add(guaranteeWords(Guarantee(guarantee)));
    for (const GroupKind* group : groupKinds())
        add(group->purpose);
    for (const EmbeddedText& text : shippedScenarios()) {
        if (const auto scenario = parseScenario(text.text, std::string(text.name)))
            add(scenario->description);
    }
    const char* const arguments[] = {"orderlab"};
    for (const LabSetting& setting : OptionSettings(1, arguments).all({})) {
        add(setting.about);
        std::string title = setting.name; // As WindowSettings makes one of it.
        std::ranges::replace(title, '-', ' ');
        title.front() = char(std::toupper(std::uint8_t(title.front())));
        add(title);
    }
    return texts;
}

/// ui/theme/core_texts.h as it should be.
QByteArray coreTextsFile()
{
    QByteArray file =
        "#pragma once\n"
        "#include <QtGlobal>\n\n"
        "// Written by tst_translations with ORDERLAB_WRITE_TRANSLATIONS=1, which compares it with the core's tables.\n"
        "// For lupdate: what coreText() may be asked for.\n"
        "// clang-format off\n\n"
        "namespace orderlab::ui {\n\n"
        "inline constexpr const char* core_texts[] = {\n";
    for (const std::string& text : coreTexts()) {
        QByteArray quoted = QByteArray::fromStdString(text);
        quoted.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        file += "    QT_TRANSLATE_NOOP(\"core\", \"" + quoted + "\"),\n";
    }
    return file + "};\n\n} // namespace orderlab::ui\n";
}

/// The language of the program for as long as it lives.
class Speaking {
public:
    explicit Speaking(Language language) { installLanguage(language, *qApp); }
    ~Speaking()
    {
        qDeleteAll(qApp->findChildren<QTranslator*>());
        installLanguage(Language::English, *qApp);
    }
};

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void coreTexts_areThoseOfTheTables()
    {
        const QString path = source_folder + QStringLiteral("/ui/theme/core_texts.h");
        if (qEnvironmentVariableIsSet(write_variable)) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(coreTextsFile()) > 0);
        }
        const QList<QByteArray> there = contentOf(path).split('\n');
        for (const QByteArray& line : coreTextsFile().split('\n'))
            QVERIFY2(there.contains(line), "missing in ui/theme/core_texts.h: " + line);
        QCOMPARE(contentOf(path), coreTextsFile());
    }

    void everyText_isInTheFile_data()
    {
        QTest::addColumn<QString>("language");
        for (const QString& language : languages)
            QTest::newRow(qPrintable(language)) << language;
    }
    /// Run with ORDERLAB_WRITE_TRANSLATIONS=1 after a text was added or changed.
    void everyText_isInTheFile()
    {
        QFETCH(const QString, language);
        QTemporaryDir folder;
        const bool writes = qEnvironmentVariableIsSet(write_variable);
        const QString copy = writes ? fileOf(language) : folder.filePath(QStringLiteral("copy.ts"));
        QVERIFY(writes || QFile::copy(fileOf(language), copy));
        const QString complaints = update(copy, language);
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints));
        const Messages there = withoutNamespaces(messagesOf(fileOf(language))),
                       wanted = withoutNamespaces(messagesOf(copy));
        QVERIFY(!wanted.empty());
        QStringList problems;
        for (const auto& [key, message] : wanted) {
            if (!there.contains(key))
                problems << QStringLiteral("new: ") + key;
        }
        for (const auto& [key, message] : there) {
            if (!wanted.contains(key))
                problems << QStringLiteral("no longer used: ") + key;
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
    }

    void everyTranslation_fitsItsText_data() { everyText_isInTheFile_data(); }
    void everyTranslation_fitsItsText()
    {
        QFETCH(const QString, language);
        QStringList problems;
        for (const auto& [key, message] : messagesOf(fileOf(language))) {
            if (!message.is_finished) {
                if (complete_languages.contains(language))
                    problems << QStringLiteral("not translated: ") + key;
                continue;
            }
            for (const QString& text : message.translations) {
                if (text.isEmpty())
                    problems << QStringLiteral("empty: ") + key;
                // A form for one thing may do without its number.
                const bool is_same = placesIn(text) == placesIn(message.source);
                if (!is_same && !(message.is_numerus && text == message.translations.front() && !text.contains("%n")))
                    problems << QStringLiteral("other places: ") + key + QStringLiteral(" → ") + text;
                if (text.count(QLatin1Char('&')) != message.source.count(QLatin1Char('&')))
                    problems << QStringLiteral("another number of &: ") + key + QStringLiteral(" → ") + text;
            }
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
    }

    void letters_areUniqueInEachMenu_data() { everyText_isInTheFile_data(); }
    void letters_areUniqueInEachMenu()
    {
        QFETCH(const QString, language);
        const Speaking speaking(languageOf(language).value());
        Machine machine;
        QStringList problems;
        const auto menus = machine.window.findChildren<QMenu*>();
        QVERIFY(menus.size() > 8);
        for (const QMenu* menu : menus) {
            std::map<QChar, QString> taken;
            for (const QAction* action : menu->actions()) {
                static const QRegularExpression letter(QStringLiteral("&([^&])"));
                const auto found = letter.match(action->text().remove(QStringLiteral("&&")));
                if (!found.hasMatch())
                    continue;
                const auto [before, is_new] = taken.try_emplace(found.captured(1).at(0).toLower(), action->text());
                if (!is_new)
                    problems << QStringLiteral("%1: %2 and %3").arg(menu->title(), before->second, action->text());
            }
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
        QVERIFY(keepPicture(machine.window.grab(), QStringLiteral("language-") + language));
    }

    void counts_haveTheFormsOfTheLanguage()
    {
        QCOMPARE(counted(0, "%n orders"), QStringLiteral("0 orders"));
        QCOMPARE(counted(1, "%n orders"), QStringLiteral("1 order"));
        QCOMPARE(counted(2, "%n orders"), QStringLiteral("2 orders"));
        QCOMPARE(counted(12'345, "%n orders"), QStringLiteral("12\u202f345 orders"));
    }

    void languages_haveNames()
    {
        for (const Language language : {Language::System, Language::English, Language::German})
            QCOMPARE(languageOf(name(language)), std::optional(language));
        QCOMPARE(languageOf(QStringLiteral("tlh")), std::nullopt);
        QVERIFY(languageOfSystem() != Language::System);
    }

    /// What has no translation is English, and the texts of Qt's own dialogs are the distribution's.
    void german_hasItsTexts()
    {
        const Speaking german(Language::German);
        QCOMPARE(coreText("nobody has translated this"), QStringLiteral("nobody has translated this"));
        QVERIFY(!counted(1, "%n orders").isEmpty());
        if (QFile::exists(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + QStringLiteral("/qtbase_de.qm")))
            QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QStringLiteral("Abbrechen"));
        for (const auto& [key, message] : messagesOf(fileOf(QStringLiteral("de")))) {
            if (!message.is_finished || message.is_numerus || key.contains(QStringLiteral(" (")))
                continue;
            const QString context = key.section(QStringLiteral(": "), 0, 0);
            QCOMPARE(QCoreApplication::translate(qPrintable(context), message.source.toUtf8().constData()),
                     message.translations.front());
        }
    }
};

ORDERLAB_TEST(tst_translations, QApplication, TestTranslations)

#include "tst_translations.moc"
