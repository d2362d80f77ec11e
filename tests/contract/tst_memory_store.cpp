#include "contract/store_contract.h"

#include "memory_store/memory_store.h"
#include "runtime/real_runtime.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"

using namespace orderlab;

/// On threads, as it runs live.
class TestMemoryStore : public test::StoreContract {
    Q_OBJECT

public:
    Runtime& runtime() override { return m_runtime; }
    std::shared_ptr<Store> openEmptyStore(Journal& journal) override { return makeMemoryStore(m_runtime, journal); }

private:
    RealRuntime m_runtime{2};
};

/// In virtual time, where every step takes a seeded while and interleavings are many.
class TestMemoryStoreInVirtualTime : public test::StoreContract {
    Q_OBJECT

public:
    Runtime& runtime() override { return m_runtime; }
    std::shared_ptr<Store> openEmptyStore(Journal& journal) override { return makeMemoryStore(m_runtime, journal); }

private:
    VirtualRuntime m_runtime{20'260'101};
};

ORDERLAB_TEST(tst_memory_store, NoApplication, TestMemoryStore, TestMemoryStoreInVirtualTime)
#include "tst_memory_store.moc"
