package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** From the schema of a Parquet file to ours, and from those of several files to one. */
final class Schemas {
    /** Our schema as text in the footers we write: for types that Parquet does not tell apart. */
    static final String KEY = "skep.schema";

    private Schemas() {}

    /** The columns of a file. */
    static Schema of(Footer footer, String file) {
        try {
            List<Field> fields = new ArrayList<>();
            for (Node child : footer.schema.children) {
                fields.add(field(child));
            }
            return restored(new Schema(fields), footer.texts());
        } catch (RuntimeException e) {
            throw Place.of(file).error(e);
        }
    }

    private static Field field(Node node) {
        return new Field(node.name(), type(node), !node.isRequired() && !node.isRepeated());
    }

    static Type type(Node node) {
        if (node.isRepeated()) {
            return Type.array(single(node));
        }
        return single(node);
    }

    private static Type single(Node node) {
        if (node.isLeaf()) {
            return LeafType.of(node).type();
        }
        if (Nesting.isMap(node)) {
            Node entry = node.children.get(0);
            return Type.map(type(entry.children.get(0)), type(entry.children.get(1)));
        }
        if (Nesting.isList(node)) {
            Node element = Nesting.element(node);
            return Type.array(element == node.children.get(0) ? single(element) : type(element));
        }
        return Type.struct(node.children.stream().map(Schemas::field).toList());
    }

    /** Takes over types that our writer noted, where the file's own can be read as them. */
    private static Schema restored(Schema found, Map<String, String> texts) {
        String noted = texts.get(KEY);
        if (noted == null) {
            return found;
        }
        Schema ours;
        try {
            ours = Schema.parse(noted);
        } catch (IllegalArgumentException | QueryException notOurs) {
            return found; // the note is a help, the file is complete without it
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Field field = found.field(i);
            boolean known =
                    ours.size() == found.size() && ours.field(i).name().equals(field.name());
            Type type = known ? restored(field.type(), ours.type(i)) : field.type();
            fields.add(new Field(field.name(), type, field.nullable()));
        }
        return new Schema(fields);
    }

    private static Type restored(Type found, Type noted) {
        if (found.kind() != noted.kind()) {
            boolean interval =
                    noted.kind() == Type.Kind.INTERVAL_MONTH
                            || noted.kind() == Type.Kind.INTERVAL_DAY;
            return interval && Widening.between(found, noted) != null ? noted : found;
        }
        if (!found.isNested() || found.children().size() != noted.children().size()) {
            return found;
        }
        List<Field> children = new ArrayList<>();
        for (int i = 0; i < found.children().size(); i++) {
            Field child = found.children().get(i);
            Type type = restored(child.type(), noted.children().get(i).type());
            children.add(new Field(child.name(), type, child.nullable()));
        }
        return new Type(found.kind(), 0, 0, children);
    }

    /**
     * The schema of files that have either: columns are matched by name, those of {@code other}
     * that {@code one} lacks come last, and types that differ become the wider one.
     */
    static Schema union(Schema one, Schema other, String otherFile) {
        if (one.equals(other)) {
            return one;
        }
        List<Field> fields = new ArrayList<>();
        for (Field field : one.fields()) {
            int at = other.indexOf(field.name());
            Field match = at < 0 ? null : other.field(at);
            Type type = at < 0 ? field.type() : wider(field, match.type(), otherFile);
            boolean nullable = at < 0 || field.nullable() || match.nullable();
            fields.add(new Field(field.name(), type, nullable));
        }
        for (Field field : other.fields()) {
            if (one.indexOf(field.name()) < 0) {
                fields.add(new Field(field.name(), field.type(), true));
            }
        }
        return new Schema(fields);
    }

    private static Type wider(Field field, Type other, String otherFile) {
        Type type = field.type();
        if (type.equals(other) || Widening.between(other, type) != null) {
            return type;
        }
        if (Widening.between(type, other) != null) {
            return other;
        }
        Type nested = type.kind() == other.kind() ? nested(field, other, otherFile) : null;
        if (nested == null) {
            throw new QueryException(
                    ErrorCode.TYPE_MISMATCH,
                    "column %s is %s in some files and %s in %s"
                            .formatted(field.name(), type, other, otherFile),
                    "read the files one by one, or declare the columns");
        }
        return nested;
    }

    private static Type nested(Field field, Type other, String otherFile) {
        return switch (field.type().kind()) {
            case ARRAY ->
                    Type.array(
                            wider(
                                    new Field(field.name(), field.type().element()),
                                    other.element(),
                                    otherFile));
            case MAP, STRUCT ->
                    new Type(
                            other.kind(),
                            0,
                            0,
                            union(
                                            new Schema(field.type().children()),
                                            new Schema(other.children()),
                                            otherFile)
                                    .fields());
            default -> null;
        };
    }
}
