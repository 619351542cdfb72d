package org.skep.jdbc;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.skep.engine.Engine;
import org.skep.engine.EngineOptions;
import org.skep.engine.Session;

/** One engine per warehouse and cluster in this JVM, open as long as a connection uses it. */
final class SharedEngine {
    private static final Map<Place, SharedEngine> OPEN = new HashMap<>();

    /** What tells engines apart; the cluster may be null. */
    private record Place(Path warehouse, String cluster) {}

    private final Place place;
    private final Engine engine;
    private int users;

    private SharedEngine(Place place, Engine engine) {
        this.place = place;
        this.engine = engine;
    }

    /** The engine of these options' warehouse; must be given back by {@link #release}. */
    static SharedEngine acquire(EngineOptions options) {
        Place place =
                new Place(options.warehouse().toAbsolutePath().normalize(), options.cluster());
        synchronized (OPEN) {
            SharedEngine shared = OPEN.get(place);
            if (shared == null) {
                shared = new SharedEngine(place, Engine.open(options));
                OPEN.put(place, shared);
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
                OPEN.remove(place);
                engine.close();
            }
        }
    }
}
