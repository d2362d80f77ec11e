#include "ui/lessons/step_view.h"
#include "ui/panels/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int card_role = Qt::UserRole;

/// Cards in an order; those with a mark belong there. The mouse drags them, Alt with the arrows moves the chosen one.
class CardList final : public QListWidget {
public:
    explicit CardList(QWidget* parent) : QListWidget(parent)
    {
        setObjectName(QStringLiteral("puzzleCards"));
        setDragDropMode(QAbstractItemView::InternalMove);
        setDefaultDropAction(Qt::MoveAction);
        setWordWrap(true);
        setTextElideMode(Qt::ElideNone);
        setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setSpacing(3);
        setResizeMode(QListView::Adjust);
    }

    void moveBy(int rows)
    {
        const int row = currentRow(), to = row + rows;
        if (row < 0 || to < 0 || to >= count())
            return;
        QListWidgetItem* item = takeItem(row);
        insertItem(to, item);
        setCurrentRow(to);
    }

    /// As high as its cards.
    void fit()
    {
        doItemsLayout();
        int height = 2 * frameWidth() + 2 * spacing();
        for (int row = 0; row < count(); ++row)
            height += visualItemRect(item(row)).height() + 2 * spacing();
        setFixedHeight(std::max(height, 60));
    }

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))
            moveBy(event->key() == Qt::Key_Up ? -1 : 1);
        else
            QListWidget::keyPressEvent(event);
    }
    void resizeEvent(QResizeEvent* event) override
    {
        QListWidget::resizeEvent(event);
        fit();
    }
};

class PuzzleStep final : public StepView {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::PuzzleStep)
public:
    PuzzleStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent) : StepView(desk, bridge, parent)
    {
        const Puzzle& puzzle = *desk.lesson()->puzzle;
        addHeading(fromCore(puzzle.ask));
        QLabel* how = mutedLabel(tr("The first cause stands above. Drag the cards, or move the chosen one with Alt and "
                                    "the arrows. Space takes the mark from a card that does not belong there."),
                                 this);
        how->setWordWrap(true);
        m_column->addWidget(how);
        m_cards = new CardList(this);
        m_cards->setAccessibleName(tr("Cards, the first cause first"));
        m_column->addWidget(m_cards);
        fill(puzzle);
        auto* row = new QHBoxLayout;
        addMove(row, "puzzleUp", tr("Up"), -1);
        addMove(row, "puzzleDown", tr("Down"), 1);
        row->addStretch(1);
        auto* check = new QPushButton(tr("Check"), this);
        check->setObjectName(QStringLiteral("checkPuzzle"));
        check->setProperty("primary", true);
        row->addWidget(check);
        m_column->addLayout(row);
        m_good = addBox("puzzleGood", "good");
        m_bad = addBox("puzzleBad", "bad");
        QObject::connect(check, &QPushButton::clicked, this, [this] { this->check(); });
        if (desk.record().is_puzzle_right)
            showBox(m_good, tr("✓ This is the order in which your run's story tells it."));
    }

private:
    void fill(const Puzzle& puzzle)
    {
        const std::vector<std::size_t> kept = m_desk.record().puzzle;
        std::vector<std::pair<std::size_t, bool>> order;
        for (const std::size_t card : kept) {
            if (card < puzzle.cards.size())
                order.emplace_back(card, true);
        }
        for (std::size_t i = 0; i < puzzle.cards.size(); ++i) {
            if (std::find(kept.begin(), kept.end(), i) == kept.end())
                order.emplace_back(i, kept.empty());
        }
        for (const auto& [card, belongs] : order) {
            auto* item = new QListWidgetItem(tr("%1  %2", "the letter of a card, and its text")
                                                 .arg(QLatin1Char(letterOf(card)))
                                                 .arg(fromCore(puzzle.cards[card].text)),
                                             m_cards);
            item->setData(card_role, int(card));
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemIsUserCheckable);
            item->setCheckState(belongs ? Qt::Checked : Qt::Unchecked);
        }
        m_cards->setCurrentRow(0);
        m_cards->fit();
    }

    void addMove(QHBoxLayout* row, const char* object, const QString& text, int rows)
    {
        auto* button = new QPushButton(text, this);
        button->setObjectName(QLatin1String(object));
        row->addWidget(button);
        QObject::connect(button, &QPushButton::clicked, this, [this, rows] { m_cards->moveBy(rows); });
    }

    void check()
    {
        std::vector<std::size_t> chain;
        for (int row = 0; row < m_cards->count(); ++row) {
            if (m_cards->item(row)->checkState() == Qt::Checked)
                chain.push_back(std::size_t(m_cards->item(row)->data(card_role).toInt()));
        }
        const auto grade = m_desk.checkPuzzle(chain);
        showBox(m_good,
                grade && grade->isRight() ? tr("✓ This is the order in which your run's story tells it.") : QString());
        showBox(m_bad, !grade             ? tr("It cannot be checked: %1.").arg(fromCore(grade.error().message))
                       : grade->isRight() ? QString()
                                          : tr("✗ Not yet. %1").arg(fromCore(grade->refutation)));
    }

    CardList* m_cards = nullptr;
    QLabel* m_good = nullptr;
    QLabel* m_bad = nullptr;
};

} // namespace

StepView* makePuzzleStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
{
    return new PuzzleStep(desk, bridge, parent);
}

} // namespace orderlab::ui
