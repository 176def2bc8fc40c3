package cdrl.data;

import cdrl.runtime.CdrlException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Points in the plane from a CSV file with two columns, x and y, with or without a header. */
public final class PointFile {
  private PointFile() {}

  /**
   * Reads points.
   *
   * @param most how many to read at most
   * @throws CdrlException when the file cannot be read, holds something else, or has no points
   */
  public static PointDataSet read(Path file, int most) {
    float[] coordinates = new float[1024];
    int count = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 1;
      for (String line = reader.readLine();
          line != null && count < most;
          line = reader.readLine(), number++) {
        double[] point = point(line);
        if (point != null) {
          if (2 * count == coordinates.length) {
            coordinates = Arrays.copyOf(coordinates, 2 * coordinates.length);
          }
          coordinates[2 * count] = (float) point[0];
          coordinates[2 * count + 1] = (float) point[1];
          count++;
        } else if (number > 1 && !line.isBlank()) { // the first line may be a header
          throw new CdrlException(
              "{0}, line {1}: two numbers with a comma between are needed (x,y).", file, number);
        }
      }
    } catch (NoSuchFileException e) {
      throw new CdrlException(e, "There is no file '{0}'; check the path.", file);
    } catch (CharacterCodingException e) {
      throw new CdrlException(e, "'{0}' is no text file in UTF-8.", file);
    } catch (IOException e) {
      throw new CdrlException(e, "'{0}' cannot be read ({1}).", file, e);
    }
    if (count == 0) {
      throw new CdrlException("'{0}' holds no points; give one per line as x,y.", file);
    }
    return new PointDataSet(
        Arrays.copyOf(coordinates, 2 * count), file.getFileName() + ", " + count + " points");
  }

  private static double @Nullable [] point(String line) {
    String[] fields = line.strip().split("[,;\\t]", -1);
    if (fields.length != 2) {
      return null;
    }
    try {
      double x = Double.parseDouble(fields[0].strip());
      double y = Double.parseDouble(fields[1].strip());
      return Double.isFinite(x) && Double.isFinite(y) ? new double[] {x, y} : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
