#include "classroom/class_words.h"

#include <algorithm>
#include <charconv>

namespace orderlab {

namespace {

constexpr ClassWords english{
    "Orderlab class",
    "Deutsch",
    "de",
    "Join the class",
    "You are a customer of an order system. Nothing has to be installed.",
    "Code of the class",
    "six letters, as your teacher shows them",
    "Your name in the class",
    "at most 24 characters; everybody sees it",
    "Join",
    "You are %1.",
    "Student %1",
    "You can close this page and come back: you keep your place.",
    "Question",
    "Nothing has been asked yet. Buy something meanwhile.",
    "Round %1",
    "Choose what you expect. You can change it until the round ends.",
    "Your vote: %1",
    "You have not voted.",
    "The round is over. Talk with the person beside you: why do you expect that? Then you vote again.",
    "This is how the class voted.",
    "What happened: %1",
    "There is no right answer to this one.",
    "Votes of round %1",
    "votes: %1 (%2 %)",
    "Choice",
    "The class is locked: look at the teacher's screen.",
    "The class locks in %1 s.",
    "Buy",
    "Each click is a real order.",
    "Amount in EUR",
    "Buy for this amount",
    "Bought.",
    "Voted.",
    "My orders",
    "You have bought nothing yet.",
    "%1 bought, %2 under way",
    "Order %1",
    "What happened to it",
    "now: %1",
    "The class looks at an order of %1",
    "There is none yet.",
    "connected",
    "Connection lost; it comes back by itself.",
    "You are not in this class any more.",
    "The class is over.",
    "Goodbye",
    "Back to the first page",
    "This is not the code of the class.",
    "Too many wrong codes. Wait for a few seconds.",
    "A name is needed.",
    "A name has at most 24 characters.",
    "The name has characters that nobody can see.",
    "Names that begin with user- are kept for the simulation.",
    "Somebody in the class has this name already.",
    "The class is full.",
    "Too fast: wait for a second.",
    "The class is locked for a moment.",
    "No round of votes is open.",
    "The amount must be above 0, at most 1000000.00, with at most two decimals.",
    "The order system does not answer. Try again in a moment: nothing is bought twice.",
    "You have bought as much as a student can in one class.",
    "That did not work. Try again.",
    {"accepted", "paid", "payment declined", "canceled"},
};

constexpr ClassWords german{
    "Orderlab-Klasse",
    "English",
    "en",
    "Der Klasse beitreten",
    "Du bist Kundin oder Kunde eines Bestellsystems. Du musst nichts installieren.",
    "Code der Klasse",
    "sechs Buchstaben, wie sie vorn gezeigt werden",
    "Dein Name in der Klasse",
    "höchstens 24 Zeichen; alle sehen ihn",
    "Beitreten",
    "Du bist %1.",
    "Teilnehmer %1",
    "Du kannst diese Seite schließen und wiederkommen: Dein Platz bleibt.",
    "Frage",
    "Es wurde noch nichts gefragt. Bestelle inzwischen etwas.",
    "Runde %1",
    "Wähle, was du erwartest. Bis zum Ende der Runde kannst du es ändern.",
    "Deine Stimme: %1",
    "Du hast nicht abgestimmt.",
    "Die Runde ist vorbei. Sprich mit der Person neben dir: Warum erwartest du das? Danach stimmt ihr noch einmal ab.",
    "So hat die Klasse abgestimmt.",
    "Was geschehen ist: %1",
    "Hier gibt es keine richtige Antwort.",
    "Stimmen der Runde %1",
    "Stimmen: %1 (%2 %)",
    "Antwort",
    "Die Klasse ist gesperrt: Schau nach vorn.",
    "Die Klasse wird in %1 s gesperrt.",
    "Bestellen",
    "Jeder Klick ist eine echte Bestellung.",
    "Betrag in EUR",
    "Für diesen Betrag bestellen",
    "Bestellt.",
    "Abgestimmt.",
    "Meine Bestellungen",
    "Du hast noch nichts bestellt.",
    "%1 bestellt, %2 unterwegs",
    "Bestellung %1",
    "Was mit ihr geschehen ist",
    "jetzt: %1",
    "Die Klasse sieht sich eine Bestellung von %1 an",
    "Es gibt noch keine.",
    "verbunden",
    "Verbindung unterbrochen; sie kommt von selbst wieder.",
    "Du bist nicht mehr in dieser Klasse.",
    "Die Klasse ist zu Ende.",
    "Auf Wiedersehen",
    "Zur ersten Seite",
    "Das ist nicht der Code der Klasse.",
    "Zu viele falsche Codes. Warte ein paar Sekunden.",
    "Ein Name fehlt.",
    "Ein Name hat höchstens 24 Zeichen.",
    "Der Name enthält Zeichen, die niemand sehen kann.",
    "Namen, die mit user- beginnen, gehören der Simulation.",
    "In der Klasse heißt schon jemand so.",
    "Die Klasse ist voll.",
    "Zu schnell: Warte eine Sekunde.",
    "Die Klasse ist gerade gesperrt.",
    "Gerade wird nicht abgestimmt.",
    "Der Betrag muss über 0 und höchstens 1000000.00 sein und darf höchstens zwei Nachkommastellen haben.",
    "Das Bestellsystem antwortet nicht. Versuche es gleich noch einmal: Nichts wird doppelt bestellt.",
    "Du hast so viel bestellt, wie in einer Klasse möglich ist.",
    "Das ging nicht. Versuche es noch einmal.",
    {"angenommen", "bezahlt", "Zahlung abgelehnt", "storniert"},
};

struct StepWords {
    EntryKind kind;
    std::string_view english, german;
};

/// What a customer is told, in plain words. Entries that are not here are left out of a student's story.
constexpr StepWords steps[] = {
    {EntryKind::OrderAccepted, "Your order is stored.", "Deine Bestellung ist gespeichert."},
    {EntryKind::EventEmitted, "A message about it waits to be sent.", "Eine Nachricht darüber wartet auf den Versand."},
    {EntryKind::EventPublished, "The message is on the log.", "Die Nachricht steht im Log."},
    {EntryKind::EventDelivered, "A worker has taken the message.", "Ein Worker hat die Nachricht übernommen."},
    {EntryKind::EventHandled, "The worker is done with it.", "Der Worker ist damit fertig."},
    {EntryKind::DuplicateSkipped, "The message came twice; the second one did nothing.",
     "Die Nachricht kam zweimal; die zweite blieb ohne Wirkung."},
    {EntryKind::AttemptFailed, "The worker failed at it.", "Der Worker ist daran gescheitert."},
    {EntryKind::RetryScheduled, "It will be tried again.", "Es wird noch einmal versucht."},
    {EntryKind::EventParked, "The message waits aside; others pass.",
     "Die Nachricht wartet daneben; andere ziehen vorbei."},
    {EntryKind::DeadLettered, "Nobody tries any more: it waits for a person.",
     "Niemand versucht es mehr: Sie wartet auf einen Menschen."},
    {EntryKind::DeadLetterReplayed, "A person has sent it on its way again.",
     "Ein Mensch hat sie noch einmal losgeschickt."},
    {EntryKind::GatewayCharged, "Your money was taken.", "Dein Geld wurde abgebucht."},
    {EntryKind::GatewayDeclined, "The payment was declined.", "Die Zahlung wurde abgelehnt."},
    {EntryKind::GatewayFailed, "The bank gave no answer.", "Die Bank hat nicht geantwortet."},
    {EntryKind::GatewayRefunded, "Your money was given back.", "Du hast dein Geld zurückbekommen."},
    {EntryKind::PaymentRecorded, "The payment is written down.", "Die Zahlung ist verbucht."},
    {EntryKind::NotificationWritten, "A message to you is written.", "Eine Nachricht an dich ist geschrieben."},
    {EntryKind::StatusChanged, "The order has a new status.", "Die Bestellung hat einen neuen Status."},
    {EntryKind::EventRepublished, "The log had lost the message; it is sent once more.",
     "Das Log hatte die Nachricht verloren; sie wird noch einmal gesendet."},
};

bool isTag(std::string_view text, std::string_view tag)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return text.size() >= tag.size() && lower(text[0]) == tag[0] && lower(text[1]) == tag[1]
           && (text.size() == tag.size() || text[tag.size()] == '-');
}

std::string_view trimmedPart(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

std::string_view tagOf(Language language)
{
    return language == Language::German ? "de" : "en";
}

const Language* languageOf(std::string_view tag)
{
    static constexpr Language both[] = {Language::English, Language::German};
    for (const Language& language : both) {
        if (tag == tagOf(language))
            return &language;
    }
    return nullptr;
}

Language acceptedLanguage(std::string_view header)
{
    double weights[2] = {-1, -1};
    for (header = header.substr(0, 500); !header.empty();) {
        const auto comma = header.find(',');
        const std::string_view part = trimmedPart(header.substr(0, comma));
        header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
        const auto semicolon = part.find(';');
        const std::string_view tag = trimmedPart(part.substr(0, semicolon));
        double weight = 1;
        if (semicolon != std::string_view::npos) {
            const std::string_view parameter = trimmedPart(part.substr(semicolon + 1));
            if (!parameter.starts_with("q="))
                continue;
            if (std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), weight).ec != std::errc{})
                continue;
        }
        for (const Language language : {Language::English, Language::German}) {
            if (isTag(tag, tagOf(language)))
                weights[std::size_t(language)] = std::max(weights[std::size_t(language)], weight);
        }
    }
    return weights[1] > 0 && weights[1] > weights[0] ? Language::German : Language::English;
}

const ClassWords& wordsOf(Language language)
{
    return language == Language::German ? german : english;
}

std::string filled(std::string_view text, std::string_view first, std::string_view second)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("%1") || rest.starts_with("%2")) {
            out += rest[1] == '1' ? first : second;
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string_view stepWords(EntryKind kind, Language language)
{
    const auto at =
        std::find_if(std::begin(steps), std::end(steps), [kind](const StepWords& step) { return step.kind == kind; });
    if (at == std::end(steps))
        return {};
    return language == Language::German ? at->german : at->english;
}

std::string_view errorWords(const Error& error, Language language)
{
    const ClassWords& words = wordsOf(language);
    switch (error.code) {
    case ErrorCode::Rejected: return words.error_code;
    case ErrorCode::AlreadyExists: return error.field == "name" ? words.error_name_taken : words.error_other;
    case ErrorCode::InvalidArgument:
        if (error.field == "name") {
            return error.message.find("empty") != std::string::npos     ? words.error_name_empty
                   : error.message.find("at most") != std::string::npos ? words.error_name_long
                   : error.message.find("begin") != std::string::npos   ? words.error_name_kept
                                                                        : words.error_name_unseen;
        }
        return error.field == "amount" ? words.error_amount : words.error_other;
    case ErrorCode::Exhausted:
        if (error.field == "code")
            return words.error_tries;
        return error.retry == Retry::Never                       ? words.error_much
               : error.message.find("full") != std::string::npos ? words.error_full
                                                                 : words.error_busy;
    case ErrorCode::Conflict:
        return error.message.find("locked") != std::string::npos  ? words.error_locked
               : error.message.find("round") != std::string::npos ? words.error_no_round
                                                                  : words.error_busy;
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout: return words.error_away;
    default: return words.error_other;
    }
}

} // namespace orderlab
