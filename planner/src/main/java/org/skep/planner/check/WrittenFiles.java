package org.skep.planner.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.skep.model.file.FileSource;

/** Files as FROM names them: a format, paths, options. */
final class WrittenFiles {
    private WrittenFiles() {}

    static FileSource of(SqlCall call) {
        SqlNode format = call.operand(0);
        List<String> paths = new ArrayList<>();
        for (SqlNode path : (SqlNodeList) call.operand(1)) {
            paths.add(((SqlLiteral) path).getValueAs(String.class));
        }
        Map<String, String> options = new HashMap<>();
        SqlNodeList pairs = call.operand(2);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            String key = ((SqlLiteral) pairs.get(i)).getValueAs(String.class);
            options.put(key.toLowerCase(Locale.ROOT), ((SqlLiteral) pairs.get(i + 1)).toValue());
        }
        String name =
                format instanceof SqlLiteral literal && literal.getValue() != null
                        ? literal.getValueAs(String.class)
                        : null;
        return FileSource.of(name, paths, options);
    }
}
