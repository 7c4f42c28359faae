-- 机制月报的数量为负
SELECT month, community, grid, system
FROM tallies
WHERE least(quantity, due, done) < 0
