#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/models/rejected_lines_model.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QTemporaryFile;

namespace orderlab::ui {

/// Imports one order file while the window goes on: progress, cancel, and the lines that are no orders. GUI thread.
class ImportDialog final : public QDialog {
    Q_OBJECT
public:
    ImportDialog(LabBridge& bridge, const QString& file, QWidget* parent = nullptr);
    RejectedLinesModel& rejected() { return m_rejected; }
    QString summary() const;
    /// Once the import has ended: header and rejected records as they were, to be mended and imported. What went wrong,
    /// or empty.
    QString saveRejectedTo(const QString& path);

protected:
    void done(int result) override;

private:
    void showNews(const ImportNews& news);
    void saveRejected();

    LabBridge& m_bridge;
    QString m_file;
    RejectedLinesModel m_rejected;
    std::shared_ptr<QTemporaryFile> m_rejects_file; ///< Once the import has ended.
    QLabel* m_state = nullptr;
    QLabel* m_summary = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_close = nullptr;
    QPushButton* m_save = nullptr;
    bool m_finished = false;
};

} // namespace orderlab::ui
