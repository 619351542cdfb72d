package org.skep.model.type;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The columns of a table or of an operator's output, in order. */
public record Schema(List<Field> fields) implements Serializable {
    public Schema {
        fields = List.copyOf(fields);
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    /** Reads what {@link #toString()} writes: {@code a BIGINT, b STRING NOT NULL}. */
    public static Schema parse(String text) {
        return new TypeText(text).schema();
    }

    public int size() {
        return fields.size();
    }

    public Field field(int column) {
        return fields.get(column);
    }

    public Type type(int column) {
        return fields.get(column).type();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    public List<Type> types() {
        return fields.stream().map(Field::type).toList();
    }

    /** The place of the column called {@code name}: exact case first, any case next; else -1. */
    public int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    public Schema select(List<Integer> columns) {
        return new Schema(columns.stream().map(fields::get).toList());
    }

    public Schema concat(Schema other) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(other.fields);
        return new Schema(all);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Field field : fields) {
            out.append(out.length() > 0 ? ", " : "")
                    .append(TypeText.quoted(field.name()))
                    .append(' ')
                    .append(field.type())
                    .append(field.nullable() ? "" : " NOT NULL");
        }
        return out.toString();
    }
}
