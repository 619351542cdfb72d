-- What the launcher runs once after a build on a cluster, so that the classes are archived that its
-- processes and those that connect to it use.
CREATE OR REPLACE TABLE warm_up AS SELECT a, b FROM (VALUES ('x', 1), ('y', 2), ('x', 3)) AS v(a, b);
SELECT a, count(*) AS n, sum(b) AS s FROM warm_up WHERE b > 0 GROUP BY a ORDER BY s DESC LIMIT 5;
SELECT l.a, r.b FROM warm_up l JOIN warm_up r ON l.a = r.a;
