-- What the launcher runs once after a build, so that the classes that queries use are archived.
SELECT 1 AS one, 'text' AS word, DATE '2026-01-15' AS day, 1.5 * 2 AS n;
