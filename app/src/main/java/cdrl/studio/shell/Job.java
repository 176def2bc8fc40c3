package cdrl.studio.shell;

import javafx.beans.value.ObservableValue;

/**
 * Something that takes a while, as the job bar shows it.
 *
 * @param title what is being done
 * @param fraction 0 to 1, or below 0 while nobody can tell
 * @param detail where it is and how long it will take
 * @param cancel stops it
 */
public record Job(
    String title,
    ObservableValue<Number> fraction,
    ObservableValue<String> detail,
    Runnable cancel) {}
