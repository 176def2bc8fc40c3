package cdrl.studio.compose;

import cdrl.sampling.ConditionNotes;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Trace;
import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.Gallery;
import cdrl.studio.workspace.PictureExport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import javafx.beans.value.ObservableBooleanValue;
import org.jspecify.annotations.Nullable;

/** What the shown images are: how they were drawn, not what has been set since. */
final class ShownPictures implements Gallery.Origin {
  private final Messages messages;
  private final SamplingSession session;
  private final MatrixPictures matrix;
  private final ObservableBooleanValue matrixShown;
  private final DoubleFunction<String> words;

  /**
   * @param words a weight as people read it
   */
  ShownPictures(
      Messages messages,
      SamplingSession session,
      MatrixPictures matrix,
      ObservableBooleanValue matrixShown,
      DoubleFunction<String> words) {
    this.messages = messages;
    this.session = session;
    this.matrix = matrix;
    this.matrixShown = matrixShown;
    this.words = words;
  }

  /** What the matrix was drawn with; null where it is not shown, or empty. */
  @Nullable MatrixPlan plan() {
    return matrixShown.get() ? matrix.plan() : null;
  }

  /** The settings of the grid; null where there is none. */
  @Nullable SamplingSettings grid() {
    SamplingSession.Preview quick = session.previewProperty().get();
    Trace trace = session.traceProperty().get();
    return quick != null ? quick.whole() : trace == null ? null : trace.settings();
  }

  /** Whether there will be no more of the grid than there is. */
  boolean isGridFinished() {
    Trace trace = session.traceProperty().get();
    return session.previewProperty().get() == null && trace != null && trace.result() != null;
  }

  @Override
  public String fileStem() {
    return PictureExport.stem(model())
        + "-seed-"
        + settings().seed()
        + (plan() != null ? "-matrix" : "");
  }

  @Override
  public String caption(int index) {
    MatrixPlan plan = plan();
    if (plan == null) {
      return messages.text("generate.image", index + 1, settings().count());
    }
    List<String> parts = new ArrayList<>();
    plan.sides()
        .weights(index)
        .forEach(
            (attribute, weight) ->
                parts.add(messages.text("compose.cell", attribute.name(), words.apply(weight))));
    if (!plan.isPossible(index)) {
      parts.add(messages.text("compose.cell.empty"));
    }
    return String.join(", ", parts);
  }

  @Override
  public boolean has(int index) {
    return plan() == null || matrix.has(index);
  }

  @Override
  public String name(int index) {
    return messages.text(
        "compose.sent",
        model().description().name(),
        Long.toString(settings().seed()),
        caption(index));
  }

  @Override
  public Map<String, String> notes(int index) {
    MatrixPlan plan = plan();
    return plan == null ? gridNotes(index) : index < 0 ? matrixNotes(plan) : cellNotes(plan, index);
  }

  private Map<String, String> gridNotes(int index) {
    SamplingSettings made = settings();
    Map<String, String> notes = notes(made);
    if (session.previewProperty().get() != null) {
      notes.put("cdrl.preview", "true");
    }
    if (index >= 0) {
      notes.put("cdrl.image", Integer.toString(index));
    }
    return notes;
  }

  private Map<String, String> matrixNotes(MatrixPlan plan) {
    Map<String, String> notes = notes(plan.grid());
    notes.putAll(ComposeSettings.notes(plan.way()));
    notes.put("cdrl.matrix", plan.sides().note());
    notes.put("cdrl.image", Integer.toString(plan.subject()));
    if (!matrix.isWhole()) {
      notes.put("cdrl.preview", "true");
    }
    return notes;
  }

  private Map<String, String> cellNotes(MatrixPlan plan, int cell) {
    Map<String, String> notes = notes(plan.grid().withCondition(plan.settings(cell).condition()));
    notes.putAll(ComposeSettings.notes(plan.way()));
    notes.put("cdrl.image", Integer.toString(plan.subject()));
    if (!matrix.isWhole(cell)) {
      notes.put("cdrl.preview", "true");
    }
    return notes;
  }

  private Map<String, String> notes(SamplingSettings made) {
    Map<String, String> notes = PictureExport.notes("compose", model());
    PictureExport.add(notes, made);
    notes.putAll(ConditionNotes.of(model().description(), made.condition()));
    return notes;
  }

  private LoadedModel model() {
    MatrixPlan plan = plan();
    if (plan != null) {
      return plan.model();
    }
    SamplingSession.Preview quick = session.previewProperty().get();
    return quick != null
        ? quick.model()
        : Objects.requireNonNull(session.traceProperty().get(), "there are images").model();
  }

  private SamplingSettings settings() {
    MatrixPlan plan = plan();
    return Objects.requireNonNull(plan != null ? plan.grid() : grid(), "there are images");
  }
}
