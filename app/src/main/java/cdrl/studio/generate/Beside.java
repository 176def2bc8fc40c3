package cdrl.studio.generate;

/**
 * How the settings differ of images that were kept and of the newest ones beside them.
 *
 * @param kept how the kept settings differ, in a few words
 * @param now how the newest ones differ
 */
public record Beside(String kept, String now) {}
