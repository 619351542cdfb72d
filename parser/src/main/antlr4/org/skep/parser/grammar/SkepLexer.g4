/**
 * Tokens. Words are all IDENTIFIER here and become keywords by look-up (Tokens.java): that keeps
 * the lexer's automaton, which is built at every start, small. The names in "tokens" are the
 * keywords; what is reserved among them is decided by the rule "nonReserved" in SkepNames.
 */
lexer grammar SkepLexer;

options { caseInsensitive = true; }

tokens {
    // A parenthesis that opens a query, told from others before parsing: decides with one token
    // what would otherwise need unlimited lookahead.
    QUERY_LPAREN,
    // Keywords.
    ALL, ANALYZE, AND, ANTI, ANY, ARRAY, AS, ASC, BEGIN, BETWEEN, BOTH, BY, CASCADE, CASE, CAST, CHECK, CLUSTER,
    CLUSTERED, CODEGEN, COLLECTION, COLUMNS, COMMENT, COMMIT, CONSTRAINT, CREATE, CROSS, CUBE, CURRENT, DATABASE,
    DATABASES, DATE, DEFAULT, DEFINED, DELETE, DELIMITED, DESC, DESCRIBE, DIRECTORY, DISTINCT, DISTRIBUTE, DIV,
    DOUBLE, DROP, ELSE, EMPTY, END, ESCAPE, ESCAPED, EXCEPT, EXCLUDE, EXISTS, EXPLAIN, EXTENDED,
    EXTERNAL, EXTRACT, FALSE, FETCH, FIELDS, FILE, FILTER, FIRST, FOLLOWING, FOR, FORMAT, FORMATTED,
    FROM, FULL, FUNCTIONS, GROUP, GROUPING, GROUPS, HAVING, HTML, IF, IGNORE, ILIKE, IN, INNER, INPATH,
    INPUTFORMAT, INSERT, INTERSECT, INTERVAL, INTO, IS, ITEMS, JOIN, JSON, KEYS, LAST, LATERAL,
    LEADING, LEFT, LIKE, LIMIT, LINES, LOAD, LOCAL, LOCATION, LOGICAL, MAP, MAPREDUCE, MATCHED, MATERIALIZED, MERGE, MINUS,
    NATURAL, NEXT, NO, NOT, NULL, NULLS, OFFSET, ON, ONLY, OPTIMIZE, OPTIONS, OR, ORDER, ORDINALITY, OTHERS,
    OUTER, OUTPUTFORMAT, OVER, OVERLAY, OVERWRITE, PARTITION, PARTITIONED, PARTITIONS, PLACING, PLAN,
    POSITION, PRECEDING, PRECISION, PURGE, QUALIFY, QUERY, RANGE, RECURSIVE, REGEXP, REPLACE, RESET,
    RESPECT, RESTRICT, RIGHT, RLIKE, ROLLBACK, ROLLUP, ROW, ROWS, SCHEMA, SCHEMAS, SELECT, SEMI, SERDE,
    SERDEPROPERTIES, SET, SETS, SETTINGS, SHOW, SIMILAR, SINGLE, SKEW, SOME, SORT, SOURCE, START, STORED, STRUCT,
    SUBSTRING, SYMMETRIC, ASYMMETRIC, TABLE, TABLES, TABLESAMPLE, TARGET, TBLPROPERTIES, TEMP, TEMPORARY,
    TERMINATED, TEXT, THEN, TIES, TIMESTAMP, TO, TRAILING, TRANSACTION, TRIM, TRUE, TRY_CAST, UNBOUNDED, UNION,
    UNKNOWN, UNNEST, UPDATE, USE, USING, VALUES, VARYING, VERBOSE, VIEW, WHEN, WHERE, WHY, WINDOW, WITH,
    WITHIN, WITHOUT, WORK, ZONE,
    // Of statements that manage tables.
    ADD, AFTER, ALTER, BUCKETS, CHANGE, COLUMN, COMPUTE, DATA, EXECUTE, EXPIRE, FIELD, LOCALLY, NOSCAN, OF, OLDER,
    ORDERED, ORPHANS, REMOVE, RENAME, RETAIN, SNAPSHOT, SNAPSHOTS, SORTED, STATISTICS, STATS, SYSTEM_TIME,
    SYSTEM_VERSION, THAN, TRUNCATE, TYPE, UNORDERED, UNSET, VERSION, WRITE
}

SEMICOLON : ';';
LPAREN : '(';
RPAREN : ')';
LBRACKET : '[';
RBRACKET : ']';
COMMA : ',';
DOT : '.';
COLON : ':';
CAST_COLONS : '::';
NAMED : '=>' | ':=';
QUESTION : '?';
EQ : '=' | '==';
NEQ : '<>' | '!=';
NULL_SAFE_EQ : '<=>';
LT : '<';
LTE : '<=';
GT : '>';
GTE : '>=';
PLUS : '+';
DASH : '-';
ASTERISK : '*';
SLASH : '/';
PERCENT : '%';
CONCAT : '||';
PIPE : '|';
AMPERSAND : '&';
CARET : '^';
TILDE : '~';
MATCHES_ANY_CASE : '~*';
NOT_MATCHES : '!~';
NOT_MATCHES_ANY_CASE : '!~*';

STRING : '\'' ( '\\' . | '\'\'' | ~['\\] )* '\'';
ESCAPE_STRING : 'e\'' ( '\\' . | '\'\'' | ~['\\] )* '\'';
RAW_STRING : 'r\'' ( '\'\'' | ~['] )* '\'';
HEX_STRING : 'x\'' ~[']* '\'';
// Standard SQL writes ESCAPE '\', which the rule for strings would take for an open one.
ESCAPE_BACKSLASH : 'escape' [ \t\r\n]+ '\'\\\'';
DOUBLE_QUOTED : '"' ( '""' | ~["] )* '"';
BACKTICKED : '`' ( '``' | ~[`] )* '`';

INTEGER_NUMBER : [0-9]+;
DECIMAL_NUMBER : [0-9]+ '.' [0-9]* | '.' [0-9]+;
SCIENTIFIC_NUMBER : ( [0-9]+ ( '.' [0-9]* )? | '.' [0-9]+ ) 'e' [+-]? [0-9]+;
// 10L, 5S, 5Y, 1.5D, 1.5F, 2BD as in Hive and Spark.
SUFFIXED_NUMBER : ( [0-9]+ ( '.' [0-9]* )? | '.' [0-9]+ ) ( 'e' [+-]? [0-9]+ )? ( 'l' | 's' | 'y' | 'd' | 'f' | 'bd' );

IDENTIFIER : [\p{L}_] [\p{L}\p{N}\p{M}_$]*;

SPACE : [\p{White_Space}\u{FEFF}]+ -> skip;
LINE_COMMENT : '--' ~[\r\n]* -> skip;
HINT : '/*+' ( ~'*' | '*'+ ~[*/] )* '*'+ '/';

// What is left of something that never ends; the scanner reports it with the place it began.
UNCLOSED_STRING : [erx]? '\'';
UNCLOSED_DOUBLE_QUOTE : '"';
UNCLOSED_BACKTICK : '`';
// Comments nest, which would cost the automaton a state for each level: Scanner.java skips them.
UNCLOSED_COMMENT : '/*';

UNKNOWN_CHARACTER : .;
