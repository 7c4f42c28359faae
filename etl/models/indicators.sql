-- One row per reported figure: what someone said, with how exactly they said it.
SELECT
    o.key,
    o.label,
    o.period,
    coalesce(a.code, o.area) AS area,
    o.value,
    o.qualifier,
    o.unit,
    o.source
FROM latest_indicators AS o
LEFT JOIN named AS a ON a.word = o.area
ORDER BY o.key, o.period, area
