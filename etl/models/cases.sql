-- One row per case: a dispute, hazard, task, enterprise request or petition. Of a closed one: whether it says
-- enough to be found again (traced), and after how many days from closing the matter came in again.
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
    coalesce(r.traced, FALSE) AS traced,
    CASE WHEN r.came_back THEN r.returned_in END::INTEGER AS returned_in,
    NULL::VARCHAR AS located,  -- of a redrawn grid: today's (etl/lineage.py)
    o.reply,  -- a keyed fingerprint: equal answers are equal, and none can be read
    unplaced(o.flags, p.known) AS flags,
    o.text
FROM latest_cases AS o
LEFT JOIN _returns AS r ON r.record = o.record
LEFT JOIN places AS p
    ON p.said_community = coalesce(o.community, '') AND p.said_grid = coalesce(o.grid, '')
