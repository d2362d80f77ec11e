#include "ui/palette/palette_items.h"

#include "ui/main_window.h"
#include "ui/models/format.h"
#include "ui/panels/orders_panel.h"
#include "ui/settings/window_settings.h"
#include "ui/timeline/timeline_panel.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

#include <algorithm>
#include <set>

namespace orderlab::ui {

namespace {

constexpr qsizetype order_text_least = 2; ///< Letters; fewer fit nearly every order.
constexpr unsigned orders_listed = 12;

struct PaletteItemsWords {
    Q_DECLARE_TR_FUNCTIONS(PaletteItemsWords)
};

void addActions(MainWindow& window, const QString& text, std::vector<PaletteItem>& items)
{
    std::set<QString> known;
    QList<QAction*> toggles; // They would hide what one wants to go to.
    for (Panel* const panel : window.panels())
        toggles << panel->toggleViewAction();
    for (QAction* const action : window.findChildren<QAction*>()) {
        QString title = action->text();
        title.remove(QLatin1Char('&'));
        if (title.isEmpty() || action->menu() || action->isSeparator() || !action->isEnabled()
            || toggles.contains(action))
            continue;
        QString kind = PaletteItemsWords::tr("action");
        if (const auto* const menu = qobject_cast<QMenu*>(action->associatedObjects().value(0));
            menu && menu->objectName() == QLatin1String("scenarios"))
            kind = PaletteItemsWords::tr("scenario");
        const int score = fitness(title, text);
        if (score > 0 && known.insert(title).second)
            items.push_back({kind, title, action->shortcut().toString(QKeySequence::NativeText),
                             [action] { action->trigger(); }, score});
    }
}

void addOrders(MainWindow& window, const QString& text, std::vector<PaletteItem>& items)
{
    if (text.size() < order_text_least)
        return;
    const FramePump& frames = window.bridge().frames();
    const std::vector<OrderState>& orders = frames.world().orders();
    std::size_t found = 0;
    for (auto order = orders.rbegin(); order != orders.rend() && found < orders_listed; ++order) {
        const QString id = QString::fromStdString(order->id.toString());
        const QString customer = frames.names().text(order->user);
        if (!id.contains(text, Qt::CaseInsensitive) && !customer.contains(text, Qt::CaseInsensitive))
            continue;
        ++found;
        items.push_back({PaletteItemsWords::tr("order"),
                         PaletteItemsWords::tr("Order %1 of %2").arg(shortId(order->id), customer),
                         statusWords(statusText(*order)),
                         [&window, one = order->id] {
                             window.showPanel(QStringLiteral("orders"));
                             window.orders().select(one);
                             window.showStory(one);
                         },
                         500});
    }
}

void addGroups(MainWindow& window, const QString& text, std::vector<PaletteItem>& items)
{
    for (const std::string& group : window.bridge().session().config().workers) {
        const QString title = PaletteItemsWords::tr("Consumer group %1").arg(toQt(group));
        if (const int score = fitness(title, text); score > 0)
            items.push_back({PaletteItemsWords::tr("group"), title, QString(),
                             [&window, group] { window.showGroup(toQt(group)); }, score});
    }
}

void addSettings(MainWindow& window, const QString& text, std::vector<PaletteItem>& items)
{
    if (text.isEmpty())
        return; // They would hide the actions.
    for (const Setting& setting : window.settings().all()) {
        const QString title = PaletteItemsWords::tr("Setting: %1").arg(setting.title);
        if (const int score = std::max(fitness(title, text), fitness(setting.title, text) - 50); score > 0)
            items.push_back({PaletteItemsWords::tr("setting"), title, setting.section,
                             [&window, find = setting.title] { window.openSettings(find); }, score});
    }
}

void addMoments(MainWindow& window, const QString& text, std::vector<PaletteItem>& items)
{
    const FramePump& frames = window.bridge().frames();
    const std::int64_t start_us = toMicros(window.bridge().session().startedAt());
    const auto add = [&](const QString& title, const QString& hint, std::uint64_t index, int score) {
        items.push_back({PaletteItemsWords::tr("moment"), title, hint,
                         [&window, index] { window.bridge().places().go(index); }, score});
    };
    for (const TimelineView::Bookmark& mark : window.timeline().view().bookmarks()) {
        if (const int score = fitness(mark.name, text); score > 0)
            add(mark.name, momentText(mark.time_us - start_us), mark.index, score + 1);
    }
    QString number = text;
    const bool is_entry = number.startsWith(QLatin1String("entry"), Qt::CaseInsensitive);
    number.remove(QLatin1String(is_entry ? "entry" : "s"), Qt::CaseInsensitive);
    bool is_number = false;
    const double value = number.trimmed().toDouble(&is_number);
    if (!is_number || value < 0 || frames.timeline().endIndex() == 0)
        return;
    if (is_entry)
        add(PaletteItemsWords::tr("Go to entry %1").arg(qint64(value)), QString(), std::uint64_t(value), 900);
    else if (value < 1e6)
        add(PaletteItemsWords::tr("Go to %1").arg(momentText(std::int64_t(value * 1e6))),
            PaletteItemsWords::tr("since the start"),
            frames.timeline().indexAfter(start_us + std::int64_t(value * 1e6)), 900);
}

} // namespace

int fitness(const QString& title, const QString& text)
{
    if (text.isEmpty())
        return 1;
    const QString where = title.toLower(), what = text.toLower();
    if (where.startsWith(what))
        return 1'000;
    if (where.contains(QLatin1Char(' ') + what))
        return 800;
    if (where.contains(what))
        return 600;
    // Letters in their order; the closer together, the better.
    qsizetype at = 0;
    int holes = 0;
    for (const QChar letter : what) {
        const qsizetype next = where.indexOf(letter, at);
        if (next < 0)
            return 0;
        holes += int(next - at);
        at = next + 1;
    }
    return std::max(1, 300 - holes * 4);
}

std::vector<PaletteItem> paletteItems(MainWindow& window, const QString& typed)
{
    const QString text = typed.trimmed();
    std::vector<PaletteItem> items;
    addActions(window, text, items);
    addOrders(window, text, items);
    addGroups(window, text, items);
    addMoments(window, text, items);
    addSettings(window, text, items);
    std::stable_sort(items.begin(), items.end(),
                     [](const PaletteItem& a, const PaletteItem& b) { return a.score > b.score; });
    if (items.size() > palette_items_max)
        items.resize(palette_items_max);
    if (!text.isEmpty())
        items.push_back({PaletteItemsWords::tr("find"), PaletteItemsWords::tr("Find entries: %1").arg(text), QString(),
                         [&window, text] { window.timeline().findEntries(text); }, 0});
    return items;
}

} // namespace orderlab::ui
