#include "ui/dialogs/welcome_dialog.h"

#include "ui/theme/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace orderlab::ui {

WelcomeDialog::WelcomeDialog(QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("welcome"));
    setWindowTitle(tr("Welcome to Orderlab"));
    setFixedWidth(520);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(26, 22, 26, 20);
    column->setSpacing(12);
    auto* title = new QLabel(tr("How do you want to begin?"), this);
    title->setFont(Theme::textFont(17, QFont::DemiBold));
    column->addWidget(title);
    addDoor(column, "watchDoor", tr("Watch a simulated world"),
            tr("The real services in virtual time. Drag the playhead back and forth, change something, "
               "compare. Needs no database."),
            &WelcomeDialog::watchWanted);
    addDoor(column, "realDoor", tr("Run the real system"),
            tr("Orders in PostgreSQL, events in memory or on Kafka, in real time. Starts a PostgreSQL of "
               "its own where none is given."),
            &WelcomeDialog::realWanted);
    addDoor(column, "learnDoor", tr("Learn"),
            tr("Sixteen lessons and two on-call drills: predict what happens, see it run, find out why, and "
               "mend it."),
            &WelcomeDialog::learnWanted);
    addTrials(column);
    auto* foot = new QLabel(tr("The engine can be changed at any time in the toolbar. This page comes back with Help, "
                               "Welcome."),
                            this);
    foot->setProperty("role", QStringLiteral("muted"));
    foot->setWordWrap(true);
    column->addWidget(foot);
}

void WelcomeDialog::addDoor(QVBoxLayout* column, const char* object, const QString& title, const QString& text,
                            void (WelcomeDialog::*wanted)())
{
    auto* door = new QPushButton(this);
    door->setObjectName(QLatin1String(object));
    door->setAccessibleName(title);
    door->setAccessibleDescription(text);
    auto* inside = new QVBoxLayout(door);
    inside->setContentsMargins(16, 12, 16, 12);
    inside->setSpacing(3);
    auto* head = new QLabel(title, door);
    head->setFont(Theme::textFont(14, QFont::DemiBold));
    auto* about = new QLabel(text, door);
    about->setWordWrap(true);
    about->setProperty("role", QStringLiteral("muted"));
    for (QLabel* label : {head, about})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    inside->addWidget(head);
    inside->addWidget(about);
    door->setProperty("door", true);
    column->addWidget(door);
    connect(door, &QPushButton::clicked, this, [this, wanted] {
        accept();
        Q_EMIT(this->*wanted)();
    });
}

void WelcomeDialog::addTrials(QVBoxLayout* column)
{
    auto* title = new QLabel(tr("Three things to try"), this);
    title->setFont(Theme::textFont(13, QFont::DemiBold));
    column->addSpacing(4);
    column->addWidget(title);
    const QString texts[] = {tr("See why a customer was charged twice"),
                             tr("Go back in time to just before it happened"),
                             tr("Mend it there, and compare both futures")};
    for (int i = 0; i < int(std::size(texts)); ++i) {
        auto* trial = new QPushButton(tr("%1.  %2", "a number and something to try").arg(i + 1).arg(texts[i]), this);
        trial->setObjectName(QStringLiteral("trial-%1").arg(i));
        trial->setProperty("flat", true);
        trial->setAutoDefault(false);
        column->addWidget(trial);
        connect(trial, &QPushButton::clicked, this, [this, i] {
            accept();
            Q_EMIT tryWanted(i);
        });
    }
}

} // namespace orderlab::ui
