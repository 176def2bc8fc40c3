package cdrl.store;

import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * A model that ships with the program.
 *
 * @param name what to open it by
 * @param card its model card in Markdown
 * @param picture a picture of samples, or null
 */
public record ShippedModel(String name, String card, @Nullable URL picture) {}
