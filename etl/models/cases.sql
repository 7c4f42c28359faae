-- One row per case: a dispute, hazard, task, enterprise request or petition.
SELECT
    o.case_no,
    o.kind,
    o.category,
    o.origin,
    o.unit,
    p.region,
    p.community,
    p.grid,
    o.reported_at,
    o.accepted_at,
    o.due_at,
    o.closed_at,
    o.visited_at,
    o.confirmed,
    o.updated_at,
    o.on_time,
    o.result,
    o.longitude,
    o.latitude,
    NULL::VARCHAR AS located,  -- of a redrawn grid: today's (etl/lineage.py)
    o.reply,  -- a keyed fingerprint: equal answers are equal, and none can be read
    unplaced(o.flags, p.known) AS flags,
    o.text
FROM latest_cases AS o
LEFT JOIN places AS p
    ON p.said_community = coalesce(o.community, '') AND p.said_grid = coalesce(o.grid, '')
