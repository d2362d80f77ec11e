#pragma once
#include "ui/settings/setting.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace orderlab::ui {

class MainWindow;
class Switch;
class WindowSettings;

/// All settings, with a search over them. What is chosen applies at once; Cancel takes back what was chosen since the
/// dialog opened. GUI thread.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    /// `search`: what is searched for at first; empty: nothing.
    SettingsDialog(WindowSettings& settings, const QString& search, MainWindow& window);

    void accept() override;
    void reject() override;

private:
    struct Row {
        Setting setting;
        QString before; ///< Its value when the dialog opened.
        QWidget* box = nullptr;
        QLabel* problem = nullptr;
        QComboBox* choice = nullptr;
        Switch* on = nullptr;
        QLineEdit* text = nullptr;
        QPushButton* act = nullptr;
    };
    struct Section {
        QString title;
        QWidget* head = nullptr;
        std::vector<std::size_t> rows;
    };

    void addSection(const QString& title, QVBoxLayout* column);
    void addRow(Setting setting, QVBoxLayout* column);
    QWidget* makeEditor(std::size_t row);
    void put(std::size_t row, const QString& value);
    void act(std::size_t row);
    void refresh();
    void find(const QString& text);
    void makeFoot(QVBoxLayout* column);

    MainWindow& m_window;
    WindowSettings& m_settings;
    std::vector<Row> m_rows;
    std::vector<Section> m_sections;
    QLineEdit* m_find;
    QListWidget* m_list;
    QScrollArea* m_scroll;
    QLabel* m_none;
    QLabel* m_waiting = nullptr;
    QPushButton* m_again = nullptr;
};

} // namespace orderlab::ui
