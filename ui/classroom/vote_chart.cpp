#include "ui/classroom/vote_chart.h"

#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <numeric>

namespace orderlab::ui {

namespace {

constexpr int vote_bar_height = 12;
constexpr int vote_gap = 4;
constexpr int vote_share_width = 92; ///< "128 (100 %)"

QString voteChoiceText(const ClassBoard& board, std::size_t choice)
{
    return QLatin1Char(char('A' + choice)) + QStringLiteral(": ") + toQt(board.question.choices[choice]);
}

} // namespace

VoteChart::VoteChart(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("voteChart"));
    setAccessibleName(tr("Votes"));
}

void VoteChart::setBoard(const ClassBoard& board)
{
    m_board = board;
    setAccessibleDescription(text());
    setFixedHeight(sizeHint().height());
    update();
}

QString VoteChart::text() const
{
    QStringList lines;
    for (std::size_t choice = 0; choice < m_board.question.choices.size(); ++choice) {
        QStringList votes;
        for (const auto& round : m_board.tally)
            votes << QString::number(round[choice]);
        lines << voteChoiceText(m_board, choice) + QStringLiteral(": ") + votes.join(QStringLiteral(", "));
    }
    return lines.join(QLatin1Char('\n'));
}

int VoteChart::rowHeight() const
{
    return fontMetrics().height() + int(std::max<std::size_t>(m_board.tally.size(), 1)) * (vote_bar_height + vote_gap)
           + vote_gap;
}

QSize VoteChart::sizeHint() const
{
    return {320, int(m_board.question.choices.size()) * rowHeight()};
}

QSize VoteChart::minimumSizeHint() const
{
    return {180, sizeHint().height()};
}

void VoteChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Palette& palette = Theme::instance().palette();
    const int line = fontMetrics().height(), bars = std::max(width() - vote_share_width, 40);
    int y = 0;
    for (std::size_t choice = 0; choice < m_board.question.choices.size(); ++choice) {
        const bool is_right = m_board.question.right == choice;
        painter.setPen(palette.text);
        const QString label = voteChoiceText(m_board, choice) + (is_right ? QStringLiteral("  ✓") : QString());
        painter.drawText(QRect(0, y, width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(label, Qt::ElideRight, width()));
        int bar_y = y + line + 1;
        for (const auto& round : m_board.tally) {
            const std::size_t all = std::accumulate(round.begin(), round.end(), std::size_t(0));
            const double share = all == 0 ? 0 : double(round[choice]) / double(all);
            painter.setPen(palette.edge);
            painter.setBrush(palette.control);
            painter.drawRect(QRect(0, bar_y, bars - 1, vote_bar_height - 1));
            painter.fillRect(QRectF(1, bar_y + 1, (bars - 2) * share, vote_bar_height - 2),
                             is_right ? palette.ok : palette.accent);
            painter.setPen(palette.muted);
            painter.drawText(QRect(bars + 8, bar_y - 3, vote_share_width - 8, vote_bar_height + 6),
                             Qt::AlignLeft | Qt::AlignVCenter,
                             tr("%1 (%2 %)").arg(round[choice]).arg(int(share * 100 + 0.5)));
            bar_y += vote_bar_height + vote_gap;
        }
        y += rowHeight();
    }
}

} // namespace orderlab::ui
