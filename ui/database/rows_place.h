#pragma once
#include "tables/tables.h"

#include <vector>

namespace orderlab::ui {

/// Where rows of one table are to be found: each of these columns has exactly this value. A value.
struct RowsPlace {
    struct Key {
        std::string column;
        std::string value;
        bool operator==(const Key&) const = default;
    };
    std::string table;
    std::vector<Key> keys;

    bool has(const TableInfo& of, const CellRow& row) const
    {
        if (of.name != table)
            return false;
        for (const Key& key : keys) {
            bool is_so = false;
            for (std::size_t i = 0; i < of.columns.size() && i < row.size(); ++i)
                is_so = is_so || (of.columns[i].name == key.column && row[i] == key.value);
            if (!is_so)
                return false;
        }
        return true;
    }
    bool operator==(const RowsPlace&) const = default;
};

} // namespace orderlab::ui
