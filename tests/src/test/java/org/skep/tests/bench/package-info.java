/**
 * Benchmarks: engines side by side in one run, each in a process of its own. BENCHMARKS.md lists
 * the commands.
 *
 * <p>{@link org.skep.tests.bench.SideBySide} measures and prints; {@link
 * org.skep.tests.bench.Engine} says how an engine is started; {@link
 * org.skep.tests.bench.EngineLoop} is what runs in its process. A benchmark is a main class that
 * prepares files and names queries.
 */
package org.skep.tests.bench;
