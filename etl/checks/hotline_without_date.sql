-- 工单没有编号或受理时间
SELECT order_no FROM hotline WHERE order_no IS NULL OR accepted_at IS NULL
