-- Every latest record that may be about the same matter as another: complaints and requests from the hotline,
-- and what the subdistrict dealt with itself. Words and callers go no further than the working out of links.
SELECT
    0::UTINYINT AS is_case,
    rowid AS record,
    hash('hotline', order_no) AS tie,
    epoch(accepted_at)::BIGINT AS at,
    0::BIGINT AS closed,
    coalesce(hash(community), 0) AS community,
    coalesce(hash(community, grid), 0) AS grid,
    coalesce(hash(split_part(category, ' › ', 1)), 0) AS category,
    coalesce(caller, 0::UBIGINT) AS caller,
    concat_ws(' ', address, text) AS words
FROM raw_hotline
WHERE is_latest AND coalesce(valid, TRUE) AND coalesce(nature, '') NOT IN ('praise', 'consultation')
UNION ALL
SELECT
    1::UTINYINT,
    rowid,
    hash('cases', case_no),
    epoch(coalesce(accepted_at, reported_at))::BIGINT,
    coalesce(epoch(closed_at)::BIGINT, 0),
    coalesce(hash(community), 0),
    coalesce(hash(community, grid), 0),
    coalesce(hash(split_part(category, ' › ', 1)), 0),
    0::UBIGINT,
    coalesce(text, '')
FROM raw_cases
WHERE is_latest
