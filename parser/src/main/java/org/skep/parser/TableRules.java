package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.skep.parser.grammar.SkepParser.CheckContext;
import org.skep.parser.grammar.SkepParser.ColumnDefinitionContext;
import org.skep.parser.grammar.SkepParser.ColumnRuleContext;
import org.skep.parser.grammar.SkepParser.CommentContext;
import org.skep.parser.grammar.SkepParser.ExpressionContext;

/** What is said of columns behind their types, and CHECKs. */
final class TableRules {
    private final ExpressionTranslation expressions;

    TableRules(ExpressionTranslation expressions) {
        this.expressions = expressions;
    }

    static boolean isNullable(ColumnDefinitionContext column) {
        return column.columnRule().stream().noneMatch(rule -> rule.NOT() != null);
    }

    /** The last comment; null when there is none. */
    static CommentContext comment(ColumnDefinitionContext column) {
        CommentContext comment = null;
        for (ColumnRuleContext rule : column.columnRule()) {
            comment = rule.comment() == null ? comment : rule.comment();
        }
        return comment;
    }

    List<TableRule> of(ColumnDefinitionContext column) {
        List<TableRule> rules = new ArrayList<>();
        for (ColumnRuleContext rule : column.columnRule()) {
            if (rule.check() != null) {
                rules.add(check(rule.check()));
            } else if (rule.expression() != null) {
                rules.add(defaultOf(Identifiers.text(column.name()), rule.expression()));
            }
        }
        return rules;
    }

    TableRule check(CheckContext check) {
        String name = check.name() == null ? null : Identifiers.text(check.name());
        return rule(TableRule.Kind.CHECK, name, check.expression());
    }

    TableRule defaultOf(String column, ExpressionContext value) {
        return rule(TableRule.Kind.DEFAULT, column, value);
    }

    private TableRule rule(TableRule.Kind kind, String name, ExpressionContext expression) {
        return new TableRule(
                kind,
                name,
                CommandTranslation.text(expression),
                new Syntax(TreeDepth.checked(expressions.expression(expression))),
                Places.position(expression));
    }
}
