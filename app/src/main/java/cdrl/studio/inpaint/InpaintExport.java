package cdrl.studio.inpaint;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.PictureExport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Saves pictures, candidates and masks. */
public final class InpaintExport {
  private final PictureExport export;
  private final InpaintDocument document;
  private final Filling filling;

  /**
   * @param export writes the files
   */
  InpaintExport(PictureExport export, InpaintDocument document, Filling filling) {
    this.export = export;
    this.document = document;
    this.filling = filling;
  }

  /** A name for a picture's file. */
  public String fileName(String ending) {
    SourcePicture source = document.sourceProperty().get();
    String name = source == null ? "picture" : source.name();
    String stem = name.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
    return stem.replaceAll("[^\\p{L}\\p{N}._-]+", "-") + "-" + ending + ".png";
  }

  /** Saves the picture as it is worked on. */
  public void savePicture(Path file) {
    WorkingPicture picture = document.pictureProperty().get();
    LoadedModel model = filling.sampling().models().loadedProperty().get();
    if (picture != null && model != null) {
      Map<String, String> notes = PictureExport.notes("inpaint", model);
      InpaintNotes.addFrame(notes, picture.frame());
      notes.putAll(picture.origin());
      export.save(file, picture.raster(), notes);
    }
  }

  /** Saves the selected candidate as it is seen. */
  public void saveCandidate(Path file) {
    Pick pick = filling.pick();
    if (pick != null) {
      Map<String, String> notes = new LinkedHashMap<>(pick.notes());
      if (pick.level() != null) {
        notes.put("cdrl.level", Integer.toString(pick.level()));
      }
      export.save(file, pick.picture(), notes);
    }
  }

  /** Saves the mask: white is filled. */
  public void saveMask(Path file) {
    PaintedMask mask = document.maskProperty().get();
    if (mask != null) {
      boolean[] filled = mask.filled();
      int[] argb = new int[filled.length];
      for (int i = 0; i < argb.length; i++) {
        argb[i] = filled[i] ? 0xffffffff : 0xff000000;
      }
      export.save(
          file,
          new Raster(mask.resolution(), mask.resolution(), argb),
          Map.of("cdrl.mask-for", fileName("picture")));
    }
  }
}
