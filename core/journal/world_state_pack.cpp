#include "journal/varint.h"
#include "journal/world_state.h"

namespace orderlab {

// What keyframes are made of: orders and dead letters in few bytes. Times are differences, and what most orders have
// in common is a bit.

namespace {

enum OrderMark : std::uint8_t {
    mark_status = 3,   ///< The status itself.
    mark_final = 4,    ///< final_us follows.
    mark_currency = 8, ///< It follows; otherwise it is that of the order before.
    mark_failures = 16 ///< The three counts follow.
};
enum LetterMark : std::uint8_t { mark_waiting = 1, mark_discarded = 2 };

/// Orders that come after the keyframe need no other place at once.
constexpr std::size_t room_for_more = 8'192;

void putId(std::string& out, const Uuid& id)
{
    putFixed(out, id.high, 8);
    putFixed(out, id.low, 8);
}
Uuid readId(ByteReader& bytes)
{
    Uuid id;
    id.high = bytes.fixed(8);
    id.low = bytes.fixed(8);
    return id;
}

void putOrder(std::string& out, const OrderState& order, const OrderState& before)
{
    const bool has_failures = (order.attempts_failed | order.duplicates_skipped | order.dead_letters) != 0;
    const auto marks =
        std::uint8_t(std::uint8_t(order.status) | (order.final_us != 0 ? mark_final : 0)
                     | (order.currency != before.currency ? mark_currency : 0) | (has_failures ? mark_failures : 0));
    out += char(marks);
    putId(out, order.id);
    putVarint(out, zigzag(order.accepted_us - before.accepted_us));
    putVarint(out, zigzag(order.updated_us - order.accepted_us));
    if (marks & mark_final)
        putVarint(out, zigzag(order.final_us - order.updated_us));
    putVarint(out, zigzag(order.amount_minor));
    putVarint(out, order.user);
    if (marks & mark_currency)
        putVarint(out, order.currency);
    if (has_failures) {
        out += char(order.attempts_failed);
        out += char(order.duplicates_skipped);
        out += char(order.dead_letters);
    }
}

OrderState readOrder(ByteReader& bytes, const OrderState& before)
{
    OrderState order;
    const std::uint8_t marks = bytes.byte();
    order.status = OrderStatus(marks & mark_status);
    order.id = OrderId(readId(bytes));
    order.accepted_us = before.accepted_us + unzigzag(bytes.varint());
    order.updated_us = order.accepted_us + unzigzag(bytes.varint());
    if (marks & mark_final)
        order.final_us = order.updated_us + unzigzag(bytes.varint());
    order.amount_minor = unzigzag(bytes.varint());
    order.user = NameId(bytes.varint());
    order.currency = marks & mark_currency ? NameId(bytes.varint()) : before.currency;
    if (marks & mark_failures) {
        order.attempts_failed = bytes.byte();
        order.duplicates_skipped = bytes.byte();
        order.dead_letters = bytes.byte();
    }
    return order;
}

} // namespace

WorldState WorldState::packed(std::string& out)
{
    putVarint(out, m_orders.size());
    OrderState before;
    for (const OrderState& order : m_orders) {
        putOrder(out, order, before);
        before = order;
    }
    putVarint(out, m_letters.size());
    for (const Letter& letter : m_letters) {
        out += char((letter.is_waiting ? mark_waiting : 0) | (letter.is_discarded ? mark_discarded : 0));
        putId(out, letter.event);
        putVarint(out, letter.group);
        putVarint(out, zigzag(letter.time_us - before.accepted_us));
    }
    // They are set aside while the rest is copied: a copy of megabytes that is thrown away leaves holes in the heap.
    std::vector<OrderState> orders;
    std::vector<Letter> letters;
    PositionTable order_index, letter_index;
    const auto swapBulk = [&] {
        m_orders.swap(orders);
        m_letters.swap(letters);
        std::swap(m_order_index, order_index);
        std::swap(m_letter_index, letter_index);
    };
    struct BackAtTheEnd {
        const decltype(swapBulk)& swap;
        ~BackAtTheEnd() { swap(); }
    };
    swapBulk();
    const BackAtTheEnd back{swapBulk};
    return *this;
}

bool WorldState::unpack(std::string_view bytes)
{
    ByteReader reader(bytes);
    const std::size_t orders = reader.varint();
    if (orders > bytes.size())
        return false;
    m_orders.clear();
    m_orders.reserve(std::min(orders + room_for_more, std::max(m_orders_max, orders)));
    m_order_index.reserve(orders);
    OrderState before;
    for (std::size_t i = 0; i < orders && reader.isGood(); ++i) {
        before = readOrder(reader, before);
        m_order_index.insert(hashValue(before.id), std::uint32_t(i));
        m_orders.push_back(before);
    }
    const std::size_t letters = reader.varint();
    if (letters > bytes.size())
        return false;
    m_letters.clear();
    m_letters.reserve(letters);
    m_letter_index.reserve(letters);
    for (std::size_t i = 0; i < letters && reader.isGood(); ++i) {
        Letter letter;
        const std::uint8_t marks = reader.byte();
        letter.is_waiting = marks & mark_waiting;
        letter.is_discarded = marks & mark_discarded;
        letter.event = readId(reader);
        letter.group = NameId(reader.varint());
        letter.time_us = before.accepted_us + unzigzag(reader.varint());
        m_letter_index.insert(letterHash(letter.event, letter.group), std::uint32_t(i));
        m_letters.push_back(letter);
    }
    return reader.isGood() && reader.left() == 0;
}

} // namespace orderlab
