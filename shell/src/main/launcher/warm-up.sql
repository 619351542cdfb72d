-- What the launcher runs once after a build, so that the classes that queries use are archived.
SELECT 1;
SELECT 1 AS one, 'text' AS word, DATE '2026-01-15' AS day;
SELECT upper(a) AS u, b + 1 AS c FROM (VALUES ('x', 1), ('y', 2)) AS v(a, b) WHERE b > 0 ORDER BY c DESC LIMIT 5;
SELECT a, count(*) AS n, sum(b) AS s FROM (VALUES ('x', 1), ('y', 2), ('x', 3)) AS v(a, b) GROUP BY a;
