-- One row per work order, as its latest record has it. Who called is not here: only whether it
-- repeats one, and how soon after closing it was repeated.
SELECT
    o.order_no,
    o.channel,
    o.nature,
    split_part(o.category, ' › ', 1) AS category,
    o.category AS category_path,
    o.unit,
    p.region,
    p.community,
    p.grid,
    o.accepted_at,
    o.dispatched_at,
    o.due_at,
    o.closed_at,
    o.visited_at,
    o.updated_at,
    o.valid,
    o.in_scope,
    coalesce(o.returned, CASE WHEN o.returned_at IS NOT NULL THEN TRUE END) AS returned,
    o.returned_at,
    o.on_time,
    CASE
        WHEN o.caller IS NOT NULL AND o.category IS NOT NULL THEN coalesce(r.is_repeat, FALSE)
    END AS is_repeat,
    r.repeated_in,
    o.result,
    o.satisfaction,
    o.longitude,
    o.latitude,
    NULL::VARCHAR AS located,  -- of a redrawn grid: today's (etl/lineage.py)
    o.reply,  -- a keyed fingerprint: equal answers are equal, and none can be read
    unplaced(o.flags, p.known) AS flags,
    o.text
FROM latest_hotline AS o
LEFT JOIN _repeats AS r ON r.record = o.record
LEFT JOIN places AS p
    ON p.said_community = coalesce(o.community, '') AND p.said_grid = coalesce(o.grid, '')
