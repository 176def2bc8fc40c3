package cdrl.studio.engine;

import cdrl.data.Animation;
import cdrl.data.Crop;
import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads and saves pictures as the engine does. */
public final class EnginePictures implements PictureService {
  /** Pictures to look at need no more pixels per side. */
  private static final int MOST_PIXELS = 1600;

  /** Needs nothing. */
  public EnginePictures() {}

  @Override
  public void savePng(Path file, Raster picture, Map<String, String> metadata) {
    Pictures.write(file, picture.toTensor(), metadata);
  }

  @Override
  public void saveGif(Path file, List<Raster> frames, int scale, int milliseconds) {
    Animation.write(file, frames.stream().map(Raster::toTensor).toList(), scale, milliseconds);
  }

  @Override
  public HostTensor readPicture(Path file) {
    return Pictures.readAtMost(file, MOST_PIXELS);
  }

  @Override
  public Map<String, String> readNotes(Path file) {
    return Pictures.readNotes(file);
  }

  @Override
  public HostTensor fitted(HostTensor image, Crop part, int resolution, int channels) {
    return Pictures.fitted(image, part, resolution, channels);
  }
}
