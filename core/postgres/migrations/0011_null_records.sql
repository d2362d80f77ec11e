-- A record's key or value may be missing (null), which is not an empty one; so what is no event is said by a column of its own.
ALTER TABLE orderlab.dead_letters
    DROP CONSTRAINT dead_letters_raw,
    ADD COLUMN is_record boolean NOT NULL DEFAULT false; -- of the log, and none of our events
UPDATE orderlab.dead_letters SET is_record = true WHERE raw_value IS NOT NULL;
