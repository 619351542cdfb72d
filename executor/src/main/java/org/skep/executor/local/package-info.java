/**
 * Stages on threads of this process. Start at {@link org.skep.executor.local.LocalBackend}; one
 * {@code LocalExecution} per query runs one {@code StageRun} after another.
 */
package org.skep.executor.local;
