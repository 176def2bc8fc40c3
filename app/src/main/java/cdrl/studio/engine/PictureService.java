package cdrl.studio.engine;

import cdrl.studio.raster.Raster;
import java.nio.file.Path;
import java.util.Map;

/** Saves pictures. */
@FunctionalInterface
public interface PictureService {
  /**
   * Writes a PNG file; an older file of that name is replaced only by a complete new one.
   *
   * @param metadata texts that travel inside the file, by their keys
   * @throws cdrl.runtime.CdrlException when the file cannot be written
   */
  void savePng(Path file, Raster picture, Map<String, String> metadata);
}
