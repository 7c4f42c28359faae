-- 同一案件编号出现多次
SELECT case_no FROM cases GROUP BY case_no HAVING count(*) > 1
