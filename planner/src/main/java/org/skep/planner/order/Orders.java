package org.skep.planner.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.skep.model.file.FileTable;
import org.skep.planner.check.FilesTable;
import org.skep.planner.estimate.Estimate.Confidence;
import org.skep.planner.why.Choice;

/** The orders that there were for a region, for EXPLAIN WHY. */
final class Orders {
    private static final int MOST_REJECTED = 4;
    private static final String UNIT = "rows handled";

    private final JoinRegion region;
    private final JoinSearch search;

    Orders(JoinRegion region, JoinSearch search) {
        this.region = region;
        this.search = search;
    }

    /** The order taken, the cheapest of those with another join at the top, the one as written. */
    Choice choice(JoinSearch.Tree taken) {
        List<Choice.Option> options = new ArrayList<>();
        options.add(option(taken, reason()));
        List<JoinSearch.Tree> others = new ArrayList<>(search.alternatives());
        others.sort(Comparator.comparingDouble(JoinSearch.Tree::cost));
        for (JoinSearch.Tree other : others) {
            if (options.size() <= MOST_REJECTED && !text(other).equals(text(taken))) {
                options.add(option(other, "the best with this join last"));
            }
        }
        JoinSearch.Tree written = search.asWritten();
        String text = text(written);
        if (options.stream().noneMatch(option -> option.name().equals(text))) {
            options.add(option(written, "as written"));
        }
        return new Choice("order of joins", options);
    }

    private Choice.Option option(JoinSearch.Tree tree, String reason) {
        return new Choice.Option(text(tree), tree.cost(), UNIT, reason);
    }

    /** How well the sizes are known that the order rests on. */
    private String reason() {
        Confidence least = Confidence.EXACT;
        for (int i = 0; i < region.size(); i++) {
            Confidence confidence = search.sizes().confidence(i);
            least = confidence.compareTo(least) > 0 ? confidence : least;
        }
        return "cheapest; sizes of its tables are %s at worst"
                .formatted(least.name().toLowerCase(Locale.ROOT));
    }

    /** As {@code lineitem x (orders x customer)}: probed first, built second. */
    String text(JoinSearch.Tree tree) {
        if (tree.isLeaf()) {
            return name(region.relation(tree.relation()));
        }
        return "%s %s %s"
                .formatted(inner(tree.left(), true), word(tree.type()), inner(tree.right(), false));
    }

    private String inner(JoinSearch.Tree tree, boolean first) {
        boolean bare = tree.isLeaf() || first && tree.type() == JoinRelType.INNER;
        return bare ? text(tree) : "(" + text(tree) + ")";
    }

    private static String word(JoinRelType type) {
        return type == JoinRelType.INNER ? "x" : type.name().toLowerCase(Locale.ROOT) + " join";
    }

    private static String name(FileTable table) {
        String name = table.name() == null ? table.source().paths().get(0) : table.name();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String name(RelNode node) {
        if (node instanceof TableScan scan) {
            FilesTable files = scan.getTable().unwrap(FilesTable.class);
            return files == null ? "rows" : name(files.files());
        }
        if (node instanceof Aggregate) {
            return "groups of " + name(node.getInput(0));
        }
        if (node.getInputs().isEmpty()) {
            return "values";
        }
        List<String> names = node.getInputs().stream().map(Orders::name).toList();
        return names.size() == 1 ? names.get(0) : "(" + String.join(", ", names) + ")";
    }
}
