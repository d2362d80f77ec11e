#include "ui/theme/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace orderlab::ui {

namespace {

struct LanguageRow {
    Language language;
    const char* name;
};
/// Those with a file in resources/translations/, but the first.
constexpr LanguageRow language_rows[] = {
    {Language::System, "system"},
    {Language::English, "en"},
    {Language::German, "de"},
};

void installFile(const QString& file, const QString& folder, QCoreApplication& application)
{
    auto* translator = new QTranslator(&application);
    if (translator->load(file, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator; // Qt's own texts stay English where the system has no translations of them.
}

} // namespace

QString name(Language language)
{
    return QLatin1String(language_rows[std::size_t(language)].name);
}

std::optional<Language> languageOf(const QString& name)
{
    for (const LanguageRow& row : language_rows) {
        if (name == QLatin1String(row.name))
            return row.language;
    }
    return std::nullopt;
}

Language languageOfSystem()
{
    for (const QString& wanted : QLocale::system().uiLanguages()) {
        const auto language = languageOf(wanted.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0));
        if (language && *language != Language::System)
            return *language;
    }
    return Language::English;
}

void installLanguage(Language language, QCoreApplication& application)
{
    const QString own = QStringLiteral(":/translations");
    installFile(QStringLiteral("orderlab_en"), own, application);
    if (language == Language::System)
        language = languageOfSystem();
    if (language == Language::English)
        return;
    installFile(QStringLiteral("qtbase_") + name(language), QLibraryInfo::path(QLibraryInfo::TranslationsPath),
                application);
    installFile(QStringLiteral("orderlab_") + name(language), own, application);
}

} // namespace orderlab::ui
