-- 人数为负
SELECT month, community, grid, key_group
FROM coverage
WHERE least(expected, known, fresh, visited, visits, helped) < 0
