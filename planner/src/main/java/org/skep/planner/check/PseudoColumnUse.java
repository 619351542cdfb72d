package org.skep.planner.check;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.skep.model.file.FileTable;
import org.skep.planner.check.FilesTable.PseudoColumns;

/** Whether a query names pseudo-columns: only then its tables show any. */
final class PseudoColumnUse {
    private PseudoColumnUse() {}

    static PseudoColumns of(SqlNode query) {
        boolean[] found = new boolean[1];
        query.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlIdentifier identifier) {
                        String last = identifier.names.get(identifier.names.size() - 1);
                        found[0] |= isPseudoColumn(last);
                        return null;
                    }
                });
        return found[0] ? PseudoColumns.SHOWN : PseudoColumns.HIDDEN;
    }

    private static boolean isPseudoColumn(String name) {
        return FileTable.PSEUDO_COLUMNS.stream()
                .anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    /** A star stands for the columns of the files only, also when pseudo-columns are in sight. */
    static void hide(SqlSelect select) {
        SqlNodeList items = select.getSelectList();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof SqlIdentifier star && star.isStar()) {
                SqlParserPos pos = star.getParserPosition();
                SqlNodeList hidden = new SqlNodeList(pos);
                FileTable.PSEUDO_COLUMNS.forEach(
                        field -> hidden.add(new SqlIdentifier(field.name(), pos)));
                items.set(i, new SqlStarExclude(pos, star, hidden));
            }
        }
    }
}
