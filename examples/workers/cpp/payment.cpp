// Charges new orders and refunds canceled ones, as Orderlab's own payment group does.
//
//     g++ -std=c++17 payment.cpp -o payment && orderlabd worker test ./payment --group payment --seeds 200
#include "orderlab_worker.hpp"

using orderlab::Attempt;
using orderlab::Json;

static void charge(Attempt& attempt)
{
    // The order's id is the payment key: the same on every attempt, so that the gateway charges once.
    const orderlab::Charge answer = attempt.charge(attempt.order());
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
    // Also where we know of no charge: an attempt may have charged and then failed. No charge can come after this.
    const bool returned = attempt.refund(attempt.order());
    if (returned) {
        attempt.write(attempt.order(), Json::object({{"state", "refunded"}}));
        Json::Object data{{"reason", "order canceled"}};
        if (!known.isNull())
            data.push_back({"payment_id", known["payment"]});
        attempt.emit("payment-refunded", Json(data));
    } else if (known.isNull()) {
        attempt.write(attempt.order(), Json::object({{"state", "canceled"}}));
    }
}

static void handle(Attempt& attempt)
{
    const Json known = attempt.read(attempt.order());
    if (attempt.topic() == "order-canceled")
        cancel(attempt, known);
    else if (known.isNull()) // Else it is done, or was canceled before we came.
        charge(attempt);
}

int main()
{
    return orderlab::run(handle);
}
