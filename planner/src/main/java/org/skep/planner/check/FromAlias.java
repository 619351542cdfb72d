package org.skep.planner.check;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.skep.parser.SkepOperators;

/** By what name expressions call an item of FROM. */
public final class FromAlias {
    private FromAlias() {}

    /** The alias, or a name taken from the item itself; null when there is none, as for a join. */
    public static String of(SqlNode item) {
        if (item.getKind() == SqlKind.AS) {
            return ((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple();
        }
        if (item.getKind() == SqlKind.LATERAL) {
            return of(((SqlCall) item).operand(0));
        }
        if (item instanceof SqlIdentifier name) {
            return name.names.get(name.names.size() - 1);
        }
        return item instanceof SqlCall call && call.getOperator() == SkepOperators.FILE_TABLE
                ? ofFiles(call)
                : null;
    }

    /** The alias of files without one: the first one's name without folder and ending. */
    static String ofFiles(SqlCall call) {
        SqlNode first = ((SqlNodeList) call.operand(1)).get(0);
        String path = ((SqlLiteral) first).getValueAs(String.class);
        String file = path.substring(path.lastIndexOf('/') + 1);
        int point = file.indexOf('.');
        String base = point > 0 ? file.substring(0, point) : file;
        return base.isEmpty() ? "files" : base;
    }
}
