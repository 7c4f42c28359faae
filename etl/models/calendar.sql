-- One row per day; workday_no counts working days, so a difference of two is a number of working days.
SELECT day, is_workday, workday_no, festival
FROM calendar
ORDER BY day
