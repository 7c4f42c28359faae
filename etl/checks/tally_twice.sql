-- 同一月份、区域、工作机制出现多次
SELECT month, community, grid, system
FROM tallies
GROUP BY month, community, grid, system
HAVING count(*) > 1
