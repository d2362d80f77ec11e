#pragma once
#include "http/request_fields.h"

#include <memory>

namespace orderlab {

/// What a route is called, for descriptions: see Route.
struct Operation {
    std::string method;
    std::string path;
    std::string id;
    std::string summary;
    std::vector<int> answers = {200}; ///< The good one first; those of its fields and of the server come by themselves.
    RouteAccess access = RouteAccess::Token;
};

inline HttpResponse jsonResponse(std::string body)
{
    HttpResponse response;
    response.body = std::move(body);
    return response;
}
inline HttpResponse responseOf(HttpResponse response)
{
    return response;
}
inline HttpResponse responseOf(std::string json)
{
    return jsonResponse(std::move(json));
}
inline HttpResponse responseOf(const JsonNode& json)
{
    return jsonResponse(json.toJson());
}

/// The routes of one service: a row each. The router keeps what a row is made of.
template <typename Service>
class Operations {
public:
    using Find = std::function<Service*()>;
    /// `find` is called from any thread; null while services are coming up or going down: 503.
    Operations(Router& router, Find find) : m_router(router), m_find(std::move(find)) {}

    /// A row. `read`: its request. `call(service, In)`: a Task<Result<Out>>; a member of the service will do.
    /// `write(Out)`: the body of a 200, as JSON or JsonNode, or a whole HttpResponse. `start`: what the request is read
    /// over.
    template <typename In, typename Call, typename Write>
    void add(
        Operation operation, RequestReader<In> read, Call call, Write write,
        std::function<In()> start = [] { return In{}; })
    {
        using Out = typename std::invoke_result_t<Call, Service&, In>::value_type::value_type;
        const auto row = std::make_shared<const Row<In, Out>>(
            Row<In, Out>{m_find, std::move(read), std::move(start), std::move(call),
                         [write = std::move(write)](const Out& out) { return responseOf(write(out)); }});
        Route route{std::move(operation.method),
                    std::move(operation.path),
                    [row](const HttpRequest& request) { return answer(*row, request); },
                    row->read.shape(),
                    operation.access,
                    std::move(operation.id),
                    std::move(operation.summary),
                    std::move(operation.answers)};
        m_router.add(std::move(route));
    }

private:
    template <typename In, typename Out>
    struct Row {
        Find find;
        RequestReader<In> read;
        std::function<In()> start;
        std::function<Task<Result<Out>>(Service&, In)> call;
        std::function<HttpResponse(const Out&)> write;
    };

    template <typename In, typename Out>
    static Task<HttpResponse> answer(const Row<In, Out>& row, const HttpRequest& request)
    {
        auto input = row.read.read(request, row.start());
        if (!input)
            co_return input.error().response();
        const auto service = runningService(row.find);
        if (!service)
            co_return errorResponse(service.error());
        const Result<Out> output = co_await row.call(**service, std::move(*input));
        co_return output ? row.write(*output) : errorResponse(output.error());
    }

    Router& m_router;
    const Find m_find;
};

} // namespace orderlab
