package org.skep.executor.operator;

import java.util.function.Function;
import org.skep.model.data.Batch;

/** Runs operators one after another, each made when the one before has ended. */
final class PartsOperator implements Operator {
    private final int parts;
    private final Function<Integer, Operator> make;
    private int made;
    private Operator running;

    PartsOperator(int parts, Function<Integer, Operator> make) {
        this.parts = parts;
        this.make = make;
    }

    @Override
    public Batch next() {
        while (true) {
            if (running == null) {
                if (made == parts) {
                    return null;
                }
                running = make.apply(made++);
            }
            Batch batch = running.next();
            if (batch != null) {
                return batch;
            }
            running = null;
        }
    }
}
