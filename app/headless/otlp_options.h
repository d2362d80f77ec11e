#pragma once
#include "http/telemetry.h"

#include <array>

namespace CLI {
class App;
}

namespace orderlab {

/// What `serve` takes for OpenTelemetry, as text: names and meanings of its specification's variables.
struct OtlpOptions {
    /// Of one signal; empty: as for all of them.
    struct Signal {
        std::string endpoint; ///< As it is.
        std::string exporter = "otlp";
        std::string headers, timeout_ms, certificate;
        TlsFiles client;
    };

    std::string endpoint; ///< Base URL; empty and none below: nothing is exported.
    std::string headers;
    std::string timeout_ms = "10000";
    std::string certificate;                       ///< Authorities, PEM; empty: those of the system.
    TlsFiles client;                               ///< Our own certificate and key.
    std::array<Signal, otlp_signal_count> signals; ///< By OtlpSignal.
    std::string service_name = "orderlabd";
    std::string resource_attributes;
    std::string sampler = "parentbased_always_on";
    std::string sampler_arg = "1";
    std::string disabled = "false";
    std::string queue = "16384", batch = "512", interval_ms = "5000", metrics_interval_ms = "60000";
};

/// --otlp-endpoint and so on, with OpenTelemetry's variables.
void addOtlpOptions(CLI::App& command, OtlpOptions& options);

/// A value that cannot be used is an error where it was given to this program, and a warning where it comes from a
/// variable of OpenTelemetry's: those are set for many programs, and its specification says to ignore it then.
/// Error: InvalidArgument with the option to blame.
Result<OtlpPlan> planOtlp(const OtlpOptions& options);

} // namespace orderlab
