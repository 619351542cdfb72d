/** Expressions, from the loosest to the tightest. */
parser grammar SkepExpression;

expression : conjunction ( OR conjunction )*;

conjunction : negation ( AND negation )*;

negation : NOT* predicate;

predicate : operation predicateTail*;

predicateTail
    : comparison operation                                                     # compareTail
    | comparison ( ANY | SOME | ALL ) QUERY_LPAREN query RPAREN                # quantifiedTail
    | IS NOT? ( NULL | TRUE | FALSE | UNKNOWN )                                # isTail
    | IS NOT? DISTINCT FROM operation                                          # distinctTail
    | NOT? BETWEEN ( SYMMETRIC | ASYMMETRIC )? operation AND operation         # betweenTail
    | NOT? IN QUERY_LPAREN query RPAREN                                        # inQueryTail
    | NOT? IN LPAREN expression ( COMMA expression )* RPAREN                   # inListTail
    | NOT? ( LIKE | ILIKE | RLIKE | REGEXP | SIMILAR TO ) operation escape?    # likeTail
    ;

comparison
    : EQ | NEQ | LT | LTE | GT | GTE | NULL_SAFE_EQ
    | TILDE | MATCHES_ANY_CASE | NOT_MATCHES | NOT_MATCHES_ANY_CASE
    ;

escape : ESCAPE operation | ESCAPE_BACKSLASH;

operation : operand ( binaryOperator operand )*;

binaryOperator
    : ASTERISK | SLASH | PERCENT | DIV | PLUS | DASH | CONCAT | LT LT | GT GT | AMPERSAND | CARET
    | PIPE
    ;

operand : ( PLUS | DASH | TILDE )* primary postfix*;

postfix
    : LBRACKET expression RBRACKET                                             # subscript
    | DOT name                                                                 # member
    | CAST_COLONS type                                                         # castSuffix
    ;

primary
    : number                                                                   # numberPrimary
    | string+                                                                  # stringPrimary
    | HEX_STRING                                                               # hexPrimary
    | ( TRUE | FALSE )                                                         # booleanPrimary
    | NULL                                                                     # nullPrimary
    | QUESTION                                                                 # parameterPrimary
    | ( DATE | TIMESTAMP ) STRING                                              # datetimePrimary
    | INTERVAL DASH? intervalPart+                                                 # intervalPrimary
    | CASE expression? when+ ( ELSE expression )? END                          # casePrimary
    | ( CAST | TRY_CAST ) LPAREN expression AS type RPAREN                     # castPrimary
    | EXISTS QUERY_LPAREN query RPAREN                                         # existsPrimary
    | QUERY_LPAREN query RPAREN                                                # scalarQueryPrimary
    | LPAREN expression ( COMMA expression )* COMMA? RPAREN                    # nestedPrimary
    | ARRAY? LBRACKET ( expression ( COMMA expression )* )? RBRACKET           # arrayPrimary
    | ARRAY QUERY_LPAREN query RPAREN                                          # arrayQueryPrimary
    | MAP LBRACKET ( expression ( COMMA expression )* )? RBRACKET              # mapPrimary
    | EXTRACT LPAREN ( name | STRING ) FROM expression RPAREN                  # extractPrimary
    | POSITION LPAREN operation ( IN expression | ( COMMA expression )* ) RPAREN # positionPrimary
    | SUBSTRING LPAREN expression
      ( FROM expression ( FOR expression )? | ( COMMA expression )* ) RPAREN   # substringPrimary
    | TRIM LPAREN ( BOTH | LEADING | TRAILING ) expression? FROM expression RPAREN # trimSidePrimary
    | TRIM LPAREN expression ( FROM expression | ( COMMA expression )* ) RPAREN # trimPrimary
    | OVERLAY LPAREN expression
      ( PLACING expression FROM expression ( FOR expression )?
      | ( COMMA expression )* ) RPAREN                                         # overlayPrimary
    | functionCall                                                             # callPrimary
    | name                                                                     # namePrimary
    ;

when : WHEN expression THEN expression;

intervalPart : ( number | STRING ) ( unit ( TO unit )? )?;

unit : IDENTIFIER;

functionCall
    : functionName LPAREN ( callQuantifier? argument ( COMMA argument )* )? nullTreatment?
      ( ORDER BY sortItem ( COMMA sortItem )* )? nullTreatment? RPAREN
      ( WITHIN GROUP LPAREN ORDER BY sortItem ( COMMA sortItem )* RPAREN )?
      ( FILTER LPAREN WHERE expression RPAREN )?
      nullTreatment?
      ( OVER ( window | name ) )?
    ;

callQuantifier : DISTINCT | ALL;

argument
    : ASTERISK                                                                 # starArgument
    | name NAMED expression                                                    # namedArgument
    | expression                                                               # plainArgument
    ;

nullTreatment : ( IGNORE | RESPECT ) NULLS;

window
    : LPAREN name?
      ( ( PARTITION | DISTRIBUTE ) BY expression ( COMMA expression )* )?
      ( ( ORDER | SORT ) BY sortItem ( COMMA sortItem )* )?
      frame? RPAREN
    ;

frame
    : ( ROWS | RANGE | GROUPS ) ( bound | BETWEEN bound AND bound ) exclusion?
    ;

bound
    : UNBOUNDED ( PRECEDING | FOLLOWING )
    | CURRENT ROW
    | operation ( PRECEDING | FOLLOWING )
    ;

exclusion : EXCLUDE ( CURRENT ROW | GROUP | TIES | NO OTHERS );

type
    : ( ARRAY LT type GT
      | MAP LT type COMMA type GT
      | STRUCT LT ( structField ( COMMA structField )* )? GT
      | ROW LPAREN structField ( COMMA structField )* RPAREN
      | DOUBLE PRECISION?
      | INTERVAL ( unit ( TO unit )? )?
      | TIMESTAMP ( LPAREN INTEGER_NUMBER RPAREN )? ( WITHOUT name ZONE )?
      | name VARYING? ( LPAREN INTEGER_NUMBER ( COMMA INTEGER_NUMBER )? RPAREN )?
      ) ( LBRACKET RBRACKET )*
    ;

structField : name COLON? type ( NOT NULL )?;

number : INTEGER_NUMBER | DECIMAL_NUMBER | SCIENTIFIC_NUMBER | SUFFIXED_NUMBER;

string : STRING | ESCAPE_STRING | RAW_STRING;
