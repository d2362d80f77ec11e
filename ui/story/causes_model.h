#pragma once
#include "journal/story_causes.h"
#include "ui/models/story.h"

#include <QAbstractItemModel>

namespace orderlab::ui {

/// What led to a step of a story, as a tree: causeTree(). GUI thread.
class CausesModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { What, When, ColumnCount };
    enum Role {
        StepRole = Qt::UserRole, ///< int: index in the story.
        ToneRole,                ///< int of Tone.
        ToldAboveRole,           ///< bool.
    };
    using QAbstractItemModel::QAbstractItemModel;

    /// What led to `step`; -1: to how the story ended. Nothing is announced where the tree is the same.
    void show(const Story& story, const Names& names, std::int64_t first_us, int step = -1);
    /// The node of a step, the first that tells it; invalid: it led to nothing here.
    QModelIndex indexOf(int step) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    int nodeOf(const QModelIndex& index) const { return index.isValid() ? int(index.internalId()) : -1; }
    const std::vector<int>& childrenOf(int node) const { return m_children[std::size_t(node + 1)]; }

    std::vector<StoryStep> m_steps;
    std::int64_t m_first_us = 0;
    std::vector<CauseNode> m_nodes;
    std::vector<std::vector<int>> m_children = {{}}; ///< Of "no node", then of each node: their places.
};

} // namespace orderlab::ui
