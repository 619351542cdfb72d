package org.skep.parser;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.type.Type;

/** What ALTER TABLE changes. Columns are named by a path: members of structs follow a dot. */
public sealed interface Alteration {
    /** One constant per record below; {@code StatementKindTest} keeps them in step. */
    enum Kind {
        ADD_COLUMNS,
        DROP_COLUMNS,
        RENAME_COLUMN,
        CHANGE_COLUMN,
        RENAME_TABLE,
        SET_PROPERTIES,
        UNSET_PROPERTIES,
        ADD_PARTITION_FIELD,
        DROP_PARTITION_FIELD,
        SET_SORTING,
        ADD_RULE,
        DROP_RULE
    }

    Kind kind();

    /**
     * A column to add.
     *
     * @param comment may be null
     * @param place null for the end
     */
    record NewColumn(Name name, Type type, boolean nullable, String comment, ColumnPlace place) {}

    record AddColumns(List<NewColumn> columns, boolean ifNotExists) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.ADD_COLUMNS;
        }

        public AddColumns {
            columns = List.copyOf(columns);
        }
    }

    record DropColumns(List<Name> columns, boolean ifExists) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.DROP_COLUMNS;
        }

        public DropColumns {
            columns = List.copyOf(columns);
        }
    }

    record RenameColumn(Name column, String to) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.RENAME_COLUMN;
        }
    }

    /**
     * ALTER COLUMN and CHANGE COLUMN.
     *
     * @param to the new name
     * @param nullable whether NULL may be in it; as all that follow the column, null to leave it
     */
    record ChangeColumn(
            Name column, String to, Type type, Boolean nullable, String comment, ColumnPlace place)
            implements Alteration {
        @Override
        public Kind kind() {
            return Kind.CHANGE_COLUMN;
        }
    }

    record RenameTable(Name to) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.RENAME_TABLE;
        }
    }

    /**
     * SET TBLPROPERTIES.
     *
     * @param properties in the order typed
     */
    record SetProperties(Map<String, String> properties) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.SET_PROPERTIES;
        }

        public SetProperties {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    record UnsetProperties(List<String> keys, boolean ifExists) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.UNSET_PROPERTIES;
        }

        public UnsetProperties {
            keys = List.copyOf(keys);
        }
    }

    /**
     * ADD PARTITION FIELD.
     *
     * @param name null for the usual one
     */
    record AddPartitionField(PartitionTerm term, String name) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.ADD_PARTITION_FIELD;
        }
    }

    /** DROP PARTITION FIELD; a column's name alone may also be the field's. */
    record DropPartitionField(PartitionTerm term) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.DROP_PARTITION_FIELD;
        }
    }

    /**
     * WRITE ORDERED BY, and WRITE UNORDERED.
     *
     * @param sorting of the files written from now on; empty for none
     */
    record SetSorting(List<SortTerm> sorting) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.SET_SORTING;
        }

        public SetSorting {
            sorting = List.copyOf(sorting);
        }
    }

    record AddRule(TableRule rule) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.ADD_RULE;
        }
    }

    /**
     * DROP CONSTRAINT, and DROP DEFAULT.
     *
     * @param name of the constraint, or of the column
     */
    record DropRule(TableRule.Kind rule, Name name, boolean ifExists) implements Alteration {
        @Override
        public Kind kind() {
            return Kind.DROP_RULE;
        }
    }
}
