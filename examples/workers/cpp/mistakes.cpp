// Five payment workers, each with one typical mistake that Orderlab finds: mistakes NAME.
//
//     g++ -std=c++17 mistakes.cpp -o mistakes
//     orderlabd worker test './mistakes without-key' --group payment --seeds 200
#include "orderlab_worker.hpp"

#include <iostream>
#include <map>
#include <set>

using orderlab::Attempt;
using orderlab::Json;

static void settle(Attempt& attempt, const orderlab::Charge& answer);

/// No payment key, so the gateway cannot know that it has charged already. An attempt that charges and is then cut off,
/// by a crash or a lost answer, is followed by one that charges again.
static void withoutKey(Attempt& attempt)
{
    settle(attempt, attempt.charge());
}

/// A key for each order, kept in a variable. It is gone when the process is killed: the next one makes another.
static void keyInMemory(Attempt& attempt)
{
    static std::map<std::string, std::string> key_of;
    if (!key_of.count(attempt.order()))
        key_of[attempt.order()] = attempt.random().uuid;
    settle(attempt, attempt.charge(key_of[attempt.order()]));
}

/// A key made of the time: each attempt has another. And a simulation that is repeated sees another run.
static void ownClock(Attempt& attempt)
{
    const auto time = std::chrono::system_clock::now().time_since_epoch();
    settle(attempt, attempt.charge(attempt.order() + "-" + std::to_string(time.count())));
}

/// Notes that the order is handled before it is. The charge fails, the event comes again, and nothing is done.
static void remembersTooEarly(Attempt& attempt)
{
    static std::set<std::string> handled;
    if (handled.insert(attempt.order()).second)
        settle(attempt, attempt.charge(attempt.order()));
}

/// An error is written to the log, and that is all. The event counts as handled, and the order waits for ever.
static void swallowsErrors(Attempt& attempt)
{
    try {
        settle(attempt, attempt.charge(attempt.order()));
    } catch (const orderlab::Error& error) {
        std::cerr << "order " << attempt.order() << " was not charged: " << error.what() << std::endl;
    }
}

// The rest is right.

static void settle(Attempt& attempt, const orderlab::Charge& answer)
{
    if (answer.approved) {
        attempt.write(attempt.order(), Json::object({{"state", "paid"}, {"payment", answer.payment}}));
        attempt.emit("payment-succeeded", {{"payment_id", answer.payment}});
    } else {
        attempt.write(attempt.order(), Json::object({{"state", "failed"}}));
        attempt.emit("payment-failed", {{"reason", answer.reason}});
    }
}

static void cancel(Attempt& attempt, const Json& known)
{
    if (!known.isNull() && known["state"].text() != "paid")
        return;
    if (attempt.refund(attempt.order())) {
        attempt.write(attempt.order(), Json::object({{"state", "refunded"}}));
        Json::Object data{{"reason", "order canceled"}};
        if (!known.isNull())
            data.push_back({"payment_id", known["payment"]});
        attempt.emit("payment-refunded", Json(data));
    } else if (known.isNull()) {
        attempt.write(attempt.order(), Json::object({{"state", "canceled"}}));
    }
}

int main(int argc, char** argv)
{
    static const std::map<std::string, void (*)(Attempt&)> mistakes = {
        {"without-key", withoutKey},
        {"key-in-memory", keyInMemory},
        {"own-clock", ownClock},
        {"remembers-too-early", remembersTooEarly},
        {"swallows-errors", swallowsErrors},
    };
    const auto mistake = mistakes.find(argc == 2 ? argv[1] : "");
    if (mistake == mistakes.end()) {
        std::cerr << "usage: mistakes without-key|key-in-memory|own-clock|remembers-too-early|swallows-errors\n";
        return 1;
    }
    return orderlab::run([charge = mistake->second](Attempt& attempt) {
        const Json known = attempt.read(attempt.order());
        if (attempt.topic() == "order-canceled")
            cancel(attempt, known);
        else if (known.isNull())
            charge(attempt);
    });
}
