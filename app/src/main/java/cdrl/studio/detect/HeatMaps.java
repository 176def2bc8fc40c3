package cdrl.studio.detect;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ScoringService;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The heat map of one picture at a time; the newest request wins. Colours mean the same for all
 * pictures: their scale comes from some pictures of one set, the model's own kind where it is
 * known. Use it on the user interface's thread.
 */
final class HeatMaps {
  private static final int PROBES = 15;

  private final WorkspaceContext context;
  private final ScoringService scoring;
  private final ReadOnlyObjectWrapper<@Nullable Heat> heat = new ReadOnlyObjectWrapper<>();
  private TensorLane.@Nullable Task<HostTensor> asked;
  private int question;
  private double scale = Double.NaN;

  HeatMaps(WorkspaceContext context, ScoringService scoring) {
    this.context = context;
    this.scoring = scoring;
  }

  /** The map of the picture asked for last; null until it is there. */
  ReadOnlyObjectProperty<@Nullable Heat> heatProperty() {
    return heat.getReadOnlyProperty();
  }

  /** Forgets map and scale: model or noise level are other ones. */
  void clear() {
    forget();
    scale = Double.NaN;
  }

  /** Forgets the map. */
  void forget() {
    question++;
    if (asked != null) {
      asked.cancel();
      asked = null;
    }
    heat.set(null);
  }

  /**
   * Asks for the map of a picture.
   *
   * @param index of the picture in its set, which has it
   * @param probes has pictures that tell the scale
   */
  void ask(LoadedModel model, int level, PictureSet set, int index, PictureSet probes) {
    forget();
    HostTensor images = set.images();
    HostTensor others = probes.images();
    if (images == null || others == null) {
      return;
    }
    List<HostTensor> wanted = new ArrayList<>(List.of(images.get(index)));
    List<Integer> numbers = new ArrayList<>(List.of(index));
    if (Double.isNaN(scale)) {
      int count = Math.min(PROBES, others.count());
      for (int i = 0; i < count; i++) {
        int place = i * others.count() / count;
        wanted.add(others.get(place));
        numbers.add(place);
      }
    }
    TensorLane.Task<HostTensor> task =
        scoring.heatMaps(model, level, SetLoader.stacked(wanted), numbers);
    asked = task;
    int asking = question;
    task.result()
        .whenComplete(
            (maps, problem) ->
                context
                    .userInterface()
                    .execute(
                        () -> {
                          if (asking != question) {
                            return;
                          }
                          asked = null;
                          if (maps == null) {
                            context.problems().report(problem);
                          } else {
                            answered(maps);
                          }
                        }));
  }

  private void answered(HostTensor maps) {
    if (maps.count() > 1) {
      int size = maps.values().length / maps.count();
      long[] shape = maps.shape().clone();
      shape[0]--;
      scale =
          Heat.brightest(
              new HostTensor(shape, Arrays.copyOfRange(maps.values(), size, maps.values().length)));
    }
    heat.set(new Heat(maps.get(0), scale));
  }
}
