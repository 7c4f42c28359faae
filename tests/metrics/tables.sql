-- The tables of a snapshot, as loading publishes them.
CREATE TABLE areas (code VARCHAR, name VARCHAR, level VARCHAR, parent VARCHAR, kind VARCHAR, region VARCHAR, community VARCHAR, grid VARCHAR, households INTEGER, residents INTEGER, staff_full INTEGER, staff_part INTEGER, party_groups INTEGER, party_members INTEGER, household_groups INTEGER, longitude DOUBLE, latitude DOUBLE, geometry VARCHAR, valid_from DATE, valid_to DATE);
CREATE TABLE hotline (order_no VARCHAR, channel VARCHAR, nature VARCHAR, category VARCHAR, category_path VARCHAR, unit VARCHAR, region VARCHAR, community VARCHAR, grid VARCHAR, accepted_at TIMESTAMP, dispatched_at TIMESTAMP, due_at TIMESTAMP, closed_at TIMESTAMP, visited_at TIMESTAMP, updated_at TIMESTAMP, valid BOOLEAN, in_scope BOOLEAN, returned BOOLEAN, returned_at TIMESTAMP, on_time BOOLEAN, is_repeat BOOLEAN, repeated_in INTEGER, result VARCHAR, satisfaction VARCHAR, longitude DOUBLE, latitude DOUBLE, located VARCHAR, reply UBIGINT, flags VARCHAR[], "text" VARCHAR);
CREATE TABLE cases (case_no VARCHAR, kind VARCHAR, category VARCHAR, origin VARCHAR, unit VARCHAR, region VARCHAR, community VARCHAR, grid VARCHAR, reported_at TIMESTAMP, accepted_at TIMESTAMP, due_at TIMESTAMP, closed_at TIMESTAMP, visited_at TIMESTAMP, confirmed BOOLEAN, updated_at TIMESTAMP, on_time BOOLEAN, result VARCHAR, longitude DOUBLE, latitude DOUBLE, traced BOOLEAN, returned_in INTEGER, located VARCHAR, reply UBIGINT, flags VARCHAR[], "text" VARCHAR);
CREATE TABLE clusters (matter INTEGER, kind VARCHAR, anchor VARCHAR, first_day DATE, last_day DATE, records INTEGER, cases INTEGER, persons INTEGER, region VARCHAR, community VARCHAR, category VARCHAR, links BIGINT, by_place BIGINT, by_category BIGINT, alike DOUBLE, confirmed BOOLEAN, example VARCHAR);
CREATE TABLE links (matter INTEGER, left_source VARCHAR, left_no VARCHAR, right_source VARCHAR, right_no VARCHAR, days INTEGER, same_place BOOLEAN, same_category BOOLEAN, alike DOUBLE, confirmed BOOLEAN);
CREATE TABLE activities (activity_no VARCHAR, system VARCHAR, team VARCHAR, region VARCHAR, community VARCHAR, grid VARCHAR, date DATE, title VARCHAR, attendances INTEGER, people INTEGER, outcome_count INTEGER, rated INTEGER, satisfied INTEGER, topics_raised INTEGER, topics_closed INTEGER, flags VARCHAR[]);
CREATE TABLE coverage (month DATE, region VARCHAR, community VARCHAR, grid VARCHAR, key_group VARCHAR, expected INTEGER, known INTEGER, fresh INTEGER, visited INTEGER, visits INTEGER, helped INTEGER, flags VARCHAR[]);
CREATE TABLE tallies (month DATE, system VARCHAR, region VARCHAR, community VARCHAR, grid VARCHAR, quantity INTEGER, due INTEGER, done INTEGER, flags VARCHAR[]);
CREATE TABLE indicators (key VARCHAR, label VARCHAR, period VARCHAR, area VARCHAR, value DOUBLE, qualifier VARCHAR, unit VARCHAR, source VARCHAR);
CREATE TABLE events (date DATE, until DATE, kind VARCHAR, title VARCHAR, area VARCHAR);
CREATE TABLE area_lineage (from_grid VARCHAR, to_grid VARCHAR, date DATE, share DOUBLE, edited BOOLEAN);
CREATE TABLE calendar (day DATE, is_workday BOOLEAN, workday_no INTEGER, festival VARCHAR);
CREATE TABLE labels (source VARCHAR, field VARCHAR, code VARCHAR, label VARCHAR);
CREATE TABLE batches (batch INTEGER, source VARCHAR, file VARCHAR, sheet VARCHAR, loaded_at TIMESTAMP, encoding VARCHAR, read BIGINT, loaded BIGINT, updated BIGINT, unchanged BIGINT, duplicate BIGINT, rejected BIGINT, flagged BIGINT, demo BOOLEAN, first_event DATE, last_event DATE, warnings VARCHAR[], undone BOOLEAN);
CREATE TABLE reject_reasons (batch INTEGER, source VARCHAR, reason VARCHAR, rows BIGINT);
CREATE TABLE unmapped (source VARCHAR, field VARCHAR, value VARCHAR, rows BIGINT);
CREATE TABLE freshness (source VARCHAR, label VARCHAR, first_event DATE, last_event DATE, last_loaded TIMESTAMP, rows BIGINT, rhythm_days INTEGER);
CREATE TABLE meta (key VARCHAR, value VARCHAR);
INSERT INTO calendar SELECT CAST(d AS DATE), ISODOW(d) < 6, 0, NULL FROM range(DATE '2019-01-01', DATE '2026-01-01', INTERVAL 1 DAY) AS t (d);
INSERT INTO labels VALUES
    ('cases', 'kind', 'dispute', '矛盾纠纷'), ('cases', 'kind', 'hazard', '安全隐患'), ('cases', 'kind', 'task', '派遣任务'), ('cases', 'kind', 'enterprise_request', '企业诉求'),
    ('coverage', 'group', 'floating', '流动人口'), ('coverage', 'group', 'unemployed', '失业人员'), ('coverage', 'group', 'assisted', '帮扶人员'), ('coverage', 'group', 'focus', '重点人员'), ('coverage', 'group', 'disabled', '残障人员'), ('coverage', 'group', 'living_alone', '独居老人'),
    ('activities', 'team', 'yian', '益安'), ('activities', 'team', 'yiqi', '益企'), ('activities', 'team', 'yiye', '益业'), ('activities', 'team', 'yilao', '益老'), ('activities', 'team', 'yikang', '益康'),
    ('hotline', 'satisfaction', 'satisfied', '满意'), ('hotline', 'satisfaction', 'dissatisfied', '不满意');
CREATE TABLE term_months (term VARCHAR, month DATE, region VARCHAR, community VARCHAR, category VARCHAR, orders INTEGER);
CREATE TABLE word_proposals (word VARCHAR, orders INTEGER, community VARCHAR);
