#include "ui/theme/theme.h"

#include "ui/theme/style_sheet.h"
#include "ui/theme/system_look.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

namespace orderlab::ui {

namespace {

/// The first of `wanted` that is installed, with Qt's own fallbacks behind it.
QStringList familiesOf(std::initializer_list<const char*> wanted, QFontDatabase::SystemFont fallback)
{
    QStringList families;
    for (const char* family : wanted) {
        if (QFontDatabase::hasFamily(QLatin1String(family)))
            families << QLatin1String(family);
    }
    families << QFontDatabase::systemFont(fallback).family();
    return families;
}

QPalette qtPalette(const Palette& p)
{
    QPalette q;
    q.setColor(QPalette::Window, p.panel);
    q.setColor(QPalette::WindowText, p.text);
    q.setColor(QPalette::Base, p.control);
    q.setColor(QPalette::AlternateBase, p.raised);
    q.setColor(QPalette::Text, p.text);
    q.setColor(QPalette::PlaceholderText, p.faint);
    q.setColor(QPalette::Button, p.control);
    q.setColor(QPalette::ButtonText, p.text);
    q.setColor(QPalette::ToolTipBase, p.raised);
    q.setColor(QPalette::ToolTipText, p.text);
    q.setColor(QPalette::Highlight, p.accent);
    q.setColor(QPalette::HighlightedText, p.on_accent);
    q.setColor(QPalette::Link, p.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        q.setColor(QPalette::Disabled, role, p.disabled);
    return q;
}

ThemeName wantedBySystem()
{
    const SystemLook::Wishes& wishes = SystemLook::instance().wishes();
    return wishes.wants_contrast ? ThemeName::Contrast : wishes.is_dark ? ThemeName::Dark : ThemeName::Light;
}

} // namespace

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme()
{
    connect(&SystemLook::instance(), &SystemLook::changed, this, [this] {
        if (m_chosen == ThemeName::System && wantedBySystem() != m_current)
            apply();
    });
}

void Theme::set(ThemeName theme)
{
    m_chosen = theme;
    apply();
}

void Theme::apply()
{
    m_current = m_chosen == ThemeName::System ? wantedBySystem() : m_chosen;
    // Fusion draws the same on every desktop, so that the style sheet meets no surprises.
    static const bool styled = [] {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setFont(textFont(12));
        return true;
    }();
    Q_UNUSED(styled)
    QApplication::setPalette(qtPalette(palette()));
    qApp->setStyleSheet(styleSheetOf(palette()));
    Q_EMIT changed();
}

QFont Theme::textFont(double pixels, QFont::Weight weight)
{
    static const QStringList families = familiesOf({"Inter", "Noto Sans", "DejaVu Sans"}, QFontDatabase::GeneralFont);
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(qRound(pixels));
    font.setWeight(weight);
    return font;
}

QFont Theme::monoFont(double pixels, QFont::Weight weight)
{
    static const QStringList families =
        familiesOf({"JetBrains Mono", "DejaVu Sans Mono", "Noto Sans Mono"}, QFontDatabase::FixedFont);
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(qRound(pixels));
    font.setWeight(weight);
    font.setFixedPitch(true);
    return font;
}

QFont Theme::headingFont()
{
    QFont font = textFont(11, QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.8);
    return font;
}

} // namespace orderlab::ui
