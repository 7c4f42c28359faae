-- One row per old and new grid of one redrawing, from the files and from what analysts wrote in the app,
-- whose word is the later. Without a share, an even part.
WITH told AS (
    SELECT
        coalesce(f.code, o.from_grid) AS from_grid,
        coalesce(t.code, o.to_grid) AS to_grid,
        o.date,
        CASE WHEN o.share > 1 THEN o.share / 100 ELSE o.share END AS share
    FROM latest_lineage AS o
    LEFT JOIN named_grids AS f ON f.word = o.from_grid
    LEFT JOIN named_grids AS t ON t.word = o.to_grid
    WHERE o.from_grid IS NOT NULL AND o.to_grid IS NOT NULL AND o.date IS NOT NULL
),
said AS (
    SELECT t.from_grid, t.to_grid, t.date, t.share, FALSE AS edited
    FROM told AS t
    WHERE NOT EXISTS (
        SELECT 1
        FROM edited_lineage AS e
        WHERE e.from_grid = t.from_grid AND e.to_grid = t.to_grid AND e.date = t.date
    )
    UNION
    SELECT from_grid, to_grid, date, share, TRUE AS edited
    FROM edited_lineage
    WHERE NOT removed
)
SELECT
    from_grid,
    to_grid,
    date,
    coalesce(share, 1.0 / count(*) OVER (PARTITION BY from_grid, date)) AS share,
    edited
FROM said
ORDER BY date, from_grid, to_grid
