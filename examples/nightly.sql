-- The nightly job of a small honey shop:
--
--   skep run examples/nightly.sql --var day=2026-01-15
--   skep run examples/nightly.sql --var data=/path/to/examples --var out=/path/for/results
--
-- It reads the shop's web server logs, sales (CSV) and customers (JSON) as they are, and leaves
-- its results as files in a folder.

-- 1. What was looked at most? The logs of all days, compressed or not.
CREATE OR REPLACE TEMPORARY VIEW requests AS
SELECT host, "time", method, request_path, status, bytes
FROM log.`${data:-examples}/logs/*`;

SELECT request_path, count(*) AS requests, sum(bytes) AS bytes
FROM requests
WHERE status < 400
GROUP BY request_path
ORDER BY requests DESC, request_path
LIMIT 10;

-- 2. Revenue per country: sales are CSV, customers are JSON. Some customers never bought anything,
--    some sales have no customer.
CREATE OR REPLACE TEMPORARY VIEW revenue AS
SELECT s.sale_id, s.product_id, u.country, s.quantity,
       s.quantity * s.unit_price * (1 - s.discount) AS amount
FROM '${data:-examples}/sales.csv' AS s
LEFT JOIN '${data:-examples}/users.json' AS u ON u.user_id = s.user_id
WHERE s.sold_at < DATE '${day:-2026-01-16}' + INTERVAL '1' DAY;

SELECT coalesce(country, 'unknown') AS country,
       count(*) AS sales,
       round(sum(amount), 2) AS revenue
FROM revenue
GROUP BY coalesce(country, 'unknown')
ORDER BY revenue DESC;

INSERT OVERWRITE DIRECTORY '${out:-/tmp/skep-nightly}/revenue' USING csv OPTIONS (header = true)
SELECT coalesce(country, 'unknown') AS country,
       count(*) AS sales,
       round(sum(amount), 2) AS revenue
FROM revenue
GROUP BY coalesce(country, 'unknown');

-- 3. The three products of each category that brought in most.
SELECT p.category, p.name, round(sum(r.amount), 2) AS revenue
FROM revenue AS r
JOIN '${data:-examples}/products.csv' AS p ON p.product_id = r.product_id
GROUP BY p.category, p.name
QUALIFY row_number() OVER (PARTITION BY p.category ORDER BY sum(r.amount) DESC) <= 3
ORDER BY p.category, revenue DESC;

-- 4. And, because every such job has one: the words of some texts.
SELECT word, count(*) AS n
FROM (
    SELECT explode(split(lower(line), '[^a-z]+')) AS word
    FROM text.`${data:-examples}/books/*.txt`
) AS words
WHERE word <> ''
GROUP BY word
ORDER BY n DESC, word
LIMIT 10;
