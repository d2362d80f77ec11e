#include "http/request_target.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace orderlab {

namespace urls = boost::urls;

namespace {

std::string decoded(urls::pct_string_view text, bool plus_is_space)
{
    urls::encoding_opts options;
    options.space_as_plus = plus_is_space;
    return text.decode(options);
}

} // namespace

Result<RequestTarget> parseRequestTarget(std::string_view target)
{
    // The library's own string view has another name in each release.
    const auto parsed = target.starts_with('/') ? urls::parse_origin_form({target.data(), target.size()})
                                                : urls::parse_absolute_uri({target.data(), target.size()});
    const bool absolute = !target.starts_with('/');
    if (!parsed
        || (absolute && (parsed->scheme() != "http" || parsed->encoded_host().empty() || parsed->has_userinfo())))
        return invalidArgument("", "the request target is not a valid path or URL");
    RequestTarget result;
    if (absolute)
        result.authority.assign(parsed->encoded_host_and_port().data(), parsed->encoded_host_and_port().size());

    std::string_view path(parsed->encoded_path().data(), parsed->encoded_path().size());
    if (path.starts_with('/'))
        path.remove_prefix(1);
    for (;;) {
        const auto slash = path.find('/');
        result.segments.push_back(decoded(urls::pct_string_view(path.substr(0, slash)), false));
        if (slash == std::string_view::npos)
            break;
        path.remove_prefix(slash + 1);
    }
    if (parsed->has_query() && !parsed->encoded_query().empty()) {
        for (const auto& parameter : parsed->encoded_params())
            result.query.emplace_back(decoded(parameter.key, true), decoded(parameter.value, true));
    }
    return result;
}

} // namespace orderlab
