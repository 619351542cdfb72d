/** Statements that manage tables: snapshots, columns, properties, names, files. */
parser grammar SkepManage;

manage
    : SHOW SNAPSHOTS ( IN | FROM | OF )? qualifiedName                         # showSnapshots
    | SHOW TABLE EXTENDED ( ( IN | FROM ) qualifiedName )? ( LIKE? pattern )?  # showTableExtended
    | ROLLBACK TABLE qualifiedName TO version                                  # rollbackTable
    | EXPIRE SNAPSHOTS ( IN | FROM | OF )? TABLE? qualifiedName
      ( OLDER THAN operation )? ( RETAIN LAST number )?                        # expireSnapshots
    | REMOVE ORPHANS ( ( IN | FROM | OF )? TABLE? qualifiedName )?
      ( OLDER THAN operation )?                                                # removeOrphans
    | OPTIMIZE TABLE? qualifiedName                                            # optimizeTable
    | ANALYZE TABLE? qualifiedName partition?
      ( columnNames | COMPUTE STATISTICS analyzed? )?                          # analyzeTable
    | SHOW ( STATISTICS | STATS ) ( FOR | IN | FROM | OF )? TABLE? qualifiedName # showStatistics
    | TRUNCATE TABLE? qualifiedName partition?                                 # truncateTable
    | CREATE orReplace? TABLE ifNotExists? qualifiedName LIKE qualifiedName
      comment? ( TBLPROPERTIES properties )?                                   # createTableLike
    | ALTER TABLE ifExists? qualifiedName alteration                           # alterTable
    | ALTER VIEW ifExists? qualifiedName ( RENAME TO qualifiedName | AS query ) # alterView
    ;

analyzed
    : NOSCAN                                                                   # analyzedRows
    | FOR ALL COLUMNS                                                          # analyzedAll
    | FOR COLUMNS ( name ( COMMA name )* | columnNames )?                      # analyzedColumns
    ;

version : ( VERSION | SNAPSHOT | TIMESTAMP ) ( AS OF )? operation;

alteration
    : ADD PARTITION FIELD partitionField ( AS name )?                          # addPartitionField
    | DROP PARTITION FIELD partitionField                                      # dropPartitionField
    | WRITE LOCALLY? ORDERED BY sortColumn ( COMMA sortColumn )*               # writeOrdered
    | WRITE LOCALLY? ORDERED BY LPAREN sortColumn ( COMMA sortColumn )* RPAREN # writeOrdered
    | WRITE UNORDERED                                                          # writeUnordered
    | ADD check                                                                # addCheck
    | DROP CONSTRAINT ifExists? name                                           # dropConstraint
    | ADD ( COLUMN | COLUMNS )? ifNotExists?
      ( LPAREN newColumn ( COMMA newColumn )* RPAREN
      | newColumn ( COMMA newColumn )* )                                       # addColumns
    | DROP ( COLUMN | COLUMNS ) ifExists?
      ( LPAREN qualifiedName ( COMMA qualifiedName )* RPAREN
      | qualifiedName ( COMMA qualifiedName )* )                               # dropColumns
    | RENAME COLUMN qualifiedName TO name                                      # renameColumn
    | RENAME TO qualifiedName                                                  # renameTo
    | ( ALTER | CHANGE ) COLUMN? qualifiedName columnChange                    # changeColumn
    | CHANGE COLUMN? qualifiedName name COLON? type comment? columnPlace?      # hiveChangeColumn
    | SET ( TBLPROPERTIES properties | COMMENT STRING )                        # setProperties
    | UNSET TBLPROPERTIES ifExists?
      LPAREN propertyKey ( COMMA propertyKey )* RPAREN                         # unsetProperties
    | EXECUTE name ( LPAREN ( executeArgument ( COMMA executeArgument )* )? RPAREN )? # execute
    ;

newColumn : qualifiedName COLON? type ( NOT NULL | NULL )? comment? columnPlace?;

columnPlace : FIRST | AFTER name;

columnChange
    : ( SET DATA )? TYPE type comment? columnPlace?                            # retypeColumn
    | ( SET | DROP ) NOT NULL                                                  # nullableColumn
    | ( SET DEFAULT expression | DROP DEFAULT )                                # defaultOfColumn
    | comment                                                                  # commentColumn
    | columnPlace                                                              # moveColumn
    ;

executeArgument : name NAMED expression;
