package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the real data sets where they are unpacked; skipped elsewhere. */
class RealDataTest {
  @TempDir Path cache;

  private static Path place(String name) {
    String configured = System.getenv("CDRL_DATA");
    String caches = System.getenv("XDG_CACHE_HOME");
    Path folder =
        configured != null
            ? Path.of(configured)
            : (caches != null
                    ? Path.of(caches)
                    : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("cdrl-data");
    Path path = folder.resolve(name);
    assumeTrue(Files.exists(path), "skipped: there is no " + path);
    return path;
  }

  @Test
  void celebaOfBothSizesGivesTheSameFaces() {
    ImageSources sources = new ImageSources(cache);
    ImageDataSet large = sources.open(place("celeba-178x218"), 32, 3);
    assertEquals(200, large.size());
    assertEquals(0, large.skipped().size(), large.skipped().toString());
    ImageAttributes attributes = large.attributes();
    assertNotNull(attributes);
    assertEquals(40, attributes.names().size());
    Path folder = place("celeba");
    ImageDataSet all = sources.open(folder, 32, 3);
    assertEquals(10_000, all.size());
    assertEquals(0, all.skipped().size(), all.skipped().toString());
    ImageAttributes allAttributes = all.attributes();
    assertNotNull(allAttributes);
    String[] names = {"Male", "Smiling", "Young"};
    int[] expected = {4217, 4822, 7771};
    for (int a = 0; a < 3; a++) {
      int attribute = allAttributes.indexOf(names[a]);
      int count = 0;
      for (int i = 0; i < all.size(); i++) {
        count += allAttributes.holds(i, attribute) ? 1 : 0;
      }
      assertEquals(expected[a], count, names[a]);
    }
    // The large set was made from the first images of the other one.
    double difference = 0;
    for (int i = 0; i < 20; i++) {
      float[] one = large.image(i).values();
      float[] other = all.image(i).values();
      for (int k = 0; k < one.length; k++) {
        difference += Math.abs(one[k] - other[k]) / one.length / 20;
      }
    }
    assertTrue(difference < 0.05, "mean difference " + difference);
  }

  @Test
  void cifarHasFiftyThousandTrainingImages() {
    ImageDataSet data = new ImageSources(cache).open(place("cifar-10-batches-bin"), 32, 3);
    assertEquals(50_000, data.size());
    assertEquals("airplane", data.classNames().get(0));
    int[] counts = new int[11];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i)]++;
    }
    for (int label = 1; label <= 10; label++) {
      assertEquals(5000, counts[label]);
    }
  }

  @Test
  void mnistFilesTellTheirCount() {
    ImageSources sources = new ImageSources(cache);
    assertEquals(60_000, sources.open(place("mnist/train-images-idx3-ubyte.gz"), 32, 1).size());
    ImageDataSet test = sources.open(place("mnist/t10k-images-idx3-ubyte.gz"), 28, 1);
    assertEquals(3000, test.size());
    assertEquals(10, test.classNames().size());
    assertEquals(
        10_000, sources.open(place("fashion-mnist/t10k-images-idx3-ubyte.gz"), 28, 1).size());
  }

  @Test
  void texturesHaveTenClasses() {
    ImageDataSet data = new ImageSources(cache).open(place("textures/dtd96"), 32, 3);
    assertEquals(1200, data.size());
    assertEquals(10, data.classNames().size());
  }
}
