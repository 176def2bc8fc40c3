package cdrl.runtime;

/** The version of the program. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** The version, or "development" when the classes do not come from a jar. */
  public static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
