package org.skep.model.error;

/** The one exception a user of the engine sees. Position and hint may be null. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final Position position;
    private final String hint;

    public QueryException(ErrorCode code, Position position, String message, String hint) {
        super(message);
        this.code = code;
        this.position = position;
        this.hint = hint;
    }

    public QueryException(ErrorCode code, String message, String hint) {
        this(code, null, message, hint);
    }

    public QueryException(ErrorCode code, String message) {
        this(code, null, message, null);
    }

    public QueryException(ErrorCode code, String message, Throwable cause) {
        this(code, null, message, null);
        initCause(cause);
    }

    public ErrorCode code() {
        return code;
    }

    public Position position() {
        return position;
    }

    public String hint() {
        return hint;
    }

    /** The same error at a place, unless it already has one. */
    public QueryException at(Position place) {
        return position != null || place == null ? this : with(place, getMessage());
    }

    /** The same error with a message that says more, for example which task and file. */
    public QueryException with(Position place, String message) {
        QueryException said = new QueryException(code, place, message, hint);
        said.initCause(getCause() == null ? this : getCause());
        said.setStackTrace(getStackTrace());
        return said;
    }

    /**
     * The message with the offending line of {@code sql} underlined:
     *
     * <pre>
     * error[COLUMN_NOT_FOUND]: no column 'regoin' in sales
     *   |
     * 3 | WHERE regoin = 'EU'
     *   |       ^^^^^^
     * hint: did you mean 'region'?
     * </pre>
     */
    public String render(String sql) {
        StringBuilder out = new StringBuilder();
        out.append("error[").append(code).append("]: ").append(getMessage()).append('\n');
        String[] lines = sql == null ? new String[0] : sql.split("\r?\n", -1);
        if (position != null && position.line() <= lines.length) {
            underline(out, lines[position.line() - 1]);
        }
        if (hint != null) {
            out.append("hint: ").append(hint).append('\n');
        }
        return out.toString();
    }

    /** Long lines are cut to a window around the place, so that the mark stays in sight. */
    private void underline(StringBuilder out, String line) {
        int from = Math.min(position.column() - 1, line.length());
        int last = position.endLine() > position.line() ? line.length() : position.endColumn();
        int to = Math.max(from + 1, Math.min(last, line.length()));
        int window = 120;
        int cut = from > window - 20 ? from - 40 : 0;
        String shown = line.substring(cut, Math.min(line.length(), cut + window));
        String number = Integer.toString(position.line());
        String margin = " ".repeat(number.length());
        String lead = cut > 0 ? "…" : "";
        String tail = cut + window < line.length() ? "…" : "";
        out.append(margin).append(" |\n");
        out.append(number).append(" | ").append(lead).append(shown).append(tail).append('\n');
        out.append(margin).append(" | ").append(" ".repeat(lead.length()));
        for (int i = cut; i < from; i++) {
            out.append(line.charAt(i) == '\t' ? '\t' : ' ');
        }
        out.append("^".repeat(Math.min(to, cut + window) - from)).append('\n');
    }
}
