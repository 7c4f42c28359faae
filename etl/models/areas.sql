-- One row per area of the ledger, with the areas it lies in. A parent is given as a code or as a name.
WITH names AS (
    SELECT name, min(code) AS code
    FROM latest_areas
    GROUP BY name
    HAVING count(*) = 1
),
linked AS (
    SELECT
        a.* REPLACE (coalesce(c.code, n.code, a.parent) AS parent)
    FROM latest_areas AS a
    LEFT JOIN latest_areas AS c ON c.code = a.parent
    LEFT JOIN names AS n ON n.name = a.parent
),
lineage AS (
    SELECT
        a.code,
        [
            {level: a.level, code: a.code},
            {level: p.level, code: p.code},
            {level: q.level, code: q.code},
            {level: r.level, code: r.code}
        ] AS steps
    FROM linked AS a
    LEFT JOIN linked AS p ON p.code = a.parent AND p.code <> a.code
    LEFT JOIN linked AS q ON q.code = p.parent AND q.code <> p.code
    LEFT JOIN linked AS r ON r.code = q.parent AND r.code <> q.code
)
SELECT
    a.code,
    a.name,
    a.level,
    a.parent,
    a.kind,
    list_filter(l.steps, lambda s: s.level = 'region')[1].code AS region,
    list_filter(l.steps, lambda s: s.level = 'community')[1].code AS community,
    list_filter(l.steps, lambda s: s.level = 'grid')[1].code AS grid,
    a.households,
    a.residents,
    a.staff_full,
    a.staff_part,
    a.party_groups,
    a.party_members,
    a.household_groups,
    a.longitude,
    a.latitude,
    a.geometry,
    a.valid_from,
    a.valid_to
FROM linked AS a
JOIN lineage AS l USING (code)
ORDER BY a.code
