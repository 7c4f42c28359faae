-- One row per matter that was raised more than once: by several people (many_callers), or by one
-- (one_caller). `anchor` is its first record, by which a verdict on it is kept. Of people only a number
-- goes here, rounded to 5 and empty below the threshold; of one caller's chain only the months.
WITH orders AS (
    SELECT m.matter, m.persons, o.order_no, o.region, o.community, o.category, o.accepted_at AS moment, o.text
    FROM _members AS m
    JOIN raw_hotline AS r ON NOT m.is_case AND r.rowid = m.record
    JOIN snap.hotline AS o ON o.order_no = r.order_no
),
cased AS (
    SELECT
        m.matter, m.persons, o.case_no, o.region, o.community, o.category,
        coalesce(o.accepted_at, o.reported_at) AS moment, o.text
    FROM _members AS m
    JOIN raw_cases AS r ON m.is_case AND r.rowid = m.record
    JOIN snap.cases AS o ON o.case_no = r.case_no
),
members AS (
    SELECT matter, persons, 'hotline:' || order_no AS number, FALSE AS is_case, region, community, category, moment, text
    FROM orders
    UNION ALL
    SELECT matter, persons, 'cases:' || case_no, TRUE, region, community, category, moment, text
    FROM cased
),
why AS (
    SELECT
        matter,
        count(*) AS links,
        count(*) FILTER (WHERE same_place) AS by_place,
        count(*) FILTER (WHERE same_category) AS by_category,
        round(avg(alike), 2) AS alike,
        bool_or(confirmed) AS confirmed
    FROM _links
    GROUP BY matter
),
several AS (
    SELECT
        m.matter,
        'many_callers' AS kind,
        min_by(m.number, (m.moment, m.number)) AS anchor,
        min(m.moment)::DATE AS first_day,
        max(m.moment)::DATE AS last_day,
        count(*)::INTEGER AS records,
        count(*) FILTER (WHERE m.is_case)::INTEGER AS cases,
        CASE
            WHEN any_value(m.persons) >= getvariable('threshold_t1')
                THEN (any_value(m.persons) + 2) // 5 * 5
        END::INTEGER AS persons,
        mode(m.region ORDER BY m.region) AS region,
        mode(m.community ORDER BY m.community) AS community,
        mode(m.category ORDER BY m.category) AS category,
        min_by(m.text, (m.moment, m.number)) AS example
    FROM members AS m
    GROUP BY m.matter
),
chains AS (
    SELECT
        anchor,
        date_trunc('month', min(accepted_at))::DATE AS first_day,
        date_trunc('month', max(accepted_at))::DATE AS last_day,
        count(*)::INTEGER AS records
    FROM _chains
    WHERE anchor NOT IN (SELECT left_no FROM _verdicts WHERE kind = 'one_caller' AND NOT same)
    GROUP BY anchor
    HAVING count(*) > 1
),
alone AS (
    SELECT
        'one_caller' AS kind,
        'hotline:' || c.anchor AS anchor,
        c.first_day,
        c.last_day,
        c.records,
        o.region,
        o.community,
        o.category,
        o.text AS example
    FROM chains AS c
    JOIN snap.hotline AS o ON o.order_no = c.anchor
)
SELECT
    s.matter, s.kind, s.anchor, s.first_day, s.last_day, s.records, s.cases, s.persons, s.region, s.community,
    s.category, w.links, w.by_place, w.by_category, w.alike, w.confirmed, s.example
FROM several AS s
JOIN why AS w USING (matter)
UNION ALL
SELECT
    NULL, kind, anchor, first_day, last_day, records, 0, NULL, region, community, category,
    records - 1, NULL, records - 1, NULL,
    anchor IN (SELECT 'hotline:' || left_no FROM _verdicts WHERE kind = 'one_caller' AND same), example
FROM alone
ORDER BY kind, records DESC, first_day, anchor
