package cdrl.studio.inpaint;

import cdrl.studio.engine.Trace;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.LevelCaption;
import cdrl.studio.widgets.LevelTimeline;
import cdrl.studio.widgets.SampleGrid;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** What the runs make, at every level, and the way to go on with one of them. */
final class CandidatesPane extends VBox {
  private final Messages messages;
  private final InpaintViewModel model;
  private final SampleGrid grid;
  private final Label facts = new Label();
  private final Label hint = new Label();
  private final LevelTimeline timeline;
  private final Button keep;

  CandidatesPane(Messages messages, InpaintViewModel model) {
    this.messages = messages;
    this.model = model;
    getStyleClass().add("candidates-pane");
    Label title = new Label(messages.text("inpaint.candidates"));
    title.getStyleClass().add("section-title");
    facts.setId("candidates-facts");
    facts.getStyleClass().add("hint");
    facts.setWrapText(true);
    facts.setMinHeight(USE_PREF_SIZE);
    hint.setId("candidates-hint");
    hint.getStyleClass().add("empty-text");
    hint.setWrapText(true);
    hint.setMouseTransparent(true);
    grid = new SampleGrid(this::name);
    grid.setId("candidates");
    grid.setOnOpen(model.filling()::keep);
    StackPane stage = new StackPane(grid, hint);
    VBox.setVgrow(stage, Priority.ALWAYS);
    timeline =
        new LevelTimeline(
            messages.text("timeline.name"),
            messages.text("timeline.back"),
            messages.text("timeline.forth"));
    keep = Controls.button("keep", BootstrapIcons.CHECK2, messages.text("inpaint.keep"));
    keep.setTooltip(new Tooltip(messages.text("inpaint.keep.hint")));
    keep.setMaxWidth(Double.MAX_VALUE);
    keep.setOnAction(event -> model.filling().keep());
    getChildren().addAll(title, facts, stage, timeline, keep);

    grid.selectedProperty().bindBidirectional(model.filling().selectedProperty());
    grid.smoothProperty().bind(model.smoothProperty());
    grid.pointedProperty()
        .addListener(
            (property, before, after) ->
                model
                    .filling()
                    .comparingProperty()
                    .set(
                        after == null
                            ? null
                            : new Filling.Comparing(after.index(), after.share())));
    timeline.stopProperty().bindBidirectional(model.filling().stopProperty());
    model.filling().selectedProperty().addListener((property, before, after) -> selectionChanged());
    model.filling().candidatesProperty().addListener((property, before, after) -> refresh(after));
    model
        .sampling()
        .session()
        .traceProperty()
        .addListener((property, before, after) -> traceChanged(before, after));
    refresh(null);
    traceChanged(null, null);
  }

  private void selectionChanged() {
    if (model.filling().candidatesProperty().get() != null) {
      model.filling().candidateShownProperty().set(true);
    }
  }

  private void traceChanged(@Nullable Trace before, @Nullable Trace after) {
    timeline.setDisable(after == null);
    if (after != null && !after.isOfSameRun(before)) {
      int levels = after.settings().startLevel();
      timeline.setStops(
          levels + 1,
          stop ->
              stop > levels ? messages.text("timeline.result") : Integer.toString(levels - stop));
    }
  }

  private String name(int index) {
    Candidates made = model.filling().candidatesProperty().get();
    return messages.text("inpaint.candidate", index + 1, made == null ? 0 : made.count());
  }

  private void refresh(@Nullable Candidates made) {
    Controls.show(hint, made == null);
    keep.setDisable(!model.filling().canKeep());
    grid.setImages(made == null ? null : made.images());
    grid.setOriginal(made == null ? null : made.original());
    grid.setVisible(made != null);
    List<String> captions = new ArrayList<>();
    if (made != null) {
      int decimals = decimals(made.energies());
      for (float energy : made.energies()) {
        captions.add(messages.text("inpaint.energy", messages.number(energy, decimals)));
      }
      // While energies are unknown the space for them is kept, so that nothing jumps at the end.
      while (captions.size() < made.count()) {
        captions.add("");
      }
    }
    grid.setCaptions(captions);
    hint.setText(messages.text("inpaint.candidates.hint"));
    facts.setText(facts(made));
  }

  /** As many decimals as tell the energies apart. */
  private static int decimals(List<Float> ascending) {
    double range = ascending.isEmpty() ? 0 : ascending.get(ascending.size() - 1) - ascending.get(0);
    double step = range / Math.max(1, ascending.size());
    return step <= 0 ? 2 : (int) Math.max(1, Math.min(6, Math.ceil(-Math.log10(step))));
  }

  private String facts(@Nullable Candidates made) {
    Trace trace = model.sampling().session().traceProperty().get();
    if (made == null || trace == null) {
      return "";
    }
    if (model.filling().previewProperty().get()) {
      return messages.text("compare.hint.preview");
    }
    int stop = model.filling().stopProperty().get();
    if (stop >= trace.lastStop()) {
      return messages.text("inpaint.candidates.sorted");
    }
    int level = trace.levelOf(stop);
    return messages.text(
        "inpaint.candidates.level",
        messages.text("level.title", level),
        LevelCaption.of(messages, trace.model().schedule(), level));
  }
}
