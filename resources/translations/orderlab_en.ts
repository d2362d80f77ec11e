<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>counted</name>
    <message numerus="yes">
        <source>%n events</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hits</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempts</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n letters</source>
        <translation>
            <numerusform>%n letter</numerusform>
            <numerusform>%n letters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events behind</source>
        <translation>
            <numerusform>%n event behind</numerusform>
            <numerusform>%n events behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n spans</source>
        <translation>
            <numerusform>%n span</numerusform>
            <numerusform>%n spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partitions</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n consumer groups</source>
        <translation>
            <numerusform>%n consumer group</numerusform>
            <numerusform>%n consumer groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n causes</source>
        <translation>
            <numerusform>%n cause</numerusform>
            <numerusform>%n causes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed attempts</source>
        <translation>
            <numerusform>%n failed attempt</numerusform>
            <numerusform>%n failed attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n duplicates skipped</source>
        <translation>
            <numerusform>%n duplicate skipped</numerusform>
            <numerusform>%n duplicates skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failures</source>
        <translation>
            <numerusform>%n failure</numerusform>
            <numerusform>%n failures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failures on</source>
        <translation>
            <numerusform>%n failure on</numerusform>
            <numerusform>%n failures on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change and are replayed.</source>
        <translation>
            <numerusform>%n changes and is replayed.</numerusform>
            <numerusform>%n change and are replayed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have that value already and are left out.</source>
        <translation>
            <numerusform>%n has that value already and is left out.</numerusform>
            <numerusform>%n have that value already and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be changed so and are left out.</source>
        <translation>
            <numerusform>%n cannot be changed so and is left out.</numerusform>
            <numerusform>%n cannot be changed so and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events come again.</source>
        <translation>
            <numerusform>%n event comes again.</numerusform>
            <numerusform>%n events come again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The group never sees %n events. Orders that wait for them may never end.</source>
        <translation>
            <numerusform>The group never sees %n event. An order that waits for it may never end.</numerusform>
            <numerusform>The group never sees %n events. Orders that wait for them may never end.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n orders matches these filters and was under way in the chosen range.</source>
        <translation>
            <numerusform>The only order does not match these filters, or was not under way in the chosen range.</numerusform>
            <numerusform>None of the %n orders matches these filters and was under way in the chosen range.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n orders matches these filters.</source>
        <translation>
            <numerusform>The only order does not match these filters.</numerusform>
            <numerusform>None of the %n orders matches these filters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n orders are under way. End the system nevertheless?</source>
        <translation>
            <numerusform>%n order is under way. End the system nevertheless?</numerusform>
            <numerusform>%n orders are under way. End the system nevertheless?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ResetOffsetsDialog</name>
    <message numerus="yes">
        <source>Its %n members finish what they have in hand, leave, and join again afterwards.</source>
        <translation>
            <numerusform>Its member finishes what it has in hand, leaves, and joins again afterwards.</numerusform>
            <numerusform>Its %n members finish what they have in hand, leave, and join again afterwards.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StatusLine</name>
    <message numerus="yes">
        <source>%n notices</source>
        <translation>
            <numerusform>%n notice</numerusform>
            <numerusform>%n notices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TwoOrdersDialog</name>
    <message numerus="yes">
        <source>%n steps differ (≠ another outcome, ◂ only at the left, ▸ only at the right).</source>
        <translation>
            <numerusform>%n step differs (≠ another outcome, ◂ only at the left, ▸ only at the right).</numerusform>
            <numerusform>%n steps differ (≠ another outcome, ◂ only at the left, ▸ only at the right).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WatchedSession</name>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
</context>
</TS>
