-- One row per month, place and key group: counts of people, never people. A place can have been written
-- as a name before the area ledger came and as a code after it: the later row stands.
SELECT
    o.month,
    p.region,
    p.community,
    p.grid,
    o.key_group,
    o.expected,
    o.known,
    o.fresh,
    o.visited,
    o.visits,
    o.helped,
    unplaced(o.flags, p.known) AS flags
FROM latest_coverage AS o
LEFT JOIN places AS p
    ON p.said_community = coalesce(o.community, '') AND p.said_grid = coalesce(o.grid, '')
QUALIFY row_number() OVER (
    PARTITION BY o.month, p.community, p.grid, o.key_group
    ORDER BY o.record DESC
) = 1
