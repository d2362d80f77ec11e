#include "ui/models/orders_filter.h"

#include "ui/models/format.h"
#include "ui/models/orders_model.h"

#include <algorithm>
#include <array>

namespace orderlab::ui {

OrdersFilter::OrdersFilter(QObject* parent) : QAbstractProxyModel(parent) {}

void OrdersFilter::setStatus(const QString& status)
{
    m_status = status;
    m_status_number = status_numbers;
    while (m_status_number > 0 && statusOfNumber(m_status_number - 1) != status)
        --m_status_number;
    --m_status_number;
    refilter();
}

void OrdersFilter::setText(const QString& text)
{
    m_text = text.trimmed();
    m_has_in_customer.clear();
    m_may_be_id = std::all_of(m_text.begin(), m_text.end(), [](QChar letter) {
        const char16_t code = letter.toLower().unicode();
        return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'f') || code == '-';
    });
    refilter();
}

void OrdersFilter::setSpan(const std::optional<TimeRange::Span>& span)
{
    m_span = span;
    refilter();
}

bool OrdersFilter::isInSpan(const OrderState& order) const
{
    const bool is_over = isFinal(order.status) || order.dead_letters > 0;
    return !m_span || m_span->meets(order.accepted_us, is_over ? order.updated_us : INT64_MAX);
}

/// Each row is asked while somebody types: no text is made for it.
bool OrdersFilter::accepts(const OrderState& order) const
{
    if (m_span && !isInSpan(order))
        return false;
    if (m_status == broken_status) {
        if (!m_orders->isBroken(order.id))
            return false;
    } else if (!m_status.isEmpty() && statusNumber(order) != m_status_number) {
        return false;
    }
    return m_text.isEmpty() || hasInCustomer(order.user) || (m_may_be_id && hasInId(order.id));
}

bool OrdersFilter::hasInCustomer(NameId customer) const
{
    if (m_has_in_customer.size() <= customer)
        m_has_in_customer.resize(std::size_t(customer) + 1, -1);
    std::int8_t& has = m_has_in_customer[customer];
    if (has < 0)
        has = m_orders->customerName(customer).contains(m_text, Qt::CaseInsensitive);
    return has > 0;
}

/// In the digits that are shown; only what is longer than they are can be meant for the whole id.
bool OrdersFilter::hasInId(const OrderId& id) const
{
    if (m_text.size() > short_id_digits) {
        const std::string text = id.toString();
        return QLatin1StringView(text.data(), qsizetype(text.size())).contains(m_text, Qt::CaseInsensitive);
    }
    char digits[short_id_digits];
    for (int i = 0; i < short_id_digits; ++i)
        digits[i] = "0123456789abcdef"[id.low >> (4 * (short_id_digits - 1 - i)) & 0xf];
    return QLatin1StringView(digits, short_id_digits).contains(m_text, Qt::CaseInsensitive);
}

/// As the column means it; what is equal, by the order of the source.
bool OrdersFilter::isBefore(std::uint32_t left, std::uint32_t right) const
{
    const auto bySource = [&] { return left < right; };
    if (m_column < 0)
        return bySource();
    const OrderState& a = m_orders->stateAt(m_orders->rowOfSequence(left));
    const OrderState& b = m_orders->stateAt(m_orders->rowOfSequence(right));
    const auto first = m_orders->sortNumber(a, m_column);
    if (first) {
        const std::int64_t second = *m_orders->sortNumber(b, m_column);
        return *first != second ? *first < second : bySource();
    }
    int compared = 0;
    switch (m_column) {
    case OrdersModel::Order: compared = a.id < b.id ? -1 : b.id < a.id ? 1 : 0; break;
    case OrdersModel::Customer:
        compared = a.user == b.user ? 0 : m_orders->customerOf(a).compare(m_orders->customerOf(b));
        break;
    case OrdersModel::Status: {
        const int one = statusNumber(a), other = statusNumber(b);
        compared = one == other ? 0 : statusWords(statusOfNumber(one)).compare(statusWords(statusOfNumber(other)));
        break;
    }
    default: break;
    }
    return compared != 0 ? compared < 0 : bySource();
}

/// In the order of the source.
OrdersFilter::Rows OrdersFilter::matching() const
{
    Rows rows;
    if (!m_orders)
        return rows;
    const bool takes_all = !m_span && m_status.isEmpty() && m_text.isEmpty();
    if (takes_all)
        rows.reserve(std::size_t(m_orders->rowCount()));
    m_orders->forEach(0, m_orders->rowCount() - 1, [&](std::uint32_t sequence, const OrderState& order) {
        if (takes_all || accepts(order))
            rows.push_back(sequence);
    });
    return rows;
}

/// The place of each name in their order, so that a million names need not be compared.
std::vector<std::uint32_t> OrdersFilter::customerRanks() const
{
    std::vector<NameId> names;
    std::vector<std::uint32_t> ranks;
    m_orders->forEach(0, m_orders->rowCount() - 1, [&](std::uint32_t, const OrderState& order) {
        if (ranks.size() <= order.user)
            ranks.resize(std::size_t(order.user) + 1, 0);
        if (std::exchange(ranks[order.user], 1) == 0)
            names.push_back(order.user);
    });
    std::sort(names.begin(), names.end(),
              [this](NameId a, NameId b) { return m_orders->customerName(a).compare(m_orders->customerName(b)) < 0; });
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0 && m_orders->customerName(names[i]) != m_orders->customerName(names[i - 1]))
            ++rank;
        ranks[names[i]] = rank;
    }
    return ranks;
}

/// Rows in the order of the source become ascending: with numbers beside them, as the orders lie far apart in memory.
void OrdersFilter::sortRows(Rows& rows) const
{
    if (m_column < 0 || rows.empty())
        return;
    struct Keyed {
        std::int64_t key;
        std::uint32_t sequence;
        bool operator<(const Keyed& other) const
        {
            return key != other.key ? key < other.key : sequence < other.sequence;
        }
    };
    std::vector<std::uint32_t> ranks;
    if (m_column == OrdersModel::Customer)
        ranks = customerRanks();
    std::array<int, status_numbers> statuses{};
    for (int one = 0; one < status_numbers; ++one) {
        for (int other = 0; other < status_numbers; ++other)
            statuses[std::size_t(one)] += statusWords(statusOfNumber(other)) < statusWords(statusOfNumber(one));
    }
    const auto keyOf = [&](const OrderState& order) -> std::int64_t {
        switch (m_column) {
        case OrdersModel::Order: return std::int64_t(order.id.high ^ std::uint64_t{1} << 63);
        case OrdersModel::Customer: return ranks[order.user];
        case OrdersModel::Status: return statuses[std::size_t(statusNumber(order))];
        default: return m_orders->sortNumber(order, m_column).value_or(0);
        }
    };
    std::vector<Keyed> keyed;
    keyed.reserve(rows.size());
    auto next = rows.begin();
    m_orders->forEach(m_orders->rowOfSequence(rows.front()), m_orders->rowOfSequence(rows.back()),
                      [&](std::uint32_t sequence, const OrderState& order) {
                          if (*next == sequence) {
                              keyed.push_back({keyOf(order), sequence});
                              ++next;
                          }
                      });
    if (m_column == OrdersModel::Order) // The other half decides between equal ones.
        std::sort(keyed.begin(), keyed.end(), [this](const Keyed& a, const Keyed& b) {
            return a.key != b.key ? a.key < b.key : isBefore(a.sequence, b.sequence);
        });
    else if (!std::is_sorted(keyed.begin(), keyed.end()))
        std::sort(keyed.begin(), keyed.end());
    std::transform(keyed.begin(), keyed.end(), rows.begin(), [](const Keyed& row) { return row.sequence; });
}

void OrdersFilter::sort(int column, Qt::SortOrder order)
{
    if (!m_orders)
        return;
    Rows rows = m_rows;
    if (std::exchange(m_column, column) != column) {
        std::sort(rows.begin(), rows.end());
        sortRows(rows);
    }
    rearrange(std::move(rows), order == Qt::DescendingOrder);
}

} // namespace orderlab::ui
