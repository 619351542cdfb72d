package org.skep.executor.exchange;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.spi.Backend.HotKey;

/** The frequent keys of a stage, from those of its tasks. */
public final class HotKeys {
    private final Map<List<Object>, HotKey> all = new LinkedHashMap<>();

    /** Takes in those of a task. */
    public void add(List<HotKey> ofTask) {
        for (HotKey key : ofTask) {
            all.merge(
                    key.values(),
                    key,
                    (a, b) -> new HotKey(a.values(), a.partition(), a.rows() + b.rows()));
        }
    }

    /** All of them, most frequent first. */
    public List<HotKey> sorted() {
        return all.values().stream()
                .sorted(
                        Comparator.comparingLong(HotKey::rows)
                                .reversed()
                                .thenComparingInt(HotKey::partition))
                .toList();
    }
}
