-- One row per pair of records that are held to be about one matter, the earlier first, and why. None is made
-- by who called: a snapshot joins no two orders by their caller. Shared words only where texts are kept.
SELECT
    l.matter,
    CASE WHEN l.left_case THEN 'cases' ELSE 'hotline' END AS left_source,
    coalesce(a.case_no, b.order_no) AS left_no,
    CASE WHEN l.right_case THEN 'cases' ELSE 'hotline' END AS right_source,
    coalesce(c.case_no, d.order_no) AS right_no,
    l.days,
    l.same_place,
    l.same_category,
    round(l.alike, 2) AS alike,
    l.confirmed
FROM _links AS l
LEFT JOIN raw_cases AS a ON l.left_case AND a.rowid = l.left_record
LEFT JOIN raw_hotline AS b ON NOT l.left_case AND b.rowid = l.left_record
LEFT JOIN raw_cases AS c ON l.right_case AND c.rowid = l.right_record
LEFT JOIN raw_hotline AS d ON NOT l.right_case AND d.rowid = l.right_record
ORDER BY matter, left_source, left_no, right_source, right_no
