#pragma once
#include "simulation/moment_line.h"
#include "ui/bridge/lab_bridge.h"
#include "ui/canvas/flow_layout.h"
#include "ui/theme/palette.h"
#include "ui/window_memory.h"
#include "ui/window_regions.h"

#include <QMainWindow>

#include <functional>
#include <memory>

class QMenuBar;
class QStackedWidget;

namespace orderlab {
struct PromiseVerdict;
}

namespace orderlab::ui {

class Banner;
class CanvasPanel;
class CompareView;
class CreateOrdersPanel;
class DeadLettersPanel;
class GroupsPanel;
class ImportDialog;
class LessonDesk;
class LessonsPanel;
class NarratorLine;
class OrdersPanel;
class OwnWorkers;
class Panel;
class Presentation;
class StatusBanners;
class StatusLine;
class StoryPanel;
class TimelinePanel;
class Toolbar;
class UndoDesk;
class WindowFiles;
class WindowLayouts;
class WindowMenus;
class WindowSettings;
class WindowRoom;
class WorldComparison;

/// What the window should know besides the Lab.
struct WindowOptions {
    QString store_notice;                    ///< Why the store is memory although it need not be; shown as a banner.
    bool remember = true;                    ///< Whether sizes and theme are kept between runs.
    std::optional<ThemeName> theme;          ///< Instead of the remembered one.
    std::vector<Fault> faults = {};          ///< Injected from the start on.
    Guarantees guarantees = {};              ///< At the start.
    std::optional<Engine> engine = Engine{}; ///< At the start; nothing: that of the last start.
    /// What a person may set of the real system; null: nothing.
    std::shared_ptr<const LabSettings> system = nullptr;
    /// Whether it asks before orders that are under way in memory are lost with the window.
    bool asks_before_end = false;
};

/// The desktop's one window: puts the panels around the event flow and connects them to the bridge. GUI thread.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(LabConfig config, WindowOptions options, QWidget* parent = nullptr);
    ~MainWindow() override;

    LabBridge& bridge() { return *m_bridge; }
    CanvasPanel& canvas() { return *m_canvas; }
    OrdersPanel& orders() { return *m_orders; }
    GroupsPanel& groups() { return *m_groups; }
    DeadLettersPanel& deadLetters() { return *m_dead_letters; }
    StoryPanel& story() { return *m_story; }
    CreateOrdersPanel& createOrders() { return *m_create; }
    Toolbar& toolbar() { return *m_toolbar; }
    TimelinePanel& timeline() { return *m_timeline; }
    /// Null while no worlds are compared.
    CompareView* compareView() { return m_compare; }
    Banner& banner();
    WindowFiles& files() { return *m_files; }
    WindowSettings& settings() { return *m_settings; }
    WindowLayouts& layouts() { return *m_layouts; }
    UndoDesk& undo() { return *m_undo; }
    LessonDesk& lessons() { return *m_lessons; }
    LessonsPanel& lessonsPanel();
    NarratorLine& narrator() { return *m_narrator; }
    Presentation& presentation() { return *m_presentation; }
    /// Whether the world of the lesson that is open is shown, whatever was done in it.
    bool showsLessonWorld() const;
    /// Those that a person wants to see.
    void showRememberedBars();
    OwnWorkers& ownWorkers() { return *m_own_workers; }
    StatusLine& status() { return *m_status; }
    bool hasStatusBar() const;
    /// Something in the window was changed that a person may take back.
    void did(const QString& text, std::function<void()> undo, std::function<void()> redo);
    /// For the real system from its next start on; policies at once. `with_bus`: that it names is used, too, instead of
    /// the one chosen in the toolbar.
    void useConfig(LabConfig config, bool with_bus);
    /// Closes it without a question.
    void end();
    /// All of them, as panelKinds() has them.
    const std::vector<Panel*>& panels() const { return m_panels; }
    /// By its name in panel_registry.h, to the front and with the focus; false for another name.
    bool showPanel(const QString& name);
    static QStringList panelNames();

    /// Ends what runs and shows another engine. Where orders are under way in a real system, a person is asked first.
    /// Whether it was changed. Everything of this window but the window itself is made anew: references to its parts
    /// are no longer valid.
    bool changeEngine(const Engine& engine, std::optional<BusChoice> bus = {});

public Q_SLOTS:
    /// Changes to the simulated engine.
    void simulate();
    /// A world of a scenario: a shipped one's name or a file; empty: one in which nothing happens by itself.
    void simulateScenario(const QString& name);
    /// Asks for a file.
    void openScenario();
    /// A world that is the same until the moment shown.
    void forkHere();
    /// One line to get anywhere.
    void openPalette();
    /// The field of the panel with the focus, or in front, else the timeline's.
    void focusFindField();
    void showGroup(const QString& group);
    /// Programs of one's own in the place of handlers.
    void openOwnWorkers();
    /// The smallest world that breaks a promise, with the program that was tested in it.
    void openWorld(const orderlab::PromiseVerdict& promise);
    /// The settings; `search`: what is searched for in them.
    void openSettings(const QString& search = {});
    void showShortcuts();
    void setStatusBarShown(bool shown);
    /// The page of the very first start.
    void showWelcome();
    /// The real system, as it is set now.
    void startSystem();
    /// The real system goes on with these brokers, or is started with them.
    void useBrokers(const QString& brokers);
    /// What is shown, once more.
    void startAgain();
    void startInOtherFolder();
    void startIn(const QString& folder);
    void startInMemory();
    /// A sentence for a person.
    void say(const QString& sentence);
    /// Another world beside the one that is shown.
    void compareWith(int world);
    void leaveCompare();
    /// Asks for a journal file and shows it.
    void openJournal();
    void openJournalFile(const QString& file);
    /// A recording of a simulated run becomes a world.
    void simulateRecording();
    /// Of a simulated world: a line of text from which everybody sees the same moment, into the clipboard.
    void copyMoment();
    /// Asks for a moment's line; the clipboard's is offered.
    void askForMoment();
    /// Shows the moment of a line. What is wrong with it is told, and the window stays as it was.
    void openMoment(const QString& line);
    /// Asks for a file.
    void importOrders();
    void composeFailures();
    /// Of the table with the focus, or in front.
    void arrangeColumns();
    /// All panels are shown, as large as they are at the first start.
    void resetLayout();
    /// The panels as large as they are at the first start.
    void fitPanels();
    void setTheme(orderlab::ui::ThemeName theme);
    /// All of the window, to Zoom's next step (1) or the one before (-1); said, where the screen has no room for that.
    void zoomBy(int direction);
    /// To the next part of the window, or the one before: toolbar, left, event flow, story, tables, timeline.
    void goToRegion(bool forward);
    /// Imports `file` with a dialog of progress and rejected lines; null when it cannot be started.
    ImportDialog* importFile(const QString& file);
    void showStory(orderlab::OrderId id);
    /// Opens a window in which this order stands beside another one, which is chosen there.
    void compareOrder(orderlab::OrderId id);
    /// The story of the order whose promise was broken, with the explanation, at its moment. A live system that is
    /// followed is left for it only where `goes`.
    void showViolation(const orderlab::Violation& violation, bool goes = true);
    void showFirstViolation();
    /// From the one that is explained, or else from the moment shown; after the last one the first.
    void nextViolation(bool forward);
    /// Of an invariant: its first violation, or the one after that which is explained.
    void nextViolationOf(const QString& invariant);
    void showLegend();
    /// The panel of the lessons, in front.
    void showLessons();
    /// The world of the lesson that is open, from its start; it stops at the lesson's moment.
    void runLesson();
    /// To this moment at once, if the lesson's world is shown.
    void goToLessonStop();
    /// A link of a lesson: a moment, a time of its run, another lesson, or a page of the documentation.
    void openLessonLink(const QString& link);
    /// Asks for a file, and writes the lesson that is open into it.
    void saveHandout();
    /// Empty, or what went wrong.
    QString writeHandoutTo(const QString& file);
    /// Presentation mode, or out of it.
    void togglePresentation();

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    template <typename P>
    P* panelOf() const;
    void build(const Engine& engine);
    void takeApart();
    bool mayLeave();
    void placePanels();
    void placeToolbar();
    void placeStatusBar();
    void connectPanels();
    void connectStarts();
    void connectOwnWorkers();
    void makeWithOwnWorkers();
    /// What the welcome page has one try, in its order.
    enum class Trial : std::uint8_t { BrokenPromise, TimeTravel, OtherFuture };
    void tryOut(Trial what);
    void goOnTrying();
    bool mayEnd();
    void openNode(NodeId node);
    void restore();
    void restoreLists();
    void followLook();
    std::vector<WindowRegions::Region> regions() const;
    void rememberBus();
    void askForBrokers();
    void showWanted();
    void connectLessons();
    void followLesson();
    void limitViews();

    WindowOptions m_options;
    LabConfig m_config; ///< Of the real system.
    WindowMemory m_memory;
    std::unique_ptr<WindowFiles> m_files;
    std::unique_ptr<WindowSettings> m_settings;
    std::unique_ptr<WindowLayouts> m_layouts;
    std::unique_ptr<LessonDesk> m_lessons;
    std::unique_ptr<Presentation> m_presentation;
    std::unique_ptr<OwnWorkers> m_own_workers;
    Engine m_engine; ///< As it was chosen.
    std::unique_ptr<LabBridge> m_bridge;
    std::unique_ptr<UndoDesk> m_undo;
    QMenuBar* m_menus = nullptr;
    Toolbar* m_toolbar = nullptr;
    StatusBanners* m_banners = nullptr;
    StatusLine* m_status = nullptr;
    CanvasPanel* m_canvas = nullptr;
    TimelinePanel* m_timeline = nullptr;
    NarratorLine* m_narrator = nullptr;
    QStackedWidget* m_middle = nullptr; ///< The event flow, or two of them.
    std::unique_ptr<WorldComparison> m_comparison;
    CompareView* m_compare = nullptr;
    std::unique_ptr<WindowMenus> m_window_menus;
    std::unique_ptr<WindowRegions> m_regions;
    std::unique_ptr<WindowRoom> m_room;
    std::vector<Panel*> m_panels; ///< As panelKinds() has them; those below are among them.
    CreateOrdersPanel* m_create = nullptr;
    OrdersPanel* m_orders = nullptr;
    DeadLettersPanel* m_dead_letters = nullptr;
    GroupsPanel* m_groups = nullptr;
    StoryPanel* m_story = nullptr;
    std::optional<MomentLine> m_wanted; ///< A moment that is shown once its world is known.
    QString m_wanted_promise;           ///< Of m_wanted: that is explained then.
    std::optional<Trial> m_trial;       ///< Goes on once its world is known.
    bool m_lesson_stops = false;        ///< It plays up to the lesson's moment.
    bool m_lesson_jumps = false;        ///< It goes there as soon as it is made.
    QStringList m_hidden_for_drill;     ///< Panels that are shown again after the drill, by their object names.
    QWidget* m_drill_cover = nullptr;   ///< In the place of the event flow.
    bool m_fitted = false;
    bool m_ends = false; ///< Without a question.
    bool m_restored = false;
    bool m_is_first_start = false;
};

} // namespace orderlab::ui
