/** SELECT and what surrounds it. */
parser grammar SkepQuery;

query
    : with? queryBody orderBy? distribution* limit*
    ;

with : WITH RECURSIVE? commonTable ( COMMA commonTable )*;

commonTable : name columnNames? AS ( NOT? MATERIALIZED )? QUERY_LPAREN query RPAREN;

queryBody : queryTerm ( ( UNION | EXCEPT | MINUS ) setQuantifier? queryTerm )*;

queryTerm : queryPrimary ( INTERSECT setQuantifier? queryPrimary )*;

setQuantifier : ALL | DISTINCT;

queryPrimary
    : selectClause fromClause? clauses                                         # selectQuery
    | fromClause selectClause? clauses                                         # fromFirstQuery
    | VALUES expression ( COMMA expression )*                                  # valuesQuery
    | QUERY_LPAREN query RPAREN                                                # nestedQuery
    | TABLE qualifiedName                                                      # tableQuery
    ;

selectClause : SELECT HINT? selectQuantifier? selectItem ( COMMA selectItem )*;

selectQuantifier
    : ALL
    | DISTINCT ( ON LPAREN expression ( COMMA expression )* RPAREN )?
    ;

selectItem
    : ASTERISK starChange*                                                     # starItem
    | expression ( AS? alias | AS LPAREN name ( COMMA name )* RPAREN | AS name )? # expressionItem
    | qualifiedName DOT ASTERISK starChange*                                   # qualifiedStarItem
    ;

starChange
    : ( EXCEPT | EXCLUDE ) ( LPAREN name ( COMMA name )* RPAREN | name )       # starExcept
    | REPLACE LPAREN starReplacement ( COMMA starReplacement )* RPAREN         # starReplace
    ;

starReplacement : expression AS name;

clauses
    : where? groupBy? having? windows? qualify? windows?
    ;

where : WHERE expression;

groupBy
    : GROUP BY ( ALL | groupItem ( COMMA groupItem )* )
      ( WITH ( ROLLUP | CUBE ) | GROUPING SETS groupingSets )?
    ;

groupItem
    : ROLLUP LPAREN expression ( COMMA expression )* RPAREN                    # rollupItem
    | CUBE LPAREN expression ( COMMA expression )* RPAREN                      # cubeItem
    | GROUPING SETS groupingSets                                               # groupingSetsItem
    | LPAREN RPAREN                                                            # emptyGroupItem
    | expression                                                               # plainGroupItem
    ;

groupingSets : LPAREN groupItem ( COMMA groupItem )* RPAREN;

having : HAVING expression;

qualify : QUALIFY expression;

windows : WINDOW namedWindow ( COMMA namedWindow )*;

namedWindow : name AS window;

orderBy : ORDER BY ( ALL direction | sortItem ( COMMA sortItem )* );

sortItem : expression direction;

direction : ( ASC | DESC )? ( NULLS ( FIRST | LAST ) )?;

// Hive's placement of rows without a promise about the whole: a total order satisfies it.
distribution
    : SORT BY sortItem ( COMMA sortItem )*                                     # sortBy
    | CLUSTER BY sortItem ( COMMA sortItem )*                                  # clusterBy
    | DISTRIBUTE BY expression ( COMMA expression )*                           # distributeBy
    ;

limit
    : LIMIT ( ALL | expression ( COMMA expression )? )                         # limitRows
    | OFFSET expression ( ROW | ROWS )?                                        # offsetRows
    | FETCH ( FIRST | NEXT ) expression? ( ROW | ROWS ) ONLY                   # fetchRows
    ;

fromClause : FROM fromItem ( COMMA fromItem )*;

fromItem : tablePrimary joinTail*;

joinTail
    : CROSS JOIN tablePrimary joinCondition?                                   # crossJoin
    | NATURAL joinType? JOIN tablePrimary                                      # naturalJoin
    | joinType? JOIN tablePrimary joinCondition?                               # conditionJoin
    | LEFT? ( SEMI | ANTI ) JOIN tablePrimary joinCondition                    # existenceJoin
    | LATERAL VIEW OUTER? functionCall alias? ( AS name ( COMMA name )* )?     # lateralView
    ;

joinType : INNER | LEFT OUTER? | RIGHT OUTER? | FULL OUTER?;

joinCondition : ON expression | USING columnNames;

columnNames : LPAREN name ( COMMA name )* RPAREN;

tablePrimary
    : qualifiedName asOf? sample? tableAlias?                                  # namedTable
    | STRING tableAlias?                                                       # fileTable
    | LATERAL? QUERY_LPAREN query RPAREN sample? tableAlias?                   # derivedTable
    | LATERAL? UNNEST LPAREN expression ( COMMA expression )* RPAREN
      ( WITH ORDINALITY )? tableAlias?                                         # unnestTable
    | LATERAL? name LPAREN ( argument ( COMMA argument )* )? RPAREN tableAlias? # functionTable
    | TABLE LPAREN functionCall RPAREN tableAlias?                             # tableFunctionTable
    | VALUES expression ( COMMA expression )* tableAlias?                      # valuesTable
    | LPAREN fromItem RPAREN tableAlias?                                       # nestedTable
    ;

asOf : FOR? ( VERSION | SYSTEM_VERSION | TIMESTAMP | SYSTEM_TIME ) AS OF operation;

// Refused by the translation, so only its extent matters.
sample : TABLESAMPLE LPAREN ~( LPAREN | RPAREN )* RPAREN;

tableAlias : ( AS name | alias ) columnNames?;
