#pragma once
#include <QList>
#include <QString>

#include <functional>
#include <utility>

namespace orderlab::ui {

/// Something that a person may set or do in the settings: what the dialog shows, and the palette finds. A value; its
/// functions are called on the GUI thread, while the window lives.
struct Setting {
    enum class Form : std::uint8_t {
        Choice, ///< One of choices.
        Switch, ///< switch_on or switch_off.
        Text,
        Action, ///< Something to do; it has no value.
    };

    QString key; ///< "theme"; of the real system's its option's name.
    QString section;
    QString title;
    QString about;
    QString needs; ///< When it is in force; empty: at once.
    Form form = Form::Text;
    QList<std::pair<QString, QString>> choices = {}; ///< A value, and the words for it.
    QString usual = {};                              ///< What an empty text stands for.
    QString fixed_by = {};                           ///< Why it cannot be set here, as a sentence; empty: it can.
    QString act = {};                                ///< Of an action: the word on its button.
    QString warning = {};                            ///< Of an action: what is lost; it is asked about first.
    std::function<QString()> get = {};
    /// What is wrong with the value, as a sentence; empty: it is set.
    std::function<QString(const QString&)> set = {};
    std::function<void()> run = {}; ///< Of an action.
};

inline const QString switch_on = QStringLiteral("on");
inline const QString switch_off = QStringLiteral("off");

} // namespace orderlab::ui
