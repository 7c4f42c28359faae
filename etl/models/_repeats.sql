-- Orders whose caller had raised the same category within the 90 days before.
-- Only chains of two and more are sorted: most callers call once.
WITH known AS (
    SELECT record, hash(caller, split_part(category, ' › ', 1)) AS chain, accepted_at, order_no
    FROM latest_hotline
    WHERE caller IS NOT NULL AND category IS NOT NULL
),
chains AS (
    SELECT chain
    FROM known
    GROUP BY chain
    HAVING count(*) > 1
),
gaps AS (
    SELECT
        record,
        accepted_at - lag(accepted_at) OVER (
            PARTITION BY chain ORDER BY accepted_at, order_no
        ) AS gap
    FROM known
    SEMI JOIN chains USING (chain)
)
SELECT record
FROM gaps
WHERE gap <= INTERVAL 90 DAY
