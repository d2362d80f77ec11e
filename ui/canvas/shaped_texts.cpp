#include "ui/canvas/shaped_texts.h"

#include <QCache>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHash>
#include <QPointer>

namespace orderlab::ui {

namespace {

constexpr int shaped_max = 1'024; ///< Some kilobytes each; a scene has about fifty, and their figures change.
constexpr double uncut = -1;

struct ShapedKey {
    QFont font;
    QString what;
    double room = uncut;
    bool operator==(const ShapedKey&) const = default;
};
size_t qHash(const ShapedKey& key, size_t seed = 0)
{
    return qHashMulti(seed, key.what, key.room, key.font.pixelSize(), int(key.font.weight()));
}

/// Goes with the application: fonts do not outlive it.
class ShapedTexts final : public QObject {
public:
    static ShapedTexts& instance()
    {
        static QPointer<ShapedTexts> texts;
        if (!texts)
            texts = new ShapedTexts(QCoreApplication::instance());
        return *texts;
    }

    const ShapedText& find(const QFont& font, const QString& what, double room)
    {
        const ShapedKey key{font, what, room};
        if (const ShapedText* known = m_texts.object(key))
            return *known;
        const QFontMetricsF metrics(font);
        QString line = what;
        line.replace(QLatin1Char('\n'), QLatin1Char(' '));
        if (room != uncut)
            line = metrics.elidedText(line, Qt::ElideRight, room);
        auto* const shaped = new ShapedText;
        shaped->text.setTextFormat(Qt::PlainText);
        shaped->text.setText(line);
        shaped->text.prepare({}, font);
        shaped->width = metrics.horizontalAdvance(line);
        shaped->height = metrics.height();
        m_texts.insert(key, shaped);
        return *shaped;
    }

private:
    explicit ShapedTexts(QObject* parent) : QObject(parent) {}

    QCache<ShapedKey, ShapedText> m_texts{shaped_max};
};

} // namespace

const ShapedText& shapedText(const QFont& font, const QString& what, double room)
{
    constexpr double rounding = 0.5;
    const ShapedText& whole = ShapedTexts::instance().find(font, what, uncut);
    return whole.width <= room + rounding ? whole : ShapedTexts::instance().find(font, what, std::max(0.0, room));
}

double textWidth(const QFont& font, const QString& what)
{
    return ShapedTexts::instance().find(font, what, uncut).width;
}

} // namespace orderlab::ui
