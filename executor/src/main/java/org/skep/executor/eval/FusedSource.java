package org.skep.executor.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        for (int p = 0; p < source.parts; p++) {
            out.append("remove").append(p).append('(').append(ARGUMENTS).append(");\n");
        }
        return out.append("}\n").toString();
    }

    private static final String PARAMETERS =
            "Object[] in, long[] literals, int[] groups, long[] state, long[] missing, int rows";
    private static final String ARGUMENTS = "in, literals, groups, state, missing, rows";

    /** How many longs a group has in {@code state}: a power of two, or whole cache lines. */
    static int stride(int sums) {
        int wanted = 1 + sums;
        return wanted <= 8
                ? Math.max(1, Integer.highestOneBit(2 * wanted - 1))
                : (wanted + 7) / 8 * 8;
    }

    private List<List<Integer>> shares() {
        List<List<Integer>> shares = new ArrayList<>();
        List<Integer> share = new ArrayList<>();
        int nodes = 0;
        for (int term = 0; term < terms.size(); term++) {
            int more = nodes(terms.term(term)) + NODES_PER_TERM;
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

    /** One loop, as a method that adds and one that takes back. */
    private void part(List<Integer> share) {
        FusedExpressions code = new FusedExpressions(terms, forms);
        StringBuilder sums = new StringBuilder();
        Map<String, String> locals = new LinkedHashMap<>(); // accumulators and what they are for
        boolean counts = parts == 0;
        if (counts) {
            update(sums, locals, "state", "g", "r", "1L");
        }
        for (int term : share) {
            int slot = terms.slot(term);
            FusedExpressions.Value value =
                    slot < 0
                            ? new FusedExpressions.Value("0L", code.validity(terms.term(term)))
                            : code.value(terms.term(term));
            String valid = value.valid();
            if (slot >= 0) {
                String v = value.value();
                String masked = valid == null ? v : "(" + v + " & " + valid + ")";
                sums.append("far |= ")
                        .append(masked)
                        .append(" ^ ")
                        .append(masked)
                        .append(" >> 63;\n");
                update(sums, locals, "state", "g + " + (1 + slot), "s" + term, masked);
            }
            if (valid != null) {
                String at = "h + " + term;
                update(sums, locals, "missing", at, "m" + term, "(" + valid + " + 1L)");
            }
        }
        String loop = code.declarations() + accumulators(locals) + loop(code, sums, locals);
        for (String name : List.of("add", "remove")) {
            String sign = name.equals("add") ? "+" : "-";
            methods.append("private static long ")
                    .append(name + parts + "(" + PARAMETERS + ") {\n")
                    .append("long bad = 0L; long high = 0L; long far = 0L;\n")
                    .append(loop.replace("@", sign))
                    .append("return bad < 0L || high != 0L ? -1L : far;\n}\n");
        }
        parts++;
    }

    /** Adds to a slot of the row's group; when there is one group only, to a local variable. */
    private void update(
            StringBuilder out,
            Map<String, String> locals,
            String array,
            String place,
            String local,
            String value) {
        if (oneGroup) {
            out.append(local).append(" += ").append(value).append(";\n");
            locals.put(local, array + "[" + place.replaceAll("^[gh]", "0") + "]");
        } else {
            out.append(array + "[" + place + "] @= " + value + ";\n");
        }
    }

    private static String accumulators(Map<String, String> locals) {
        StringBuilder out = new StringBuilder();
        locals.keySet().forEach(local -> out.append("long ").append(local).append(" = 0L;\n"));
        return out.toString();
    }

    private String loop(FusedExpressions code, StringBuilder sums, Map<String, String> locals) {
        StringBuilder out = new StringBuilder("for (int i = 0; i < rows; i++) {\n");
        if (!oneGroup) {
            out.append("int g = groups[i] * ").append(stride(terms.sums())).append(";\n");
            out.append("int h = groups[i] * ").append(terms.size()).append(";\n");
        }
        out.append(code.body()).append(sums).append("}\n");
        locals.forEach((local, place) -> out.append(place + " @= " + local + ";\n"));
        return out.toString();
    }
}
