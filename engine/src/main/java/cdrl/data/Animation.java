package cdrl.data;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.HostTensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures that follow each other in one GIF file, again and again. */
public final class Animation {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  /** Loop without end, as browsers understand it. */
  private static final byte[] FOREVER = {1, 0, 0};

  private Animation() {}

  /**
   * Writes a file. Every picture gets 256 colours of its own.
   *
   * @param frames at least one, all (channels, height, width) of one shape in [−1, 1]
   * @param scale screen pixels per pixel, at least 1
   * @param milliseconds how long each picture stays; the last one stays four times as long
   * @throws cdrl.runtime.CdrlException when it cannot be written
   */
  public static void write(Path file, List<HostTensor> frames, int scale, int milliseconds) {
    AtomicFile.write(file, out -> out.write(encode(frames, scale, milliseconds)));
  }

  private static byte[] encode(List<HostTensor> frames, int scale, int milliseconds)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        BufferedImage picture = enlarged(frames.get(i), scale);
        int stay = i == frames.size() - 1 ? 4 * milliseconds : milliseconds;
        writer.writeToSequence(
            new IIOImage(picture, null, timing(writer, picture, stay, i == 0)), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage enlarged(HostTensor image, int scale) {
    int height = Math.toIntExact(image.shape()[1]);
    int width = Math.toIntExact(image.shape()[2]);
    int[] argb = PixelValues.toArgb(image);
    BufferedImage picture =
        new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height * scale; y++) {
      for (int x = 0; x < width * scale; x++) {
        picture.setRGB(x, y, argb[y / scale * width + x / scale]);
      }
    }
    return picture;
  }

  private static IIOMetadata timing(
      ImageWriter writer, BufferedImage picture, int milliseconds, boolean first)
      throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), null);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(Math.max(2, milliseconds / 10)));
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    replace(root, control);
    if (first) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(FOREVER.clone());
      IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
      extensions.appendChild(loop);
      replace(root, extensions);
    }
    metadata.setFromTree(FORMAT, root);
    return metadata;
  }

  private static void replace(IIOMetadataNode root, IIOMetadataNode child) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(child.getNodeName())) {
        root.replaceChild(child, root.item(i));
        return;
      }
    }
    root.appendChild(child);
  }
}
