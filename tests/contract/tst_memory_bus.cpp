#include "contract/bus_contract.h"
#include "memory_bus/memory_bus.h"
#include "support/test_program.h"

using namespace orderlab;

class TestMemoryBus : public BusContract {
    Q_OBJECT

protected:
    std::unique_ptr<EventBus> makeBus(Options options) override
    {
        return makeMemoryBus(m_runtime, m_journal, {options.partitions, options.retention_events});
    }
};

ORDERLAB_TEST(tst_memory_bus, QCoreApplication, TestMemoryBus)
#include "tst_memory_bus.moc"
