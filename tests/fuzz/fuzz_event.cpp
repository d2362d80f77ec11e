// CloudEvents decoding. The input: lines "name: value", an empty line, then the data.
#include "domain/event_codec.h"
#include "fuzz/fuzz.h"

namespace orderlab::fuzz {

const std::vector<std::string_view> dictionary = {"ce_id",
                                                  "ce_type",
                                                  "ce_subject",
                                                  "ce_time",
                                                  "ce_specversion",
                                                  "traceparent",
                                                  "x-extension: 1\n",
                                                  "1.0",
                                                  "orders.order-created.v1",
                                                  "orders.payment-failed.v1",
                                                  "\"user_id\":\"\"",
                                                  "\"amount\":",
                                                  "\"currency\":\"JPY\"",
                                                  "\"payment_id\":\"\"",
                                                  "\"reason\":\"\\ud83d\\ude00\"",
                                                  "9999-12-31T23:59:60.999999-23:59",
                                                  "0000-01-01T00:00:00+23:59",
                                                  "92233720368547758.07",
                                                  "0.01",
                                                  "-0",
                                                  "\\u0000",
                                                  "\n\n",
                                                  "[[[[[[[[[",
                                                  "{\"\":",
                                                  "\xed\xa0\x80",
                                                  "\xf4\x8f\xbf\xbf"};

namespace {

std::vector<Header> takeHeaders(std::string_view& text)
{
    std::vector<Header> headers;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.empty())
            break;
        const auto colon = line.find(": ");
        const bool has_value = colon != std::string_view::npos;
        headers.emplace_back(line.substr(0, colon),
                             has_value ? std::optional<std::string>(line.substr(colon + 2)) : std::nullopt);
    }
    return headers;
}

} // namespace

} // namespace orderlab::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using namespace orderlab;
    using fuzz::require;
    std::string_view data(reinterpret_cast<const char*>(bytes), size);
    const std::vector<Header> headers = fuzz::takeHeaders(data);
    const Result<Event> event = decodeEvent(headers, data);
    if (!event) {
        const Error& error = event.error();
        require(error.code == ErrorCode::Corrupt && error.retry == Retry::Never,
                "what cannot be decoded is Corrupt, Never");
        require(!error.field.empty() && !error.message.empty(), "the error names a field and says what is wrong");
        require(error.message.size() < 300, "the error does not repeat its input at length");
        return 0;
    }
    const Result<Event> again = decodeEvent(encodeHeaders(*event), encodeData(event->data));
    require(again && *again == *event, "a decoded event can be encoded, and is the same once decoded again");
    return 0;
}
