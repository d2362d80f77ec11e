// Asks for everything that there is, once, and keeps what it heard under "tour". Shows how each call looks.
#include "orderlab_worker.hpp"

#include <iostream>

using orderlab::Json;

static void handle(orderlab::Attempt& attempt)
{
    if (attempt.topic() == "payment-failed")
        throw orderlab::Failure("nothing to see here", "never");
    if (attempt.topic() == "order-canceled")
        throw std::logic_error("a mistake of the tour's own");
    std::cout << "what is printed goes to the log\n";
    std::cerr << attempt.worker().member << " of " << attempt.worker().group << '\n';
    const Json before = attempt.read("tour");
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(attempt.now().time_since_epoch());
    const orderlab::Random chance = attempt.random();
    attempt.sleep(std::chrono::milliseconds{250});
    const orderlab::Charge charge = attempt.charge("tour", "1.50");
    const bool returned = attempt.refund("tour");
    const bool changed = attempt.setStatus("paid");
    Json error;
    try {
        attempt.charge();
    } catch (const orderlab::Error& refused) {
        error = Json::array({refused.code, refused.what(), refused.retry});
    }
    attempt.write("tour", Json::object({{"before", before},
                                        {"now", std::int64_t{now.count()}},
                                        {"chance", Json::array({chance.unit, chance.uuid})},
                                        {"charge", Json::array({charge.approved, charge.payment})},
                                        {"refund", returned},
                                        {"status", changed},
                                        {"error", error}}));
    attempt.write("gone", nullptr);
    attempt.notify();
    attempt.emit("payment-failed", {{"reason", "the tour is over"}});
}

int main()
{
    return orderlab::run(handle, 8);
}
