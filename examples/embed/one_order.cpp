// One order through a whole system, on a virtual clock: as a test of your own would do it. It ends with 0 when the order
// was paid and no invariant broke.
#include "lab/lab.h"
#include "runtime/virtual_runtime.h"

#include <chrono>
#include <cstdio>

using namespace orderlab;

namespace {

Task<Result<Order>> buyAndWait(Lab& lab)
{
    OrderRequest request;
    request.user_id = "ada";
    request.total.amount_minor = 1'999; // 19.99 EUR
    auto order = co_await lab.client().buy(request);
    // Virtual time costs nothing: a minute is enough for every handler.
    co_await lab.runtime().sleep(std::chrono::minutes{1});
    if (!order)
        co_return order.error();
    co_return co_await lab.orders().find(order->id);
}

} // namespace

int main()
{
    VirtualRuntime runtime(7); // The seed: the same one gives the same run.
    LabConfig config;          // Store and bus in memory, all workers.
    config.watch_invariants = true;
    Lab lab(runtime, config);
    if (const auto started = runtime.run(lab.start()); !started) {
        std::fprintf(stderr, "one_order: %s\n", started.error().message.c_str());
        return 1;
    }
    const auto order = runtime.run(buyAndWait(lab));
    const auto violations = lab.violations();
    runtime.run(lab.stop());
    if (!order) {
        std::fprintf(stderr, "one_order: %s\n", order.error().message.c_str());
        return 1;
    }
    std::printf("order of %s is %s after %d changes; %zu invariants broke\n", order->user_id.c_str(),
                std::string(name(order->status)).c_str(), int(order->version), violations.size());
    return order->status == OrderStatus::Paid && violations.empty() ? 0 : 1;
}
