package cdrl.studio.shell;

import cdrl.runtime.DeviceChoice;
import cdrl.sampling.LangevinKernels.Format;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.Overlay;
import cdrl.studio.widgets.SegmentedChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** What a person can set for the whole program; each takes effect at once, or says when. */
final class PreferencesPane {
  /** The word under which the folder of a person's own models is remembered. */
  static final String MODELS = "own-models";

  private static final String RUNS = "runs";

  /**
   * Where files go.
   *
   * @param runs the folder of training runs
   * @param takeRuns takes another one, at once
   * @param models the folder of a person's own models
   */
  record Folders(ObservableValue<Path> runs, Consumer<Path> takeRuns, Path models) {}

  private final Messages messages;
  private final Preferences preferences;
  private final FileDialogs dialogs;
  private final GpuDownload download;
  private final Overlay overlay;
  private final TextField query = new TextField();
  private final VBox sections = new VBox();
  private final Label nothing = new Label();
  private final Label restart = new Label();

  /** What is in use since the start, and what was chosen for the next one, by preference. */
  private final Map<String, String> inUse = new LinkedHashMap<>();

  private final Set<String> waiting = new TreeSet<>();

  PreferencesPane(
      Messages messages,
      Preferences preferences,
      FileDialogs dialogs,
      Folders folders,
      GpuDownload download) {
    this.messages = messages;
    this.preferences = preferences;
    this.dialogs = dialogs;
    this.download = download;
    overlay = new Overlay("preferences", messages.text("preferences.title"));
    query.setId("preferences-query");
    query.setPromptText(messages.text("preferences.search"));
    query.setAccessibleText(messages.text("preferences.search"));
    query.textProperty().addListener((property, before, after) -> search());
    sections.getStyleClass().add("preference-sections");
    sections.getChildren().addAll(appearance(), working(), computing(), folders(folders), nothing);
    nothing.setText(messages.text("preferences.nothing"));
    nothing.getStyleClass().add("muted");
    ScrollPane scroll = Controls.scrolled(sections);
    scroll.getStyleClass().add("form-scroll");
    scroll.setFocusTraversable(false);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    restart.setId("preferences-restart");
    restart.setWrapText(true);
    restart.setMinHeight(Region.USE_PREF_SIZE);
    restart.getStyleClass().add("preference-restart");
    restart.setGraphic(Controls.icon(BootstrapIcons.ARROW_REPEAT));
    Controls.show(restart, false);
    overlay
        .card()
        .getChildren()
        .addAll(
            overlay.titleBar(messages.text("preferences.title"), messages.text("close")),
            query,
            scroll,
            restart);
    search();
  }

  /** The node that lies over the window. */
  Overlay overlay() {
    return overlay;
  }

  void open() {
    query.clear();
    overlay.open(query);
  }

  private void search() {
    boolean any = false;
    for (Node section : sections.getChildren()) {
      if (section instanceof VBox box) {
        boolean found = false;
        for (Node row : box.getChildren()) {
          found |= row instanceof PreferenceRow each && each.filter(query.getText());
        }
        Controls.show(box, found);
        any |= found;
      }
    }
    Controls.show(nothing, !any);
  }

  private static VBox section(String heading, Node... rows) {
    VBox box = Controls.section(heading, rows);
    box.getStyleClass().add("form-section");
    return box;
  }

  private PreferenceRow row(String key, Node control, String... alternatives) {
    return new PreferenceRow(
        messages.text("preferences." + key),
        messages.text("preferences." + key + ".explanation"),
        control,
        Set.of(alternatives));
  }

  private VBox appearance() {
    SegmentedChoice<ThemeChoice> theme =
        segments(
            "preferences-theme",
            List.of(ThemeChoice.values()),
            choice -> messages.text("theme." + choice));
    theme.valueProperty().bindBidirectional(preferences.themeProperty());
    theme.valueProperty().addListener((property, before, after) -> preferences.save());
    ComboBox<Language> language =
        combo(
            "preferences-language",
            List.of(Language.values()),
            choice -> messages.text("language." + choice));
    language.setValue(preferences.language());
    afterRestart("language", language, choice -> choice.name().toLowerCase(Locale.ROOT));
    return section(
        messages.text("preferences.appearance"),
        row("theme", theme, words(ThemeChoice.values(), "theme.")),
        row("accent", accents(), words(Accent.values(), "accent.")),
        row("language", language, words(Language.values(), "language.")));
  }

  private String[] words(Enum<?>[] constants, String start) {
    return Stream.of(constants).map(each -> messages.text(start + each)).toArray(String[]::new);
  }

  private HBox accents() {
    HBox box = new HBox();
    box.getStyleClass().add("accent-choice");
    box.setAccessibleRole(AccessibleRole.PARENT);
    box.setAlignment(Pos.CENTER_RIGHT);
    ToggleGroup group = new ToggleGroup();
    for (Accent accent : Accent.values()) {
      ToggleButton button = new ToggleButton("", Controls.icon(BootstrapIcons.CHECK));
      String name = accent.name().toLowerCase(Locale.ROOT);
      button.setId("accent-" + name);
      button.getStyleClass().addAll("accent-button", "accent-" + name);
      Controls.explain(button, messages.text("accent." + accent));
      button.setToggleGroup(group);
      button.setUserData(accent);
      button.setSelected(preferences.accentProperty().get() == accent);
      button.setOnAction(
          event -> {
            button.setSelected(true);
            preferences.accentProperty().set(accent);
            preferences.save();
          });
      box.getChildren().add(button);
    }
    preferences
        .accentProperty()
        .addListener(
            (property, before, after) ->
                group.getToggles().stream()
                    .filter(each -> each.getUserData() == after)
                    .forEach(group::selectToggle));
    return box;
  }

  private VBox working() {
    CheckBox brush = new CheckBox();
    brush.setId("preferences-brush");
    brush.selectedProperty().bindBidirectional(preferences.brushKeepsSizeProperty());
    brush.selectedProperty().addListener((property, before, after) -> preferences.save());
    SegmentedChoice<Integer> preview =
        segments(
            "preferences-preview",
            List.of(1, 2, 4),
            steps -> messages.text("preferences.preview." + steps));
    preview.valueProperty().set(preferences.previewSteps());
    preview
        .valueProperty()
        .addListener((property, before, after) -> keep("preview.steps", String.valueOf(after)));
    return section(
        messages.text("preferences.working"), row("brush", brush), row("preview", preview));
  }

  private VBox computing() {
    Set<String> devices = new LinkedHashSet<>(List.of("auto", "cpu", "gpu:0"));
    DeviceChoice wanted = preferences.compute().device();
    devices.add(wanted.toString());
    ComboBox<String> device = combo("preferences-device", List.copyOf(devices), this::deviceName);
    device.setValue(wanted.toString());
    afterRestart("device", device, Function.identity());
    int cores = Runtime.getRuntime().availableProcessors();
    List<Integer> numbers =
        Stream.concat(
                IntStream.rangeClosed(0, cores).boxed(),
                Stream.of(preferences.compute().threads()).filter(count -> count > cores))
            .toList();
    ComboBox<Integer> threads =
        combo(
            "preferences-threads",
            numbers,
            count ->
                count == 0
                    ? messages.text("preferences.threads.all")
                    : messages.text("preferences.threads.some", count));
    threads.setValue(preferences.compute().threads());
    afterRestart("threads", threads, String::valueOf);
    SegmentedChoice<Format> precision =
        segments(
            "preferences-precision",
            List.of(Format.values()),
            format -> messages.text("precision." + format));
    precision.valueProperty().set(preferences.compute().precision());
    afterRestart(
        "precision", precision.valueProperty(), format -> format.name().toLowerCase(Locale.ROOT));
    Button get = Controls.button("gpu-download", BootstrapIcons.DOWNLOAD, messages.text("gpu.get"));
    get.setMinWidth(Region.USE_PREF_SIZE);
    get.disableProperty().bind(download.runningProperty());
    get.setOnAction(
        event -> {
          overlay.close(); // the job bar tells how it goes on
          download.start();
        });
    return section(
        messages.text("preferences.computing"),
        row("device", device),
        row("threads", threads),
        row("precision", precision, "float32", "bfloat16"),
        row("gpu", get, "CUDA", "NVIDIA"));
  }

  private String deviceName(String device) {
    return device.startsWith("gpu:")
        ? messages.text("device.gpu", device.substring(4))
        : messages.text("device." + device);
  }

  private VBox folders(Folders folders) {
    Label runs = path("runs-place", folders.runs().getValue());
    folders.runs().addListener((property, before, after) -> runs.setText(String.valueOf(after)));
    Label models = path("models-place", folders.models());
    inUse.put(MODELS, folders.models().toString());
    return section(
        messages.text("preferences.folders"),
        row("models", choose("models-choose", models, MODELS, this::takeModels)),
        row(
            "runs",
            choose("runs-choose", runs, RUNS, folder -> folders.takeRuns().accept(folder))));
  }

  private void takeModels(Path folder) {
    preferences.setFolder(MODELS, folder);
    preferences.save();
    tellRestart(MODELS, folder.toString());
  }

  private static Label path(String id, Path path) {
    Label label = new Label(path.toString());
    label.setId(id);
    label.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
    label.getStyleClass().add("preference-path");
    return label;
  }

  private HBox choose(String id, Label shown, String purpose, Consumer<Path> take) {
    Button button = new Button(messages.text("preferences.choose"));
    button.setId(id);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setAccessibleText(messages.text("dialog.folder." + purpose));
    button.setTooltip(new Tooltip(messages.text("dialog.folder." + purpose)));
    button.setOnAction(
        event ->
            dialogs
                .chooseFolder(overlay.getScene().getWindow(), purpose)
                .ifPresent(
                    folder -> {
                      take.accept(folder);
                      shown.setText(folder.toString());
                    }));
    HBox box = new HBox(shown, button);
    box.setAccessibleRole(AccessibleRole.PARENT);
    box.getStyleClass().add("row");
    box.setAlignment(Pos.CENTER_RIGHT);
    return box;
  }

  private <T> SegmentedChoice<T> segments(String id, List<T> items, Function<T, String> names) {
    SegmentedChoice<T> choice = new SegmentedChoice<>(id, names);
    choice.setItems(items);
    choice.setMinWidth(Region.USE_PREF_SIZE);
    return choice;
  }

  private static <T> ComboBox<T> combo(String id, List<T> items, Function<T, String> names) {
    ComboBox<T> combo = new ComboBox<>();
    combo.setId(id);
    combo.getItems().setAll(new ArrayList<>(items));
    combo.setMinWidth(Region.USE_PREF_SIZE);
    combo.setConverter(Controls.names(names));
    return combo;
  }

  private void keep(String key, String value) {
    preferences.setWord(key, value);
    preferences.save();
  }

  private <T> void afterRestart(String key, ComboBox<T> combo, Function<T, String> text) {
    afterRestart(key, combo.valueProperty(), text);
  }

  private <T> void afterRestart(
      String key, ObjectProperty<@Nullable T> value, Function<T, String> text) {
    T first = value.get();
    inUse.put(key, first == null ? "" : text.apply(first));
    value.addListener(
        (property, before, after) -> {
          if (after != null) {
            keep(key, text.apply(after));
            tellRestart(key, text.apply(after));
          }
        });
  }

  /** Says which choices wait for a restart. */
  private void tellRestart(String key, String chosen) {
    if (chosen.equals(inUse.get(key))) {
      waiting.remove(key);
    } else {
      waiting.add(key);
    }
    String names =
        inUse.keySet().stream()
            .filter(waiting::contains)
            .map(each -> messages.text("preferences." + (each.equals(MODELS) ? "models" : each)))
            .collect(Collectors.joining(", "));
    restart.setText(messages.text("preferences.restart", names));
    Controls.show(restart, !waiting.isEmpty());
  }
}
