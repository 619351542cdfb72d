/**
 * SQL as Skep takes it. Written so that one token, seldom two, decide every alternative: binary
 * operators are flat lists whose precedence the translation settles.
 */
parser grammar SkepParser;

options { tokenVocab = SkepLexer; }

import SkepCommand, SkepManage, SkepChange, SkepQuery, SkepExpression, SkepNames;

singleStatement : statement SEMICOLON* EOF;

singleExpression : expression EOF;
