-- 区域的上级又在该区域之下
SELECT a.code
FROM areas AS a
JOIN areas AS p ON p.code = a.parent
WHERE p.parent = a.code AND a.code <> p.code
