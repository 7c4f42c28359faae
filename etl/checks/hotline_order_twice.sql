-- 同一工单编号出现多次
SELECT order_no FROM hotline GROUP BY order_no HAVING count(*) > 1
