/** Statements that change rows of a table where they are. */
parser grammar SkepChange;

change
    : DELETE FROM qualifiedName ( AS? alias )? ( USING tablePrimary )? where?  # delete
    | UPDATE qualifiedName ( AS? alias )?
      SET assignment ( COMMA assignment )* ( FROM tablePrimary )? where?       # update
    | MERGE INTO qualifiedName ( AS? alias )?
      USING tablePrimary ON expression mergeClause+                            # merge
    ;

transaction
    : ( BEGIN | START ) ( TRANSACTION | WORK )?
    | COMMIT ( TRANSACTION | WORK )?
    | ROLLBACK ( TRANSACTION | WORK )?
    ;

assignment : qualifiedName EQ expression;

mergeClause
    : WHEN MATCHED ( AND expression )? THEN rowChange                          # matched
    | WHEN NOT MATCHED BY SOURCE ( AND expression )? THEN rowChange            # notMatchedBySource
    | WHEN NOT MATCHED ( BY TARGET )? ( AND expression )? THEN INSERT newRow   # notMatched
    ;

rowChange
    : UPDATE SET ( ASTERISK | assignment ( COMMA assignment )* )
    | DELETE
    ;

newRow
    : ASTERISK
    | columnNames? VALUES LPAREN expression ( COMMA expression )* RPAREN
    ;
