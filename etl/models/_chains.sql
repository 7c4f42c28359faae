-- 一人多诉: the same caller about the same first category, each time within 90 days of the last, as in
-- hotline.is_repeat. A chain is known by the number of its first order.
WITH known AS (
    SELECT
        order_no,
        hash(caller, split_part(category, ' › ', 1)) AS chain,
        accepted_at
    FROM raw_hotline
    WHERE is_latest AND caller IS NOT NULL AND category IS NOT NULL
        AND nature IS DISTINCT FROM 'praise' AND coalesce(valid, TRUE)
),
chained AS (
    SELECT known.*
    FROM known
    SEMI JOIN (SELECT chain FROM known GROUP BY chain HAVING count(*) > 1) AS long USING (chain)
),
begun AS (
    SELECT
        *,
        coalesce(accepted_at - lag(accepted_at) OVER earlier > INTERVAL 90 DAY, TRUE) AS begins
    FROM chained
    WINDOW earlier AS (PARTITION BY chain ORDER BY accepted_at, order_no)
),
numbered AS (
    SELECT
        *,
        count(*) FILTER (WHERE begins) OVER (PARTITION BY chain ORDER BY accepted_at, order_no) AS turn
    FROM begun
)
SELECT
    order_no,
    accepted_at,
    first_value(order_no) OVER (PARTITION BY chain, turn ORDER BY accepted_at, order_no) AS anchor
FROM numbered
