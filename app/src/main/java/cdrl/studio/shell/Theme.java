package cdrl.studio.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import cdrl.studio.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

/** Keeps the windows in the theme a person chose, or in the desktop's. */
public final class Theme {
  private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

  private final Preferences preferences;
  private final Executor background;
  private final BooleanSupplier systemIsDark;
  private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();

  /**
   * @param preferences hold the choice
   * @param background runs what takes a while
   * @param systemIsDark asks the desktop, which may take a while
   */
  public Theme(Preferences preferences, Executor background, BooleanSupplier systemIsDark) {
    this.preferences = preferences;
    this.background = background;
    this.systemIsDark = systemIsDark;
    boolean last = preferences.word("system-theme").filter("dark"::equals).isPresent();
    dark.set(
        preferences.themeProperty().get() == ThemeChoice.DARK
            || (preferences.themeProperty().get() == ThemeChoice.SYSTEM && last));
    apply();
    preferences.themeProperty().addListener((property, before, after) -> follow());
  }

  /** Whether the dark theme is on. */
  public ReadOnlyBooleanProperty darkProperty() {
    return dark.getReadOnlyProperty();
  }

  /** Adds the program's own stylesheet to a scene and keeps it in step with the theme. */
  public void dress(Scene scene) {
    dress(scene, dark.get(), preferences.accentProperty().get());
    Runnable again = () -> dress(scene, dark.get(), preferences.accentProperty().get());
    dark.addListener((property, before, after) -> again.run());
    preferences.accentProperty().addListener((property, before, after) -> again.run());
  }

  /** Puts a scene into a theme and an accent colour. */
  public static void dress(Scene scene, boolean dark, Accent accent) {
    List<String> sheets = new ArrayList<>(List.of(Resources.stylesheet()));
    if (accent != Accent.BLUE) {
      sheets.add(Resources.accent(accent.name().toLowerCase(Locale.ROOT), dark));
    }
    scene.getStylesheets().setAll(sheets);
    scene.getRoot().pseudoClassStateChanged(DARK, dark);
  }

  /** Looks again at what is wished and at what the desktop does. */
  public void follow() {
    ThemeChoice choice = preferences.themeProperty().get();
    if (choice != ThemeChoice.SYSTEM) {
      set(choice == ThemeChoice.DARK);
      return;
    }
    background.execute(
        () -> {
          boolean system = systemIsDark.getAsBoolean();
          Platform.runLater(
              () -> {
                if (preferences.themeProperty().get() == ThemeChoice.SYSTEM) {
                  preferences.setWord("system-theme", system ? "dark" : "light");
                  set(system);
                }
              });
        });
  }

  private void set(boolean value) {
    if (dark.get() != value) {
      dark.set(value);
      apply();
    }
  }

  private void apply() {
    Application.setUserAgentStylesheet(
        dark.get()
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
  }
}
