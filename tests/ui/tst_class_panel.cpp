#include "desktop.h"
#include "integration/raw_http_client.h"
#include "ui/classroom/class_desk.h"
#include "ui/classroom/class_panel.h"
#include "ui/classroom/question_dialog.h"
#include "ui/classroom/vote_chart.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/story_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTimer>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// A student's browser.
struct Phone {
    Phone(ClassDesk& class_desk, const std::string& name)
        : desk(class_desk), client(std::uint16_t(QUrl(class_desk.url()).port()))
    {
        const RawReply joined = post("/join", "code=" + desk.view().code + "&name=" + name);
        cookie = joined.header("set-cookie").substr(0, joined.header("set-cookie").find(';'));
    }
    RawReply post(const std::string& path, const std::string& body)
    {
        return client.ask("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nCookie: "
                          + cookie + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    ClassDesk& desk;
    RawHttpClient client;
    std::string cookie;
};

/// A real window whose panel for the class is in front.
struct ClassWindow : Desktop {
    explicit ClassWindow(QSize size = {1'600, 1'000}, ThemeName theme = ThemeName::Dark)
        : Desktop({}, {.store_notice = {}, .remember = false, .theme = theme}, size)
    {
        window.showPanel(QStringLiteral("class"));
        start();
    }
    ClassDesk& desk() { return bridge().classDesk(); }
    /// Held on this machine only.
    void startClass()
    {
        auto* address = child<QComboBox>("classAddress");
        address->setCurrentIndex(address->findData(QStringLiteral("127.0.0.1")));
        click("classStart");
    }
    /// Clicks `button` of the next message box.
    void agreeNext(const QString& text)
    {
        QTimer::singleShot(0, &window, [text] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            for (QAbstractButton* one : box ? box->buttons() : QList<QAbstractButton*>()) {
                if (one->text() == text)
                    return one->click();
            }
            qFatal("no such question");
        });
    }
};

} // namespace

/// A class in the window: the teacher's side, with students over real connections.
class TestClassPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void class_isHeldFromItsStartToItsEnd()
    {
        ClassWindow teacher;
        QVERIFY(teacher.waitFor([&] { return teacher.desk().whyNot().isEmpty(); }));
        QVERIFY(keepPicture(pictureOf(teacher.window), QStringLiteral("class-start")));
        teacher.startClass();
        QVERIFY(teacher.desk().isOn());
        QCOMPARE(teacher.child<QLabel>("classCode")->text(), QString::fromStdString(teacher.desk().view().code));
        QVERIFY(!teacher.child<QLabel>("classPicture")->pixmap().isNull());
        QVERIFY(!teacher.child<QAbstractButton>("classRound")->isEnabled()); // Nothing has been asked.

        Phone ada(teacher.desk(), "Ada"), bob(teacher.desk(), "Bob");
        auto* table = teacher.child<FittedTable>("classTable");
        QVERIFY(teacher.waitFor([&] { return table->model()->rowCount() == 2; }));
        QVERIFY(teacher.child<QAction>("customerNames")->isChecked());
        QCOMPARE(ada.post("/buy", "amount=5&key=a").status, 200);
        QVERIFY(teacher.waitFor([&] { // One for all events of the order, where some are.
            const auto names = teacher.window.canvas().view().names();
            return names.size() == 1 && names.front().name == QLatin1String("Ada");
        }));
        QVERIFY(keepPicture(pictureOf(teacher.window), QStringLiteral("class-names")));
        QVERIFY(teacher.waitFor([&] {
            return table->model()->index(0, ClassStudentsModel::Paid).data().toString() == QLatin1String("1");
        }));
        // On the tokens and in the list of orders it is the student's name.
        QVERIFY(teacher.waitFor([&] {
            const auto& orders = teacher.bridge().frames().world().orders();
            return std::any_of(orders.begin(), orders.end(), [&](const auto& entry) {
                return teacher.bridge().frames().names().names().text(entry.user) == "Ada";
            });
        }));

        QVERIFY(teacher.desk().classroom().ask(
            {"What happens to an order whose worker is killed after it has charged the card?",
             {"It is charged twice.", "It is charged once.", "It is lost."},
             1}));
        QCOMPARE(ada.post("/vote", "choice=0").status, 200);
        QCOMPARE(bob.post("/vote", "choice=1").status, 200);
        QVERIFY(teacher.waitFor(
            [&] { return teacher.child<QLabel>("classState")->text().contains(QLatin1String("2 of 2 have voted")); }));
        teacher.click("classRound");
        QVERIFY(teacher.desk().view().board.phase == ClassPhase::Discussing);
        teacher.click("classRound"); // "Vote again"
        QCOMPARE(ada.post("/vote", "choice=1").status, 200);
        teacher.click("classReveal");
        QVERIFY(teacher.child<VoteChart>("voteChart")->text().contains(QLatin1String("B: It is charged once.: 1, 1")));
        const auto* chart = teacher.child<VoteChart>("voteChart");
        QTRY_COMPARE(chart->height(), chart->sizeHint().height());
        QVERIFY(keepPicture(pictureOf(teacher.window), QStringLiteral("class")));

        teacher.click("classLock");
        QVERIFY(teacher.desk().view().board.locks_in.has_value());
        teacher.click("classLock"); // Not yet locked: taken back.
        QVERIFY(!teacher.desk().view().board.locks_in);

        table->selectRow(1);
        teacher.click("classShow");
        QCOMPARE(teacher.desk().view().shown.value(), 2u);
        QCOMPARE(bob.post("/buy", "amount=7&key=b").status, 200);
        QVERIFY(teacher.waitFor([&] { // The teacher's story and event flow are of it, too.
            const OrderState* order = teacher.bridge().frames().world().findOrder(teacher.window.story().order());
            return order && teacher.bridge().frames().names().names().text(order->user) == "Bob";
        }));
        teacher.agreeNext(QStringLiteral("Remove"));
        teacher.click("classRemove");
        QCOMPARE(table->model()->rowCount(), 1);
        QCOMPARE(bob.post("/vote", "choice=1").status, 401);

        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("class.csv"));
        auto* panel = teacher.window.findChild<ClassPanel*>();
        QCOMPARE(panel->saveResults(file, true), QString());
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("\r\nAda,1,1,0,0,1,"));

        teacher.agreeNext(QStringLiteral("End the class"));
        teacher.click("classEnd");
        QVERIFY(!teacher.desk().isOn());
        QCOMPARE(table->model()->rowCount(), 0);
        teacher.startClass(); // Another hour, with another code.
        QVERIFY(teacher.desk().isOn() && teacher.desk().view().students.empty());
    }

    void smallWindow_light()
    {
        ClassWindow teacher({1'280, 720}, ThemeName::Light);
        QVERIFY(teacher.waitFor([&] { return teacher.desk().whyNot().isEmpty(); }));
        teacher.startClass();
        std::vector<std::unique_ptr<Phone>> phones;
        for (const char* name : {"Ada", "Bob", "Cleo", "Dora", "Emil"}) {
            phones.push_back(std::make_unique<Phone>(teacher.desk(), name));
            QCOMPARE(phones.back()->post("/buy", "amount=5&key=a").status, 200);
        }
        QVERIFY(teacher.desk().classroom().ask({"What happens?", {"nothing", "it is paid", "it is lost"}, {}}));
        for (std::size_t i = 0; i < phones.size(); ++i)
            QCOMPARE(phones[i]->post("/vote", "choice=" + std::to_string(i % 2)).status, 200);
        QVERIFY(teacher.waitFor(
            [&] { return teacher.child<QLabel>("classState")->text().contains(QLatin1String("5 of 5")); }));
        QVERIFY(keepPicture(pictureOf(teacher.window), QStringLiteral("class-small-light")));
    }

    void takenPort_isTold()
    {
        ClassWindow teacher, other;
        QVERIFY(teacher.waitFor([&] { return teacher.desk().whyNot().isEmpty(); }));
        QVERIFY(other.waitFor([&] { return other.desk().whyNot().isEmpty(); }));
        teacher.startClass();
        const int port = QUrl(teacher.desk().url()).port();
        other.child<QSpinBox>("classPort")->setValue(port);
        other.startClass();
        QVERIFY(other.desk().isOn() && other.desk().hasOtherPort());
        QVERIFY(QUrl(other.desk().url()).port() > port);
    }

    void withoutASystemOfItsOwn_itSaysWhatToDo()
    {
        Desktop desktop({},
                        {.store_notice = {}, .remember = false, .theme = ThemeName::Dark, .engine = simulatedEngine()});
        desktop.window.showPanel(QStringLiteral("class"));
        QVERIFY(desktop.bridge().classDesk().whyNot().contains(QLatin1String("Choose the engine")));
        QVERIFY(!desktop.bridge().classDesk().start({}));
        QVERIFY(!desktop.bridge().classDesk().isOn());
    }

    void question_isALessonsOrOnesOwn()
    {
        QuestionDialog dialog(nullptr);
        auto* send = dialog.findChild<QAbstractButton*>(QStringLiteral("questionSend"));
        QVERIFY(!send->isEnabled());
        auto* lessons = dialog.findChild<QComboBox*>(QStringLiteral("questionLesson"));
        QVERIFY(lessons->count() > 16);
        lessons->setCurrentIndex(1);
        Q_EMIT lessons->activated(1);
        QVERIFY(send->isEnabled());
        QVERIFY(dialog.question().value().right.has_value());
        dialog.findChild<QPlainTextEdit*>(QStringLiteral("questionChoices"))
            ->setPlainText(QStringLiteral("yes\n\n no "));
        dialog.findChild<QLineEdit*>(QStringLiteral("questionAsk"))->setText(QStringLiteral("Is it?"));
        dialog.findChild<QComboBox*>(QStringLiteral("questionRight"))->setCurrentIndex(2);
        const ClassQuestion question = dialog.question().value();
        QCOMPARE(question.choices, (std::vector<std::string>{"yes", "no"}));
        QCOMPARE(question.right.value(), std::size_t(1));
        QVERIFY(keepPicture(pictureOf(dialog), QStringLiteral("class-question")));
        dialog.findChild<QPlainTextEdit*>(QStringLiteral("questionChoices"))->setPlainText(QStringLiteral("yes"));
        QVERIFY(!send->isEnabled());
    }
};

ORDERLAB_TEST(tst_class_panel, QApplication, TestClassPanel)
#include "tst_class_panel.moc"
