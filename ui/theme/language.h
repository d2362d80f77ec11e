#pragma once
#include <QString>

#include <optional>

class QCoreApplication;

namespace orderlab::ui {

/// In which language the window speaks. The core, the command line and files speak English.
enum class Language { System, English, German };

/// "system", "en", "de": for settings and options.
QString name(Language language);
std::optional<Language> languageOf(const QString& name);
/// The first of the system's languages that there is a translation for; else English. Never System.
Language languageOfSystem();

/// From now on texts are looked up in `language`; once, before the first window. English is always there, for the forms
/// of words after numbers, and below a text that has no translation. GUI thread.
void installLanguage(Language language, QCoreApplication& application);

} // namespace orderlab::ui
