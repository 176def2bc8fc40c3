package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import org.jspecify.annotations.Nullable;

/**
 * Images that were kept to be seen beside the newest ones.
 *
 * @param images what the kept settings made, at the level that is looked at
 * @param kept how the kept settings differ, in a few words
 * @param now how the newest ones differ
 */
public record Beside(@Nullable HostTensor images, String kept, String now) {}
