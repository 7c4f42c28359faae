-- How often each reason rejected a row. A row can have several.
SELECT r.batch, f.source, reason, count(*) AS rows
FROM (SELECT batch, file_no, unnest(reasons) AS reason FROM rejects) AS r
JOIN files AS f USING (batch, file_no)
GROUP BY r.batch, f.source, reason
ORDER BY r.batch, f.source, reason
