package org.skep.executor.function;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skep.executor.eval.Expressions;
import org.skep.executor.function.scalar.ScalarFunctions;
import org.skep.executor.value.Calendar;
import org.skep.model.plan.Expr;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Type;

/**
 * All functions. An instance adds only a clock, which stands still: make one per query and {@code
 * current_timestamp} is the same everywhere in it, since the planner folds it to a literal.
 */
public final class FunctionLibrary implements FunctionRegistry {
    /** Microseconds in the clock's zone. */
    private final long now;

    private volatile boolean toldTime;

    private FunctionLibrary(Clock clock) {
        Instant instant = clock.instant();
        LocalDateTime local = LocalDateTime.ofInstant(instant, clock.getZone());
        now =
                local.toEpochSecond(ZoneOffset.UTC) * Calendar.MICROS_PER_SECOND
                        + local.getNano() / 1000;
    }

    /** With the time of this moment. */
    public static FunctionLibrary standard() {
        return new FunctionLibrary(Clock.systemDefaultZone());
    }

    /** With the time that {@code clock} shows now. */
    public static FunctionLibrary standard(Clock clock) {
        return new FunctionLibrary(clock);
    }

    @Override
    public Set<String> scalarNames() {
        return ScalarFunctions.names();
    }

    @Override
    public Set<String> aggregateNames() {
        return AggregateLibrary.names();
    }

    @Override
    public Set<String> windowNames() {
        return WindowFunctions.names();
    }

    @Override
    public Optional<Signature> scalar(String name, List<Type> arguments) {
        return ScalarFunctions.find(name, arguments)
                .map(
                        bound ->
                                new Signature(
                                        bound.name(),
                                        bound.parameters(),
                                        bound.result(),
                                        bound.deterministic()));
    }

    @Override
    public Optional<Signature> aggregate(String name, List<Type> arguments) {
        return AggregateLibrary.find(name).flatMap(function -> function.resolve(arguments));
    }

    @Override
    public Optional<Signature> window(String name, List<Type> arguments) {
        return WindowFunctions.find(name, arguments);
    }

    @Override
    public List<Type> stateTypes(Signature aggregate) {
        return aggregateFunction(aggregate.name()).stateTypes(aggregate);
    }

    /** The aggregate of that name, which {@link #aggregate} found. */
    public static AggregateFunction aggregateFunction(String name) {
        return AggregateLibrary.find(name)
                .orElseThrow(() -> new IllegalArgumentException("no aggregate " + name));
    }

    @Override
    public List<String> usages(String name) {
        Set<String> usages = new LinkedHashSet<>(ScalarFunctions.usages(name));
        AggregateLibrary.find(name).ifPresent(function -> usages.add(function.usage()));
        usages.addAll(WindowFunctions.usages(name));
        return List.copyOf(usages);
    }

    @Override
    public Object evaluate(Expr constant) {
        return Expressions.value(atThisMoment(constant));
    }

    /** Whether some expression that was evaluated came out as it did because of the time. */
    public boolean hasToldTime() {
        return toldTime;
    }

    /** The expression with the functions that tell the time replaced by what they tell. */
    private Expr atThisMoment(Expr expr) {
        if (expr instanceof Expr.Call call && call.inputs().isEmpty()) {
            Object value =
                    switch (call.function().toLowerCase(Locale.ROOT)) {
                        case "current_timestamp" -> now;
                        case "current_date" -> Calendar.daysOf(now);
                        case "unix_timestamp" -> Math.floorDiv(now, Calendar.MICROS_PER_SECOND);
                        default -> null;
                    };
            if (value != null) {
                toldTime = true;
                return new Expr.Literal(value, call.type());
            }
        }
        List<Expr> inputs = expr.inputs().stream().map(this::atThisMoment).toList();
        return inputs.isEmpty() ? expr : expr.withInputs(inputs);
    }

    /** All names there are, but for those of the engine itself, which begin with a $. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(scalarNames());
        names.addAll(aggregateNames());
        names.addAll(windowNames());
        names.removeIf(name -> name.startsWith("$"));
        return names;
    }
}
