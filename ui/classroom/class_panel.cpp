#include "ui/classroom/class_panel.h"

#include "classroom/lan_addresses.h"
#include "ui/bridge/system_core.h"
#include "ui/classroom/class_desk.h"
#include "ui/classroom/question_dialog.h"
#include "ui/classroom/vote_chart.h"
#include "ui/export/whole_file.h"
#include "ui/models/format.h"
#include "ui/models/qr_code.h"
#include "ui/panels/allowed.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <numeric>

namespace orderlab::ui {

namespace {

constexpr Duration lock_countdown = std::chrono::seconds{10};
constexpr int class_code_pixels = 132; ///< A side of the picture in the panel.
constexpr int class_code_pixels_large = 520;
constexpr int narrow_panel = 860; ///< Less has no room for code, votes and students as wide as they want to be.

/// At most `side` pixels, whole ones a module.
QPixmap classCode(const QString& text, int side)
{
    const auto code = QrCode::of(text);
    if (!code)
        return {};
    return QPixmap::fromImage(code->image(std::max(2, side / (code->modules() + 2 * QrCode::quiet_modules))));
}

std::size_t votesIn(const ClassBoard& board)
{
    return board.tally.empty() ? 0
                               : std::accumulate(board.tally.back().begin(), board.tally.back().end(), std::size_t(0));
}

} // namespace

ClassPanel::ClassPanel(LabBridge& bridge, QWidget* parent)
    : Panel(tr("Class"), parent), m_bridge(bridge), m_desk(bridge.classDesk())
{
    setObjectName(QStringLiteral("classDock"));
    QWidget* const bar = makeBar();
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(makeStart(m_pages));
    m_pages->addWidget(makeClass(m_pages));
    m_content = setTabContent(bar, m_pages);
    setFocusProxy(m_start);
    connect(&m_desk, &ClassDesk::switched, this, &ClassPanel::showState);
    connect(&m_desk, &ClassDesk::changed, this, &ClassPanel::showClass);
    connect(&bridge.session(), &Session::stateChanged, this, &ClassPanel::showState);
    showState();
}

QPushButton* ClassPanel::button(QWidget* parent, const char* object, const QString& text, const QString& tip)
{
    auto* made = new QPushButton(text, parent);
    made->setObjectName(QLatin1String(object));
    made->setToolTip(tip);
    return made;
}

QWidget* ClassPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 2, 0, 2);
    row->setSpacing(4);
    m_state = mutedLabel({}, bar);
    m_state->setObjectName(QStringLiteral("classState"));
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // The buttons need their room.
    m_ask = button(bar, "classAsk", tr("Ask…"), tr("Ask the class, and open the first round of votes"));
    m_round = button(bar, "classRound", tr("End the round"), {});
    m_reveal = button(bar, "classReveal", tr("Reveal"), tr("Show everybody all votes and what is right"));
    m_lock = button(bar, "classLock", tr("Lock"), {});
    m_save = button(bar, "classSave", tr("Results…"), tr("Save orders and votes as CSV"));
    m_end = button(bar, "classEnd", tr("End the class…"), tr("What students hold is worth nothing from then on"));
    row->addWidget(m_state, 1);
    for (QPushButton* one : {m_ask, m_round, m_reveal, m_lock, m_save, m_end})
        row->addWidget(one);
    connect(m_ask, &QPushButton::clicked, this, &ClassPanel::askQuestion);
    connect(m_round, &QPushButton::clicked, this, [this] {
        const bool is_open = m_desk.view().board.phase == ClassPhase::Voting;
        act(is_open ? m_desk.classroom().closeVotes() : m_desk.classroom().openVotes());
    });
    connect(m_reveal, &QPushButton::clicked, this, [this] { act(m_desk.classroom().reveal()); });
    connect(m_lock, &QPushButton::clicked, this, [this] {
        const ClassBoard& board = m_desk.view().board;
        if (!board.is_locked && !board.locks_in)
            return act(m_desk.classroom().lock(lock_countdown));
        m_desk.classroom().unlock();
        m_desk.touched();
    });
    connect(m_save, &QPushButton::clicked, this, &ClassPanel::askForResults);
    connect(m_end, &QPushButton::clicked, this, &ClassPanel::endClass);
    return bar;
}

QWidget* ClassPanel::makeStart(QWidget* parent)
{
    auto* page = new QWidget(parent);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(8);
    auto* lead =
        new QLabel(tr("Students nearby join with the browser of a phone or a laptop and become customers of this "
                      "system: they buy, see what happens to their orders, and vote on what they expect."),
                   page);
    lead->setWordWrap(true);
    column->addWidget(lead);
    auto* row = new QHBoxLayout;
    m_address = new QComboBox(page);
    m_address->setObjectName(QStringLiteral("classAddress"));
    for (const LanAddress& one : lanAddresses())
        m_address->addItem(tr("%1 (%2)").arg(toQt(one.address), toQt(one.interface)), toQt(one.address));
    m_address->addItem(tr("this machine only"), QStringLiteral("127.0.0.1"));
    m_port = new QSpinBox(page);
    m_port->setObjectName(QStringLiteral("classPort"));
    m_port->setRange(1'024, 65'535);
    m_port->setValue(ClassroomServerOptions{}.port);
    auto* address_label = new QLabel(tr("&Address"), page);
    address_label->setBuddy(m_address);
    auto* port_label = new QLabel(tr("P&ort"), page);
    port_label->setBuddy(m_port);
    m_start =
        button(page, "classStart", tr("Start a class"), tr("Other machines can reach the students' page from then on"));
    m_start->setProperty("primary", true);
    for (QWidget* one :
         {static_cast<QWidget*>(address_label), static_cast<QWidget*>(m_address), static_cast<QWidget*>(port_label),
          static_cast<QWidget*>(m_port), static_cast<QWidget*>(m_start)})
        row->addWidget(one);
    row->addStretch(1);
    column->addLayout(row);
    m_start_note = mutedLabel({}, page);
    m_start_note->setObjectName(QStringLiteral("classStartNote"));
    m_start_note->setWordWrap(true);
    column->addWidget(m_start_note);
    column->addStretch(1);
    connect(m_start, &QPushButton::clicked, this, &ClassPanel::startClass);
    return page;
}

QWidget* ClassPanel::makeClass(QWidget* parent)
{
    auto* split = new QSplitter(Qt::Horizontal, parent);
    split->setChildrenCollapsible(false);
    split->addWidget(makeJoin(split));
    split->addWidget(makeVotes(split));
    split->addWidget(makeStudents(split));
    split->setStretchFactor(1, 1);
    split->setStretchFactor(2, 2);
    split->setSizes({0, 200, 340}); // The first as narrow as it can be.
    return split;
}

QWidget* ClassPanel::makeJoin(QWidget* parent)
{
    auto* part = new QWidget(parent);
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(12);
    m_picture = new QLabel(part);
    m_picture->setObjectName(QStringLiteral("classPicture"));
    m_picture->setAccessibleName(tr("QR code of the students' page"));
    row->addWidget(m_picture, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(mutedLabel(tr("Students open"), part));
    m_url = new QLabel(part);
    m_url->setObjectName(QStringLiteral("classUrl"));
    m_url->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_url);
    column->addWidget(mutedLabel(tr("and type the code"), part));
    m_code = new QLabel(part);
    m_code->setObjectName(QStringLiteral("classCode"));
    m_code->setFont(Theme::monoFont(24, QFont::Bold));
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_code);
    m_large = button(part, "classLarge", tr("Show large…"), tr("Address, code and QR code for the whole room"));
    column->addWidget(m_large, 0, Qt::AlignLeft);
    column->addStretch(1);
    row->addLayout(column);
    connect(m_large, &QPushButton::clicked, this, &ClassPanel::showCode);
    return part;
}

QWidget* ClassPanel::makeVotes(QWidget* parent)
{
    auto* scroll = new QScrollArea(parent);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* part = new QWidget(scroll);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(8, 0, 8, 0);
    column->setSpacing(6);
    m_question = new QLabel(part);
    m_question->setObjectName(QStringLiteral("classQuestion"));
    m_question->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    m_chart = new VoteChart(part);
    column->addWidget(m_question);
    column->addWidget(m_chart);
    column->addStretch(1);
    scroll->setWidget(part);
    return scroll;
}

QWidget* ClassPanel::makeStudents(QWidget* parent)
{
    auto* part = new QWidget(parent);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(8, 0, 0, 0);
    column->setSpacing(4);
    m_table = new FittedTable(part);
    m_table->setObjectName(QStringLiteral("classTable"));
    m_table->setAccessibleName(tr("Students"));
    m_table->setModel(&m_model);
    m_table->setColumnWeights({30, 100, 58, 64, 50, 44});
    column->addWidget(m_table, 1);
    auto* row = new QHBoxLayout;
    m_show = button(part, "classShow", tr("Show to all"), tr("Everybody looks at this student's newest order"));
    m_remove = button(part, "classRemove", tr("Remove…"), tr("Remove the student from the class"));
    row->addStretch(1);
    row->addWidget(m_show);
    row->addWidget(m_remove);
    column->addLayout(row);
    connect(m_show, &QPushButton::clicked, this, &ClassPanel::showStudent);
    connect(m_remove, &QPushButton::clicked, this, &ClassPanel::removeStudent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClassPanel::showClass);
    return part;
}

void ClassPanel::startClass()
{
    ClassroomServerOptions options;
    options.address = m_address->currentData().toString().toStdString();
    options.port = std::uint16_t(m_port->value());
    if (const auto started = m_desk.start(options); !started) {
        m_start_note->setText(sentence(started.error()));
        return;
    }
    m_start_note->clear();
    Q_EMIT told(m_desk.hasOtherPort()
                    ? tr("Port %1 is taken: the class is at %2.").arg(m_port->value()).arg(m_desk.url())
                    : tr("The class is at %1.").arg(m_desk.url()));
}

void ClassPanel::act(const Result<void>& done)
{
    if (!done)
        Q_EMIT told(sentence(done.error()));
    m_desk.touched();
}

void ClassPanel::showState()
{
    const bool is_on = m_desk.isOn();
    const QString reason = is_on ? QString() : m_desk.whyNot();
    m_content->show(reason.isEmpty(), reason);
    m_pages->setCurrentIndex(is_on ? 1 : 0);
    setFocusProxy(is_on ? static_cast<QWidget*>(m_table) : m_start);
    for (QPushButton* one : {m_ask, m_round, m_reveal, m_lock, m_save, m_end})
        one->setVisible(is_on);
    if (!is_on) {
        m_state->setText(tr("no class"));
        m_model.setStudents({});
        return;
    }
    m_picture->setPixmap(classCode(m_desk.joinUrl(), class_code_pixels));
    m_url->setText(m_desk.url());
    m_code->setText(toQt(m_desk.view().code));
    showClass();
}

void ClassPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    m_picture->setVisible(event->size().width() >= narrow_panel); // Else there is the large one.
}

void ClassPanel::showClass()
{
    if (!m_desk.isOn())
        return;
    const ClassView& view = m_desk.view();
    const ClassBoard& board = view.board;
    if (sender() != m_table->selectionModel())
        m_model.setStudents(view.students);
    if (std::exchange(m_shown_order, view.shown_order) != view.shown_order && !view.shown_order.isNull())
        Q_EMIT orderSelected(view.shown_order); // The teacher looks where the class looks.
    const bool has_question = board.phase != ClassPhase::Waiting;
    const bool is_open = board.phase == ClassPhase::Voting;
    m_round->setText(is_open ? tr("End the round") : tr("Vote again"));
    m_round->setToolTip(is_open ? tr("The class discusses; nobody sees how the others voted")
                                : tr("Open another round of votes"));
    allow(m_round, !has_question                         ? tr("Nothing has been asked yet.")
                   : board.phase == ClassPhase::Revealed ? tr("The votes have been shown. Ask anew.")
                                                         : QString());
    allow(m_reveal, !has_question                         ? tr("Nothing has been asked yet.")
                    : board.phase == ClassPhase::Revealed ? tr("The votes have been shown.")
                                                          : QString());
    const bool is_locking = board.is_locked || board.locks_in;
    m_lock->setText(board.is_locked  ? tr("Unlock")
                    : board.locks_in ? tr("Locks in %1 s").arg((board.locks_in->count() + 999'999) / 1'000'000)
                                     : tr("Lock"));
    m_lock->setToolTip(is_locking ? tr("Let everybody buy and vote again")
                                  : tr("After ten seconds nobody can buy or vote"));
    const QString no_student = selectedRow() < 0 ? tr("Select a student first.") : QString();
    allow(m_show, no_student);
    allow(m_remove, no_student);
    m_question->setText(has_question            ? toQt(board.question.ask)
                        : view.students.empty() ? tr("Nobody has joined yet.")
                                                : tr("Nothing has been asked yet."));
    m_chart->setVisible(has_question);
    m_chart->setBoard(board);
    const QString phase =
        board.phase == ClassPhase::Waiting ? tr("nothing asked")
        : board.phase == ClassPhase::Voting
            ? tr("round %1: %2 of %3 have voted").arg(board.round).arg(votesIn(board)).arg(view.students.size())
        : board.phase == ClassPhase::Discussing ? tr("round %1 is over: the class discusses").arg(board.round)
                                                : tr("revealed");
    m_state->setText((view.students.size() == 1 ? tr("1 student") : tr("%1 students").arg(view.students.size()))
                     + QStringLiteral(" · ") + phase);
    m_state->setToolTip(m_state->text());
}

int ClassPanel::selectedRow() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

void ClassPanel::askQuestion()
{
    QuestionDialog dialog(this);
    if (dialog.exec() != QDialog::Accepted || !m_desk.isOn())
        return;
    if (auto question = dialog.question())
        act(m_desk.classroom().ask(std::move(*question)));
}

void ClassPanel::showCode()
{
    QDialog dialog(this);
    dialog.setObjectName(QStringLiteral("classCodeDialog"));
    dialog.setWindowTitle(tr("Join the class"));
    auto* column = new QVBoxLayout(&dialog);
    const auto line = [&](const QString& text, const QFont& font) {
        auto* label = new QLabel(text, &dialog);
        label->setFont(font);
        label->setAlignment(Qt::AlignCenter);
        column->addWidget(label);
    };
    line(m_desk.url(), Theme::textFont(28, QFont::DemiBold));
    line(m_code->text(), Theme::monoFont(56, QFont::Bold));
    auto* picture = new QLabel(&dialog);
    picture->setPixmap(classCode(m_desk.joinUrl(), class_code_pixels_large));
    picture->setAlignment(Qt::AlignCenter);
    picture->setAccessibleName(m_picture->accessibleName());
    column->addWidget(picture);
    auto* close = new QPushButton(tr("Close"), &dialog);
    connect(close, &QPushButton::clicked, &dialog, &QDialog::accept);
    column->addWidget(close, 0, Qt::AlignCenter);
    dialog.exec();
}

bool ClassPanel::isSure(const QString& title, const QString& question, const QString& yes)
{
    QMessageBox box(QMessageBox::Question, title, question, QMessageBox::NoButton, this);
    box.setObjectName(QStringLiteral("classQuestionBox"));
    QPushButton* const agree = box.addButton(yes, QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(tr("Cancel"), QMessageBox::RejectRole));
    box.exec();
    return box.clickedButton() == agree;
}

void ClassPanel::removeStudent()
{
    const int row = selectedRow();
    if (row < 0)
        return;
    const StudentRow student = m_model.studentAt(row);
    if (isSure(tr("Remove a student"),
               tr("Remove %1 from the class? Their votes are taken out; their orders stay.").arg(toQt(student.name)),
               tr("Remove"))
        && m_desk.isOn())
        act(m_desk.classroom().remove(student.number));
}

void ClassPanel::showStudent()
{
    const int row = selectedRow();
    if (row < 0)
        return;
    const unsigned number = m_model.studentAt(row).number;
    const bool is_shown = m_desk.view().shown == number;
    act(m_desk.classroom().show(is_shown ? std::nullopt : std::optional<unsigned>(number)));
    Q_EMIT told(is_shown ? tr("The class looks at nobody's order any more.")
                         : tr("The class looks at the newest order of %1.").arg(toQt(m_model.studentAt(row).name)));
}

void ClassPanel::endClass()
{
    if (isSure(tr("End the class"),
               tr("End the class? All students are told so, and nobody can come back. Save the results first if you "
                  "want to "
                  "keep them; orders and recordings stay."),
               tr("End the class")))
        m_desk.end();
}

QString ClassPanel::saveResults(const QString& file, bool with_names) const
{
    return writeWhole(file, QByteArray::fromStdString(m_desk.classroom().resultsCsv(with_names)));
}

void ClassPanel::askForResults()
{
    QMessageBox box(
        QMessageBox::Question, tr("Save the results"),
        tr("A row for each student, question and round. Students have numbers, not names, unless you want names."),
        QMessageBox::NoButton, this);
    auto* names = new QCheckBox(tr("With the students' names"), &box);
    box.setCheckBox(names);
    QPushButton* const save = box.addButton(tr("Save…"), QMessageBox::AcceptRole);
    box.addButton(tr("Cancel"), QMessageBox::RejectRole);
    box.exec();
    if (box.clickedButton() != save || !m_desk.isOn())
        return;
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save the results"), tr("class.csv"), tr("Tables (*.csv)"));
    if (file.isEmpty() || !m_desk.isOn())
        return;
    const QString problem = saveResults(file, names->isChecked());
    Q_EMIT told(problem.isEmpty() ? tr("Saved: %1").arg(file) : tr("%1 is not saved: %2").arg(file, problem));
}

} // namespace orderlab::ui
