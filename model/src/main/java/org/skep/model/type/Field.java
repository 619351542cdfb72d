package org.skep.model.type;

import java.io.Serializable;
import java.util.Objects;

/** A named column or struct member. Names keep their case and are found regardless of it. */
public record Field(String name, Type type, boolean nullable) implements Serializable {
    public Field {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }

    public Field(String name, Type type) {
        this(name, type, true);
    }

    @Override
    public String toString() {
        return name + " " + type + (nullable ? "" : " NOT NULL");
    }
}
