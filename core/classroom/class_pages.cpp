#include "classroom/class_pages.h"

#include "journal/story.h"

#include <algorithm>
#include <numeric>

namespace orderlab {

namespace {

std::string pageOf(Language language, std::string_view title, std::string_view header, std::string_view main)
{
    std::string page = "<!DOCTYPE html>\n<html lang=\"";
    page.append(tagOf(language))
        .append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\"><title>")
        .append(escapedHtml(title))
        .append("</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/class.css\">"
                "<script src=\"/class.js\" defer></script></head><body><header>")
        .append(header)
        .append("<a href=\"/?lang=")
        .append(wordsOf(language).other_tag)
        .append("\" hreflang=\"")
        .append(wordsOf(language).other_tag)
        .append("\" lang=\"")
        .append(wordsOf(language).other_tag)
        .append("\">")
        .append(wordsOf(language).other_language)
        .append("</a></header><main>")
        .append(main)
        .append("</main></body></html>\n");
    return page;
}

std::string element(std::string_view tag, std::string_view html, std::string_view attributes = {})
{
    std::string out = "<";
    out.append(tag);
    if (!attributes.empty())
        out.append(" ").append(attributes);
    return out.append(">").append(html).append("</").append(tag).append(">");
}

std::string moneyText(const Money& money)
{
    return money.amountText() + ' ' + std::string(money.currency.code());
}

/// "0.004 s" after the order was accepted.
std::string afterText(std::int64_t us)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3f s", double(std::max<std::int64_t>(us, 0)) / 1e6);
    return text;
}

std::string statusHtml(const ClassOrder& order, const ClassWords& words)
{
    constexpr std::string_view signs[] = {"…", "✓", "✗", "✗"}; // Never by colour alone.
    const auto status = std::size_t(order.status);
    std::string html(signs[status]);
    return element("span", (html += ' ') += words.status[status], "class=\"" + std::string(name(order.status)) + '"');
}

std::string letterAnd(std::size_t choice, const ClassQuestion& question)
{
    return std::string(1, char('A' + choice)) + ": " + escapedHtml(question.choices[choice]);
}

/// The votes of one round, as a table with a bar in each row.
std::string chart(const ClassWords& words, const ClassBoard& board, std::size_t round)
{
    const std::vector<std::size_t>& votes = board.tally[round - 1];
    const std::size_t all = std::accumulate(votes.begin(), votes.end(), std::size_t(0));
    std::string rows;
    for (std::size_t choice = 0; choice < votes.size(); ++choice) {
        const std::size_t percent = all == 0 ? 0 : (votes[choice] * 100 + all / 2) / all;
        const std::string share = std::to_string(percent);
        std::string bar = "<svg aria-hidden=\"true\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\"><rect "
                          "class=\"bar-back\" width=\"100\" height=\"10\"/><rect class=\"bar-votes\" width=\"";
        bar.append(share).append("\" height=\"10\"/></svg>");
        std::string label = letterAnd(choice, board.question);
        if (board.question.right == choice)
            label += " ✓";
        rows += element("tr", element("th", label, "scope=\"row\"") + element("td", bar, "class=\"bar\"")
                                  + element("td", filled(words.votes, std::to_string(votes[choice]), share)));
    }
    return element("h3", filled(words.first_round, std::to_string(round))) + element("table", rows);
}

} // namespace

std::string escapedHtml(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string ClassPages::joinPage(Language language, std::string_view code, std::string_view typed,
                                 const Error* error) const
{
    const ClassWords& words = wordsOf(language);
    std::string main = element("h1", words.join_title) + element("p", words.join_lead);
    const auto blamed = [error](std::string_view field) { return error && error->field == field; };
    if (error)
        main += element("p", errorWords(*error, language), "class=\"alert\" role=\"alert\" id=\"wrong\"");
    const auto field = [&](std::string_view id, std::string_view label, std::string_view hint, std::string_view value,
                           std::string_view more) {
        std::string html = "<label for=\"";
        html.append(id).append("\">").append(label).append("</label><span class=\"hint\" id=\"").append(id);
        html.append("-hint\">").append(hint).append("</span><input id=\"").append(id).append("\" name=\"").append(id);
        html.append("\" value=\"").append(escapedHtml(value)).append("\" required aria-describedby=\"").append(id);
        html.append("-hint").append(blamed(id) ? " wrong\" aria-invalid=\"true\" autofocus " : "\" ").append(more);
        return html.append(">");
    };
    main += element(
        "form",
        field("code", words.code, words.code_hint, code,
              "autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" maxlength=\"16\"")
            + field("name", words.nickname, words.nickname_hint, typed, "autocomplete=\"nickname\" maxlength=\"48\"")
            + element("p", element("button", words.join)),
        "method=\"post\" action=\"/join\"");
    return pageOf(language, words.title, element("strong", words.title), main);
}

std::string ClassPages::studentPage(Language language, const StudentView& view, std::string_view key,
                                    std::string_view note) const
{
    const ClassWords& words = wordsOf(language);
    std::string buy = element("h2", words.buy, "id=\"buy-title\"") + element("p", words.buy_hint, "class=\"soft\"");
    const auto hidden = [&](std::string_view form) { // Each form buys by itself.
        return "<input type=\"hidden\" name=\"key\" value=\"" + escapedHtml(key) + std::string(form) + "\">";
    };
    std::string quick;
    for (const std::string_view amount : {"5.00", "19.99", "250.00"}) {
        quick.append("<button name=\"amount\" value=\"").append(amount).append("\" id=\"buy-").append(amount);
        quick.append("\">").append(amount).append(" EUR</button>");
    }
    const std::string live = "method=\"post\" action=\"/buy\" data-live=\"\"";
    buy += element("form", hidden("-q") + element("div", quick, "class=\"row\""), live);
    const std::string own = "<label for=\"amount\">" + std::string(words.amount)
                            + "<input id=\"amount\" name=\"amount\" inputmode=\"decimal\" autocomplete=\"off\" "
                              "maxlength=\"12\" required></label>"
                            + element("button", words.buy_own);
    buy += element("form", hidden("-o") + element("div", own, "class=\"row\""), live);
    buy += element("p", escapedHtml(note), "class=\"note\" id=\"note\" role=\"status\"");

    std::string main = element("h1", filled(words.hello, escapedHtml(view.name)));
    main += element("p", "", "class=\"note soft\" id=\"link\" role=\"status\"");
    main += element("section", boardPart(language, view), "id=\"board\" aria-live=\"polite\"");
    main += element("section", buy, "aria-labelledby=\"buy-title\"");
    main += element("section", shownPart(language, view), "id=\"shown\" aria-live=\"polite\"");
    main += element("section", ordersPart(language, view), "id=\"orders\"");
    main += element("p", words.leave_hint, "class=\"soft\"");
    main = element("div", main,
                   "id=\"page\" data-place=\"" + view.place.toString() + "\" data-lost=\"" + escapedHtml(words.lost)
                       + '"');
    return pageOf(language, words.title,
                  element("strong", words.title)
                      + element("span", filled(words.student, std::to_string(view.number)), "class=\"soft\""),
                  main);
}

std::string ClassPages::gonePage(Language language, bool has_ended) const
{
    const ClassWords& words = wordsOf(language);
    return pageOf(language, words.title, element("strong", words.title),
                  element("h1", words.gone_title) + element("p", has_ended ? words.ended : words.gone)
                      + element("p", element("a", words.to_start, "href=\"/\"")));
}

std::string ClassPages::boardPart(Language language, const StudentView& view) const
{
    const ClassWords& words = wordsOf(language);
    const ClassBoard& board = view.board;
    std::string html = element("h2", words.question);
    if (board.is_locked)
        html += element("p", words.locked, "class=\"locked\"");
    else if (board.locks_in) {
        const std::string seconds = std::to_string((board.locks_in->count() + 999'999) / 1'000'000);
        html += element("p", filled(words.locks_in, element("span", seconds, "data-seconds=\"" + seconds + "\"")),
                        "class=\"locked\"");
    }
    if (board.phase == ClassPhase::Waiting)
        return html + element("p", words.waiting, "class=\"soft\"");
    html += element("p", element("strong", escapedHtml(board.question.ask)));
    const std::string voted =
        element("p", view.vote ? filled(words.your_vote, letterAnd(*view.vote, board.question)) : words.not_voted);
    if (board.phase == ClassPhase::Voting) {
        html += element("p", filled(words.round, std::to_string(board.round)) + ". " + words.choose, "class=\"soft\"");
        std::string choices;
        for (std::size_t choice = 0; choice < board.question.choices.size(); ++choice) {
            const std::string number = std::to_string(choice);
            choices +=
                element("button", letterAnd(choice, board.question),
                        "id=\"vote-" + number + "\" name=\"choice\" value=\"" + number + "\" aria-pressed=\""
                            + (view.vote == choice ? "true" : "false") + '"' + (board.is_locked ? " disabled" : ""));
        }
        return html + element("form", choices, "class=\"choices\" method=\"post\" action=\"/vote\" data-live=\"\"");
    }
    if (board.phase == ClassPhase::Discussing)
        return html + voted + element("p", words.discuss);
    html += voted;
    html += board.question.right
                ? element("p",
                          filled(words.right_answer, letterAnd(*board.question.right, board.question))
                              + (board.question.reason.empty() ? "" : "<br>" + escapedHtml(board.question.reason)),
                          "class=\"right\"")
                : element("p", words.no_right_answer);
    html += element("p", words.revealed);
    for (std::size_t round = 1; round <= board.tally.size(); ++round)
        html += chart(words, board, round);
    return html;
}

/// What tellStory() tells, in a customer's words and language.
std::string ClassPages::story(Language language, const ClassOrder& order) const
{
    const Story told = tellStory(order.entries, m_names);
    std::string steps;
    for (const StoryStep& step : told.steps) {
        const std::string_view words = stepWords(step.entry.kind, language);
        if (words.empty())
            continue;
        std::string text = escapedHtml(words);
        if (const std::string_view group = m_names.text(step.entry.group); !group.empty()) {
            const auto dot = group.rfind('.');
            text += " (" + escapedHtml(dot == std::string_view::npos ? group : group.substr(dot + 1)) + ')';
        }
        if (step.is_unusual)
            text = element("span", "! " + text, "class=\"unusual\"");
        steps += element("li", element("time", afterText(step.entry.time_us - told.facts.accepted_us)) + ' ' + text);
    }
    return element("ol", steps);
}

std::string ClassPages::orderBox(Language language, const ClassOrder& order, std::string_view id, bool is_open) const
{
    const ClassWords& words = wordsOf(language);
    std::string title = element("span", filled(words.order, std::to_string(order.number)));
    title += element("span", moneyText(order.total)) + statusHtml(order, words);
    std::string details = "id=\"";
    details.append(id).append("-").append(std::to_string(order.number)).append(is_open ? "\" open" : "\"");
    return element("div",
                   element("h3", title)
                       + element("details", element("summary", words.story) + story(language, order), details),
                   "class=\"order\"");
}

std::string ClassPages::ordersPart(Language language, const StudentView& view) const
{
    const ClassWords& words = wordsOf(language);
    std::string html = element("h2", words.orders);
    const ClassCounts& counts = view.counts;
    if (counts.bought == 0)
        return html + element("p", words.no_orders, "class=\"soft\"");
    std::string line = filled(words.counts, std::to_string(counts.bought),
                              std::to_string(counts.bought - counts.paid - counts.failed - counts.canceled));
    const auto add = [&](std::size_t count, OrderStatus status) {
        if (count > 0)
            line += ", " + std::to_string(count) + ' ' + words.status[std::size_t(status)];
    };
    add(counts.paid, OrderStatus::Paid);
    add(counts.failed, OrderStatus::Failed);
    add(counts.canceled, OrderStatus::Canceled);
    html += element("p", line);
    for (std::size_t i = 0; i < view.orders.size(); ++i)
        html += orderBox(language, view.orders[i], "story", i == 0);
    return html;
}

std::string ClassPages::shownPart(Language language, const StudentView& view) const
{
    if (!view.shown_name)
        return {};
    const ClassWords& words = wordsOf(language);
    std::string html = element("h2", filled(words.shown, escapedHtml(*view.shown_name)));
    return html
           + (view.shown_order ? orderBox(language, *view.shown_order, "shown-story", true)
                               : element("p", words.shown_none, "class=\"soft\""));
}

} // namespace orderlab
