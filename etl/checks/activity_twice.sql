-- 同一活动编号出现多次
SELECT activity_no FROM activities GROUP BY activity_no HAVING count(*) > 1
