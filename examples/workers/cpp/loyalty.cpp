// A further group: gives customers a point for each whole unit of money that they pay, and takes it back with a refund.
//
//     g++ -std=c++17 loyalty.cpp -o loyalty
//     orderlabd simulate --worker loyalty=./loyalty --topics payment-succeeded,payment-refunded
#include "orderlab_worker.hpp"

static void handle(orderlab::Attempt& attempt)
{
    const std::string key = "points/" + attempt.data()["user_id"].text();
    const std::int64_t points = std::stoll(attempt.data()["amount"].text()); // It stops at the point.
    const orderlab::Json known = attempt.read(key);
    const std::int64_t sum = known.isNull() ? 0 : known.whole();
    // Adding twice would be wrong. It is right because what we write and the note that this event is handled are one
    // transaction: either both are there or neither.
    attempt.write(key, attempt.topic() == "payment-refunded" ? sum - points : sum + points);
}

int main()
{
    return orderlab::run(handle, 16);
}
