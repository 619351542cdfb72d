package org.skep.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.skep.model.file.FileSource;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.parser.Statement;
import org.skep.planner.Planner;
import org.skep.planner.check.Names;
import org.skep.planner.check.Relation;
import org.skep.planner.check.Version;

/**
 * Plans of queries that have run before. A plan serves again when every name that planning looked
 * up still stands for the same thing: the same view text, the same files of the same sizes and
 * times. Those used longest ago go first. Used by all sessions of an engine.
 */
final class PlanCache {
    private static final int MOST_PLANS = 256;
    private static final int LONGEST_TEXT = 100_000;
    private static final int MOST_SPLITS = 10_000;

    private final Map<Key, Known> entries = // guarded by this
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
                    return size() > MOST_PLANS;
                }
            };

    /** What a plan depends on besides what names stand for. */
    record Key(String sql, List<Object> parameters, String schema, Settings settings) {}

    /**
     * A query that was planned.
     *
     * @param statement as parsed; planning has used up its syntax tree
     */
    record Known(Statement.Query statement, Planner.Plan plan, List<Lookup> lookups) {
        /** Whether planning it now would find all that it found then. */
        boolean holds(Names names) {
            return lookups.stream().allMatch(lookup -> lookup.find(names).equals(lookup.found));
        }
    }

    /** A question that planning asked, and its answer. */
    record Lookup(Function<Names, Optional<Relation>> question, Optional<Relation> found) {
        Optional<Relation> find(Names names) {
            return question.apply(names);
        }
    }

    synchronized Known find(Key key) {
        return entries.get(key);
    }

    /** Keeps a plan, if it is of a size to be kept. */
    void keep(Key key, Statement.Query statement, Planner.Plan plan, Recorder recorder) {
        long splits =
                plan.stages().stages().stream().map(Stage::root).mapToLong(this::splits).sum();
        if (key.sql.length() <= LONGEST_TEXT && splits <= MOST_SPLITS) {
            synchronized (this) {
                entries.put(key, new Known(statement, plan, List.copyOf(recorder.lookups)));
            }
        }
    }

    private long splits(PlanNode node) {
        long own = node instanceof PlanNode.Scan scan ? scan.splits().size() : 0;
        return own + node.inputs().stream().mapToLong(this::splits).sum();
    }

    /** Names that remember what was asked of them. */
    static final class Recorder implements Names {
        private final Names names;
        private final List<Lookup> lookups = new ArrayList<>();

        Recorder(Names names) {
            this.names = names;
        }

        private Optional<Relation> ask(Function<Names, Optional<Relation>> question) {
            Optional<Relation> found = question.apply(names);
            lookups.add(new Lookup(question, found));
            return found;
        }

        @Override
        public Optional<Relation> find(List<String> name, String schema) {
            List<String> asked = List.copyOf(name);
            return ask(any -> any.find(asked, schema));
        }

        @Override
        public Optional<Relation> find(List<String> name, String schema, Version version) {
            List<String> asked = List.copyOf(name);
            return ask(any -> any.find(asked, schema, version));
        }

        @Override
        public Relation files(FileSource source) {
            return ask(any -> Optional.of(any.files(source))).orElseThrow();
        }

        @Override
        public Collection<String> suggestions(String schema) {
            return names.suggestions(schema);
        }
    }
}
