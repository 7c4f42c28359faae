-- One row per note drawn on time charts.
SELECT
    o.date,
    o.until,
    o.kind,
    o.title,
    coalesce(a.code, o.area) AS area
FROM latest_events AS o
LEFT JOIN named AS a ON a.word = o.area
ORDER BY o.date, o.title, area
