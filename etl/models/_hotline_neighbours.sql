-- Orders whose is_repeat or repeated_in an arriving order may change: those of the same callers, then and now.
SELECT rowid AS record
FROM raw_hotline
WHERE is_latest AND caller IN (
    SELECT caller
    FROM raw_hotline
    WHERE record_key IN (SELECT record_key FROM touched) AND caller IS NOT NULL
)
