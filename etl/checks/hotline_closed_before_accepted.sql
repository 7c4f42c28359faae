-- 工单办结时间早于受理时间
SELECT order_no FROM hotline WHERE closed_at < accepted_at
