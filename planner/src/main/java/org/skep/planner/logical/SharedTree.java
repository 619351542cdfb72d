package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlExplainLevel;
import org.skep.model.file.FileTable;
import org.skep.planner.check.FilesTable;
import org.skep.planner.check.SharedRows;
import org.skep.planner.estimate.Estimator;

/**
 * What several queries as written have in common: the largest tree that each of them is built on.
 * In the queries a scan of {@link #rows} stands for it.
 *
 * @param input the common tree
 * @param queries that read it
 */
public record SharedTree(SharedRows rows, RelNode input, List<RelNode> queries) {
    private static final String NAME = "$shared";

    /** None when they have nothing in common, or there is one query only. */
    public static Optional<SharedTree> of(List<RelNode> queries) {
        if (queries.size() < 2) {
            return Optional.empty();
        }
        List<Map<String, RelNode>> others = new ArrayList<>();
        for (RelNode query : queries.subList(1, queries.size())) {
            Map<String, RelNode> trees = new HashMap<>();
            candidates(query).forEach(tree -> trees.putIfAbsent(text(tree), tree));
            others.add(trees);
        }
        for (RelNode tree : candidates(queries.get(0))) {
            List<FileTable> tables = tables(tree);
            String text = text(tree);
            boolean everywhere =
                    isWorthIt(tree)
                            && others.stream()
                                    .map(trees -> trees.get(text))
                                    .allMatch(same -> same != null && tables(same).equals(tables));
            if (everywhere) {
                SharedRows rows =
                        new SharedRows(
                                tree.getRowType(),
                                new Estimator().of(tree).rows(),
                                SharedRows.Kept.AS_OUTPUT);
                return Optional.of(
                        new SharedTree(
                                rows,
                                tree,
                                queries.stream()
                                        .map(query -> replaced(query, text, tables, rows))
                                        .toList()));
            }
        }
        return Optional.empty();
    }

    /** Listed values are as good read twice. */
    private static boolean isWorthIt(RelNode tree) {
        return tree instanceof TableScan || !tree.getInputs().isEmpty();
    }

    /** All trees that depend on nothing outside of them, the largest first. */
    private static List<RelNode> candidates(RelNode query) {
        List<RelNode> found = new ArrayList<>();
        add(query, found);
        return found;
    }

    private static void add(RelNode tree, List<RelNode> found) {
        found.add(tree);
        // the right side of a correlation is computed for each row of the left one
        List<RelNode> inputs =
                tree instanceof Correlate correlate
                        ? List.of(correlate.getLeft())
                        : tree.getInputs();
        inputs.forEach(input -> add(input, found));
    }

    /** Two trees of the same text over the same tables are the same. */
    private static String text(RelNode tree) {
        return tree.getRowType().getFullTypeString()
                + RelOptUtil.dumpPlan(
                        "", tree, SqlExplainFormat.TEXT, SqlExplainLevel.DIGEST_ATTRIBUTES);
    }

    /** What is scanned in a tree and in the subqueries of its expressions, in order. */
    private static List<FileTable> tables(RelNode tree) {
        List<FileTable> tables = new ArrayList<>();
        addTables(tree, tables);
        return tables;
    }

    private static void addTables(RelNode tree, List<FileTable> tables) {
        if (tree instanceof TableScan scan) {
            FilesTable files = scan.getTable().unwrap(FilesTable.class);
            if (files != null) {
                tables.add(files.files());
            }
        }
        tree.accept(
                new RexShuttle() {
                    @Override
                    public org.apache.calcite.rex.RexNode visitSubQuery(RexSubQuery query) {
                        addTables(query.rel, tables);
                        return super.visitSubQuery(query);
                    }
                });
        tree.getInputs().forEach(input -> addTables(input, tables));
    }

    private static RelNode replaced(
            RelNode tree, String text, List<FileTable> tables, SharedRows rows) {
        if (text(tree).equals(text) && tables(tree).equals(tables)) {
            return SharedDefinition.scan(tree, rows, NAME);
        }
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : tree.getInputs()) {
            boolean dependent =
                    tree instanceof Correlate correlate && input == correlate.getRight();
            inputs.add(dependent ? input : replaced(input, text, tables, rows));
        }
        return inputs.equals(tree.getInputs()) ? tree : tree.copy(tree.getTraitSet(), inputs);
    }
}
