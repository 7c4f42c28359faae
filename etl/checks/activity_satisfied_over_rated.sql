-- 活动满意人数大于评价人数
SELECT activity_no FROM activities WHERE satisfied > rated
