-- 案件办结时间早于上报或受理时间
SELECT case_no FROM cases WHERE closed_at < reported_at OR closed_at < accepted_at
