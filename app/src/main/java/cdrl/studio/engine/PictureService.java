package cdrl.studio.engine;

import cdrl.data.Crop;
import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads and saves pictures. Every call may take a while. */
public interface PictureService {
  /**
   * Writes a PNG file; an older file of that name is replaced only by a complete new one.
   *
   * @param metadata texts that travel inside the file, by their keys
   * @throws cdrl.runtime.CdrlException when the file cannot be written
   */
  void savePng(Path file, Raster picture, Map<String, String> metadata);

  /**
   * Writes pictures of one size that follow each other as a GIF file that loops.
   *
   * @param scale pixels of the file per pixel, at least 1
   * @param milliseconds how long each one stays
   * @throws cdrl.runtime.CdrlException when the file cannot be written
   */
  void saveGif(Path file, List<Raster> frames, int scale, int milliseconds);

  /**
   * Reads a picture, shrunk to what a screen can show if it is larger.
   *
   * @return (3, height, width) in [−1, 1]
   * @throws cdrl.runtime.CdrlException when it cannot be read
   */
  HostTensor readPicture(Path file);

  /**
   * The texts inside a PNG file that this program saved, by their keys; none for other files.
   *
   * @throws cdrl.runtime.CdrlException when it cannot be read
   */
  Map<String, String> readNotes(Path file);

  /**
   * A square part of a picture in the size that a model needs.
   *
   * @param image (channels, height, width) in [−1, 1]
   * @param channels 1 or 3
   */
  HostTensor fitted(HostTensor image, Crop part, int resolution, int channels);
}
