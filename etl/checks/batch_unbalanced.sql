-- 读取行数不等于各去向之和
SELECT batch, file
FROM batches
WHERE read <> loaded + updated + unchanged + duplicate + rejected
