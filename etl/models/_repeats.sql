-- Orders that repeat one, and orders that were repeated: same caller, same first category. is_repeat says
-- that the caller had raised it within the 90 days before; repeated_in, after how many days from closing
-- the caller raised it again, in whole days begun, so that two orders cannot be joined by the minute.
-- Only chains of two and more are sorted: most callers call once. Without a caller nothing is linked: of
-- an address the store keeps the estate and not the door, and a neighbour's call is no return.
WITH known AS (
    SELECT
        record,
        hash(caller, split_part(category, ' › ', 1)) AS chain,
        accepted_at,
        closed_at,
        order_no,
        nature IS DISTINCT FROM 'praise' AND coalesce(valid, TRUE) AS complains
    FROM latest_hotline
    WHERE caller IS NOT NULL AND category IS NOT NULL
),
chains AS (
    SELECT chain
    FROM known
    GROUP BY chain
    HAVING count(*) > 1
),
chained AS (
    SELECT known.*
    FROM known
    SEMI JOIN chains USING (chain)
),
gaps AS (
    SELECT
        record,
        accepted_at - lag(accepted_at) OVER (
            PARTITION BY chain ORDER BY accepted_at, order_no
        ) AS gap
    FROM chained
),
again AS (
    SELECT
        closed.record,
        ceil(date_diff('second', closed.closed_at, later.accepted_at) / 86400)::INTEGER AS days
    FROM chained AS closed
    ASOF JOIN (SELECT chain, accepted_at FROM chained WHERE complains) AS later
        ON closed.chain = later.chain AND closed.closed_at < later.accepted_at
)
SELECT
    gaps.record,
    coalesce(gaps.gap <= INTERVAL 90 DAY, FALSE) AS is_repeat,
    again.days AS repeated_in
FROM gaps
LEFT JOIN again USING (record)
WHERE gaps.gap <= INTERVAL 90 DAY OR again.days IS NOT NULL
