-- One row per session of a service team or a community.
SELECT
    o.activity_no,
    o.system,
    o.team,
    p.region,
    p.community,
    p.grid,
    o.date,
    o.title,
    o.attendances,
    o.people,
    o.outcome_count,
    o.rated,
    o.satisfied,
    o.topics_raised,
    o.topics_closed,
    unplaced(o.flags, p.known) AS flags
FROM latest_activities AS o
LEFT JOIN places AS p
    ON p.said_community = coalesce(o.community, '') AND p.said_grid = coalesce(o.grid, '')
