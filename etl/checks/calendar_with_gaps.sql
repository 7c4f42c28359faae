-- 工作日历有缺日
SELECT day
FROM (SELECT day, lag(day) OVER (ORDER BY day) AS previous FROM calendar)
WHERE day - previous <> 1
