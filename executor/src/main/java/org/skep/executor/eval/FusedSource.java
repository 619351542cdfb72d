package org.skep.executor.eval;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.Expr;

/**
 * Writes the Java source of a {@link FusedLoop}. The text depends on the shape only: the tree of
 * the expressions, their types, and the form in which each source comes. So it is the key under
 * which the compiled class is kept.
 *
 * <p>Terms are shared out to methods of limited size, each a loop of its own: the JIT compiles
 * nothing above 8,000 bytes of bytecode, and shorter methods better.
 */
final class FusedSource {
    /** How a source comes with a batch. */
    enum Form {
        /** Its expression is computed in the loop, or nobody needs it. */
        NONE,
        FLAT,
        FLAT_NULLS,
        IDS,
        IDS_NULLS;

        boolean hasNulls() {
            return this == FLAT_NULLS || this == IDS_NULLS;
        }

        boolean hasIds() {
            return this == IDS || this == IDS_NULLS;
        }
    }

    /** About 2,000 bytes of bytecode: a node takes some 20, a term some 40. */
    private static final int NODES_PER_METHOD = 80;

    private static final int NODES_PER_TERM = 2;

    private final FusedTerms terms;
    private final Form[] forms;
    private final boolean oneGroup;
    private final StringBuilder methods = new StringBuilder();
    private int parts;

    private FusedSource(FusedTerms terms, Form[] forms, boolean oneGroup) {
        this.terms = terms;
        this.forms = forms;
        this.oneGroup = oneGroup;
    }

    /** The body of the class, without its name. */
    static String write(FusedTerms terms, Form[] forms, boolean oneGroup) {
        FusedSource source = new FusedSource(terms, forms, oneGroup);
        List<List<Integer>> shares = source.shares();
        for (List<Integer> share : shares) {
            source.part(share);
        }
        StringBuilder out = new StringBuilder(source.methods);
        out.append("public long add(").append(PARAMETERS).append(") {\nreturn 0L");
        for (int p = 0; p < source.parts; p++) {
            out.append(" | add").append(p).append('(').append(ARGUMENTS).append(')');
        }
        out.append(";\n}\npublic void remove(").append(PARAMETERS).append(") {\n");
        for (int p = 0; p < source.parts && terms.folds(); p++) {
            out.append("remove").append(p).append('(').append(ARGUMENTS).append(");\n");
        }
        return out.append("}\n").toString();
    }

    static final String PARAMETERS =
            "Object[] in, long[] literals, int[] groups, FusedState state, int rows";
    private static final String ARGUMENTS = "in, literals, groups, state, rows";

    private List<List<Integer>> shares() {
        List<List<Integer>> shares = new ArrayList<>();
        List<Integer> share = new ArrayList<>();
        int nodes = 0;
        for (int term = 0; term < terms.size(); term++) {
            int more = nodes(terms.term(term));
            if (nodes > 0 && nodes + more > NODES_PER_METHOD) {
                shares.add(share);
                share = new ArrayList<>();
                nodes = 0;
            }
            share.add(term);
            nodes += more;
        }
        shares.add(share);
        return shares;
    }

    private int nodes(Expr expr) {
        int source = terms.source(expr);
        int nodes = 1;
        if (source < 0 || forms[source] == Form.NONE) {
            for (Expr input : expr.inputs()) {
                nodes += nodes(input);
            }
        }
        return nodes;
    }

    private int nodes(FusedTerm term) {
        int value = term.value() == null ? 0 : nodes(term.value());
        int filter = term.filter() == null ? 0 : nodes(term.filter());
        int fold =
                switch (term.place()) {
                    case NOWHERE, LONGS -> NODES_PER_TERM;
                    case SUMMED_DOUBLES, BEST_LONGS, BEST_DOUBLES, COLUMNS -> 2 * NODES_PER_TERM;
                };
        return value + filter + fold;
    }

    /** One loop, as a method that adds and one that takes back. */
    private void part(List<Integer> share) {
        FusedExpressions code = new FusedExpressions(terms, forms);
        FusedFolds folds = new FusedFolds(terms, oneGroup);
        if (parts == 0 && terms.folds()) {
            folds.row();
        }
        for (int number : share) {
            FusedTerm term = terms.term(number);
            String valid = code.truth(term.filter());
            if (term.fold() != FusedTerm.Fold.COUNT) {
                FusedExpressions.Value value = code.value(term.value());
                folds.fold(number, value.value(), code.mask(value.valid(), valid));
            } else if (term.value() == null) {
                folds.fold(number, null, valid);
            } else {
                folds.fold(number, null, code.mask(code.validity(term.value()), valid));
            }
        }
        methods.append(folds.methods(parts, code));
        parts++;
    }
}
