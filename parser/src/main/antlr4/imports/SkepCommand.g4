/** Statements other than queries. SET is read by hand, because its value is any text. */
parser grammar SkepCommand;

statement
    : query                                                                    # queryStatement
    | EXPLAIN explainOption* ( PLAN FOR )? explained                           # explainStatement
    | command                                                                  # commandStatement
    | change                                                                   # changeStatement
    | transaction                                                              # transactionStatement
    ;

explained : query | command | change;

explainOption
    : explainMode
    | FORMAT explainFormat
    | LPAREN explainOption ( COMMA explainOption )* RPAREN
    ;

explainMode : ANALYZE | VERBOSE | EXTENDED | FORMATTED | CODEGEN | WHY | MAPREDUCE | LOGICAL;

explainFormat : TEXT | JSON | HTML;

command
    : SHOW TABLES ( ( IN | FROM ) qualifiedName )? ( LIKE? pattern )?          # showTables
    | SHOW ( SCHEMAS | DATABASES ) ( LIKE? pattern )?                          # showSchemas
    | SHOW COLUMNS ( IN | FROM ) qualifiedName                                 # showColumns
    | SHOW FUNCTIONS ( LIKE? pattern )?                                        # showFunctions
    | SHOW CREATE ( TABLE | VIEW ) qualifiedName                               # showCreate
    | SHOW PARTITIONS qualifiedName                                            # showPartitions
    | SHOW ( SETTINGS | ALL ) ( LIKE? pattern )?                               # showSettings
    | SHOW SKEW ( FOR QUERY LAST? | FOR LAST QUERY )?                          # showSkew
    | ( DESCRIBE | DESC ) TABLE? ( EXTENDED | FORMATTED )? qualifiedName name? # describe
    | ( DESCRIBE | DESC ) query                                                # describeQuery
    | USE ( SCHEMA | DATABASE )? qualifiedName                                 # use
    | RESET settingKey?                                                        # reset
    | CREATE orReplace? temporary? VIEW ifNotExists? qualifiedName
      ( LPAREN viewColumn ( COMMA viewColumn )* RPAREN )? comment? AS query    # createView
    | DROP VIEW ifExists? qualifiedName                                        # dropView
    | CREATE ( SCHEMA | DATABASE ) ifNotExists? qualifiedName comment?         # createSchema
    | DROP ( SCHEMA | DATABASE ) ifExists? qualifiedName
      ( CASCADE | RESTRICT )?                                                  # dropSchema
    | CREATE orReplace? ( EXTERNAL | temporary )? TABLE ifNotExists? qualifiedName
      ( LPAREN tableElement ( COMMA tableElement )* RPAREN )?
      tableClause* ( AS? query )?                                              # createTable
    | DROP TABLE ifExists? qualifiedName PURGE?                                # dropTable
    | insertTarget query                                                       # insert
    | fromClause insertBranch+                                                 # insertMany
    | LOAD DATA LOCAL? INPATH STRING OVERWRITE? INTO TABLE? qualifiedName
      partition?                                                               # loadData
    | INSERT OVERWRITE LOCAL? DIRECTORY STRING directoryClause* query          # insertDirectory
    | manage                                                                   # manageCommand
    ;

insertTarget
    : INSERT ( INTO TABLE? | OVERWRITE TABLE? | INTO? ) qualifiedName partition? columnNames?
    ;

insertBranch : insertTarget selectClause clauses orderBy? limit*;

pattern : STRING;

settingKey : settingWord ( ( DOT | DASH ) settingWord )*;

settingWord : anyWord;

orReplace : OR REPLACE;

temporary : TEMP | TEMPORARY;

ifNotExists : IF NOT EXISTS;

ifExists : IF EXISTS;

comment : COMMENT STRING;

viewColumn : name comment?;

tableElement : check | columnDefinition;

columnDefinition : name COLON? type columnRule*;

columnRule : NOT NULL | NULL | DEFAULT expression | check | comment;

check : ( CONSTRAINT name )? CHECK LPAREN expression RPAREN;

tableClause
    : USING name                                                               # usingClause
    | PARTITIONED BY LPAREN partitionField ( COMMA partitionField )* RPAREN    # partitionedByClause
    | ROW FORMAT DELIMITED delimiter*                                          # delimitedClause
    | ROW FORMAT SERDE STRING ( WITH SERDEPROPERTIES properties )?             # serdeClause
    | STORED AS name                                                           # storedAsClause
    | STORED AS INPUTFORMAT STRING OUTPUTFORMAT STRING                         # inputFormatClause
    | LOCATION STRING                                                          # locationClause
    | OPTIONS properties                                                       # optionsClause
    | TBLPROPERTIES properties                                                 # propertiesClause
    | comment                                                                  # commentClause
    | CLUSTERED BY columnNames sortedBy? INTO number BUCKETS                   # clusteredByClause
    | sortedBy                                                                 # sortedByClause
    ;

sortedBy : SORTED BY LPAREN sortColumn ( COMMA sortColumn )* RPAREN;

sortColumn : name direction;

partitionField
    : name LPAREN ( number COMMA )? name RPAREN                                # partitionTransform
    | name ( COLON? type comment? )?                                           # partitionColumn
    ;

delimiter
    : FIELDS TERMINATED BY STRING ( ESCAPED BY STRING )?                       # fieldDelimiter
    | ESCAPED BY STRING                                                        # escapeCharacter
    | COLLECTION ITEMS TERMINATED BY STRING                                    # itemDelimiter
    | MAP KEYS TERMINATED BY STRING                                            # keyDelimiter
    | LINES TERMINATED BY STRING                                               # lineDelimiter
    | NULL DEFINED AS STRING                                                   # nullText
    ;

directoryClause
    : STORED AS name                                                           # directoryStoredAs
    | USING name                                                               # directoryUsing
    | OPTIONS properties                                                       # directoryOptions
    | ROW FORMAT DELIMITED                                                     # directoryRowFormat
    | delimiter                                                                # directoryDelimiter
    | SINGLE FILE                                                              # directorySingleFile
    ;

properties : LPAREN property ( COMMA property )* RPAREN;

property : propertyKey EQ? propertyValue;

propertyKey : anyWord ( ( DOT | DASH ) anyWord )* | STRING;

propertyValue : STRING | DASH? number | TRUE | FALSE | anyWord;

partition : PARTITION LPAREN partitionValue ( COMMA partitionValue )* RPAREN;

partitionValue : name ( EQ expression )?;
