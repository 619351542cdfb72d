package org.skep.planner.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.skep.parser.Syntax;

/** Finds what is legal but probably not meant. Of hints {@link JoinHints} tells. */
public final class Lints extends SqlBasicVisitor<Void> {
    private static final Pattern DAYS =
            Pattern.compile(".*_(\\d+)d(ays?)?", Pattern.CASE_INSENSITIVE);

    private final List<String> found = new ArrayList<>();

    private Lints() {}

    /** Warnings, in the order of the text. */
    public static List<String> of(Syntax query) {
        Lints lints = new Lints();
        query.node().accept(lints);
        return lints.found;
    }

    @Override
    public Void visit(SqlCall call) {
        if (call.getKind() == SqlKind.BETWEEN) {
            emptyBetween(call);
        }
        if (call.getKind() == SqlKind.AS) {
            frameNamedByDays(call);
        }
        return super.visit(call);
    }

    /** {@code hour BETWEEN 22 AND 6} is true for no hour. */
    private void emptyBetween(SqlCall call) {
        BigDecimal low = number(call.operand(1));
        BigDecimal high = number(call.operand(2));
        if (low != null && high != null && low.compareTo(high) > 0) {
            boolean negated =
                    call.getOperator().getName().toUpperCase(java.util.Locale.ROOT).contains("NOT");
            warn(
                    "L0101",
                    call,
                    "BETWEEN %s AND %s is %s true; did you mean >= %s OR <= %s?"
                            .formatted(low, high, negated ? "always" : "never", low, high));
        }
    }

    /** {@code ROWS BETWEEN 7 PRECEDING AND CURRENT ROW} called {@code avg_7d} has eight rows. */
    private void frameNamedByDays(SqlCall as) {
        if (!(as.operand(1) instanceof SqlIdentifier alias)
                || as.operand(0).getKind() != SqlKind.OVER
                || !(((SqlCall) as.operand(0)).operand(1) instanceof SqlWindow window)
                || !window.isRows()
                || !(window.getLowerBound() instanceof SqlCall bound)
                || window.getUpperBound() == null
                || !SqlWindow.isCurrentRow(window.getUpperBound())) {
            return;
        }
        Matcher days = DAYS.matcher(alias.getSimple());
        BigDecimal preceding = bound.operandCount() == 1 ? number(bound.operand(0)) : null;
        if (days.matches() && preceding != null && preceding.toString().equals(days.group(1))) {
            warn(
                    "L0102",
                    as,
                    "the frame of '%s' has %s rows, the current one included; %s rows are %s PRECEDING"
                            .formatted(
                                    alias.getSimple(),
                                    preceding.add(BigDecimal.ONE),
                                    preceding,
                                    preceding.subtract(BigDecimal.ONE)));
        }
    }

    private static BigDecimal number(SqlNode node) {
        return node instanceof SqlNumericLiteral literal
                ? ((SqlLiteral) literal).bigDecimalValue()
                : null;
    }

    private void warn(String code, SqlNode node, String message) {
        found.add(
                "%s (line %d): %s".formatted(code, node.getParserPosition().getLineNum(), message));
    }
}
