package cdrl.studio.shell;

/**
 * Something went wrong.
 *
 * @param sentence what, where, and what to do
 * @param details for experts; shown on request
 */
public record Problem(String sentence, String details) {}
