-- name: add_profile
INSERT INTO profile (id, name, goal_kind, goal, exam_date, created_at, time_percent, minutes_a_day)
VALUES (:id, :name, :goal_kind, :goal, :exam_date, :created_at, :time_percent, :minutes_a_day) ON CONFLICT DO NOTHING
-- name: update_profile
UPDATE profile SET name = :name, goal_kind = :goal_kind, goal = :goal, exam_date = :exam_date, time_percent = :time_percent,
  minutes_a_day = :minutes_a_day WHERE id = :id
-- name: update_aims
UPDATE profile SET goal_kind = :goal_kind, goal = :goal, exam_date = :exam_date, minutes_a_day = :minutes_a_day WHERE id = :id
-- name: rename_profile
UPDATE profile SET name = :name WHERE id = :id
-- name: profiles
SELECT * FROM profile ORDER BY created_at, id
-- name: profile
SELECT * FROM profile WHERE id = :id
-- name: erased
SELECT 1 FROM erasure WHERE profile = :profile

-- name: add_attempt
INSERT INTO attempt (id, profile, item, item_kind, title, content_hash, seed, behaviour, form, started_at, digest)
VALUES (:id, :profile, :item, :item_kind, :title, :content_hash, :seed, :behaviour, :form, :started_at, :digest) ON CONFLICT DO NOTHING
-- name: add_attempt_result
INSERT INTO attempt_result (attempt, earned, possible, slots, finished_at, last_at) VALUES (:id, 0, 0, 0, NULL, :started_at)
-- name: attempt
SELECT a.*, r.earned, r.possible, r.finished_at FROM attempt a JOIN attempt_result r ON r.attempt = a.id WHERE a.id = :id
-- name: attempt_but_its_form
SELECT a.id, a.profile, a.item, a.item_kind, a.title, a.content_hash, a.seed, a.behaviour, a.started_at, r.earned, r.possible, r.finished_at
FROM attempt a JOIN attempt_result r ON r.attempt = a.id WHERE a.id = :id
-- name: finished_at
SELECT r.finished_at, a.profile, a.item FROM attempt_result r JOIN attempt a ON a.id = r.attempt WHERE r.attempt = :attempt
-- name: finished_at@postgres
SELECT r.finished_at, a.profile, a.item FROM attempt_result r JOIN attempt a ON a.id = r.attempt WHERE r.attempt = :attempt FOR UPDATE OF r
-- name: attempts_of
SELECT a.id, a.item, a.item_kind, a.title, a.behaviour, a.started_at, r.earned, r.possible, r.finished_at
FROM attempt a JOIN attempt_result r ON r.attempt = a.id
WHERE a.profile = :profile ORDER BY a.serial DESC LIMIT :limit
-- name: history
SELECT a.id, a.item, a.item_kind, a.title, a.behaviour, a.started_at, r.earned, r.possible, r.finished_at
FROM attempt a JOIN attempt_result r ON r.attempt = a.id
WHERE a.profile = :profile AND (:kind = '' OR a.item_kind = :kind) AND (:state = '' OR (r.finished_at IS NULL) = (:state = 'open')) ORDER BY a.serial DESC LIMIT :limit OFFSET :skipped
-- name: history_length
SELECT count(*) AS n FROM attempt a JOIN attempt_result r ON r.attempt = a.id
WHERE a.profile = :profile AND (:kind = '' OR a.item_kind = :kind) AND (:state = '' OR (r.finished_at IS NULL) = (:state = 'open'))
-- name: begun_before_the_last
SELECT started_at FROM attempt WHERE profile = :profile ORDER BY serial DESC LIMIT 1 OFFSET :many
-- name: open_attempt
SELECT a.id FROM attempt a JOIN attempt_result r ON r.attempt = a.id
WHERE a.profile = :profile AND a.item = :item AND r.finished_at IS NULL ORDER BY a.serial DESC LIMIT 1

-- name: add_step
INSERT INTO step (attempt, slot, sequence, kind, payload, at, digest)
VALUES (:attempt, :slot, :sequence, :kind, :payload, :at, :digest) ON CONFLICT (attempt, slot, sequence) DO NOTHING
-- name: step
SELECT * FROM step WHERE attempt = :attempt AND slot = :slot AND sequence = :sequence
-- name: steps
SELECT * FROM step WHERE attempt = :attempt ORDER BY serial
-- name: finish_step
SELECT * FROM step WHERE attempt = :attempt AND kind = 'finish' ORDER BY serial LIMIT 1
-- name: submitted
SELECT DISTINCT slot FROM step WHERE attempt = :attempt AND kind = 'submit'
-- name: last_sequence
SELECT coalesce(max(sequence), 0) FROM step WHERE attempt = :attempt AND slot = :slot

-- name: current_grading
SELECT * FROM grading WHERE attempt = :attempt AND slot = :slot AND sequence = :sequence ORDER BY grading_seq DESC LIMIT 1
-- name: add_grading
INSERT INTO grading (attempt, slot, sequence, grading_seq, grader, content_hash, earned, possible, credits, evidence, at, digest)
VALUES (:attempt, :slot, :sequence, :grading_seq, :grader, :content_hash, :earned, :possible, :credits, :evidence, :at, :digest)
-- name: gradings
SELECT * FROM grading WHERE attempt = :attempt ORDER BY serial

-- name: head
SELECT a.id, a.profile, a.item, a.title, a.started_at, r.finished_at FROM attempt a JOIN attempt_result r ON r.attempt = a.id WHERE a.id = :id
-- name: owner
SELECT profile FROM attempt WHERE id = :attempt
-- name: open_of_kind
SELECT a.id FROM attempt a JOIN attempt_result r ON r.attempt = a.id
WHERE a.profile = :profile AND a.item_kind = :kind AND r.finished_at IS NULL ORDER BY a.serial DESC
-- name: met
SELECT s.slot, max(s.at) AS at FROM step s JOIN attempt a ON a.id = s.attempt
WHERE a.profile = :profile AND s.kind IN ('submit', 'omit') GROUP BY s.slot

-- name: answers_of
SELECT s.attempt, s.slot, s.at, s.payload, s.serial, a.serial AS turn, a.seed, g.earned, g.possible
FROM attempt a JOIN attempt_result r ON r.attempt = a.id
JOIN step s ON s.attempt = a.id
JOIN grading g ON g.attempt = s.attempt AND g.slot = s.slot AND g.sequence = s.sequence
WHERE a.profile = :profile AND r.last_at >= :since AND s.serial > :after AND a.item_kind <> 'scenario' AND s.kind = 'submit' AND g.possible > 0
  AND NOT EXISTS (SELECT 1 FROM grading l WHERE l.attempt = g.attempt AND l.slot = g.slot AND l.sequence = g.sequence AND l.grading_seq > g.grading_seq)
ORDER BY s.serial
-- name: confidence_of
SELECT s.attempt, s.payload FROM attempt a JOIN step s ON s.attempt = a.id
WHERE a.profile = :profile AND a.item_kind = 'exam' AND s.kind = 'confidence' ORDER BY s.serial
-- name: marker
SELECT count(*) AS attempts, coalesce(max(r.last_at), 0) AS last_at, coalesce(sum(r.slots), 0) AS slots, coalesce(sum(r.possible * a.serial), 0) AS possible,
       coalesce(sum(r.earned * a.serial), 0) AS earned
FROM attempt a JOIN attempt_result r ON r.attempt = a.id WHERE a.profile = :profile
-- name: answers_in
SELECT payload FROM step WHERE slot = :slot AND kind = 'submit' ORDER BY serial DESC LIMIT :most

-- name: meetings
SELECT s.attempt, s.slot, s.kind, s.at, s.payload, a.seed, g.earned, g.possible, g.evidence
FROM attempt a JOIN step s ON s.attempt = a.id
JOIN grading g ON g.attempt = s.attempt AND g.slot = s.slot AND g.sequence = s.sequence
WHERE a.profile = :profile AND a.item_kind <> 'scenario' AND s.kind IN ('submit', 'omit', 'unreached') AND (g.possible > 0 OR g.evidence <> '[]' OR s.kind <> 'submit')
  AND NOT EXISTS (SELECT 1 FROM grading l WHERE l.attempt = g.attempt AND l.slot = g.slot AND l.sequence = g.sequence AND l.grading_seq > g.grading_seq)
ORDER BY s.serial
-- name: openings
SELECT s.attempt, s.kind, s.at, s.payload, r.finished_at FROM attempt a JOIN attempt_result r ON r.attempt = a.id JOIN step s ON s.attempt = a.id
WHERE a.profile = :profile AND a.item_kind = 'exam' AND r.finished_at IS NOT NULL AND s.kind IN ('navigate', 'finish') ORDER BY a.serial, s.serial
-- name: learners
SELECT DISTINCT profile FROM attempt ORDER BY profile
-- name: difficulties
SELECT * FROM item_difficulty ORDER BY item
-- name: calibrated
SELECT count(*) AS many, coalesce(max(at), 0) AS at FROM item_difficulty
-- name: add_difficulty
INSERT INTO item_difficulty (item, logits, se, n, at) VALUES (:item, :logits, :se, :n, :at)
-- name: report_exam
INSERT INTO real_exam (profile, exam, sat_on, outcome, score, chances, at) VALUES (:profile, :exam, :sat_on, :outcome, :score, :chances, :at)
ON CONFLICT (profile, exam, sat_on) DO UPDATE SET outcome = excluded.outcome, score = excluded.score, chances = excluded.chances, at = excluded.at
-- name: take_back_exam
DELETE FROM real_exam WHERE profile = :profile AND exam = :exam AND sat_on = :sat_on
-- name: real_exams
SELECT * FROM real_exam WHERE profile = :profile ORDER BY sat_on DESC, serial DESC
-- name: results_of_exam
SELECT outcome, chances FROM real_exam WHERE exam = :exam AND outcome IN ('passed', 'failed') AND chances <> '[]' ORDER BY serial

-- name: save_draft
INSERT INTO draft (attempt, slot, payload, after, at)
SELECT :attempt, :slot, :payload, coalesce(max(sequence), 0), :at FROM step WHERE attempt = :attempt AND slot = :slot
ON CONFLICT (attempt, slot) DO UPDATE SET payload = excluded.payload, after = excluded.after, at = excluded.at
-- name: draft
SELECT * FROM draft WHERE attempt = :attempt AND slot = :slot
-- name: drafts
SELECT * FROM draft WHERE attempt = :attempt ORDER BY slot

-- name: attempts_with_slot
SELECT a.id, a.profile FROM attempt a
WHERE a.id IN (SELECT s.attempt FROM step s JOIN grading g ON g.attempt = s.attempt AND g.slot = s.slot AND g.sequence = s.sequence WHERE s.slot = :slot)
ORDER BY a.serial
-- name: slots_answered
SELECT s.slot, count(*) AS answers FROM step s JOIN grading g ON g.attempt = s.attempt AND g.slot = s.slot AND g.sequence = s.sequence AND g.grading_seq = 1
GROUP BY s.slot
-- name: grading
SELECT * FROM grading WHERE attempt = :attempt AND slot = :slot AND sequence = :sequence AND grading_seq = :grading_seq
-- name: add_run
INSERT INTO regrade_run (id, item, policy, actor, reason, question, undoes, at)
VALUES (:id, :item, :policy, :actor, :reason, :question, :undoes, :at)
-- name: add_change
INSERT INTO regrade_change (run, attempt, slot, sequence, before, after) VALUES (:run, :attempt, :slot, :sequence, :before, :after)
-- name: run
SELECT r.*, u.at AS undone_at FROM regrade_run r LEFT JOIN regrade_run u ON u.undoes = r.id WHERE r.id = :id
-- name: runs
SELECT r.*, u.at AS undone_at FROM regrade_run r LEFT JOIN regrade_run u ON u.undoes = r.id
WHERE :item = '' OR r.item = :item ORDER BY r.serial DESC
-- name: changes
SELECT c.*, a.profile, a.title, p.name FROM regrade_change c JOIN attempt a ON a.id = c.attempt JOIN profile p ON p.id = a.profile
WHERE c.run = :run ORDER BY p.name, a.serial, c.slot, c.sequence
-- name: changes_of_profile
SELECT c.*, a.profile, a.title, p.name FROM regrade_change c JOIN attempt a ON a.id = c.attempt JOIN profile p ON p.id = a.profile
JOIN regrade_run r ON r.id = c.run
WHERE a.profile = :profile AND r.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM regrade_run u WHERE u.undoes = r.id) ORDER BY r.serial DESC, a.serial DESC
-- name: overtaken
SELECT 1 FROM regrade_change c JOIN regrade_run r ON r.id = c.run
JOIN regrade_change l ON l.attempt = c.attempt AND l.slot = c.slot AND l.sequence = c.sequence
JOIN regrade_run later ON later.id = l.run AND later.serial > r.serial
WHERE c.run = :run AND later.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM regrade_run u WHERE u.undoes = later.id) LIMIT 1

-- name: evidence
SELECT competency AS name, count(*) AS n, sum(earned) AS earned, sum(possible) AS possible,
       count(DISTINCT CASE WHEN length(slot) = 36 THEN slot ELSE item || '/' || slot END) AS items, max(at) AS last_at
FROM counted_evidence WHERE profile = :profile GROUP BY competency ORDER BY competency
-- name: domain_evidence
SELECT d.value AS name, count(*) AS n, sum(earned) AS earned, sum(possible) AS possible,
       count(DISTINCT CASE WHEN length(slot) = 36 THEN slot ELSE item || '/' || slot END) AS items, max(at) AS last_at
FROM counted_evidence c JOIN json_each(c.domains) d WHERE c.profile = :profile GROUP BY d.value ORDER BY d.value
-- name: domain_evidence@postgres
SELECT d.value AS name, count(*) AS n, sum(earned) AS earned, sum(possible) AS possible,
       count(DISTINCT CASE WHEN length(slot) = 36 THEN slot ELSE item || '/' || slot END) AS items, max(at) AS last_at
FROM counted_evidence c CROSS JOIN LATERAL json_array_elements_text(c.domains::json) AS d(value) WHERE c.profile = :profile GROUP BY d.value ORDER BY d.value
-- name: attempts_after
SELECT serial, id, profile, item, item_kind, title, content_hash, seed, behaviour, '{}' AS form, started_at FROM attempt WHERE serial > :after ORDER BY serial LIMIT :most
-- name: steps_of_these
SELECT attempt, slot, sequence, kind, '{{}}' AS payload, at FROM step WHERE attempt IN ({these}) ORDER BY serial
-- name: gradings_of_these
SELECT attempt, slot, sequence, grader, content_hash, earned, possible, '[]' AS credits, evidence, at FROM grading WHERE attempt IN ({these}) ORDER BY serial
-- name: item_states
SELECT a.item, a.started_at, r.earned, r.possible, r.last_at
FROM attempt a JOIN attempt_result r ON r.attempt = a.id WHERE a.profile = :profile ORDER BY a.serial

-- name: fold_slot_results
INSERT INTO slot_result (attempt, slot, sequence, earned, possible)
SELECT g.attempt, g.slot, g.sequence, g.earned, g.possible FROM current_grading g
WHERE {scope} AND NOT EXISTS (SELECT 1 FROM grading l WHERE l.attempt = g.attempt AND l.slot = g.slot AND l.sequence > g.sequence)
-- name: fold_evidence
INSERT INTO counted_evidence (profile, item, attempt, slot, place, competency, domains, earned, possible, at)
SELECT a.profile, a.item, g.attempt, g.slot, e.key, e.value ->> 'competency', e.value -> 'domains',
       e.value ->> 'earned', e.value ->> 'possible', s.at
FROM current_grading g JOIN attempt a ON a.id = g.attempt
JOIN step s ON s.attempt = g.attempt AND s.slot = g.slot AND s.sequence = g.sequence
JOIN json_each(g.evidence) e
WHERE {scope} AND NOT EXISTS (
  SELECT 1 FROM grading o WHERE o.attempt = g.attempt AND o.slot = g.slot
  AND CASE a.behaviour WHEN 'exam' THEN o.sequence > g.sequence ELSE o.sequence < g.sequence END)
-- name: fold_evidence@postgres
INSERT INTO counted_evidence (profile, item, attempt, slot, place, competency, domains, earned, possible, at)
SELECT a.profile, a.item, g.attempt, g.slot, e.place - 1, e.value ->> 'competency', e.value ->> 'domains',
       (e.value ->> 'earned')::bigint, (e.value ->> 'possible')::bigint, s.at
FROM current_grading g JOIN attempt a ON a.id = g.attempt
JOIN step s ON s.attempt = g.attempt AND s.slot = g.slot AND s.sequence = g.sequence
CROSS JOIN LATERAL json_array_elements(g.evidence::json) WITH ORDINALITY AS e(value, place)
WHERE {scope} AND NOT EXISTS (
  SELECT 1 FROM grading o WHERE o.attempt = g.attempt AND o.slot = g.slot
  AND CASE a.behaviour WHEN 'exam' THEN o.sequence > g.sequence ELSE o.sequence < g.sequence END)
-- name: fold_attempt_score
UPDATE attempt_result SET (earned, possible, slots) =
  (SELECT coalesce(sum(r.earned), 0), coalesce(sum(r.possible), 0), count(*) FROM slot_result r WHERE r.attempt = attempt_result.attempt)
WHERE {scope}
-- name: touch_attempt
UPDATE attempt_result
SET last_at = CASE WHEN last_at < :at THEN :at ELSE last_at END, finished_at = CASE WHEN :kind = 'finish' THEN coalesce(finished_at, :at) ELSE finished_at END
WHERE attempt = :attempt
-- name: add_slot_result
INSERT INTO slot_result (attempt, slot, sequence, earned, possible) VALUES (:attempt, :slot, :sequence, :earned, :possible) ON CONFLICT DO NOTHING
-- name: add_evidence
INSERT INTO counted_evidence (profile, item, attempt, slot, place, competency, domains, earned, possible, at)
VALUES (:profile, :item, :attempt, :slot, :place, :competency, :domains, :earned, :possible, :at)
-- name: score_attempt
UPDATE attempt_result
SET earned = earned + :earned, possible = possible + :possible, slots = slots + 1, last_at = CASE WHEN last_at < :at THEN :at ELSE last_at END,
    finished_at = CASE WHEN :kind = 'finish' THEN coalesce(finished_at, :at) ELSE finished_at END
WHERE attempt = :attempt
-- name: fold_attempt_times
INSERT INTO attempt_result (attempt, earned, possible, slots, finished_at, last_at)
SELECT a.id, 0, 0, 0, f.at, CASE WHEN t.last_at > a.started_at THEN t.last_at ELSE a.started_at END
FROM attempt a LEFT JOIN (SELECT attempt, max(at) AS last_at, min(CASE WHEN kind = 'finish' THEN serial END) AS finish FROM step GROUP BY attempt) t ON t.attempt = a.id
LEFT JOIN step f ON f.serial = t.finish

-- name: audit_turn
SELECT 1
-- name: audit_turn@postgres
SELECT pg_advisory_xact_lock(1129071949)
-- name: audit_last
SELECT hash FROM audit ORDER BY serial DESC LIMIT 1
-- name: add_audit
INSERT INTO audit (at, actor, act, subject, before, after, previous, hash) VALUES (:at, :actor, :act, :subject, :before, :after, :previous, :hash)
-- name: audit_chain
SELECT * FROM audit WHERE serial > :after ORDER BY serial LIMIT :most
-- name: audit_log
SELECT * FROM audit WHERE (:subject = '' OR subject = :subject OR actor = :subject OR subject IN (
  SELECT id FROM attempt WHERE profile = :subject UNION ALL SELECT id FROM dispute WHERE profile = :subject)) AND serial < :below ORDER BY serial DESC LIMIT :limit

-- name: add_account
INSERT INTO account (profile, role, status, email, epoch, created_at) VALUES (:profile, :role, :status, :email, :epoch, :created_at)
-- name: account
SELECT a.*, p.name FROM account a JOIN profile p ON p.id = a.profile WHERE a.profile = :profile
-- name: account_of_email
SELECT a.*, p.name FROM account a JOIN profile p ON p.id = a.profile WHERE a.email = :email AND a.email <> ''
-- name: account_of_identity
SELECT a.*, p.name FROM identity i JOIN account a ON a.profile = i.account JOIN profile p ON p.id = a.profile WHERE i.issuer = :issuer AND i.subject = :subject
-- name: accounts
SELECT a.*, p.name FROM account a JOIN profile p ON p.id = a.profile ORDER BY p.name, a.profile
-- name: admins
SELECT count(*) FROM account WHERE role = 'admin' AND status <> 'disabled' AND profile <> :but
-- name: set_role
UPDATE account SET role = :role WHERE profile = :profile
-- name: set_status
UPDATE account SET status = :status WHERE profile = :profile
-- name: set_email
UPDATE account SET email = :email WHERE profile = :profile
-- name: set_epoch
UPDATE account SET epoch = :at WHERE profile = :profile
-- name: set_password
INSERT INTO password (account, hash, changed_at) VALUES (:account, :hash, :at)
ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
-- name: password
SELECT * FROM password WHERE account = :account
-- name: add_identity
INSERT INTO identity (issuer, subject, account, linked_at) VALUES (:issuer, :subject, :account, :at)
-- name: identity_of
SELECT * FROM identity WHERE account = :account
-- name: drop_identities
DELETE FROM identity WHERE account = :account

-- name: add_session
INSERT INTO session (token, id, account, created_at, seen_at, expires_at, revoked_at, agent)
VALUES (:token, :id, :account, :created_at, :seen_at, :expires_at, NULL, :agent) ON CONFLICT (token) DO NOTHING
-- name: session_of_token
SELECT * FROM session WHERE token = :token
-- name: session
SELECT * FROM session WHERE id = :id
-- name: sessions_of
SELECT * FROM session WHERE account = :account AND revoked_at IS NULL AND expires_at > :at AND seen_at > :seen_after ORDER BY seen_at DESC, id
-- name: signed_in
SELECT a.*, p.name, s.id AS session, s.seen_at FROM session s JOIN account a ON a.profile = s.account JOIN profile p ON p.id = a.profile
WHERE s.id = :id AND s.revoked_at IS NULL AND s.expires_at > :at AND s.seen_at > :seen_after AND s.created_at >= a.epoch AND a.status = 'active'
-- name: touch_session
UPDATE session SET seen_at = :at WHERE id = :id AND seen_at < :at
-- name: revoke_session
UPDATE session SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL
-- name: revoke_sessions
UPDATE session SET revoked_at = :at WHERE account = :account AND revoked_at IS NULL AND id <> :but
-- name: forget_sessions
DELETE FROM session WHERE expires_at < :before

-- name: add_ticket
INSERT INTO ticket (token, account, purpose, made_by, created_at, expires_at) VALUES (:token, :account, :purpose, :made_by, :created_at, :expires_at)
-- name: ticket
SELECT * FROM ticket WHERE token = :token
-- name: open_tickets
SELECT * FROM ticket WHERE used_at IS NULL AND withdrawn_at IS NULL AND expires_at > :at
-- name: use_ticket
UPDATE ticket SET used_at = :at WHERE token = :token AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > :at
-- name: withdraw_tickets
UPDATE ticket SET withdrawn_at = :at WHERE account = :account AND used_at IS NULL AND withdrawn_at IS NULL

-- name: add_failure
INSERT INTO sign_in_failure (whose, at) VALUES (:whose, :at)
-- name: failures
SELECT count(*) AS many, min(at) AS first FROM sign_in_failure WHERE whose = :whose AND at > :since
-- name: forget_failures
DELETE FROM sign_in_failure WHERE at < :before
-- name: forgive
DELETE FROM sign_in_failure WHERE whose = :whose

-- name: add_cohort
INSERT INTO cohort (id, name, created_at) VALUES (:id, :name, :at)
-- name: rename_cohort
UPDATE cohort SET name = :name WHERE id = :id
-- name: close_cohort
UPDATE cohort SET closed_at = :at WHERE id = :id AND closed_at IS NULL
-- name: reopen_cohort
UPDATE cohort SET closed_at = NULL WHERE id = :id AND closed_at IS NOT NULL
-- name: cohort
SELECT * FROM cohort WHERE id = :id
-- name: cohorts
SELECT * FROM cohort ORDER BY name, id
-- name: cohorts_led
SELECT c.* FROM cohort c JOIN leadership l ON l.cohort = c.id WHERE l.profile = :profile ORDER BY c.name, c.id
-- name: cohorts_of
SELECT c.* FROM cohort c JOIN membership m ON m.cohort = c.id WHERE m.profile = :profile ORDER BY c.name, c.id
-- name: members
SELECT a.*, p.name FROM membership m JOIN account a ON a.profile = m.profile JOIN profile p ON p.id = a.profile WHERE m.cohort = :cohort ORDER BY p.name, a.profile
-- name: leaders
SELECT a.*, p.name FROM leadership l JOIN account a ON a.profile = l.profile JOIN profile p ON p.id = a.profile WHERE l.cohort = :cohort ORDER BY p.name, a.profile
-- name: open_leaders
SELECT c.id, c.name, l.profile, a.role, a.status FROM cohort c LEFT JOIN leadership l ON l.cohort = c.id LEFT JOIN account a ON a.profile = l.profile
WHERE c.closed_at IS NULL ORDER BY c.name, c.id, l.profile
-- name: add_member
INSERT INTO membership (cohort, profile, at) VALUES (:cohort, :profile, :at) ON CONFLICT DO NOTHING
-- name: membership
SELECT at FROM membership WHERE cohort = :cohort AND profile = :profile
-- name: left
SELECT before FROM audit WHERE subject = :profile AND act = 'leave cohort' AND at >= :since ORDER BY serial DESC
-- name: drop_member
DELETE FROM membership WHERE cohort = :cohort AND profile = :profile
-- name: add_leader
INSERT INTO leadership (cohort, profile, at) VALUES (:cohort, :profile, :at) ON CONFLICT DO NOTHING
-- name: drop_leader
DELETE FROM leadership WHERE cohort = :cohort AND profile = :profile
-- name: leads
SELECT 1 FROM leadership l JOIN membership m ON m.cohort = l.cohort JOIN cohort c ON c.id = l.cohort
WHERE l.profile = :trainer AND m.profile = :learner AND c.closed_at IS NULL LIMIT 1
-- name: leads_cohort
SELECT 1 FROM leadership WHERE profile = :trainer AND cohort = :cohort

-- name: add_completion
INSERT INTO completion (id, profile, name, kind, subject, title, source, content_hash, outcome, results, at)
VALUES (:id, :profile, :name, :kind, :subject, :title, :source, :content_hash, :outcome, :results, :at) ON CONFLICT (profile, source) DO NOTHING
-- name: completion_of
SELECT * FROM completion WHERE profile = :profile AND source = :source
-- name: completions_of
SELECT * FROM completion WHERE profile = :profile ORDER BY at DESC, serial DESC
-- name: completions_before
SELECT * FROM completion WHERE at < :at ORDER BY serial
-- name: certified
SELECT completion, min(at) AS at FROM certificate GROUP BY completion
-- name: add_certificate
INSERT INTO certificate (id, completion, profile, issuer, credential, at) VALUES (:id, :completion, :profile, :issuer, :credential, :at)
-- name: certificate
SELECT * FROM certificate WHERE completion = :completion AND issuer = :issuer
-- name: certificates_of
SELECT * FROM certificate WHERE profile = :profile ORDER BY serial
-- name: attempts_before
SELECT a.id, a.profile, a.title FROM attempt a JOIN attempt_result r ON r.attempt = a.id WHERE r.last_at < :at
  AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.attempt = a.id AND d.state = 'open') ORDER BY a.serial
-- name: first_of_person
SELECT s.attempt, s.slot, g.earned, g.possible FROM attempt a JOIN step s ON s.attempt = a.id
JOIN grading g ON g.attempt = s.attempt AND g.slot = s.slot AND g.sequence = s.sequence
WHERE a.profile = :profile AND a.item_kind <> 'scenario' AND s.kind = 'submit' AND g.possible > 0
  AND NOT EXISTS (SELECT 1 FROM grading l WHERE l.attempt = g.attempt AND l.slot = g.slot AND l.sequence = g.sequence AND l.grading_seq > g.grading_seq)
ORDER BY s.serial
-- name: count_past
INSERT INTO past_answers (item, n, full_marks, earned, possible) VALUES (:item, 1, :full_marks, :earned, :possible)
ON CONFLICT (item) DO UPDATE SET n = past_answers.n + 1, full_marks = past_answers.full_marks + excluded.full_marks,
  earned = past_answers.earned + excluded.earned, possible = past_answers.possible + excluded.possible
-- name: past_answers
SELECT * FROM past_answers ORDER BY item
-- name: note_erasure
INSERT INTO erasure (profile) VALUES (:profile) ON CONFLICT (profile) DO NOTHING

-- name: note_expiry
INSERT INTO expiry (id, what, at) VALUES (:id, :what, :at) ON CONFLICT (id) DO NOTHING
