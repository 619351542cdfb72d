package org.skep.executor.eval;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.skep.executor.value.Concatenation;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.plan.Expr.Case;
import org.skep.model.plan.Expr.Literal;
import org.skep.model.type.Type;

/**
 * CASE: conditions decide row by row which branch applies, later ones only for rows still open;
 * then each branch is evaluated for its rows. When all branches are constants the result is a
 * dictionary of them.
 */
final class CaseEvaluator implements Evaluator {
    private final Type type;
    private final Subset[] conditions;
    private final Subset[] values;
    private final boolean constants;
    private Column dictionary;

    CaseEvaluator(Case expr, ExpressionCompiler compiler) {
        type = expr.type();
        int branches = expr.branches();
        conditions = new Subset[branches];
        values = new Subset[branches + 1];
        for (int i = 0; i < branches; i++) {
            conditions[i] = new Subset(expr.condition(i), compiler);
            values[i] = new Subset(expr.value(i), compiler);
        }
        values[branches] = new Subset(expr.otherwise(), compiler);
        constants =
                expr.otherwise() instanceof Literal
                        && IntStream.range(0, branches)
                                .allMatch(i -> expr.value(i) instanceof Literal);
    }

    @Override
    public Column evaluate(Batch batch) {
        int rows = batch.rows();
        int[] branch = branches(batch, rows);
        return constants ? choose(branch, rows) : merge(batch, branch, rows);
    }

    private int[] branches(Batch batch, int rows) {
        int[] branch = new int[rows];
        Arrays.fill(branch, conditions.length);
        int[] open = new int[rows];
        for (int i = 0; i < rows; i++) {
            open[i] = i;
        }
        int count = rows;
        int[] hits = new int[rows];
        byte[] taken = new byte[rows];
        for (int k = 0; k < conditions.length && count > 0; k++) {
            Column condition = conditions[k].evaluate(batch, open, count);
            int found = Filter.whereTrue(condition, null, count, hits);
            for (int i = 0; i < found; i++) {
                branch[open[hits[i]]] = k;
                taken[open[hits[i]]] = 1;
            }
            int left = 0;
            for (int i = 0; i < count && found > 0; i++) {
                int row = open[i];
                open[left] = row;
                left += taken[row] ^ 1;
            }
            count = found > 0 ? left : count;
        }
        return branch;
    }

    private Column choose(int[] branch, int rows) {
        if (dictionary == null) {
            ColumnBuilder all = ColumnBuilder.of(type, values.length);
            for (Subset value : values) {
                all.append(value.constantEntry(), 0);
            }
            dictionary = all.build();
        }
        long[] validity =
                dictionary.hasNulls() ? Bits.gather(dictionary.validity(), branch, rows) : null;
        return new DictionaryColumn(branch, dictionary, rows, validity);
    }

    private Column merge(Batch batch, int[] branch, int rows) {
        Column[] parts = new Column[values.length];
        int[] places = new int[rows];
        int total = 0;
        int[] mine = new int[rows];
        for (int k = 0; k < values.length; k++) {
            int count = 0;
            for (int i = 0; i < rows; i++) {
                mine[count] = i;
                count += branch[i] == k ? 1 : 0;
            }
            if (count == rows) {
                return values[k].evaluate(batch, mine, count);
            }
            if (count > 0) {
                parts[k] = values[k].evaluate(batch, mine, count).flat();
                for (int i = 0; i < count; i++) {
                    places[mine[i]] = total + i;
                }
                total += count;
            }
        }
        return Concatenation.of(type, parts, total).gather(places, rows);
    }
}
