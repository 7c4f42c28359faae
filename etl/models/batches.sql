-- One row per sheet of a file that was loaded, undone ones included.
SELECT
    f.batch,
    f.source,
    f.file,
    f.sheet,
    b.loaded_at,
    f.encoding,
    f.read,
    f.loaded,
    f.updated,
    f.unchanged,
    f.duplicate,
    f.rejected,
    f.flagged,
    b.demo,
    f.first_event,
    f.last_event,
    f.warnings,
    b.undone_at IS NOT NULL AS undone
FROM files AS f
JOIN batches AS b USING (batch)
ORDER BY f.batch, f.file_no
