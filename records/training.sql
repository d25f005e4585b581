-- name: add_letter
INSERT INTO letter (attempt, slot, sequence, part, profile, at)
SELECT id, CAST(:slot AS TEXT), CAST(:sequence AS INTEGER), CAST(:part AS TEXT), profile, CAST(:at AS INTEGER) FROM attempt WHERE id = :attempt

-- name: add_assignment
INSERT INTO assignment (id, kind, subject, title, note, percent, questions, due_at, made_by, made_at)
VALUES (:id, :kind, :subject, :title, :note, :percent, :questions, :due_at, :made_by, :made_at)
-- name: add_part
INSERT INTO assignment_part (assignment, place, part) VALUES (:assignment, :place, :part)
-- name: assign_to
INSERT INTO assigned_to (assignment, cohort, profile) VALUES (:assignment, :cohort, :profile)
-- name: assignment
SELECT * FROM assignment WHERE id = :id
-- name: parts
SELECT part FROM assignment_part WHERE assignment = :assignment ORDER BY place
-- name: whom
SELECT t.cohort, t.profile, coalesce(c.name, p.name) AS name FROM assigned_to t LEFT JOIN cohort c ON c.id = t.cohort LEFT JOIN profile p ON p.id = t.profile
WHERE t.assignment = :assignment ORDER BY name
-- name: withdraw_assignment
UPDATE assignment SET withdrawn_at = :at WHERE id = :id AND withdrawn_at IS NULL
-- name: extend
INSERT INTO extension (assignment, profile, due_at) VALUES (:assignment, :profile, :due_at)
ON CONFLICT (assignment, profile) DO UPDATE SET due_at = excluded.due_at
-- name: drop_extension
DELETE FROM extension WHERE assignment = :assignment AND profile = :profile
-- name: asked_among
SELECT a.*, w.profile, p.name, e.due_at AS own_due, a.due_at + CASE WHEN w.joined <= a.made_at OR w.joined <= a.made_at + 86400000 AND w.joined <= a.due_at THEN 0
  ELSE (w.joined - a.made_at + 86399999) / 86400000 * 86400000 END AS usual, CASE WHEN c.status = 'disabled' THEN 1 ELSE 0 END AS shut_out FROM (
  SELECT profile, assignment, min(joined) AS joined FROM (
    SELECT m.profile, t.assignment, m.at AS joined FROM assigned_to t JOIN cohort c ON c.id = t.cohort JOIN membership m ON m.cohort = t.cohort WHERE t.assignment = :assignment AND c.closed_at IS NULL
    UNION ALL SELECT profile, assignment, 0 FROM assigned_to WHERE assignment = :assignment AND profile IS NOT NULL) ways
  WHERE profile IN ({who}) GROUP BY profile, assignment) w
JOIN assignment a ON a.id = w.assignment JOIN profile p ON p.id = w.profile LEFT JOIN extension e ON e.assignment = a.id AND e.profile = w.profile LEFT JOIN account c ON c.profile = w.profile
WHERE a.withdrawn_at IS NULL ORDER BY w.profile
-- name: assigned_to_person
SELECT a.*, CAST(:who AS TEXT) AS profile, coalesce(e.due_at, a.due_at + CASE WHEN w.joined <= a.made_at OR w.joined <= a.made_at + 86400000 AND w.joined <= a.due_at THEN 0
  ELSE (w.joined - a.made_at + 86399999) / 86400000 * 86400000 END) AS due FROM (
  SELECT assignment, min(joined) AS joined FROM (
    SELECT assignment, 0 AS joined FROM assigned_to WHERE profile = :who
    UNION ALL SELECT t.assignment, m.at FROM membership m JOIN cohort c ON c.id = m.cohort JOIN assigned_to t ON t.cohort = m.cohort WHERE m.profile = :who AND c.closed_at IS NULL) ways
  GROUP BY assignment) w
JOIN assignment a ON a.id = w.assignment LEFT JOIN extension e ON e.assignment = a.id AND e.profile = :who
WHERE a.withdrawn_at IS NULL ORDER BY due, a.serial
-- name: open_tracks
SELECT t.track FROM (
  SELECT goal AS track FROM profile WHERE id = :profile AND goal_kind = 'track'
  UNION SELECT subject FROM assignment WHERE kind = 'track' AND withdrawn_at IS NULL AND id IN (
    SELECT assignment FROM assigned_to WHERE profile = :profile
    UNION SELECT g.assignment FROM membership m JOIN cohort c ON c.id = m.cohort JOIN assigned_to g ON g.cohort = m.cohort WHERE m.profile = :profile AND c.closed_at IS NULL)) t
WHERE NOT EXISTS (SELECT 1 FROM completion d WHERE d.profile = :profile AND d.source = 'track:' || t.track)
-- name: assigned_in_cohort
SELECT a.*, w.profile, coalesce(e.due_at, a.due_at + CASE WHEN w.joined <= a.made_at OR w.joined <= a.made_at + 86400000 AND w.joined <= a.due_at THEN 0
  ELSE (w.joined - a.made_at + 86399999) / 86400000 * 86400000 END) AS due FROM (
  SELECT profile, assignment, min(joined) AS joined FROM (
    SELECT m.profile, t.assignment, m.at AS joined FROM membership m JOIN assigned_to t ON t.cohort = m.cohort WHERE m.cohort = :who
    UNION ALL SELECT m.profile, t.assignment, 0 FROM membership m JOIN assigned_to t ON t.profile = m.profile WHERE m.cohort = :who) ways
  GROUP BY profile, assignment) w
JOIN assignment a ON a.id = w.assignment LEFT JOIN extension e ON e.assignment = a.id AND e.profile = w.profile
WHERE a.made_at <= :until AND (a.withdrawn_at IS NULL OR a.withdrawn_at > :until) ORDER BY due, a.serial
-- name: assignments_made
SELECT * FROM assignment WHERE withdrawn_at IS NULL AND id IN (
  SELECT t.assignment FROM assigned_to t JOIN leadership l ON l.cohort = t.cohort WHERE l.profile = :leader
  UNION SELECT id FROM assignment WHERE made_by = :leader) ORDER BY due_at, serial
-- name: change_assignment
UPDATE assignment SET title = :title, note = :note, percent = :percent, due_at = :due_at WHERE id = :id AND withdrawn_at IS NULL
-- name: drop_parts
DELETE FROM assignment_part WHERE assignment = :assignment
-- name: set_time
UPDATE profile SET time_percent = :percent WHERE id = :id

-- name: tried
SELECT a.profile, a.item, a.id AS attempt, a.started_at, r.earned, r.possible, r.slots, CASE WHEN r.finished_at <= :until THEN r.finished_at END AS finished_at
FROM attempt a JOIN attempt_result r ON r.attempt = a.id WHERE a.profile IN ({who}) AND a.item = :item AND a.started_at <= :until ORDER BY a.started_at, a.id
-- name: shown
SELECT profile, competency, n, earned, possible, last_at FROM competency_result WHERE profile IN ({who})
-- name: shown_until
SELECT profile, competency, count(*) AS n, sum(earned) AS earned, sum(possible) AS possible, max(at) AS last_at FROM counted_evidence
WHERE profile IN ({who}) AND at <= :until GROUP BY profile, competency
-- name: lately
SELECT profile, count(*) AS n, sum(earned) AS earned, sum(possible) AS possible FROM counted_evidence WHERE profile IN ({who}) AND at BETWEEN :since AND :until GROUP BY profile
-- name: raise_competency
INSERT INTO competency_result (profile, competency, n, earned, possible, last_at)
VALUES (:profile, :competency, 1, :earned, :possible, :at)
ON CONFLICT (profile, competency) DO UPDATE SET n = competency_result.n + 1, earned = competency_result.earned + excluded.earned, possible = competency_result.possible + excluded.possible,
  last_at = CASE WHEN competency_result.last_at < excluded.last_at THEN excluded.last_at ELSE competency_result.last_at END
-- name: competencies_of_slot
SELECT DISTINCT profile, competency FROM counted_evidence WHERE attempt = :attempt AND slot = :slot
-- name: competencies_of_attempt
SELECT DISTINCT profile, competency FROM counted_evidence WHERE attempt = :attempt
-- name: hold_competency
INSERT INTO competency_result (profile, competency, n, earned, possible, last_at) VALUES (:profile, :competency, 0, 0, 0, 0) ON CONFLICT DO NOTHING
-- name: lock_competency
SELECT n FROM competency_result WHERE profile = :profile AND competency = :competency
-- name: lock_competency@postgres
SELECT n FROM competency_result WHERE profile = :profile AND competency = :competency FOR UPDATE
-- name: fold_competency
UPDATE competency_result SET (n, earned, possible, last_at) =
  (SELECT count(*), coalesce(sum(c.earned), 0), coalesce(sum(c.possible), 0), coalesce(max(c.at), 0) FROM counted_evidence c WHERE c.profile = :profile AND c.competency = :competency)
WHERE profile = :profile AND competency = :competency
-- name: drop_empty_competency
DELETE FROM competency_result WHERE profile = :profile AND competency = :competency AND n = 0
-- name: fold_competencies
INSERT INTO competency_result (profile, competency, n, earned, possible, last_at)
SELECT profile, competency, count(*), sum(earned), sum(possible), max(at) FROM counted_evidence NOT INDEXED GROUP BY profile, competency
-- name: wrong_competencies
SELECT profile, competency FROM (
  SELECT profile, competency, n, earned, possible, last_at FROM competency_result
  UNION ALL SELECT profile, competency, -count(*), -sum(earned), -sum(possible), -max(at) FROM counted_evidence NOT INDEXED GROUP BY profile, competency) kept_less_folded
GROUP BY profile, competency HAVING count(*) <> 2 OR sum(n) <> 0 OR sum(earned) <> 0 OR sum(possible) <> 0 OR sum(last_at) <> 0 ORDER BY profile, competency
-- name: last_begun
SELECT profile, max(at) AS at FROM (SELECT profile, started_at AS at FROM attempt WHERE profile IN ({who}) AND started_at <= :until
UNION ALL SELECT account AS profile, seen_at AS at FROM session WHERE account IN ({who}) AND seen_at <= :until) AS here GROUP BY profile
-- name: in_cohort
SELECT profile FROM membership WHERE cohort = :who
-- name: led_by
SELECT m.profile FROM leadership l JOIN cohort c ON c.id = l.cohort JOIN membership m ON m.cohort = l.cohort WHERE l.profile = :who AND c.closed_at IS NULL
-- name: alone
SELECT CAST(:who AS TEXT)

-- name: add_sign_off
INSERT INTO sign_off (id, profile, competency, note, made_by, at) VALUES (:id, :profile, :competency, :note, :made_by, :at)
-- name: sign_off
SELECT s.*, p.name AS by_name FROM sign_off s LEFT JOIN profile p ON p.id = s.made_by WHERE s.id = :id
-- name: sign_off_in_force
SELECT s.*, p.name AS by_name FROM sign_off s LEFT JOIN profile p ON p.id = s.made_by WHERE s.profile = :profile AND s.competency = :competency AND s.revoked_at IS NULL
-- name: revoke_sign_off
UPDATE sign_off SET revoked_at = :at, revoked_by = :by, why_revoked = :why WHERE id = :id AND revoked_at IS NULL
-- name: sign_offs
SELECT s.*, p.name AS by_name FROM sign_off s LEFT JOIN profile p ON p.id = s.made_by WHERE s.profile IN ({who}) ORDER BY s.serial

-- name: add_dispute
INSERT INTO dispute (id, attempt, slot, sequence, profile, reason, at, state) VALUES (:id, :attempt, :slot, :sequence, :profile, :reason, :at, 'open')
-- name: close_dispute
UPDATE dispute SET state = :state, answer = :answer, closed_by = :by, closed_at = :at WHERE id = :id AND state = 'open'
-- name: dispute
SELECT d.*, a.title, p.name, c.name AS by_name FROM dispute d JOIN attempt a ON a.id = d.attempt JOIN profile p ON p.id = d.profile LEFT JOIN profile c ON c.id = d.closed_by WHERE d.id = :id
-- name: dispute_about
SELECT id FROM dispute WHERE attempt = :attempt AND slot = :slot AND sequence = :sequence AND state = 'open'
-- name: disputes
SELECT d.*, a.title, p.name, c.name AS by_name FROM dispute d JOIN attempt a ON a.id = d.attempt JOIN profile p ON p.id = d.profile LEFT JOIN profile c ON c.id = d.closed_by
WHERE d.profile IN ({who}) AND (:state = '' OR d.state = :state) ORDER BY d.serial

-- name: letters
SELECT l.*, a.title, p.name FROM letter l JOIN attempt a ON a.id = l.attempt JOIN profile p ON p.id = l.profile
WHERE l.profile IN ({who}) AND l.read_at IS NULL ORDER BY l.at, l.attempt, l.slot
-- name: read_letters
UPDATE letter SET read_at = :at, read_by = :by WHERE attempt = :attempt AND slot = :slot AND sequence = :sequence AND read_at IS NULL
-- name: led_by_others
SELECT DISTINCT l.profile, a.role, a.status FROM membership m JOIN cohort c ON c.id = m.cohort JOIN leadership l ON l.cohort = m.cohort JOIN account a ON a.profile = l.profile
WHERE m.profile = :profile AND l.profile <> :profile AND c.closed_at IS NULL
-- name: waiting
SELECT (SELECT count(*) FROM dispute WHERE state = 'open' AND profile <> :but AND profile IN ({who})) AS disputes,
  (SELECT count(*) FROM letter WHERE read_at IS NULL AND profile <> :but AND profile IN ({who})) AS letters
-- name: add_hand_mark
INSERT INTO hand_mark (id, attempt, slot, sequence, made_by, reason, before, after, dispute, at)
VALUES (:id, :attempt, :slot, :sequence, :made_by, :reason, :before, :after, :dispute, :at)
-- name: hand_mark
SELECT * FROM hand_mark WHERE id = :id
-- name: hand_marks
SELECT h.*, a.profile, a.title, p.name AS by_name FROM hand_mark h JOIN attempt a ON a.id = h.attempt LEFT JOIN profile p ON p.id = h.made_by
WHERE a.profile IN ({who}) AND h.at >= :since ORDER BY h.serial
-- name: overtaken_by_hand
SELECT 1 FROM regrade_change c JOIN hand_mark h ON h.attempt = c.attempt AND h.slot = c.slot AND h.sequence = c.sequence AND h.after > c.after
WHERE c.run = :run LIMIT 1

-- name: add_remark
INSERT INTO remark (id, attempt, slot, profile, text, made_by, at) VALUES (:id, :attempt, :slot, :profile, :text, :made_by, :at)
-- name: withdraw_remark
UPDATE remark SET withdrawn_at = :at WHERE id = :id AND withdrawn_at IS NULL
-- name: remark
SELECT r.*, a.title, p.name AS by_name FROM remark r JOIN attempt a ON a.id = r.attempt LEFT JOIN profile p ON p.id = r.made_by WHERE r.id = :id
-- name: remarks
SELECT r.*, a.title, p.name AS by_name FROM remark r JOIN attempt a ON a.id = r.attempt LEFT JOIN profile p ON p.id = r.made_by
WHERE r.profile IN ({who}) AND r.withdrawn_at IS NULL AND r.at >= :since ORDER BY r.serial

-- name: steps_of
SELECT s.attempt, s.kind, s.at FROM attempt a JOIN step s ON s.attempt = a.id WHERE a.profile = :profile ORDER BY s.attempt, s.serial

-- name: told_after
SELECT s.serial, s.attempt, s.slot, s.sequence, s.kind, s.at, a.profile, a.item, a.item_kind, a.title, g.earned, g.possible,
       r.earned AS all_earned, r.possible AS all_possible, a.started_at
FROM step s JOIN attempt a ON a.id = s.attempt JOIN attempt_result r ON r.attempt = a.id
LEFT JOIN grading g ON g.attempt = s.attempt AND g.slot = s.slot AND g.sequence = s.sequence AND g.grading_seq = 1
WHERE s.serial > :after AND s.kind IN ('submit', 'send', 'finish', 'shown') ORDER BY s.serial LIMIT :most
-- name: sent_upto
SELECT serial FROM sent_upto WHERE place = :place
-- name: sent_anywhere
SELECT place FROM sent_upto LIMIT 1
-- name: keep_sent_upto
INSERT INTO sent_upto (place, serial, at) VALUES (:place, :serial, :at) ON CONFLICT (place) DO UPDATE SET serial = excluded.serial, at = excluded.at
