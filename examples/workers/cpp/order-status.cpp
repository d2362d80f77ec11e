// Moves orders to paid or failed, as Orderlab's own order-status group does.
//
//     g++ -std=c++17 order-status.cpp -o order-status
//     orderlabd worker test ./order-status --group order-status --seeds 200
#include "orderlab_worker.hpp"

static void handle(orderlab::Attempt& attempt)
{
    if (attempt.topic() == "payment-succeeded")
        attempt.setStatus("paid");
    else if (attempt.topic() == "payment-failed")
        attempt.setStatus("failed"); // Not where a payment was returned: that order is canceled already.
}

int main()
{
    return orderlab::run(handle, 16);
}
