package cdrl.studio.engine;

import cdrl.runtime.Sentence;
import java.util.OptionalInt;

/**
 * Where the engine computes.
 *
 * @param gpu the number of the GPU; empty for the processor
 * @param sentence the same in a sentence, with the reason when it is not the wished device
 */
public record DeviceInUse(OptionalInt gpu, Sentence sentence) {}
