-- 同一区域编码出现多次
SELECT code FROM areas GROUP BY code HAVING count(*) > 1
