package cdrl.data;

import cdrl.runtime.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;

/**
 * All that a data set of images is made of but the pixels.
 *
 * @param labels the class of each image, from 1; 0 where it has none
 * @param attributeValues bit (image · number of attributes + attribute)
 * @param pixelFingerprint SHA-256 of all pixels in order, in hexadecimal
 * @param notes without the sentence about skipped files
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not changed once it is here
record ImageFacts(
    int resolution,
    int channels,
    String description,
    int[] labels,
    List<String> classNames,
    List<String> attributeNames,
    BitSet attributeValues,
    String pixelFingerprint,
    List<Skipped> skipped,
    List<String> notes) {
  ImageFacts {
    classNames = List.copyOf(classNames);
    attributeNames = List.copyOf(attributeNames);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
  }

  int size() {
    return labels.length;
  }

  int imageBytes() {
    return channels * resolution * resolution;
  }

  /** Classes and attributes change what is learned just as pixels do. */
  String fingerprint() {
    if (classNames.isEmpty() && attributeNames.isEmpty()) {
      return pixelFingerprint;
    }
    MessageDigest digest = Sha256.digest();
    String names = String.join("\n", classNames) + "\n\n" + String.join("\n", attributeNames);
    digest.update((pixelFingerprint + "\n" + names + "\n\n").getBytes(StandardCharsets.UTF_8));
    ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * labels.length);
    numbers.asIntBuffer().put(labels);
    digest.update(numbers);
    digest.update(attributeValues.toByteArray());
    return Sha256.hexadecimal(digest);
  }
}
