package org.skep.model.plan;

import java.io.Serializable;
import java.util.List;
import org.skep.model.type.Schema;

/**
 * A whole query as map and reduce stages, in an order in which they can run; the last one gives the
 * result.
 */
public record StageGraph(List<Stage> stages) implements Serializable {
    public StageGraph {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a query without stages");
        }
    }

    public Stage result() {
        return stages.get(stages.size() - 1);
    }

    public Schema schema() {
        return result().root().schema();
    }
}
