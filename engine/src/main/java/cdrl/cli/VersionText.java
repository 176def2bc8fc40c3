package cdrl.cli;

import cdrl.runtime.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"cdrl " + ProgramVersion.text()};
  }
}
