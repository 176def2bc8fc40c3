package cdrl.studio.engine;

import org.jspecify.annotations.Nullable;

/**
 * A model a person can pick.
 *
 * @param reference the name of a shipped model, or the path of a file
 * @param name what people see
 * @param kind what it makes, null when only opening it will tell
 */
public record ModelChoice(String reference, String name, @Nullable ModelKind kind) {}
