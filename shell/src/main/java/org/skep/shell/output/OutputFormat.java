package org.skep.shell.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of results, by the names that {@code --format} takes in lower case. */
public enum OutputFormat {
    TABLE(new TablePrinter()),
    VERTICAL(new VerticalPrinter()),
    CSV(new CsvPrinter()),
    TSV(new TsvPrinter()),
    JSON(new JsonPrinter(JsonPrinter.Frame.ARRAY)),
    JSONL(new JsonPrinter(JsonPrinter.Frame.LINES)),
    MARKDOWN(new MarkdownPrinter());

    private final RowPrinter printer;

    OutputFormat(RowPrinter printer) {
        this.printer = printer;
    }

    public RowPrinter printer() {
        return printer;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(OutputFormat::label).toList();
    }

    public static Optional<OutputFormat> of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equalsIgnoreCase(label))
                .findFirst();
    }
}
