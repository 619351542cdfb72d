package org.skep.executor.function;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** Aggregates by name, from all {@link Provider}s that the class path names. */
public final class AggregateLibrary {
    /** A list of aggregates; made known as a service, so that this package knows no bodies. */
    public interface Provider {
        List<AggregateFunction> functions();
    }

    private static final Map<String, AggregateFunction> BY_NAME = load();

    private AggregateLibrary() {}

    private static Map<String, AggregateFunction> load() {
        Map<String, AggregateFunction> byName = new TreeMap<>();
        ClassLoader loader = AggregateLibrary.class.getClassLoader();
        for (Provider provider : ServiceLoader.load(Provider.class, loader)) {
            for (AggregateFunction function : provider.functions()) {
                for (String name : function.names()) {
                    if (byName.put(name, function) != null) {
                        throw new IllegalStateException("two aggregates called " + name);
                    }
                }
            }
        }
        return byName;
    }

    static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    static Optional<AggregateFunction> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }
}
