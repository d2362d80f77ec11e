#pragma once
#include "base/duration.h"
#include "base/uuid.h"
#include "domain/event.h"
#include "fault_model/seam.h"

#include <limits>
#include <optional>
#include <string>

namespace orderlab {

/// Which of the faults that last (Fault::lasts()) somebody puts in force as a whole, instead of asking each time.
enum class LastingFaults : std::uint8_t {
    None,
    AllButThrottle, ///< Who does it can cut and slow connections, but not make them narrow.
    All,
};

/// What passes a seam. Views must outlive the call; what is empty is not known there.
struct FaultPoint {
    Seam seam = Seam::ClientRequest;
    std::optional<EventType> event_type = {};
    std::string_view group = {};  ///< Full name: "orderlab.payment".
    std::string_view worker = {}; ///< "payment-1".
    OrderId order = {};
    EventId event = {};
    std::string_view customer = {};
    std::uint64_t bytes = 0; ///< What the call carries there, about; 0: not known, and bytes_unknown counts.
    LastingFaults elsewhere = LastingFaults::None; ///< They are in force already: see FaultPlan::lasting().

    static constexpr std::uint64_t bytes_unknown = 512; ///< A small request.
};

/// One kind of failure: where, what, how often, when, and to whom. A value.
struct Fault {
    static constexpr std::uint32_t count_unlimited = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::size_t name_bytes_max = 100;
    static constexpr Duration delay_max{std::chrono::hours{1}};
    static constexpr std::uint64_t bytes_per_second_min = 1'000;
    static constexpr std::uint64_t bytes_per_second_max = 1'000'000'000;

    Seam seam = Seam::HandlerEntry;
    FaultAction action = FaultAction::Fail; ///< One of actionsAt(seam).
    double probability = 1;                 ///< Each time a call gets there; above 0, at most 1.
    std::uint32_t count = count_unlimited;  ///< At most so many times.
    Duration start{0};                      ///< After the plan was set.
    Duration length = Duration::max();      ///< From `start` on; max: until the plan is replaced.
    Duration delay{std::chrono::seconds{
        1}}; ///< Of actions that take FaultParameter::Delay; a crash: until the restart. Up to 1 h.
    std::uint64_t bytes_per_second = 65'536; ///< Of actions that take FaultParameter::Rate: what is left of the way.
    // Filters; empty: all. Names have at most name_bytes_max bytes of UTF-8.
    std::optional<EventType> event_type = {};
    std::string group = {}; ///< With or without prefix.
    std::string worker = {};
    std::optional<OrderId> order = {};
    std::string customer = {};

    bool operator==(const Fault&) const = default;
    /// Error: InvalidArgument with the member's name.
    Result<void> validate() const;
    bool matches(const FaultPoint& point) const;
    /// Whether it is a state of the brokers or of the way to them, rather than something that strikes now and then:
    /// away, slow, narrow or refusing events for everybody, as long as its time is.
    bool lasts() const;
    /// Whether it lasts and is one of `faults`.
    bool isOneOf(LastingFaults faults) const;
    /// As parseFault() reads it, without what is at its default.
    std::string toString() const;
};

/// "gateway-call=lose-answer,probability=0.2,count=3,start=2s,for=10s,delay=500ms,event=order-created,group=payment,
/// worker=payment-1,order=UUID,customer=user-7"; "network=throttle,rate=20KB". Only the seam is needed; durations end
/// in ms, s or min; a rate is in bytes a second, or KB or MB (1,000 and 1,000,000). Error: InvalidArgument, with what
/// was wrong and what is allowed.
Result<Fault> parseFault(std::string_view text);

} // namespace orderlab
