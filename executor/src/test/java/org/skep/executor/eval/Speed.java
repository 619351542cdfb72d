package org.skep.executor.eval;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.data.*;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

public class Speed {
    public static void main(String[] a) throws Exception {
        long t = System.nanoTime();
        var lib = FunctionLibrary.standard();
        int n = lib.scalarNames().size();
        long t2 = System.nanoTime();
        int m = lib.aggregateNames().size();
        long t3 = System.nanoTime();
        System.out.printf(
                "start: scalar %d names %.1f ms, aggregates %d names %.1f ms%n",
                n, (t2 - t) / 1e6, m, (t3 - t2) / 1e6);
        int rows = 2048;
        Random r = new Random(1);
        Type money = Type.decimal(15, 2);
        long[] price = r.longs(rows, 100, 10_000_000).toArray();
        long[] disc = r.longs(rows, 0, 11).toArray();
        int[] date = r.ints(rows, 8000, 10500).toArray();
        long[] qty = r.longs(rows, 100, 5000).toArray();
        int[] groups = r.ints(rows, 0, 4).toArray();
        ColumnBuilder text = ColumnBuilder.of(Type.STRING, rows);
        for (int i = 0; i < rows; i++)
            text.appendString("Customer#" + r.nextInt(100000) + " special");
        Batch b =
                new Batch(
                        rows,
                        new LongColumn(money, price, rows, null),
                        new LongColumn(money, disc, rows, null),
                        new IntColumn(Type.DATE, date, rows, null),
                        new LongColumn(money, qty, rows, null),
                        text.build());
        Expr p = new Expr.Input(0, money),
                d = new Expr.Input(1, money),
                dt = new Expr.Input(2, Type.DATE),
                q = new Expr.Input(3, money),
                s = new Expr.Input(4, Type.STRING);
        Expr q6 =
                new Expr.And(
                        List.of(
                                new Expr.Compare(
                                        Expr.Comparison.GREATER_OR_EQUAL,
                                        dt,
                                        new Expr.Literal(8766, Type.DATE)),
                                new Expr.Compare(
                                        Expr.Comparison.LESS,
                                        dt,
                                        new Expr.Literal(9131, Type.DATE)),
                                new Expr.Compare(
                                        Expr.Comparison.GREATER_OR_EQUAL,
                                        d,
                                        new Expr.Literal(new BigDecimal("0.05"), money)),
                                new Expr.Compare(
                                        Expr.Comparison.LESS_OR_EQUAL,
                                        d,
                                        new Expr.Literal(new BigDecimal("0.07"), money)),
                                new Expr.Compare(
                                        Expr.Comparison.LESS,
                                        q,
                                        new Expr.Literal(new BigDecimal("24.00"), money))));
        int[] sel = new int[rows];
        Predicate pred = Expressions.predicate(q6);
        time("q6 filter", () -> pred.select(b, sel));
        Type wide = Type.decimal(31, 4);
        Expr one = new Expr.Literal(new BigDecimal("1.00"), money);
        Evaluator rev =
                Expressions.evaluator(
                        new Expr.Arithmetic(
                                Expr.Operator.MULTIPLY,
                                p,
                                new Expr.Arithmetic(
                                        Expr.Operator.SUBTRACT, one, d, Type.decimal(16, 2)),
                                wide));
        time("price*(1-disc) dec31", () -> rev.evaluate(b).rows());
        Evaluator add =
                Expressions.evaluator(
                        new Expr.Arithmetic(Expr.Operator.ADD, p, q, Type.decimal(16, 2)));
        time("dec add", () -> add.evaluate(b).rows());
        Column wideCol = rev.evaluate(b);
        for (var e : List.of("sum", "avg", "min", "count")) {
            for (Column c : List.of(b.column(0), wideCol)) {
                var sig = lib.aggregate(e, List.of(c.type())).get();
                var acc = FunctionLibrary.aggregateFunction(e).accumulator(sig);
                Column[] args = {c};
                time(
                        e + " " + c.type() + " 4 groups",
                        () -> {
                            acc.add(args, groups, rows, 4);
                            return 0;
                        });
            }
        }
        for (Expr e :
                List.of(
                        new Expr.Call("upper", List.of(s), Type.STRING),
                        new Expr.Call(
                                "substr",
                                List.of(
                                        s,
                                        new Expr.Literal(3, Type.INTEGER),
                                        new Expr.Literal(5, Type.INTEGER)),
                                Type.STRING),
                        new Expr.Call("length", List.of(s), Type.INTEGER),
                        new Expr.Call("year", List.of(dt), Type.INTEGER),
                        new Expr.Call(
                                "regexp_like",
                                List.of(s, new Expr.Literal("9.*sp", Type.STRING)),
                                Type.BOOLEAN),
                        new Expr.Like(s, "%special%", null, true),
                        new Expr.Like(s, "Customer#1%", null, true),
                        new Expr.Cast(dt, Type.STRING, false),
                        new Expr.Cast(p, Type.STRING, false),
                        new Expr.Cast(p, Type.DOUBLE, false))) {
            Evaluator v = Expressions.evaluator(e);
            time(e.toString().substring(0, 30), () -> v.evaluate(b).rows());
        }
    }

    interface Run {
        int run();
    }

    static void time(String name, Run run) throws Exception {
        for (int i = 0; i < 3000; i++) run.run();
        Thread.sleep(300);
        for (int i = 0; i < 3000; i++) run.run();
        long t = System.nanoTime();
        int n = 5000;
        for (int i = 0; i < n; i++) run.run();
        System.out.printf("%-45s %.2f ns/row%n", name, (System.nanoTime() - t) / (double) n / 2048);
    }
}
