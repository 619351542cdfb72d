package org.skep.parser;

import java.util.List;
import java.util.Map;
import org.skep.parser.grammar.SkepParser.DirectoryClauseContext;
import org.skep.parser.grammar.SkepParser.DirectoryDelimiterContext;
import org.skep.parser.grammar.SkepParser.DirectoryOptionsContext;
import org.skep.parser.grammar.SkepParser.DirectorySingleFileContext;
import org.skep.parser.grammar.SkepParser.DirectoryStoredAsContext;
import org.skep.parser.grammar.SkepParser.DirectoryUsingContext;

/** How INSERT OVERWRITE DIRECTORY writes; Hive's text when nothing is said. */
final class DirectoryClauses {
    private final FileOptions options = new FileOptions();
    private String format;

    DirectoryClauses(List<DirectoryClauseContext> clauses) {
        clauses.forEach(this::add);
        if (format == null || format.equals(FileOptions.TEXTFILE)) {
            options.asHiveText();
            format = "csv";
        }
    }

    String format() {
        return format;
    }

    Map<String, String> options() {
        return options.map();
    }

    private void add(DirectoryClauseContext clause) {
        if (clause instanceof DirectoryStoredAsContext stored) {
            format = FileOptions.format(Identifiers.text(stored.name()));
        } else if (clause instanceof DirectoryUsingContext using) {
            format = FileOptions.format(Identifiers.text(using.name()));
        } else if (clause instanceof DirectoryOptionsContext given) {
            options.putAll(given.properties());
        } else if (clause instanceof DirectoryDelimiterContext given) {
            options.put(given.delimiter());
        } else if (clause instanceof DirectorySingleFileContext) {
            options.put("single_file", "true");
        }
    }
}
