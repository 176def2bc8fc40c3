package cdrl.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the program. */
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"cdrl " + text()};
  }

  /** The version, or "development" when the classes do not come from a jar. */
  static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
