package org.skep.parser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.QueryException;
import org.skep.model.file.PartitionKey.Transform;
import org.skep.model.type.Field;
import org.skep.model.type.Type;
import org.skep.parser.grammar.SkepParser.ClusteredByClauseContext;
import org.skep.parser.grammar.SkepParser.ColumnDefinitionContext;
import org.skep.parser.grammar.SkepParser.CommentClauseContext;
import org.skep.parser.grammar.SkepParser.CommentContext;
import org.skep.parser.grammar.SkepParser.CreateTableContext;
import org.skep.parser.grammar.SkepParser.DelimitedClauseContext;
import org.skep.parser.grammar.SkepParser.DirectionContext;
import org.skep.parser.grammar.SkepParser.InputFormatClauseContext;
import org.skep.parser.grammar.SkepParser.LocationClauseContext;
import org.skep.parser.grammar.SkepParser.NameContext;
import org.skep.parser.grammar.SkepParser.NumberContext;
import org.skep.parser.grammar.SkepParser.OptionsClauseContext;
import org.skep.parser.grammar.SkepParser.PartitionColumnContext;
import org.skep.parser.grammar.SkepParser.PartitionFieldContext;
import org.skep.parser.grammar.SkepParser.PartitionTransformContext;
import org.skep.parser.grammar.SkepParser.PartitionedByClauseContext;
import org.skep.parser.grammar.SkepParser.PropertiesClauseContext;
import org.skep.parser.grammar.SkepParser.SerdeClauseContext;
import org.skep.parser.grammar.SkepParser.SortColumnContext;
import org.skep.parser.grammar.SkepParser.SortedByClauseContext;
import org.skep.parser.grammar.SkepParser.SortedByContext;
import org.skep.parser.grammar.SkepParser.StoredAsClauseContext;
import org.skep.parser.grammar.SkepParser.TableClauseContext;
import org.skep.parser.grammar.SkepParser.TableElementContext;
import org.skep.parser.grammar.SkepParser.UsingClauseContext;

/** The clauses of CREATE TABLE, Hive's and Spark's, in any order. */
final class TableClauses {
    private final List<Field> columns = new ArrayList<>();
    private final List<Field> partitionColumns = new ArrayList<>();
    private final List<PartitionTerm> partitioning = new ArrayList<>();
    private final List<SortTerm> sorting = new ArrayList<>();
    private final FileOptions options = new FileOptions();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> comments = new LinkedHashMap<>();
    private final List<TableRule> rules = new ArrayList<>();
    private final boolean query;
    private String format;
    private boolean delimited;
    private String location;
    private String comment;

    TableClauses(CreateTableContext context, TableRules ofColumns) {
        query = context.query() != null;
        for (TableElementContext element : context.tableElement()) {
            ColumnDefinitionContext column = element.columnDefinition();
            if (column == null) {
                rules.add(ofColumns.check(element.check()));
                continue;
            }
            Type type = Types.type(column.type());
            String name = Identifiers.text(column.name());
            columns.add(new Field(name, type, TableRules.isNullable(column)));
            comment(name, TableRules.comment(column));
            rules.addAll(ofColumns.of(column));
        }
        context.tableClause().forEach(this::add);
        finish();
    }

    List<Field> columns() {
        return columns;
    }

    List<Field> partitionColumns() {
        return partitionColumns;
    }

    List<TableRule> rules() {
        return rules;
    }

    List<PartitionTerm> partitioning() {
        return partitioning;
    }

    List<SortTerm> sorting() {
        return sorting;
    }

    String format() {
        return format;
    }

    Map<String, String> options() {
        return options.map();
    }

    String location() {
        return location;
    }

    Map<String, String> properties() {
        return properties;
    }

    String comment() {
        return comment;
    }

    /** Of columns, by their names. */
    Map<String, String> comments() {
        return comments;
    }

    private void comment(String column, CommentContext text) {
        if (text != null) {
            comments.put(column, CommandTranslation.comment(text));
        }
    }

    private void add(TableClauseContext clause) {
        SqlParserPos place = Places.of(clause);
        if (clause instanceof UsingClauseContext using) {
            format(FileOptions.format(Identifiers.text(using.name())), place);
        } else if (clause instanceof StoredAsClauseContext stored) {
            format(FileOptions.format(Identifiers.text(stored.name())), place);
        } else if (clause instanceof InputFormatClauseContext classes) {
            format(inputFormat(CommandTranslation.string(classes.STRING(0)), place), place);
        } else if (clause instanceof PartitionedByClauseContext partitioned) {
            partitioned.partitionField().forEach(this::partition);
        } else if (clause instanceof DelimitedClauseContext rows) {
            delimited = true;
            rows.delimiter().forEach(options::put);
        } else if (clause instanceof SerdeClauseContext serde) {
            if (serde.properties() != null) {
                options.putAll(serde.properties());
            }
            format = options.serde(CommandTranslation.string(serde.STRING()), place);
        } else if (clause instanceof OptionsClauseContext given) {
            options.putAll(given.properties());
        } else if (clause instanceof PropertiesClauseContext given) {
            properties.putAll(FileOptions.properties(given.properties()));
        } else if (clause instanceof LocationClauseContext given) {
            location = CommandTranslation.string(given.STRING());
        } else if (clause instanceof CommentClauseContext given) {
            comment = CommandTranslation.comment(given.comment());
        } else if (clause instanceof ClusteredByClauseContext buckets) {
            bucket(buckets);
        } else if (clause instanceof SortedByClauseContext sorted) {
            sort(sorted.sortedBy());
        }
    }

    /** A SerDe says more than the file format that Hive wants beside it. */
    private void format(String stated, SqlParserPos place) {
        boolean serde = format != null && stated.equals(FileOptions.TEXTFILE);
        if (serde) {
            return;
        }
        boolean clash = format != null && !format.equals(stated);
        if (clash) {
            throw Places.syntaxError(
                    place,
                    "format %s after format %s".formatted(stated, format),
                    "name one format");
        }
        format = stated;
    }

    private static String inputFormat(String className, SqlParserPos place) {
        String lower = className.toLowerCase(Locale.ROOT);
        if (lower.contains("parquet")) {
            return "parquet";
        }
        if (lower.contains("textinputformat")) {
            return FileOptions.TEXTFILE;
        }
        throw Places.notSupported(
                place,
                "the input format '%s'".formatted(className),
                "use STORED AS PARQUET or TEXTFILE");
    }

    private void partition(PartitionFieldContext context) {
        partitioning.add(term(context));
        if (!(context instanceof PartitionColumnContext field)) {
            return;
        }
        String name = Identifiers.text(field.name());
        if (field.type() != null) {
            partitionColumns.add(new Field(name, Types.type(field.type())));
            comment(name, field.comment());
        } else if (!query) {
            partitionColumns.add(declared(name, field));
        }
    }

    /** Hive's buckets are partitions by a hash of one column. */
    private void bucket(ClusteredByClauseContext context) {
        List<NameContext> names = context.columnNames().name();
        if (names.size() > 1) {
            throw Places.notSupported(
                    Places.of(names.get(1)),
                    "a table CLUSTERED BY several columns",
                    "cluster by the column with the most values, or write PARTITIONED BY (bucket(8, a), bucket(8, b))");
        }
        partitioning.add(
                new PartitionTerm(
                        Identifiers.text(names.get(0)),
                        Transform.BUCKET,
                        width(context.number()),
                        Places.position(names.get(0))));
        if (context.sortedBy() != null) {
            sort(context.sortedBy());
        }
    }

    private void sort(SortedByContext context) {
        if (!sorting.isEmpty()) {
            throw Places.syntaxError(
                    Places.of(context), "SORTED BY twice", "name all columns in one SORTED BY");
        }
        context.sortColumn().forEach(column -> sorting.add(sortTerm(column)));
    }

    static SortTerm sortTerm(SortColumnContext context) {
        DirectionContext direction = context.direction();
        boolean ascending = direction.DESC() == null;
        boolean nullsFirst = direction.NULLS() == null ? ascending : direction.FIRST() != null;
        return new SortTerm(
                Identifiers.text(context.name()), ascending, nullsFirst, Places.position(context));
    }

    /** One of the things that PARTITIONED BY names. */
    static PartitionTerm term(PartitionFieldContext context) {
        if (context instanceof PartitionTransformContext transform) {
            return transform(transform);
        }
        String name = Identifiers.text(((PartitionColumnContext) context).name());
        return new PartitionTerm(name, Transform.IDENTITY, 0, Places.position(context));
    }

    private static PartitionTerm transform(PartitionTransformContext context) {
        String name = Identifiers.text(context.name(0)).toLowerCase(Locale.ROOT);
        Transform transform =
                switch (name) {
                    case "identity" -> Transform.IDENTITY;
                    case "year", "years" -> Transform.YEARS;
                    case "month", "months" -> Transform.MONTHS;
                    case "day", "days", "date" -> Transform.DAYS;
                    case "hour", "hours", "date_hour" -> Transform.HOURS;
                    case "bucket" -> Transform.BUCKET;
                    case "truncate" -> Transform.TRUNCATE;
                    default ->
                            throw Places.syntaxError(
                                    Places.of(context.name(0)),
                                    "no partition transform '%s'".formatted(name),
                                    "transforms are years, months, days, hours, bucket(16, id) and truncate(4, name)");
                };
        boolean wide = transform == Transform.BUCKET || transform == Transform.TRUNCATE;
        if (wide != (context.number() != null)) {
            throw Places.syntaxError(
                    Places.of(context),
                    wide
                            ? "%s needs a number and a column".formatted(name)
                            : "%s takes a column only".formatted(name),
                    wide ? "for example %s(16, id)".formatted(name) : null);
        }
        return new PartitionTerm(
                Identifiers.text(context.name(1)),
                transform,
                wide ? width(context.number()) : 0,
                Places.position(context));
    }

    private static int width(NumberContext context) {
        try {
            int width = Integer.parseInt(context.getText());
            if (width > 0) {
                return width;
            }
        } catch (NumberFormatException tooLargeOrNoInteger) {
            // said below
        }
        throw Places.syntaxError(Places.of(context), "not a number of buckets or characters", null);
    }

    /** Spark's PARTITIONED BY names columns from the list. */
    private Field declared(String name, PartitionColumnContext field) {
        for (Field column : columns) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        throw noColumn(name, field);
    }

    private static QueryException noColumn(String name, PartitionColumnContext field) {
        return Places.syntaxError(
                Places.of(field),
                "partition column '%s' has no type".formatted(name),
                "write PARTITIONED BY (%s STRING), or add it to the columns".formatted(name));
    }

    private void finish() {
        boolean hiveText = format == null ? delimited : format.equals(FileOptions.TEXTFILE);
        boolean lines =
                hiveText
                        && !delimited
                        && columns.size() == 1
                        && partitionColumns.stream().noneMatch(columns::contains)
                        && columns.get(0).type().equals(Type.STRING);
        if (lines) {
            format = "text";
        } else if (hiveText) {
            options.asHiveText();
            format = "csv";
        }
        String skipped = properties.get("skip.header.line.count");
        if (skipped != null && !skipped.equals("0")) {
            options.put("header", "true");
        }
    }
}
