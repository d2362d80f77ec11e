#include "ui/theme/palette.h"

#include "ui/theme/event_faces.h"

namespace orderlab::ui {

namespace {

QColor hex(QRgb rgb)
{
    return QColor::fromRgb(rgb);
}

void setEvents(Palette& palette, QRgb EventFace::*colour)
{
    for (const EventType type : all_event_types)
        palette.events[std::size_t(type)] = hex(faceOf(type).*colour);
}

Palette darkPalette()
{
    Palette p;
    p.window = hex(0x0e131d);
    p.panel = hex(0x151b28);
    p.control = hex(0x1c2434);
    p.raised = hex(0x263047);
    p.bus = hex(0x121827);
    p.border = hex(0x2c3750);
    p.edge = hex(0x64718f);
    p.disabled = hex(0x6f7b95);
    p.text = hex(0xe8ecf5);
    p.muted = hex(0x9aa5bd);
    p.faint = hex(0x8490ab);
    p.accent = hex(0x5aa9ff);
    p.on_accent = hex(0x07101f);
    p.ok = hex(0x2cc295);
    p.ok_fill = hex(0x143a31);
    p.warning = hex(0xe6b800);
    p.warning_fill = hex(0x332a10);
    p.failure = hex(0xf0703a);
    p.failure_fill = hex(0x3f2318);
    p.dead = hex(0xd77fb4);
    p.dead_fill = hex(0x2a1a29);
    p.neutral_fill = hex(0x263047);
    setEvents(p, &EventFace::dark);
    p.groups = {hex(0xe6b800), hex(0x9aa6ff), hex(0xff9ec4), hex(0x6fe0c6),
                hex(0xf0a35a), hex(0x8fd14f), hex(0x5cc8ff), hex(0xd9b3ff)};
    return p;
}

Palette lightPalette()
{
    Palette p;
    p.window = hex(0xf4f6fb);
    p.panel = hex(0xffffff);
    p.control = hex(0xffffff);
    p.raised = hex(0xe6ebf5);
    p.bus = hex(0xebeff7);
    p.border = hex(0xc9d2e3);
    p.edge = hex(0x7a86a1);
    p.disabled = hex(0x76819a);
    p.text = hex(0x141b2b);
    p.muted = hex(0x505c75);
    p.faint = hex(0x5f6983);
    p.accent = hex(0x1560c8);
    p.on_accent = hex(0xffffff);
    p.ok = hex(0x0a7353);
    p.ok_fill = hex(0xd5f2e7);
    p.warning = hex(0x7d5e00);
    p.warning_fill = hex(0xfdf2cc);
    p.failure = hex(0xb03d0d);
    p.failure_fill = hex(0xfde3d6);
    p.dead = hex(0xa83a80);
    p.dead_fill = hex(0xf9e3f0);
    p.neutral_fill = hex(0xe6ebf5);
    setEvents(p, &EventFace::light);
    p.groups = {hex(0xa37a00), hex(0x5664d9), hex(0xd94f8a), hex(0x12907a),
                hex(0xb8691a), hex(0x4c8a16), hex(0x1581b5), hex(0x8a50c2)};
    p.dark = false;
    return p;
}

Palette contrastPalette()
{
    Palette p = darkPalette();
    p.window = p.panel = p.bus = hex(0x000000);
    p.control = hex(0x0a0a0a);
    p.raised = hex(0x2b2b2b);
    p.border = p.edge = hex(0x9a9a9a);
    p.disabled = hex(0x8c8c8c);
    p.text = hex(0xffffff);
    p.muted = hex(0xe0e0e0);
    p.faint = hex(0xc0c0c0);
    p.accent = hex(0x7cc4ff);
    p.on_accent = hex(0x000000);
    p.ok = hex(0x4dffc0);
    p.ok_fill = hex(0x003826);
    p.warning = hex(0xffd500);
    p.warning_fill = hex(0x3a3000);
    p.failure = hex(0xff8a4d);
    p.failure_fill = hex(0x331300);
    p.dead = hex(0xff9ed8);
    p.dead_fill = hex(0x3d0028);
    p.neutral_fill = hex(0x2b2b2b);
    setEvents(p, &EventFace::contrast);
    return p;
}

} // namespace

QString name(ThemeName theme)
{
    switch (theme) {
    case ThemeName::Dark: return QStringLiteral("dark");
    case ThemeName::Light: return QStringLiteral("light");
    case ThemeName::Contrast: return QStringLiteral("contrast");
    case ThemeName::System: return QStringLiteral("system");
    }
    return {};
}

std::optional<ThemeName> themeOf(const QString& text)
{
    for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light, ThemeName::Contrast, ThemeName::System}) {
        if (name(theme) == text)
            return theme;
    }
    return std::nullopt;
}

const Palette& paletteOf(ThemeName theme)
{
    static const Palette dark = darkPalette();
    static const Palette light = lightPalette();
    static const Palette contrast = contrastPalette();
    switch (theme) {
    case ThemeName::Light: return light;
    case ThemeName::Contrast: return contrast;
    case ThemeName::Dark:
    case ThemeName::System: break;
    }
    return dark;
}

} // namespace orderlab::ui
