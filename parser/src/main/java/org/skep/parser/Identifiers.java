package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.NameContext;
import org.skep.parser.grammar.SkepParser.QualifiedNameContext;

/** Names as Calcite's identifiers and as ours. */
final class Identifiers {
    private Identifiers() {}

    /** The name that a rule of one token holds. */
    static String text(ParserRuleContext name) {
        String text = Strings.name(name.getStart().getText());
        if (text.isEmpty()) {
            throw Places.syntaxError(Places.of(name), "empty name", "text is written in '…'");
        }
        return text;
    }

    static SqlParserPos place(ParserRuleContext name) {
        char quote = name.getStart().getText().charAt(0);
        return Places.of(name).withQuoting(quote == '"' || quote == '`');
    }

    static SqlIdentifier of(ParserRuleContext name) {
        return new SqlIdentifier(text(name), place(name));
    }

    static SqlIdentifier of(QualifiedNameContext name) {
        return compound(name.name());
    }

    static SqlIdentifier compound(List<? extends ParserRuleContext> parts) {
        List<String> texts = new ArrayList<>();
        List<SqlParserPos> places = new ArrayList<>();
        for (ParserRuleContext part : parts) {
            texts.add(text(part));
            places.add(place(part));
        }
        return new SqlIdentifier(texts, null, SqlParserPos.sum(places), places);
    }

    static SqlIdentifier star(QualifiedNameContext name, SqlParserPos place) {
        SqlIdentifier prefix = of(name);
        List<String> texts = new ArrayList<>(prefix.names);
        List<SqlParserPos> places = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            places.add(prefix.getComponentParserPosition(i));
        }
        texts.add("");
        places.add(place);
        return SqlIdentifier.star(texts, place, places);
    }

    static List<String> texts(List<NameContext> names) {
        return names.stream().map(Identifiers::text).toList();
    }

    static SqlNodeList list(List<NameContext> names) {
        List<SqlNode> list = new ArrayList<>();
        names.forEach(name -> list.add(of(name)));
        return new SqlNodeList(list, SqlParserPos.sum(list));
    }

    static Name name(NameContext name) {
        return new Name(List.of(text(name)), Places.position(name));
    }

    static Name name(QualifiedNameContext name) {
        return new Name(texts(name.name()), Places.position(name));
    }
}
