#include "ui/lessons/lesson_list.h"

#include "ui/export/whole_file.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int sign_width = 24, row_padding = 7;
constexpr int known_answers_for_expert = 2;

QString stateText(LessonDesk::State state)
{
    switch (state) {
    case LessonDesk::State::New: return LessonList::tr("new");
    case LessonDesk::State::Begun: return LessonList::tr("begun");
    case LessonDesk::State::Done: return LessonList::tr("done");
    }
    return {};
}

/// A sign of its state, its title, and a line of what it is about.
class LessonDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const Palette& look = colours();
        if (option.state & QStyle::State_Selected) {
            painter->setPen(option.state & QStyle::State_HasFocus ? QPen(look.accent) : QPen(look.border));
            painter->setBrush(look.raised);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5), 6, 6);
        }
        const auto state = LessonDesk::State(index.data(LessonList::StateRole).toInt());
        const QRectF sign(option.rect.left() + 8, option.rect.top() + row_padding + 3, 11, 11);
        paintSign(painter, sign, state);
        const QRect text = textRect(option.rect);
        const QRect title = titleRect(text, index);
        painter->setFont(Theme::textFont(13, QFont::DemiBold));
        painter->setPen(look.text);
        painter->drawText(title, Qt::TextWordWrap, index.data(Qt::DisplayRole).toString());
        painter->setFont(Theme::textFont(11));
        painter->setPen(look.muted);
        const QRect about(text.left(), title.bottom() + 3, text.width(), QFontMetrics(painter->font()).height());
        painter->drawText(about, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(painter->font())
                              .elidedText(index.data(LessonList::AboutRole).toString(), Qt::ElideRight, about.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int width =
            option.widget ? static_cast<const QListWidget*>(option.widget)->viewport()->width() : option.rect.width();
        const QRect text = textRect({0, 0, width, 1'000});
        return {100,
                titleRect(text, index).height() + QFontMetrics(Theme::textFont(11)).height() + 2 * row_padding + 4};
    }

private:
    static QRect textRect(const QRect& row) { return row.adjusted(sign_width + 4, row_padding, -8, -row_padding); }
    static QRect titleRect(const QRect& text, const QModelIndex& index)
    {
        const QRect needed = QFontMetrics(Theme::textFont(13, QFont::DemiBold))
                                 .boundingRect(QRect(0, 0, text.width(), 1'000), Qt::TextWordWrap,
                                               index.data(Qt::DisplayRole).toString());
        return {text.left(), text.top(), text.width(), needed.height()};
    }
    /// Shapes, so that no colour is needed: a ring, half a disc, a disc with a mark.
    static void paintSign(QPainter* painter, const QRectF& at, LessonDesk::State state)
    {
        const Palette& look = colours();
        const QColor colour = state == LessonDesk::State::Done    ? look.ok
                              : state == LessonDesk::State::Begun ? look.accent
                                                                  : look.muted;
        painter->setPen(QPen(colour, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(at);
        painter->setBrush(colour);
        if (state == LessonDesk::State::Begun)
            painter->drawPie(at, 90 * 16, -180 * 16);
        if (state != LessonDesk::State::Done)
            return;
        painter->drawEllipse(at);
        painter->setPen(QPen(look.panel, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(QPolygonF(
            {at.topLeft() + QPointF(2.6, 5.8), at.topLeft() + QPointF(4.8, 8), at.topLeft() + QPointF(8.6, 3.4)}));
    }
};

} // namespace

LessonList::LessonList(LessonDesk& desk, QWidget* parent) : QWidget(parent), m_desk(desk)
{
    setObjectName(QStringLiteral("lessonList"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, 12, metrics::margin - 4, 8);
    column->setSpacing(8);
    makeHead(column);
    makeQuestions(column);
    m_next = new QPushButton(this);
    m_next->setObjectName(QStringLiteral("nextLesson"));
    m_next->setProperty("primary", true);
    m_next->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    column->addWidget(m_next);
    m_find = new QLineEdit(this);
    m_find->setObjectName(QStringLiteral("findLesson"));
    m_find->setAccessibleName(tr("Search the lessons"));
    m_find->setPlaceholderText(tr("Search: outbox, lag, timeouts…"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaxLength(100);
    column->addWidget(m_find);
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("lessons"));
    m_list->setAccessibleName(tr("Lessons"));
    m_list->setItemDelegate(new LessonDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setFrameShape(QFrame::NoFrame);
    column->addWidget(m_list, 1);
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("lessonProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->setProperty("box", "bad");
    m_problem->hide();
    column->addWidget(m_problem);
    setFocusProxy(m_list);
    connect(m_find, &QLineEdit::textChanged, this, &LessonList::filter);
    connect(m_list, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { Q_EMIT openWanted(item->data(NameRole).toString()); });
    connect(m_list, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { Q_EMIT openWanted(item->data(NameRole).toString()); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (const Lesson* const next = m_desk.recommended())
            Q_EMIT openWanted(fromCore(next->name));
    });
    connect(&m_desk, &LessonDesk::changed, this, &LessonList::refresh);
    refresh();
}

void LessonList::makeHead(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->addWidget(headingLabel(tr("Lessons"), this));
    m_count = mutedLabel({}, this);
    row->addWidget(m_count);
    row->addStretch(1);
    auto* more = new QToolButton(this);
    more->setObjectName(QStringLiteral("lessonMore"));
    more->setText(QStringLiteral("⋯"));
    more->setAccessibleName(tr("More about lessons"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    menu->addAction(tr("&Open a lesson from a file…"), this, &LessonList::openFile);
    menu->addSeparator();
    menu->addAction(tr("&Export your progress…"), this, &LessonList::exportProgress);
    menu->addAction(tr("&Forget the chosen lesson…"), this, &LessonList::resetChosen);
    menu->addAction(tr("Forget &all progress…"), this, &LessonList::resetAll);
    more->setMenu(menu);
    row->addWidget(more);
    column->addLayout(row);
}

void LessonList::makeQuestions(QVBoxLayout* column)
{
    m_questions = new QFrame(this);
    m_questions->setObjectName(QStringLiteral("lessonQuestions"));
    m_questions->setProperty("box", "hint");
    auto* inside = new QVBoxLayout(m_questions);
    inside->setContentsMargins(0, 0, 0, 0); // Its style has some.
    inside->setSpacing(6);
    auto* title = new QLabel(tr("Where do you want to begin?"), m_questions);
    title->setFont(Theme::textFont(13, QFont::DemiBold));
    inside->addWidget(title);
    const QString questions[] = {tr("I have used Kafka or another log"), tr("I know the transactional outbox"),
                                 tr("I know why “exactly once” is in quotes")};
    for (const QString& question : questions) {
        auto* box = new QCheckBox(question, m_questions);
        box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        inside->addWidget(box);
    }
    auto* row = new QHBoxLayout;
    auto* choose = new QPushButton(tr("Find my way"), m_questions);
    choose->setObjectName(QStringLiteral("findMyWay"));
    auto* skip = new QPushButton(tr("Skip"), m_questions);
    skip->setObjectName(QStringLiteral("skipQuestions"));
    skip->setProperty("link", true);
    row->addWidget(choose);
    row->addWidget(skip);
    row->addStretch(1);
    inside->addLayout(row);
    column->addWidget(m_questions);
    connect(choose, &QPushButton::clicked, this, &LessonList::answerQuestions);
    connect(skip, &QPushButton::clicked, this, [this] { m_desk.choosePath(LessonPath::None); });
}

void LessonList::answerQuestions()
{
    int known = 0;
    for (const QCheckBox* box : m_questions->findChildren<QCheckBox*>())
        known += box->isChecked();
    m_desk.choosePath(known >= known_answers_for_expert ? LessonPath::Expert : LessonPath::Novice);
}

void LessonList::refresh()
{
    m_questions->setVisible(!m_desk.progress().isAsked());
    const QString chosen = m_list->currentItem() ? m_list->currentItem()->data(NameRole).toString() : QString();
    m_list->clear();
    qsizetype done = 0;
    for (const Lesson& lesson : m_desk.lessons()) {
        const QString name = fromCore(lesson.name);
        const LessonDesk::State state = m_desk.stateOf(name);
        done += state == LessonDesk::State::Done;
        QStringList about;
        for (const std::string& concept_name : lesson.concepts)
            about << fromCore(concept_name);
        auto* item = new QListWidgetItem(fromCore(lesson.title), m_list);
        item->setData(NameRole, name);
        item->setData(StateRole, int(state));
        item->setData(AboutRole, tr("%1 · %2 min · %3", "state, how long, what about")
                                     .arg(stateText(state))
                                     .arg(lesson.minutes)
                                     .arg(about.join(QStringLiteral(", "))));
        item->setData(Qt::AccessibleTextRole, tr("%1, %2").arg(fromCore(lesson.title), stateText(state)));
        item->setToolTip(fromCore(lesson.goal));
        if (name == chosen)
            m_list->setCurrentItem(item);
    }
    m_count->setText(tr("%1 of %2 done").arg(done).arg(m_desk.lessons().size()));
    const Lesson* const next = m_desk.recommended();
    m_next->setVisible(next);
    if (next) {
        const bool is_begun = m_desk.stateOf(fromCore(next->name)) == LessonDesk::State::Begun;
        const QString text = (is_begun ? tr("Go on: %1") : tr("Next: %1")).arg(fromCore(next->title));
        m_next->setToolTip(text);
        m_next->setAccessibleName(text);
    }
    fitNext();
    filter();
}

/// As much of it as there is room for.
void LessonList::fitNext()
{
    constexpr int padding = 28;
    m_next->setText(m_next->fontMetrics().elidedText(m_next->toolTip(), Qt::ElideRight, m_next->width() - padding));
}

void LessonList::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitNext();
}

void LessonList::filter()
{
    const QString wanted = m_find->text().trimmed();
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem* const item = m_list->item(row);
        const bool fits = item->text().contains(wanted, Qt::CaseInsensitive)
                          || item->data(AboutRole).toString().contains(wanted, Qt::CaseInsensitive)
                          || item->toolTip().contains(wanted, Qt::CaseInsensitive);
        m_list->setRowHidden(row, !fits);
    }
}

void LessonList::openFile()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Open a lesson"), {}, tr("Lessons (*.md);;All files (*)"));
    if (file.isEmpty())
        return;
    const QString problem = m_desk.openFile(file);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void LessonList::exportProgress()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Export your progress"), QStringLiteral("lessons.md"),
                                                      tr("Markdown (*.md);;JSON (*.json)"));
    if (file.isEmpty())
        return;
    std::vector<std::pair<QString, QString>> titles;
    for (const Lesson& lesson : m_desk.lessons())
        titles.emplace_back(fromCore(lesson.name), fromCore(lesson.title));
    const QByteArray bytes = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)
                                 ? QJsonDocument(m_desk.progress().toJson()).toJson()
                                 : m_desk.progress().toMarkdown(titles).toUtf8();
    const QString problem = writeWhole(file, bytes);
    Q_EMIT m_desk.told(problem.isEmpty() ? tr("%1 is written.").arg(file)
                                         : tr("%1 is not written: %2").arg(file, problem));
}

void LessonList::resetAll()
{
    if (QMessageBox::question(this, tr("Forget all progress"),
                              tr("Everything that you have done in the lessons is forgotten. Export it first if you "
                                 "want to keep it."),
                              QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Cancel)
        == QMessageBox::Discard)
        m_desk.resetAll();
}

void LessonList::resetChosen()
{
    const QListWidgetItem* const item = m_list->currentItem();
    if (!item) {
        Q_EMIT m_desk.told(tr("Choose a lesson in the list first: with the arrows, without opening it."));
        return;
    }
    if (QMessageBox::question(this, tr("Forget this lesson"),
                              tr("What you have done in “%1” is forgotten.").arg(item->text()),
                              QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Cancel)
        == QMessageBox::Discard)
        m_desk.reset(item->data(NameRole).toString());
}

} // namespace orderlab::ui
