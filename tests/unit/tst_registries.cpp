#include "domain/group_roles.h"
#include "handlers/group_registry.h"
#include "lab/lab_config.h"
#include "store/records.h"
#include "support/test_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <set>

using namespace orderlab;

namespace {

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
            QVERIFY2(text.find("19.99 EUR") != std::string::npos && text.find("01980000") != std::string::npos, text.c_str());
            // A customer's name is no place for values.
            QVERIFY2(text.find("{user}") == std::string::npos && text.find("{amount}") == std::string::npos, text.c_str());
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
};

ORDERLAB_TEST(tst_registries, NoApplication, TestRegistries)
#include "tst_registries.moc"
