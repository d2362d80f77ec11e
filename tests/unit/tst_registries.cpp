#include "domain/group_roles.h"
#include "fault_model/guarantees.h"
#include "faults/fault.h"
#include "handlers/group_registry.h"
#include "http/group_requests.h"
#include "invariants/name_roles.h"
#include "journal/story.h"
#include "journal/world_state.h"
#include "lab/lab_config.h"
#include "service/order_service.h"
#include "simulation/quiet_watch.h"
#include "store/records.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <set>

using namespace orderlab;

namespace {

/// A group at work, then what has to come before an entry of `kind` for that to be news.
std::vector<EntryKind> kindsBefore(EntryKind kind)
{
    std::vector<EntryKind> before{EntryKind::OrderAccepted, EntryKind::MemberJoined, EntryKind::PartitionAssigned,
                                  EntryKind::EventDelivered};
    switch (kind) {
    case EntryKind::MemberJoined: return {EntryKind::OrderAccepted};
    case EntryKind::PartitionAssigned: return {EntryKind::OrderAccepted, EntryKind::MemberJoined};
    case EntryKind::WorkResumed: before.push_back(EntryKind::WorkPaused); break;
    case EntryKind::ProcessRestarted: before.push_back(EntryKind::ProcessCrashed); break;
    case EntryKind::CircuitClosed: before.push_back(EntryKind::CircuitOpened); break;
    case EntryKind::RedisBack: before.push_back(EntryKind::RedisAway); break;
    case EntryKind::FaultsChanged: before.push_back(EntryKind::FaultInjected); break;
    case EntryKind::DeadLetterReplayed:
    case EntryKind::DeadLetterDiscarded: before.push_back(EntryKind::DeadLettered); break;
    default: break;
    }
    return before;
}

Entry entryOfKind(EntryKind kind, Names& names, std::int64_t time_us)
{
    Entry entry;
    entry.time_us = time_us;
    entry.kind = kind;
    entry.order = Uuid{1, 2};
    entry.event = Uuid{3, 4};
    entry.topic = names.intern("order-created");
    entry.group = names.intern("orderlab.payment");
    entry.actor = names.intern("payment-1");
    entry.attempt = 1;
    entry.offset = 7;
    entry.value = kind == EntryKind::EventDelivered ? 0 : 1;
    if (kind == EntryKind::PublishFailed) { // The relay's.
        entry.order = Uuid{};
        entry.group = 0;
    }
    if (kind == EntryKind::FaultInjected)
        entry.detail = names.intern("database away");
    else if (kind == EntryKind::GuaranteeSwitched)
        entry.detail = names.intern("inbox off");
    else if (kind != EntryKind::DuplicateSkipped)
        entry.detail = names.intern("paid");
    return entry;
}

QJsonValue documentOf(const char* path)
{
    QFile file(QStringLiteral(ORDERLAB_SOURCE_DIR "/") + QLatin1String(path));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// All "enum" lists below `value` that name at least one event's topic.
QList<QStringList> topicLists(const QJsonValue& value)
{
    QList<QStringList> found;
    if (value.isArray()) {
        for (const QJsonValue& item : value.toArray())
            found += topicLists(item);
    }
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        QStringList texts;
        for (const QJsonValue& item : member.value().toArray())
            texts << item.toString();
        const bool names_one = std::any_of(texts.begin(), texts.end(), [](const QString& text) {
            return bool(eventTypeOf(text.toStdString())) && !text.startsWith(QLatin1String("orders."));
        });
        if (member.key() == QLatin1String("enum") && names_one)
            found << texts;
        else
            found += topicLists(member.value());
    }
    return found;
}

QJsonValue at(QJsonValue value, const QString& path)
{
    for (const QString& name : path.split(QLatin1Char('/')))
        value = value[name];
    return value;
}

QStringList textsOf(const QJsonValue& list)
{
    QStringList texts;
    for (const QJsonValue& item : list.toArray())
        texts << item.toString();
    return texts;
}

/// The names of an enum's values, from `first` to before `end`.
template <typename Enum>
QStringList namesOf(int end, int first = 0)
{
    QStringList names;
    for (int i = first; i < end; ++i)
        names << test::toQString(name(Enum(i)));
    return names;
}

} // namespace

/// What there are many of stands in one place each.
class TestRegistries : public QObject {
    Q_OBJECT

private slots:
    void groups_sayWhatTheyAre()
    {
        std::set<std::string_view> names;
        for (const GroupKind* kind : groupKinds()) {
            const QByteArray name(kind->name.data(), qsizetype(kind->name.size()));
            QVERIFY2(names.insert(kind->name).second, name.constData());
            QVERIFY2(!kind->purpose.empty() && !kind->topics.empty() && kind->make, name.constData());
            QVERIFY2(kind->name.find('.') == std::string_view::npos, name.constData());
            QCOMPARE(findGroupKind(kind->name), kind);
        }
        for (const std::string_view role : {group_roles.pays, group_roles.moves_orders, group_roles.notifies})
            QVERIFY(findGroupKind(role));
        QVERIFY(findGroupKind(group_roles.pays)->calls_gateway);
        QVERIFY(!findGroupKind("shipping"));
    }

    void options_takeEveryGroupAndNoOther()
    {
        LabConfig config;
        QCOMPARE(config.workers.size(), groupKinds().size());
        for (const GroupKind* kind : groupKinds()) {
            config.workers = {std::string(kind->name)};
            QVERIFY(config.validate());
        }
        config.workers = {"shipping"};
        const auto refused = config.validate();
        QVERIFY(!refused);
        for (const GroupKind* kind : groupKinds())
            QVERIFY(refused.error().message.find(kind->name) != std::string::npos);
    }

    void eventTypes_haveANoticeEach()
    {
        for (const EventType type : all_event_types) {
            Notification notification;
            notification.order = OrderId{Uuid{0x0198000000000000, 1}};
            notification.about = type;
            notification.user_id = "{order}";
            notification.total = Money{1999, *Currency::parse("EUR")};
            const std::string text = notification.text();
            QVERIFY2(text.find("19.99 EUR") != std::string::npos && text.find("01980000") != std::string::npos,
                     text.c_str());
            // A customer's name is no place for values.
            QVERIFY2(text.find("{user}") == std::string::npos && text.find("{amount}") == std::string::npos,
                     text.c_str());
            QCOMPARE(text.find("{order}") != std::string::npos, type == EventType::OrderCreated);
        }
    }

    void documents_nameEveryTopic_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("least");
        QTest::newRow("API") << QByteArray("core/http/openapi.json") << 1;
        QTest::newRow("scenarios") << QByteArray("resources/scenarios/scenario.schema.json") << 1;
    }
    void documents_nameEveryTopic()
    {
        QFETCH(QByteArray, path);
        QFETCH(int, least);
        QStringList topics;
        for (const EventType type : all_event_types)
            topics << QString::fromStdString(std::string(topicName(type)));
        const QList<QStringList> lists = topicLists(documentOf(path.constData()));
        QVERIFY2(lists.size() >= least, "the document was not found, or names no topic");
        for (const QStringList& list : lists)
            QCOMPARE(list, topics);
    }

    void documents_listWhatTheCodeHas_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char* name, const char* path, const char* place, const QStringList& names) {
            QTest::newRow(name) << QByteArray(path) << QString(place) << names;
        };
        const char* api = "core/http/openapi.json";
        const char* scenarios = "resources/scenarios/scenario.schema.json";
        row("statuses", api, "components/schemas/OrderStatus/enum",
            namesOf<OrderStatus>(int(OrderStatus::Canceled) + 1));
        row("states of dead letters", api, "components/schemas/DeadLetterState/enum",
            namesOf<DeadLetterState>(int(DeadLetterState::Discarded) + 1));
        row("seams of the API", api, "components/schemas/Fault/properties/seam/enum", namesOf<Seam>(seam_count));
        row("seams of scenarios", scenarios, "$defs/fault/properties/seam/enum", namesOf<Seam>(seam_count));
        row("actions of the API", api, "components/schemas/Fault/properties/action/enum",
            namesOf<FaultAction>(fault_action_count, 1));
        row("kinds of entries", api, "components/schemas/EntryKind/enum", namesOf<EntryKind>(entry_kind_count, 1));
        row("actions of scenarios", scenarios, "$defs/fault/properties/action/enum",
            namesOf<FaultAction>(fault_action_count, 1));
    }
    void documents_listWhatTheCodeHas()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, place);
        QTEST(textsOf(at(documentOf(path.constData()), place)), "names");
    }

    void documents_tellTheActionsOfEachSeam_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("place");
        QTest::newRow("API") << QByteArray("core/http/openapi.json") << "components/schemas/Fault/allOf";
        QTest::newRow("scenarios") << QByteArray("resources/scenarios/scenario.schema.json") << "$defs/fault/allOf";
    }
    void documents_tellTheActionsOfEachSeam()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, place);
        QMap<QString, QStringList> told;
        for (const QJsonValue& rule : at(documentOf(path.constData()), place).toArray()) {
            const QString seam = at(rule, "if/properties/seam/const").toString();
            if (!seam.isEmpty() && !at(rule, "then/properties/action/enum").isUndefined())
                told[seam] = textsOf(at(rule, "then/properties/action/enum"));
        }
        for (int i = 0; i < seam_count; ++i) {
            QStringList actions;
            for (const FaultAction action : actionsAt(Seam(i)))
                actions << test::toQString(name(action));
            const QString seam = test::toQString(name(Seam(i)));
            QCOMPARE(seam + ": " + told.take(seam).join(' '), seam + ": " + actions.join(' '));
        }
        QVERIFY(told.isEmpty());
    }

    void entryKinds_sayWhatTheyAre()
    {
        std::set<std::string_view> names, words;
        for (int i = 1; i < entry_kind_count; ++i) {
            const EntryKindRow& kind = entry_kinds[std::size_t(i)];
            QVERIFY2(names.insert(kind.name).second && words.insert(kind.words).second, std::string(kind.name).c_str());
            QVERIFY2(kind.words.ends_with('.') || kind.words.ends_with('"'), std::string(kind.words).c_str());
            // What is taken, failed or settled is told with the place and the member that it is about.
            QVERIFY2(kind.step == EventStep::None
                         || (kind.fields.has(entry_marks::delivery) && kind.fields.actor == "member"),
                     std::string(kind.name).c_str());
        }
    }

    void documents_nameTheFieldsOfEveryEntry()
    {
        QStringList fields = {"actor",  "attempt", "detail",    "event", "group", "kind",
                              "offset", "order",   "partition", "time",  "topic", "value"};
        for (const EntryKindRow& kind : entry_kinds) {
            for (const std::string_view name : {kind.fields.value, kind.fields.actor, kind.fields.detail}) {
                if (!name.empty())
                    fields << test::toQString(name);
            }
        }
        fields.removeDuplicates();
        fields.sort();
        QCOMPARE(at(documentOf("core/http/openapi.json"), "components/schemas/StoryEntry/properties").toObject().keys(),
                 fields);
    }

    /// An attempt of an event, then an entry of each kind: who follows events knows whether somebody still has it in
    /// hand.
    void entryKinds_endAttemptsForAllWhoFollow()
    {
        for (int i = 1; i < entry_kind_count; ++i) {
            const auto kind = EntryKind(i);
            Names names;
            QuietWatch quiet(names);
            Entry entry = entryOfKind(EntryKind::OrderAccepted, names, 0);
            entry.offset = 0;
            entry.value = 0;
            WorldState world(names);
            const auto tell = [&](EntryKind told) {
                ++entry.time_us;
                entry.kind = told;
                world.apply(entry);
                quiet.apply(std::span(&entry, 1));
            };
            entry.detail = names.intern("paid");
            for (const EntryKind told : {EntryKind::OrderAccepted, EntryKind::StatusChanged, EntryKind::MemberJoined,
                                         EntryKind::PartitionAssigned, EntryKind::EventDelivered})
                tell(told);
            QCOMPARE(world.groups()[0].members[0].activity, MemberActivity::Busy);
            QVERIFY(!quiet.isQuiet());
            entry.detail = 0;
            tell(kind);
            const bool is_at_rest =
                world.groups()[0].members.empty() || world.groups()[0].members[0].activity == MemberActivity::Idle;
            entry.offset = 1;
            tell(EntryKind::OffsetCommitted);
            if (endsAttempt(stepOf(kind)))
                QVERIFY2(is_at_rest && quiet.isQuiet() == (stepOf(kind) != EventStep::Parked),
                         std::string(name(kind)).c_str());
            if (stepOf(kind) == EventStep::Taken)
                QVERIFY(!is_at_rest);
        }
    }

    /// A group beyond would not be checked, and nobody would be told.
    void invariants_checkEveryGroup() { QVERIFY(groupKinds().size() <= NameRoles::groups_max); }

    /// Those who read the journal name the kinds that matter to them, and leave out the rest. So that a new one is not
    /// left out by mistake, those that a reader has nothing to say about are named here.
    void entryKinds_areConsideredByTheirReaders()
    {
        QStringList untold, unseen;
        for (int i = 1; i < entry_kind_count; ++i) {
            Names names;
            std::vector<Entry> entries;
            for (const EntryKind before : kindsBefore(EntryKind(i)))
                entries.push_back(entryOfKind(before, names, std::int64_t(entries.size()) + 1));
            WorldState with(names), without(names);
            with.apply(entries);
            without.apply(entries);
            entries.push_back(entryOfKind(EntryKind(i), names, std::int64_t(entries.size()) + 1));
            const Story story = tellStory(entries, names);
            if (std::ranges::none_of(story.steps,
                                     [i](const StoryStep& step) { return step.entry.kind == EntryKind(i); }))
                untold << test::toQString(name(EntryKind(i)));
            with.apply(entries.back());
            entries.back().kind = EntryKind(255); // Of a newer version.
            without.apply(entries.back());
            if (with == without)
                unseen << test::toQString(name(EntryKind(i)));
        }
        QCOMPARE(untold.join(' '),
                 QStringLiteral("offset-committed member-joined partition-assigned faults-changed "
                                "offsets-reset bus-switched log-replaced redis-away redis-back redis-looked"));
        QCOMPARE(unseen.join(' '), QStringLiteral("gateway-declined gateway-failed payment-recorded guarantee-switched "
                                                  "client-asked client-answered work-throttled "
                                                  "invariant-violated event-republished"));
    }

    void faultActions_sayWhatTheyAre()
    {
        std::set<std::string_view> names, sentences;
        for (int i = 1; i < fault_action_count; ++i) {
            const FaultActionRow& action = row(FaultAction(i));
            QVERIFY2(names.insert(action.name).second && sentences.insert(action.sentence).second
                         && !action.strike.empty(),
                     std::string(action.name).c_str());
            QVERIFY2(action.sentence.ends_with('.'), std::string(action.sentence).c_str());
            bool is_somewhere = false;
            for (int s = 0; s < seam_count; ++s)
                is_somewhere |= std::ranges::count(actionsAt(Seam(s)), FaultAction(i)) == 1;
            QVERIFY2(is_somewhere, std::string(action.name).c_str());
        }
        for (int s = 0; s < seam_count; ++s) {
            QVERIFY2(row(Seam(s)).sentence.ends_with('.') && !actionsAt(Seam(s)).empty(),
                     std::string(name(Seam(s))).c_str());
            for (std::size_t i = 0; i < row(Seam(s)).action_count; ++i)
                QVERIFY2(!row(Seam(s)).words[i].empty(), std::string(name(Seam(s))).c_str());
        }
    }

    /// What a member of a fault says it is for, against the actions that take it.
    void documents_tellWhatTheActionsTake_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("place");
        QTest::newRow("API") << QByteArray("core/http/openapi.json") << "components/schemas/Fault/properties/";
        QTest::newRow("scenarios") << QByteArray("resources/scenarios/scenario.schema.json")
                                   << "$defs/fault/properties/";
    }
    void documents_tellWhatTheActionsTake()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, place);
        const QJsonValue document = documentOf(path.constData());
        const QString delay = at(document, place + "delay_ms/description").toString();
        const QString rate = at(document, place + "bytes_per_s/description").toString();
        for (int i = 1; i < fault_action_count; ++i) {
            const FaultActionRow& action = row(FaultAction(i));
            const QRegularExpression named("\\b" + test::toQString(action.name) + "\\b");
            const bool takes_delay =
                action.takes == FaultParameter::Delay || action.takes == FaultParameter::DelayAtMost;
            QVERIFY2(delay.contains(named) == takes_delay, qPrintable(delay));
            QVERIFY2(rate.contains(named) == (action.takes == FaultParameter::Rate), qPrintable(rate));
        }
    }

    void documents_nameEveryGuarantee()
    {
        QStringList guarantees = namesOf<Guarantee>(guarantee_count);
        const QJsonValue scenarios = documentOf("resources/scenarios/scenario.schema.json");
        const QString pattern = at(scenarios, "properties/changes/items/properties/set/pattern").toString();
        QVERIFY2(pattern.startsWith("^((" + guarantees.join('|') + "|breaker)=(on|off)|"), qPrintable(pattern));
        guarantees.sort();
        QCOMPARE(at(scenarios, "properties/guarantees/properties").toObject().keys(), guarantees);
        QCOMPARE(at(documentOf("core/http/openapi.json"), "components/schemas/Guarantees/properties").toObject().keys(),
                 guarantees);
    }

    void documents_boundAnIdempotencyKey()
    {
        const QJsonValue key = documentOf("core/http/openapi.json")["paths"]["/orders"]["post"]["parameters"][0];
        QCOMPARE(key["name"].toString(), QString("Idempotency-Key"));
        QCOMPARE(key["schema"]["maxLength"].toInt(), int(IdempotencyKey::length_max));
    }

    void documents_nameEveryTargetOfAReset()
    {
        const QJsonValue schema = at(documentOf("core/http/openapi.json")["paths"]["/groups/{group}/reset"]["post"]
                                                                         ["requestBody"]["content"]["application/json"],
                                     "schema/properties/target/enum");
        HttpRequest request;
        request.parameters = {"payment"};
        std::set<OffsetTarget> targets;
        for (const QString& target : textsOf(schema)) {
            const std::string more = target == "offset" ? R"(,"offset":1)"
                                     : target == "time" ? R"(,"time":"2026-01-01T00:00:00Z")"
                                                        : "";
            const std::string body = "{\"target\":\"" + target.toStdString() + '"' + more + '}';
            request.body = body;
            const auto reset = groupResetReader().read(request);
            QVERIFY2(reset, qPrintable(target));
            targets.insert(reset->target);
        }
        QCOMPARE(int(targets.size()), int(OffsetTarget::Time) + 1);
    }
};

ORDERLAB_TEST(tst_registries, NoApplication, TestRegistries)
#include "tst_registries.moc"
