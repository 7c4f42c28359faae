-- 同一月份、区域、人员类别出现多次
SELECT month, community, grid, key_group
FROM coverage
GROUP BY month, community, grid, key_group
HAVING count(*) > 1
