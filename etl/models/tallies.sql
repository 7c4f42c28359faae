-- One row per month, place and mechanism of the model.
SELECT
    o.month,
    o.system,
    p.region,
    p.community,
    p.grid,
    o.quantity,
    o.due,
    o.done,
    unplaced(o.flags, p.known) AS flags
FROM latest_tallies AS o
LEFT JOIN places AS p
    ON p.said_community = coalesce(o.community, '') AND p.said_grid = coalesce(o.grid, '')
QUALIFY row_number() OVER (
    PARTITION BY o.month, p.community, p.grid, o.system
    ORDER BY o.record DESC
) = 1
