#pragma once
#include <QString>

#include <optional>
#include <vector>

namespace orderlab::ui {

/// Which columns of a table are shown, in which order, and how wide. A value.
struct ColumnLayout {
    static constexpr int width_min = 36, width_max = 2'000; ///< Pixels.
    static constexpr int columns_max = 64;

    struct Column {
        int column = 0; ///< Of the model.
        int width = 100;
        bool is_shown = true;
        bool operator==(const Column&) const = default;
    };
    std::vector<Column> columns; ///< From the left.

    bool operator==(const ColumnLayout&) const = default;
    /// `[{"column":0,"width":100,"shown":true}]`
    QString toText() const;
    /// What toText() has written. Nothing: it is broken.
    static std::optional<ColumnLayout> parse(const QString& text);
};

} // namespace orderlab::ui
