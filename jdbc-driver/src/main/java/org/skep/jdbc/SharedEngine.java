package org.skep.jdbc;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.skep.engine.Engine;
import org.skep.engine.EngineOptions;
import org.skep.engine.Session;

/** One engine per warehouse in this JVM, open as long as a connection uses it. */
final class SharedEngine {
    private static final Map<Path, SharedEngine> OPEN = new HashMap<>();

    private final Path warehouse;
    private final Engine engine;
    private int users;

    private SharedEngine(Path warehouse, Engine engine) {
        this.warehouse = warehouse;
        this.engine = engine;
    }

    /** The engine of these options' warehouse; must be given back by {@link #release}. */
    static SharedEngine acquire(EngineOptions options) {
        Path warehouse = options.warehouse().toAbsolutePath().normalize();
        synchronized (OPEN) {
            SharedEngine shared = OPEN.get(warehouse);
            if (shared == null) {
                shared = new SharedEngine(warehouse, Engine.open(options));
                OPEN.put(warehouse, shared);
            }
            shared.users++;
            return shared;
        }
    }

    Session session() {
        return engine.session();
    }

    /** The last user closes the engine. */
    void release() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(warehouse);
                engine.close();
            }
        }
    }
}
